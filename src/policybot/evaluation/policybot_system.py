"""policybot itself as a system that is measured: its own indexing, search and answers."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from policybot.bot.bot import PolicyBot
from policybot.domain import Citation, Delta, Done, Filter, Found, OnProgress, Turn
from policybot.errors import EvaluationError, UnknownDocument
from policybot.evaluation.datasets import Corpus, CorpusDocument, Question
from policybot.evaluation.systems import Indexed, Reply, Retrieved
from policybot.settings import Settings

RECORDED_SETTINGS = ("chat_model", "passage_tokens", "search_without")
"""Settings that bear on a search; a run names their values."""

_HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)


class PolicybotSystem:
    """policybot as it searches and answers in production, over a set's documents or over what is indexed already.

    Args:
        settings: As in production; only the data folder is another one for each corpus.
        data_dir: Folder below which the documents and indexes of all corpora are kept. What is unchanged since the
            last run is not embedded again.
        indexed: A bot whose documents are asked over as they are; None indexes the set's.
        clock: Seconds from any start.
    """

    name = "policybot"

    def __init__(
        self,
        settings: Settings,
        data_dir: Path,
        *,
        indexed: PolicyBot | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._settings = settings
        self._data_dir = data_dir
        self._indexed = indexed
        self._clock = clock
        self._bot: PolicyBot | None = None
        self._ids: Mapping[str, str] = {}
        self._names: Mapping[str, str] = {}

    @property
    def settings(self) -> Mapping[str, object]:
        """The settings that bear on what is found and answered."""
        if self._indexed is not None:
            return {"documents": "those of the index", "chat_model": self._indexed.chat_model_name}
        values = {name: getattr(self._settings, name) for name in RECORDED_SETTINGS}
        return values | {"search_without": sorted(self._settings.search_without)}

    def index(self, corpus: Corpus, *, on_progress: OnProgress) -> Indexed:
        """Index the corpus unless there is an index already, and load every model.

        Raises:
            EvaluationError: A document cannot be indexed: figures without it would not be those of the set.
            IndexingError: Another process is indexing the same corpus.
            ModelError: A model cannot be loaded.
            StoreError: The data folder cannot be written.
        """
        if self._indexed is not None:
            self._indexed.warm_up()
            return Indexed(self._indexed.counts()[1], 0)
        place = self._data_dir / f"{corpus.name}-{corpus.fingerprint}"
        folder, self._ids = _files(corpus, place)
        self._names = {id_: name for name, id_ in self._ids.items()}
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
        passages = [hit.passage for hit in hits]
        return [Retrieved(self._ids.get(each.document, each.document), each.text) for each in passages]

    def sentences(
        self, question: str, *, history: Sequence[Turn], limit: int, documents: Sequence[str] = ()
    ) -> list[Retrieved]:
        """The sentences that bear most on the question, of these documents when some are named."""
        only = Filter(documents=self._named(documents))
        ranked = self.bot.sentences(question, history=history, filter=only, limit=limit)
        names = [each.hit.passage.document for each in ranked]
        return [Retrieved(self._ids.get(name, name), each.text) for name, each in zip(names, ranked, strict=True)]

    def ask(self, question: Question) -> Reply:
        """The answer as a user gets it, timed event by event. Raises what ``PolicyBot.ask`` raises."""
        allowed = self._named(question.documents)
        started = self._clock()
        sources = first = None
        events = self.bot.stream(question.text, history=question.history, filter=Filter(documents=allowed))
        for event in events:
            now = self._clock() - started
            match event:
                case Found():
                    sources = now
                case Delta():
                    first = now if first is None else first
                case Done(answer=answer):
                    return Reply(
                        answer=answer,
                        passages=tuple(hit.passage for hit in answer.hits),
                        documents=self._ids,
                        exact=tuple(_stands(self.bot, citation) for citation in answer.citations),
                        sources_s=now if sources is None else sources,
                        first_sentence_s=now if first is None else first,
                        answer_s=now,
                    )
        raise AssertionError("a stream that nobody closes ends with Done")

    def close(self) -> None:
        """Close the index of the set, which stays on disk for the next run; one that was open before stays open."""
        if self._bot is not None:
            self._bot.close()

    def _named(self, documents: Sequence[str]) -> tuple[str, ...]:
        """What the index calls the documents of these ids."""
        return tuple(self._names.get(id_, id_) for id_ in documents)

    @property
    def bot(self) -> PolicyBot:
        """The bot that searches and answers; there is none before ``index``."""
        found = self._bot if self._indexed is None else self._indexed
        assert found is not None, "index() comes before bot"
        return found


def indexed_corpus(bot: PolicyBot) -> Corpus:
    """The documents that a bot has indexed, by name: what a set without documents is asked over.

    Raises:
        StoreError: The index cannot be read.
    """
    documents = [bot.document(summary.id) for summary in bot.documents()]
    return Corpus(
        "index",
        tuple(CorpusDocument(d.name, d.metadata.title, d.text[d.body_start :], d.metadata.language) for d in documents),
    )


def _stands(bot: PolicyBot, citation: Citation) -> bool:
    """Whether the document in the version that the citation names holds the quote at its offsets."""
    try:
        document = bot.document(citation.document_id, version=citation.version)
    except UnknownDocument:
        return False
    return bool(citation.quote) and document.text[citation.start : citation.end] == citation.quote


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
