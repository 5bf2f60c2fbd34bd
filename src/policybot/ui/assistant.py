"""What the page needs of PolicyBot, so that a test can put a scripted one behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from policybot.domain import AnswerEvent, Document, DocumentSummary, Filter


class Assistant(Protocol):
    """The part of PolicyBot's surface that the page uses; every deliberate error is a PolicybotError."""

    @property
    def chat_model_name(self) -> str:
        """Name of the chat model; ``none`` when answers are quoted sentences."""

    def stream(self, question: str, *, conversation: str | None = None, filter: Filter = ...) -> Iterator[AnswerEvent]:
        """Events of one answer from the documents that pass: Found, Deltas, Done. Closing it stops the model."""

    def forget(self, conversation: str) -> None:
        """Delete what is remembered of a conversation."""

    def documents(self) -> tuple[DocumentSummary, ...]:
        """Every indexed document."""

    def document(self, document_id: str, /, *, version: str | None = None) -> Document:
        """The document, in the version that was cited when one is given."""
