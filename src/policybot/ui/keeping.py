"""A visitor's conversations in the records, for the page; without records nothing is kept and nothing is listed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from policybot.errors import UnknownConversation
from policybot.rendering import Language
from policybot.store.records import LONGEST_COMMENT, Rating, Records
from policybot.ui.history import history_html
from policybot.ui.session import Exchange, Session
from policybot.ui.visitors import Visitor

MOST_LISTED = 200
"""Conversations that the list shows; the search field finds older ones."""


class Keeping:
    """Begins, fills, lists and deletes conversations, each only for whom it belongs to."""

    def __init__(self, records: Records | None) -> None:
        self._records = records

    def __bool__(self) -> bool:
        """Whether anything is kept."""
        return self._records is not None

    async def name(self, session: Session, visitor: Visitor) -> str:
        """The conversation of the session, begun now unless it has been."""
        if not session.conversation and self._records is not None:
            begun = await asyncio.to_thread(self._records.begin, visitor.name, answer_language=session.answer_language)
            session.conversation = begun.id
        return session.named()

    async def keep(self, visitor: Visitor, conversation: str, exchange: Exchange) -> str:
        """Keep the answer; returns its id, empty when its conversation was deleted meanwhile."""
        if self._records is None or exchange.answer is None:
            return ""
        try:
            return await asyncio.to_thread(self._records.add_answer, visitor.name, conversation, exchange.answer)
        except UnknownConversation:
            return ""

    async def drop(self, visitor: Visitor, conversation: str, gone: Sequence[Exchange]) -> None:
        """Delete answers that another will replace."""
        kept = [exchange.kept for exchange in gone if exchange.kept]
        if self._records is not None and kept:
            await asyncio.to_thread(self._records.drop_answers, visitor.name, conversation, kept)

    async def set_answer_language(self, session: Session, visitor: Visitor) -> None:
        """Note the session's answer language with its conversation, once there is one."""
        if self._records is not None and session.conversation:
            await asyncio.to_thread(
                self._records.set_answer_language, visitor.name, session.conversation, session.answer_language
            )

    async def reopen(self, session: Session, visitor: Visitor, conversation: str) -> None:
        """Let the session show a conversation.

        Raises:
            UnknownConversation: The visitor has none of this id.
        """
        if self._records is None:
            raise UnknownConversation("Nothing keeps conversations here.")
        summary = await asyncio.to_thread(self._records.conversation, visitor.name, conversation)
        exchanges = await asyncio.to_thread(self._exchanges, self._records, visitor, conversation)
        session.reopen(conversation, exchanges, summary.answer_language)

    def _exchanges(self, records: Records, visitor: Visitor, conversation: str) -> list[Exchange]:
        """The conversation's exchanges, oldest first."""
        ratings = records.ratings(visitor.name, conversation)
        exchanges = []
        for record in records.answers(visitor.name, conversation):
            rating, comment = ratings.get(record.id, ("", ""))
            exchanges.append(Exchange.restored(record.restored(), kept=record.id, rating=rating, comment=comment))
        return exchanges

    async def rate(self, visitor: Visitor, exchange: Exchange, rating: Rating, comment: str) -> str:
        """Keep what the visitor thinks of an answer; returns the comment as kept."""
        kept = comment[:LONGEST_COMMENT]
        if self._records is not None:
            await asyncio.to_thread(self._records.rate, visitor.name, exchange.kept, rating, kept)
        return kept

    async def rename(self, visitor: Visitor, conversation: str, title: str) -> None:
        """Give a conversation another title."""
        if self._records is not None and title:
            await asyncio.to_thread(self._records.rename, visitor.name, conversation, title)

    async def forget(self, visitor: Visitor, conversation: str) -> None:
        """Delete a conversation.

        Raises:
            UnknownConversation: The visitor has none of this id.
        """
        if self._records is not None:
            await asyncio.to_thread(self._records.forget, visitor.name, conversation)

    async def listed(self, visitor: Visitor, session: Session, language: Language, *, search: str = "") -> str:
        """The list of the visitor's conversations as HTML; one without an answer has nothing to show."""
        if self._records is None:
            return history_html((), "", language)
        found = await asyncio.to_thread(self._records.conversations, visitor.name, search=search, limit=MOST_LISTED)
        shown = [each for each in found if each.questions]
        return history_html(shown, session.conversation, language, search=search)
