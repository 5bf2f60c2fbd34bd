"""A conversation in the Python API."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, Protocol

from policybot.bot.questions import EVERYTHING
from policybot.domain import Answer, AnswerEvent, AnswerLanguage, Filter, Turn


class Asked(Protocol):
    """The part of PolicyBot that a conversation uses."""

    def ask(self, question: str, *, conversation: str, filter: Filter, answer_language: AnswerLanguage) -> Answer:
        """Answer a question."""

    def stream(
        self, question: str, *, conversation: str, filter: Filter, answer_language: AnswerLanguage
    ) -> Iterator[AnswerEvent]:
        """Answer a question as a stream."""

    async def aask(
        self, question: str, *, conversation: str, filter: Filter, answer_language: AnswerLanguage
    ) -> Answer:
        """Answer a question, for asyncio."""

    def astream(
        self, question: str, *, conversation: str, filter: Filter, answer_language: AnswerLanguage
    ) -> AsyncIterator[AnswerEvent]:
        """Answer a question as a stream, for asyncio."""

    def turns(self, conversation: str) -> tuple[Turn, ...]:
        """The turns so far."""

    def forget(self, conversation: str) -> None:
        """Delete the conversation."""


class Conversation:
    """A conversation with a PolicyBot: each question is understood with the turns before it.

    Attributes:
        id: By which it is reopened.
        answer_language: The language of its answers; may be changed between two questions.
    """

    def __init__(self, bot: Asked, conversation_id: str, *, answer_language: AnswerLanguage = "auto") -> None:
        self._bot = bot
        self.id = conversation_id
        self.answer_language = answer_language

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns so far, oldest first."""
        return self._bot.turns(self.id)

    def ask(self, question: str, *, filter: Filter = EVERYTHING) -> Answer:
        """Ask the next question; see ``PolicyBot.ask``."""
        return self._bot.ask(question, **self._asked(filter))

    def stream(self, question: str, *, filter: Filter = EVERYTHING) -> Iterator[AnswerEvent]:
        """Ask the next question as a stream; see ``PolicyBot.stream``."""
        return self._bot.stream(question, **self._asked(filter))

    async def aask(self, question: str, *, filter: Filter = EVERYTHING) -> Answer:
        """``ask`` for asyncio."""
        return await self._bot.aask(question, **self._asked(filter))

    def astream(self, question: str, *, filter: Filter = EVERYTHING) -> AsyncIterator[AnswerEvent]:
        """``stream`` for asyncio."""
        return self._bot.astream(question, **self._asked(filter))

    def forget(self) -> None:
        """Delete the conversation."""
        self._bot.forget(self.id)

    def _asked(self, filter: Filter) -> dict[str, Any]:
        return {"conversation": self.id, "filter": filter, "answer_language": self.answer_language}
