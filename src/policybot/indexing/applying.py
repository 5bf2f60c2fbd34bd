"""Files on disk -> catalogue and vectors: plan what changes, then apply it. First index and re-index are one path."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import policybot.reading as reading
from policybot.domain import Document, IndexFailure, IndexReport, OnProgress, Passage, Progress
from policybot.domain.changes import DocumentChange
from policybot.errors import ReadingError
from policybot.fetching import Validators
from policybot.indexing.addresses import FoundPages, fetch, fetcher
from policybot.indexing.embedding import GROUP_PASSAGES, EmbeddingModels, Index, PassageVectors
from policybot.indexing.locking import only_one
from policybot.indexing.planning import Difference, Step, compare, first_id
from policybot.indexing.recipe import recipe, split
from policybot.indexing.reporting import Changes
from policybot.indexing.scanning import FoundFile, look, scan
from policybot.reading.formats import readers
from policybot.settings import Settings
from policybot.store.catalogue import Catalogue, FileState
from policybot.store.quotes import QuoteRecords
from policybot.store.vectors import Vectors
from policybot.text import contrasts, glossary, places

_LOG = logging.getLogger(__name__)

PAGES, DOCUMENTS, CROSSING = "pages", "documents", "crossing"
"""What the progress of the phases is called: fetching, which only addresses need, indexing, and a last one whose bar
starts anew and counts passages."""

UNPACKED = "unpacked"
"""Folder in the data folder where the files of archives lie."""


@dataclass(slots=True)
class _Done:
    """What a run has done so far."""

    embedded: int = 0
    failed: list[IndexFailure] = field(default_factory=list)
    changes: list[DocumentChange] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that was read and split."""

    document: Document
    passages: tuple[Passage, ...]
    state: FileState
    step: Step


class Indexer:
    """Keeps catalogue and vectors equal to the files, in two phases.

    First each passage is embedded by the model that makes it searchable in its own language. This vector is written
    before the catalogue learns of the passage, and removed after the catalogue has forgotten it. So a crash leaves
    at worst vectors that nobody sees; the next run uses or removes them.

    Then passages whose language has a model of its own get the multilingual vector, too, by which questions in other
    languages find them. A crash leaves some without; the next run adds what is missing. The multilingual model is
    several times as slow, so searching need not wait for it (benchmarks/search_speed.py, part indexing).

    Args:
        quotes: What earlier answers quoted, to tell which of them lose their ground.
    """

    def __init__(
        self,
        settings: Settings,
        catalogue: Catalogue,
        vectors: Vectors,
        models: EmbeddingModels,
        *,
        quotes: QuoteRecords | None = None,
    ) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._vectors = PassageVectors(Index(catalogue, vectors), models)
        self._changes = Changes(catalogue, quotes)
        self._max_bytes = settings.max_file_mb * 1_000_000
        self._recipe = recipe(settings)
        self._readers = readers(settings.plugins)

    def difference(self, path: Path, *, allow_empty: bool = False) -> Difference:
        """Compare a folder, or one file, with the catalogue. Changes nothing.

        Args:
            allow_empty: Whether a folder that holds nothing to read is one whose documents are all gone.

        Raises:
            IndexingError: The path does not exist, or holds no file that can be read.
            ReadingError: A folder may not be listed.
        """
        path = path.resolve()
        known = {state.name: state for state in self._catalogue.files(str(path)).values()}
        found, failed = scan(
            path,
            known,
            max_bytes=self._max_bytes,
            unpacked=self._settings.data_dir / UNPACKED,
            allow_empty=allow_empty,
            readers=self._readers,
        )
        found = self._without_left_out(str(path), known, found)
        return compare(str(path), known, found, recipe=self._recipe, failed=failed, is_taken=self._catalogue.is_taken)

    def fetched(self, url: str, *, on_progress: OnProgress | None = None) -> tuple[Difference, FoundPages]:
        """Fetch an address, and compare what it leads to with the catalogue. Changes nothing."""
        report = on_progress or _ignore
        known = {state.name: state for state in self._catalogue.files(url).values()}
        asked = {page: Validators(*each) for page, each in self._catalogue.validators(url).items()}
        pages = fetch(
            url,
            known,
            asked,
            fetching=fetcher(self._settings),
            max_bytes=self._max_bytes,
            readers=self._readers,
            on_page=lambda done: report(Progress(PAGES, done, 0)),
        )
        found = self._without_left_out(url, known, pages.files)
        difference = compare(
            url, known, found, recipe=self._recipe, failed=pages.failed, is_taken=self._catalogue.is_taken
        )
        return difference, pages

    def _without_left_out(
        self, root: str, known: Mapping[str, FileState], found: Sequence[FoundFile]
    ) -> list[FoundFile]:
        """The files but those of documents that were taken out of the index by hand."""
        left_out = {summary.id: summary.name for summary in self._catalogue.left_out()}
        roots = {root, *self._catalogue.roots()}
        # One that had moved has the identity of its first name: it is told by the name that it had last.
        moved = {name for id_, name in left_out.items() if all(first_id(each, name) != id_ for each in roots)}
        return [
            file
            for file in found
            if file.name in known or (first_id(root, file.name) not in left_out and file.name not in moved)
        ]

    def apply(self, difference: Difference, *, on_progress: OnProgress | None = None) -> IndexReport:
        """Make catalogue and vectors equal to the files of a difference.

        A file that cannot be read is named in the report and its earlier version, if any, stays; the rest goes on.

        Raises:
            IndexingError: Another process is indexing into the same data folder.
            StoreError: Catalogue or vectors cannot be written.
        """
        with only_one(self._settings.data_dir):
            return self.apply_locked(difference, on_progress=on_progress)

    def apply_locked(
        self, difference: Difference, *, pages: FoundPages | None = None, on_progress: OnProgress | None = None
    ) -> IndexReport:
        """``apply`` for whoever holds the lock already.

        Args:
            pages: What was fetched, when the difference is one of an address.
        """
        started = time.monotonic()
        report = on_progress or _ignore
        done = _Done(failed=list(difference.plan.failed))
        if pages is None:
            done.failed += self._read_glossary(difference.root)
            done.failed += self._read_contrasts(difference.root)
            done.failed += self._read_places(difference.root)
        self._vectors.adopt()
        done.embedded += self._vectors.repair()
        self._read_and_write(difference, done, report, pages)
        self._remove(difference, done)
        if difference.touched:
            self._catalogue.touch(difference.touched)
        self._catalogue.put_failures(difference.root, done.failed)
        if pages is not None:
            self._catalogue.put_validators(
                difference.root, {page: (v.etag, v.last_modified) for page, v in pages.validators.items()}
            )
        pruned = self._catalogue.prune(keep=self._settings.keep_versions, keep_days=self._settings.keep_versions_days)
        searchable_s = time.monotonic() - started
        report(Progress(DOCUMENTS, len(difference.to_read), len(difference.to_read)))
        self._vectors.remove_orphans()
        crossed = self._vectors.cross(lambda some, all_: report(Progress(CROSSING, some, all_)))
        broken = {failure.name for failure in done.failed}
        plan = replace(
            difference.plan,
            new=tuple(n for n in difference.plan.new if n not in broken),
            changed=tuple(n for n in difference.plan.changed if n not in broken),
            moved=tuple(m for m in difference.plan.moved if m.name not in broken),
            failed=tuple(done.failed),
        )
        documents, passages = self._catalogue.counts()
        return IndexReport(
            plan=plan,
            embedded=done.embedded,
            documents=documents,
            passages=passages,
            seconds=round(time.monotonic() - started, 3),
            searchable_s=round(searchable_s, 3),
            crossed=crossed,
            changes=tuple(done.changes),
            pruned=pruned,
            duplicates=self._catalogue.duplicates(),
        )

    def _read_and_write(
        self, difference: Difference, done: _Done, report: OnProgress, pages: FoundPages | None
    ) -> None:
        """Read what is to be read, and write it in groups: a crash loses at most the group at hand."""
        group: list[_Read] = []
        written = 0

        def tell() -> None:
            report(Progress(DOCUMENTS, written, len(difference.to_read)))

        def write() -> None:
            nonlocal written
            if group:
                self._write(group, difference.root, done, tell)
            written += len(group)
            group.clear()
            tell()

        with reading.Worker(readers=self._readers) as worker:
            for step in difference.to_read:
                try:
                    group.append(self._read(step, worker) if pages is None else self._delivered(step, pages))
                except ReadingError as exc:
                    done.failed.append(IndexFailure(step.file.name, str(exc), type(exc).__name__))
                if sum(len(read.passages) for read in group) >= GROUP_PASSAGES:
                    write()
            write()

    def _read_glossary(self, root: str) -> list[IndexFailure]:
        """Take over the owner's glossary; one that cannot be read is named, and the earlier terms stay."""
        path = Path(root) / glossary.FILE_NAME
        try:
            terms = glossary.read_glossary(path) if path.is_file() else frozenset[glossary.Term]()
        except ReadingError as exc:
            return [IndexFailure(glossary.FILE_NAME, str(exc))]
        if frozenset(terms) != self._catalogue.owner_terms(root):
            self._catalogue.put_terms(terms, root=root)
        return []

    def _read_contrasts(self, root: str) -> list[IndexFailure]:
        """Take over the owner's names that exclude each other, likewise."""
        path = Path(root) / contrasts.FILE_NAME
        try:
            sets: contrasts.NameSets = contrasts.read_names(path) if path.is_file() else {}
        except ReadingError as exc:
            return [IndexFailure(contrasts.FILE_NAME, str(exc))]
        if sets != self._catalogue.owner_contrasts(root):
            self._catalogue.put_contrasts(sets, root=root)
        return []

    def _read_places(self, root: str) -> list[IndexFailure]:
        """Take over the owner's places and issuers, likewise."""
        path = Path(root) / places.FILE_NAME
        try:
            sets: contrasts.NameSets = contrasts.read_names(path) if path.is_file() else {}
        except ReadingError as exc:
            return [IndexFailure(places.FILE_NAME, str(exc))]
        if sets != self._catalogue.owner_places(root):
            self._catalogue.put_places(sets, root=root)
        return []

    def _read(self, step: Step, worker: reading.Worker) -> _Read:
        """Read and split a file; one that was written since it was looked at is remembered as it is now."""
        state = step.state
        document = worker.read(
            step.file.path, name=state.name, document_id=state.document_id, max_bytes=self._max_bytes
        )
        try:
            found = look(step.file.path, state.name, state, max_bytes=self._max_bytes)
        except OSError as exc:
            raise ReadingError(f"{state.name} vanished while it was read: {exc}. Index again.") from exc
        if found.digest != state.file_hash:
            # Written between the two looks: what was read may be either text, so the next run reads it again.
            state = replace(state, file_hash="")
        return _Read(document, self._split(document, step), state, step)

    def _split(self, document: Document, step: Step) -> tuple[Passage, ...]:
        """The document's passages; the language of a text that was there before is known."""
        before = () if step.kind == "new" else self._catalogue.passages_of(document.id)
        return split(document, self._settings, {each.passage.text: each.passage.language for each in before})

    def _delivered(self, step: Step, pages: FoundPages) -> _Read:
        """Split a page that was fetched."""
        document = replace(pages.documents[step.file.name], id=step.state.document_id)
        return _Read(document, self._split(document, step), step.state, step)

    def _write(self, group: Sequence[_Read], root: str, done: _Done, tell: Callable[[], None]) -> None:
        """Embed what has no vector yet, then tell the catalogue."""
        done.embedded += self._vectors.embed([p for read in group for p in read.passages], on_slice=tell)
        changes = [
            change
            for read in group
            if (change := self._changes.of(read.document, read.passages, read.step)) is not None
        ]
        self._catalogue.put([(r.document, r.passages, r.state) for r in group], root=root, changes=changes)
        done.changes += changes

    def _remove(self, difference: Difference, done: _Done) -> None:
        """Forget the documents whose files are gone."""
        if difference.to_remove:
            changes = [self._changes.deletion(state) for state in difference.to_remove]
            self._catalogue.remove([state.document_id for state in difference.to_remove], changes=changes)
            done.changes += changes


def _ignore(_: Progress) -> None:
    """Progress that nobody watches."""
