"""What can be measured: systems that search, systems that answer, and what they give back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, runtime_checkable

from policybot.domain import Answer, OnProgress, Passage, Turn
from policybot.evaluation.datasets import Corpus, Question


class Retrieved(NamedTuple):
    """A passage or a sentence that a system found."""

    document_id: str
    text: str


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


@dataclass(frozen=True, slots=True)
class Indexed:
    """What indexing did: how many passages there are now, and how many of them had to be embedded."""

    passages: int
    embedded: int


class System(Protocol):
    """Something that indexes a corpus and then is asked about it."""

    @property
    def name(self) -> str:
        """What reports call it."""

    @property
    def settings(self) -> Mapping[str, object]:
        """What a reader needs to know to get the same figures again; plain values."""

    def index(self, corpus: Corpus, *, on_progress: OnProgress) -> Indexed:
        """Get ready to be asked about these documents; afterwards the system is as fast as it will ever be."""

    def close(self) -> None:
        """Free what indexing took."""


class SearchSystem(System, Protocol):
    """A system that searches."""

    def search(self, question: str, *, history: Sequence[Turn], limit: int) -> list[Retrieved]:
        """The ``limit`` best passages, best first."""


@runtime_checkable
class SentenceSystem(SearchSystem, Protocol):
    """A system that ranks single sentences, too."""

    def sentences(
        self, question: str, *, history: Sequence[Turn], limit: int, documents: Sequence[str] = ()
    ) -> list[Retrieved]:
        """The ``limit`` best sentences, best first, as their documents write them.

        Args:
            documents: Ids of the only documents to search; empty for all.
        """


class AnsweringSystem(System, Protocol):
    """A system that answers."""

    def ask(self, question: Question) -> Reply:
        """Answer one question with its history, from the documents that it may be answered from."""
