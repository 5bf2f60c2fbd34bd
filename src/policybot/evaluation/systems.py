"""What can be asked to search: the protocol that the harness runs, and policybot itself behind it."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from policybot.bot.bot import OnProgress, PolicyBot
from policybot.domain import Turn
from policybot.errors import EvaluationError
from policybot.evaluation.datasets import Corpus, CorpusDocument
from policybot.settings import Settings

RECORDED_SETTINGS = ("passage_tokens", "search_without")
"""Settings that bear on a search; a run names their values."""

_HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)


class Retrieved(NamedTuple):
    """A passage that a system found."""

    document_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Indexed:
    """What indexing did: how many passages there are now, and how many of them had to be embedded."""

    passages: int
    embedded: int


class System(Protocol):
    """Something that indexes a corpus and then searches it."""

    @property
    def name(self) -> str:
        """What reports call it."""

    @property
    def settings(self) -> Mapping[str, object]:
        """What a reader needs to know to get the same figures again; plain values."""

    def index(self, corpus: Corpus, *, on_progress: OnProgress) -> Indexed:
        """Get ready to search these documents; afterwards a search is as fast as it will ever be."""

    def search(self, question: str, *, history: Sequence[Turn], limit: int) -> list[Retrieved]:
        """The ``limit`` best passages, best first."""

    def close(self) -> None:
        """Free what indexing took."""


class PolicybotSystem:
    """policybot as it answers: its own reading, splitting, indexing, understanding of follow-ups and search.

    Args:
        settings: As in production; only the data folder is another one for each corpus.
        data_dir: Folder below which the documents and indexes of all corpora are kept. What is unchanged since the
            last run is not embedded again.
    """

    name = "policybot"

    def __init__(self, settings: Settings, data_dir: Path) -> None:
        self._settings = settings
        self._data_dir = data_dir
        self._bot: PolicyBot | None = None
        self._ids: Mapping[str, str] = {}

    @property
    def settings(self) -> Mapping[str, object]:
        """The recorded settings."""
        values = {name: getattr(self._settings, name) for name in RECORDED_SETTINGS}
        return values | {"search_without": sorted(self._settings.search_without)}

    @property
    def ids(self) -> Mapping[str, str]:
        """The document's id in the set by the name of its file; empty before ``index``."""
        return self._ids

    def index(self, corpus: Corpus, *, on_progress: OnProgress) -> Indexed:
        """Index the corpus and load every model.

        Raises:
            EvaluationError: A document cannot be indexed: figures without it would not be those of the set.
            IndexingError: Another process is indexing the same corpus.
            ModelError: A model cannot be loaded.
            StoreError: The data folder cannot be written.
        """
        place = self._data_dir / f"{corpus.name}-{corpus.fingerprint}"
        folder, self._ids = _files(corpus, place)
        settings = self._settings.model_copy(update={"data_dir": place / "index"})
        self._bot = PolicyBot(settings, on_progress=on_progress)
        report = self._bot.index(folder, on_progress=on_progress)
        if report.plan.failed:
            failure = report.plan.failed[0]
            raise EvaluationError(
                f"{len(report.plan.failed)} documents of {corpus.name} cannot be indexed, the first is "
                f"{self._ids.get(failure.name, failure.name)!r}: {failure.reason}"
            )
        self._bot.warm_up()
        return Indexed(report.passages, report.embedded)

    def search(self, question: str, *, history: Sequence[Turn], limit: int) -> list[Retrieved]:
        """The passages that an answer would be made from."""
        hits = self.bot.search(question, history=history, limit=limit)
        return [Retrieved(self._ids[hit.passage.document], hit.passage.text) for hit in hits]

    def close(self) -> None:
        """Close the index; it stays on disk for the next run."""
        if self._bot is not None:
            self._bot.close()

    @property
    def bot(self) -> PolicyBot:
        """The bot that searches and answers; there is none before ``index``."""
        if self._bot is None:
            raise AssertionError("index() comes before bot")
        return self._bot


def _files(corpus: Corpus, place: Path) -> tuple[Path, Mapping[str, str]]:
    """The folder in which the documents lie as files, and the document's id by the file's name."""
    if corpus.folder is not None:
        return corpus.folder, {document.id: document.id for document in corpus.documents}
    # Ids may hold what no file name can, so files are numbered.
    names = {_file_name(i, document): document for i, document in enumerate(corpus.documents)}
    folder = place / "documents"
    if not folder.exists():
        try:
            _write(names, folder)
        except OSError as exc:
            raise EvaluationError(
                f"The documents of {corpus.name} cannot be written to {folder}: {exc.strerror or exc}. "
                "Name a folder that can be written with --data-dir."
            ) from exc
    return folder, {name: document.id for name, document in names.items()}


def _write(names: Mapping[str, CorpusDocument], folder: Path) -> None:
    """Write all files, or none: the folder gets its name when it is complete."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        for name, document in names.items():
            (unfinished / name).write_text(_with_front_matter(document), encoding="utf-8", newline="\n")
        try:
            unfinished.rename(folder)
        except OSError:
            # Another process may have written the same documents meanwhile.
            if not folder.is_dir():
                raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _file_name(number: int, document: CorpusDocument) -> str:
    """Markdown when the text has a heading, plain text otherwise."""
    return f"{number:06}{'.md' if _HEADING.search(document.text) else '.txt'}"


def _with_front_matter(document: CorpusDocument) -> str:
    # A JSON string is a YAML one; what YAML cannot hold is not printable.
    title = "".join(c for c in " ".join((document.title or document.id).split()) if c.isprintable())
    stated = [f"title: {json.dumps(title, ensure_ascii=False)}", f"language: {document.language}"]
    return "\n".join(["---", *stated, "---", "", document.text])
