"""What the page needs of PolicyBot, so that a test can put a scripted one behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from policybot.domain import (
    Answer,
    AnswerEvent,
    AnswerLanguage,
    Document,
    DocumentSummary,
    Filter,
    IndexPlan,
    PassagePoint,
    Turn,
)
from policybot.reading import PageMark


class Assistant(Protocol):
    """The part of PolicyBot's surface that the page uses; every deliberate error is a PolicybotError."""

    @property
    def chat_model_name(self) -> str:
        """Name of the chat model; ``none`` when answers are quoted sentences."""

    def stream(
        self,
        question: str,
        *,
        conversation: str | None = None,
        history: Sequence[Turn] = ...,
        filter: Filter = ...,
        answer_language: AnswerLanguage = ...,
    ) -> Iterator[AnswerEvent]:
        """Events of one answer from the documents that pass: Found, Deltas, Done. Closing it stops the model."""

    def further_questions(self, answer: Answer) -> tuple[str, ...]:
        """Questions that lead on from an answer and that the documents answer."""

    def forget(self, conversation: str) -> None:
        """Delete what is remembered of a conversation."""

    def documents(self) -> tuple[DocumentSummary, ...]:
        """Every indexed document."""

    def document(self, document_id: str, /, *, version: str | None = None) -> Document:
        """The document, in the version that was cited when one is given."""

    def page_mark(self, document_id: str, page: int, *, start: int, end: int, version: str | None = None) -> PageMark:
        """Size of a page's picture and where on it the text is; an error when the file is no longer the same."""


class Holdings(Protocol):
    """The part of PolicyBot's surface that the Documents view uses."""

    @property
    def added_dir(self) -> Path:
        """Where added files lie."""

    def documents(self) -> tuple[DocumentSummary, ...]:
        """Every indexed document."""

    def left_out(self) -> tuple[DocumentSummary, ...]:
        """Documents that were removed though their files are there."""

    def indexed_paths(self) -> tuple[Path, ...]:
        """The folders and files that were indexed."""

    def indexed_addresses(self) -> tuple[str, ...]:
        """The addresses on the web that were indexed."""

    def plan(self, path: Path | str) -> IndexPlan:
        """What indexing the path or address would change; an address is fetched."""

    def remove(self, document_id: str) -> None:
        """Take a document out of the index."""

    def restore(self, document_id: str) -> None:
        """Let the next indexing take a removed document in again."""

    def passage_map(self) -> tuple[PassagePoint, ...]:
        """Passages as points."""


class Indexing(Protocol):
    """Starts and stops indexing; one run at a time."""

    def start(self, started_by: str, places: Sequence[Path | str] = ()) -> Any:
        """Begin with these paths and addresses, or with all that were indexed before; returns a job with an ``id``."""

    def job(self, job_id: str) -> Any:
        """The job as it stands: ``state``, ``places``, ``outcomes``, ``progress``, ``reports``."""

    def cancel(self, job_id: str, place: str = "") -> Any:
        """Stop a job, or one of its places."""
