"""What can be asked to answer: the protocol that the harness runs, and policybot itself behind it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from policybot.bot.bot import OnProgress, PolicyBot
from policybot.domain import Answer, Citation, Delta, Done, Filter, Found, Passage
from policybot.errors import UnknownDocument
from policybot.evaluation.datasets import Corpus, CorpusDocument, Question
from policybot.evaluation.systems import Indexed, PolicybotSystem
from policybot.settings import Settings

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Reply:
    """A system's answer to a question, with what is needed to judge it.

    Attributes:
        passages: What the system read to answer, best first.
        documents: The document's id in the set by the name that passages and citations call it.
        exact: For each citation in order, whether its quote stands at its offsets in the version it names.
        sources_s: Seconds until the sources were known.
        first_sentence_s: Seconds until the first sentence, or until it said that it does not answer.
        answer_s: Seconds until the end.
    """

    answer: Answer
    passages: tuple[Passage, ...]
    documents: Mapping[str, str]
    exact: tuple[bool, ...]
    sources_s: float
    first_sentence_s: float
    answer_s: float

    def document_of(self, name: str) -> str:
        """The id in the set of a document by its name."""
        return self.documents.get(name, name)


class AnsweringSystem(Protocol):
    """Something that indexes a corpus and then answers questions."""

    @property
    def name(self) -> str:
        """What reports call it."""

    @property
    def settings(self) -> Mapping[str, object]:
        """What a reader needs to know to get the same figures again; plain values."""

    def index(self, corpus: Corpus, *, on_progress: OnProgress) -> Indexed:
        """Get ready to answer; afterwards an answer is as fast as it will ever be."""

    def ask(self, question: Question) -> Reply:
        """Answer one question with its history, from the documents that it may be answered from."""

    def close(self) -> None:
        """Free what indexing took."""


class PolicybotAnswers:
    """policybot as it answers in production, over a set's documents or over what is indexed already.

    Args:
        settings: As in production.
        data_dir: Folder below which indexes of sets are kept.
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
        clock: Clock = time.perf_counter,
    ) -> None:
        self._system = PolicybotSystem(settings, data_dir)
        self._indexed = indexed
        self._clock = clock
        self._names: Mapping[str, str] = {}

    @property
    def settings(self) -> Mapping[str, object]:
        """The settings that bear on an answer."""
        if self._indexed is None:
            return self._system.settings
        return {"documents": "those of the index", "chat_model": self._indexed.chat_model_name}

    def index(self, corpus: Corpus, *, on_progress: OnProgress) -> Indexed:
        """Index the corpus unless it is indexed already, and load every model. Raises what indexing raises."""
        if self._indexed is None:
            indexed = self._system.index(corpus, on_progress=on_progress)
        else:
            self._indexed.warm_up()
            indexed = Indexed(self._indexed.counts()[1], 0)
        self._names = {id_: name for name, id_ in self._system.ids.items()}
        return indexed

    def ask(self, question: Question) -> Reply:
        """The answer as a user gets it, timed event by event. Raises what ``PolicyBot.ask`` raises."""
        allowed = tuple(self._names.get(id_, id_) for id_ in question.documents)
        started = self._clock()
        sources = first = None
        events = self._bot.stream(question.text, history=question.history, filter=Filter(documents=allowed))
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
                        documents=self._system.ids,
                        exact=tuple(_stands(self._bot, citation) for citation in answer.citations),
                        sources_s=now if sources is None else sources,
                        first_sentence_s=now if first is None else first,
                        answer_s=now,
                    )
        raise AssertionError("a stream that nobody closes ends with Done")

    def close(self) -> None:
        """Close the index of the set; one that was open before stays open."""
        self._system.close()

    @property
    def _bot(self) -> PolicyBot:
        return self._system.bot if self._indexed is None else self._indexed


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
