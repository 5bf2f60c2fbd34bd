"""Questions that come by HTTP: within limits, counted, answered in the conversation of who asks, and kept there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing

from policybot.bot.bot import PolicyBot
from policybot.domain import Answer, AnswerEvent, AnswerLanguage, Delta, Done, Filter, Hit, Turn
from policybot.errors import Busy, TooManyRequests
from policybot.server.door import LOCAL, Principal
from policybot.server.limits import RateLimit
from policybot.server.metrics import Metrics, Stopwatch
from policybot.store.records import Records

MOST_WAITING = 64
"""Questions that are answered or wait at once. Two cores quote about five answers a second, so the last waits a dozen
seconds (benchmarks/load.py); beyond that, who asks had better ask again."""


class QuestionService:
    """Answers questions of several people at once.

    Args:
        bot: Answers them.
        records: Keeps the answers of conversations.
        metrics: Told what became of each.
        questions_per_minute: Most questions of one user or key in a minute.
    """

    def __init__(self, bot: PolicyBot, records: Records, metrics: Metrics, *, questions_per_minute: int) -> None:
        self.bot = bot
        self.records = records
        self._metrics = metrics
        self._limit = RateLimit(questions_per_minute)
        self._running = 0
        self._conversations: set[str] = set()

    def admit(self, principal: Principal) -> None:
        """Count a question against the limit of who asks it.

        Raises:
            TooManyRequests: It is one too many.
            Busy: As many questions wait as may.
        """
        if principal != LOCAL and (wait := self._limit.take(principal.name)):
            raise TooManyRequests(
                f"{principal.name} asked too much. Wait {wait:.0f} s, or raise POLICYBOT_QUESTIONS_PER_MINUTE.",
                retry_after_s=wait,
            )
        if self._running >= MOST_WAITING:
            raise Busy(f"{MOST_WAITING} questions wait already. Ask again in a few seconds.", retry_after_s=5)

    async def events(
        self,
        principal: Principal,
        question: str,
        *,
        conversation: str | None = None,
        history: Sequence[Turn] = (),
        filter: Filter,
        answer_language: AnswerLanguage | None = None,
    ) -> AsyncGenerator[AnswerEvent | str, None]:
        """The answer's events; in a conversation, the id under which the answer is kept comes last.

        Args:
            answer_language: None for the conversation's.

        Raises:
            What ``PolicyBot.stream`` and ``admit`` raise.
            UnknownConversation: The conversation is not theirs.
            Busy: The conversation is answering a question already.
        """
        self.admit(principal)
        if conversation is not None:
            kept_as = await asyncio.to_thread(self.records.conversation, principal.name, conversation)
            answer_language = answer_language or kept_as.answer_language
            if conversation in self._conversations:
                raise Busy("This conversation is answering a question. Wait for its answer, then ask.", retry_after_s=2)
            self._conversations.add(conversation)
        self._running += 1
        try:
            with Stopwatch(self._metrics) as watch:
                stream = self.bot.astream(
                    question,
                    conversation=conversation,
                    history=history,
                    filter=filter,
                    answer_language=answer_language or "auto",
                )
                async with aclosing(_generator(stream)) as events:
                    async for event in events:
                        if isinstance(event, Delta):
                            watch.spoke()
                        if isinstance(event, Done):
                            watch.ended(event.answer.status)
                            if conversation is not None:
                                kept = await asyncio.to_thread(
                                    self.records.add_answer, principal.name, conversation, event.answer
                                )
                                yield event
                                yield kept
                                continue
                        yield event
        finally:
            self._running -= 1
            if conversation is not None:
                self._conversations.discard(conversation)

    async def answer(
        self,
        principal: Principal,
        question: str,
        *,
        conversation: str | None = None,
        history: Sequence[Turn] = (),
        filter: Filter,
        answer_language: AnswerLanguage | None = None,
    ) -> tuple[Answer, str | None]:
        """The whole answer, and the id under which it is kept. Raises what ``events`` raises."""
        answer, kept = None, None
        events = self.events(
            principal,
            question,
            conversation=conversation,
            history=history,
            filter=filter,
            answer_language=answer_language,
        )
        async with aclosing(events):
            async for event in events:
                if isinstance(event, str):
                    kept = event
                elif isinstance(event, Done):
                    answer = event.answer
        assert answer is not None, "a stream that nobody closes ends with Done"
        return answer, kept

    async def search(
        self, principal: Principal, question: str, *, history: Sequence[Turn], filter: Filter, limit: int
    ) -> tuple[Hit, ...]:
        """The passages found, best first. Raises what ``PolicyBot.search`` and ``admit`` raise."""
        self.admit(principal)
        self._running += 1
        try:
            return await asyncio.to_thread(self.bot.search, question, history=history, filter=filter, limit=limit)
        finally:
            self._running -= 1


def _generator(events: AsyncIterator[AnswerEvent]) -> AsyncGenerator[AnswerEvent, None]:
    assert isinstance(events, AsyncGenerator), "PolicyBot.astream is an asynchronous generator"
    return events
