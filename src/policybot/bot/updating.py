"""Updates the index in use from a folder, a file or an address: in place, or by a new index beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from policybot.bot.serving import IndexInUse, Serving
from policybot.domain import IndexPlan, IndexReport, OnProgress, Progress
from policybot.indexing import EmbeddingModels, Indexer
from policybot.indexing.addresses import is_address
from policybot.indexing.locking import only_one
from policybot.indexing.places import next_to, remove_others
from policybot.indexing.rebuilding import description, must_rebuild, rebuild
from policybot.settings import Settings
from policybot.store.quotes import QuoteRecords


class Updating:
    """Plans and applies changes of the index in use; see ``PolicyBot.index``."""

    def __init__(self, settings: Settings, in_use: IndexInUse, quotes: QuoteRecords) -> None:
        self._settings = settings
        self._in_use = in_use
        self._quotes = quotes

    def plan(self, path: str | Path | None, models: EmbeddingModels, *, allow_empty: bool) -> IndexPlan:
        """The changes that ``index`` would make."""
        with self._in_use.lease() as serving:
            indexer = self._indexer(serving, models)
            if isinstance(path, str) and is_address(path):
                plan = indexer.fetched(path)[0].plan
            else:
                plan = indexer.difference(self._folder(path), allow_empty=allow_empty).plan
            return replace(plan, rebuild=must_rebuild(self._settings, serving.catalogue, models))

    def index(
        self,
        path: str | Path | None,
        models: EmbeddingModels,
        *,
        rebuild_wanted: bool,
        allow_empty: bool,
        on_progress: OnProgress | None,
    ) -> IndexReport:
        """Build a new index where the settings or the caller want one, then apply the difference from the files."""
        report = on_progress or _ignore
        with only_one(self._settings.data_dir):
            if not (isinstance(path, str) and is_address(path)):
                with self._in_use.lease() as serving:  # refuses before any work
                    self._indexer(serving, models).difference(self._folder(path), allow_empty=allow_empty)
            rebuilt, embedded = self._rebuilt(models, rebuild_wanted=rebuild_wanted, report=report)
            # Another one may be in use now.
            with self._in_use.lease() as serving:
                serving.catalogue.describe(**description(self._settings, models))
                done = self._applied(serving, path, models, allow_empty=allow_empty, report=report)
        return replace(done, rebuilt=rebuilt, embedded=embedded + done.embedded)

    def _rebuilt(self, models: EmbeddingModels, *, rebuild_wanted: bool, report: OnProgress) -> tuple[bool, int]:
        """Whether a new index was built and put in use, and how many passages were embedded for it."""
        data_dir = self._settings.data_dir
        with self._in_use.lease() as serving:
            must = rebuild_wanted or must_rebuild(self._settings, serving.catalogue, models)
            remove_others(data_dir, keep=next_to(data_dir) if must else None)
            if not must:
                return False, 0
            return True, rebuild(self._settings, serving.index, models, read_again=rebuild_wanted, on_progress=report)

    def _applied(
        self,
        serving: Serving,
        path: str | Path | None,
        models: EmbeddingModels,
        *,
        allow_empty: bool,
        report: OnProgress,
    ) -> IndexReport:
        indexer = self._indexer(serving, models)
        if isinstance(path, str) and is_address(path):
            difference, pages = indexer.fetched(path, on_progress=report)
        else:
            difference, pages = indexer.difference(self._folder(path), allow_empty=allow_empty), None
        return indexer.apply_locked(difference, pages=pages, on_progress=report)

    def _indexer(self, serving: Serving, models: EmbeddingModels) -> Indexer:
        return Indexer(self._settings, serving.catalogue, serving.index.vectors, models, quotes=self._quotes)

    def _folder(self, path: str | Path | None) -> Path:
        return Path(path or self._settings.documents_dir)


def _ignore(_: Progress) -> None:
    """Ignore progress."""
