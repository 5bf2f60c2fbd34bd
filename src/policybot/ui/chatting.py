"""What each click of the chat asks of the assistant, and what changes on the page then."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import gradio as gr

from policybot.errors import PolicybotError, UnknownConversation
from policybot.records import RATINGS, Rating, Records
from policybot.rendering import Language, say
from policybot.ui import views
from policybot.ui.assistant import Assistant
from policybot.ui.exchanges import leads_on
from policybot.ui.filters import filter_of
from policybot.ui.keeping import Keeping
from policybot.ui.opening import Opening
from policybot.ui.session import Exchange, Session
from policybot.ui.streaming import Stream
from policybot.ui.visitors import Visitor, Who

log = logging.getLogger(__name__)

Changes = dict[Any, Any]
"""New values by component."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The chat's components."""

    past: Any
    current: Any
    source: Any
    opened: Any
    history: Any
    editing: Any
    box: Any
    send: Any
    stop: Any

    def all(self) -> list[Any]:
        """Every one."""
        return [getattr(self, name) for name in self.__slots__]


class Chat:
    """The handlers. Sessions are changed only in the event loop.

    Args:
        opening: Opens sources.
        records: Keeps conversations and feedback; None keeps nothing beyond the page.
        who: Tells whose conversations to show.
    """

    def __init__(
        self,
        assistant: Assistant,
        pieces: Pieces,
        *,
        opening: Opening,
        examples: tuple[str, ...],
        records: Records | None,
        who: Who,
    ) -> None:
        self._assistant = assistant
        self._pieces = pieces
        self._examples = examples
        self._keeping = Keeping(records)
        self._opening = opening
        self._who = who
        self._streams: dict[str, Stream] = {}

    # Asking

    async def ask(
        self, request: gr.Request, question: str, session: Session, language: Language, *filters: Any
    ) -> AsyncIterator[Changes]:
        """Draw the answer as it is written; a failed question goes back into the box."""
        question = question.strip()
        if not question or session.running:
            yield {self._pieces.box: gr.skip()}
            return
        visitor = self._who(request)
        conversation = await self._keeping.name(session, visitor)
        rewound = session.editing is not None
        await self._drop(visitor, session.conversation, session.rewind())
        history = session.turns() if session.untold else ()
        session.begin(question)
        yield self._drawn(session, language, running=True, box="") | (self._closed(language) if rewound else {})
        # A wrong filter is raised where the answer is: it is shown like every other error.
        stream = Stream(
            lambda: self._assistant.stream(
                question, conversation=conversation, history=history, filter=filter_of(filters)
            )
        )
        self._streams[conversation] = stream
        exchange = session.exchanges[-1]
        try:
            async for event in stream:
                exchange = exchange.advanced(event)
                session.update(exchange)
                yield {self._pieces.current: self._current(session, language)}
            failed = ""
            if exchange.answer is not None:
                session.untold = False
                exchange = replace(exchange, kept=await self._keeping.keep(visitor, conversation, exchange))
                session.update(exchange)
        except PolicybotError as exc:
            failed = question
            session.update(exchange.ended("failed", str(exc)))
        except Exception:
            failed = question
            log.exception("Answering failed: %r", question)
            session.update(exchange.ended("broken", f"{datetime.now():%Y-%m-%d %H:%M:%S}"))
        finally:
            stream.stop()
            del self._streams[conversation]
            if session.conversation == conversation and session.running:
                session.update(session.exchanges[-1].ended("stopped"))
        if session.conversation == conversation:
            drawn = self._drawn(session, language, running=False, box=failed or gr.skip())
            yield drawn | {self._pieces.history: await self._keeping.listed(visitor, session, language)}

    async def lead_on(self, session: Session, language: Language) -> Changes:
        """Offer further questions below the latest answer, once they are known to have answers."""
        exchange = session.exchanges[-1] if session.exchanges else None
        answer = exchange.answer if exchange else None
        if exchange is None or answer is None or exchange.further or not leads_on(answer):
            return {self._pieces.current: gr.skip()}
        try:
            further = await asyncio.to_thread(self._assistant.further_questions, answer)
        except PolicybotError:
            log.exception("No further questions for %r", answer.question)
            return {self._pieces.current: gr.skip()}
        latest = session.exchanges[-1] if session.exchanges else None
        if not further or latest is None or latest.answer is not answer:
            return {self._pieces.current: gr.skip()}
        session.update(replace(latest, further=further))
        return {self._pieces.current: self._current(session, language)}

    async def stop(self, session: Session) -> None:
        """End the answer that is being written."""
        if stream := self._streams.get(session.conversation):
            stream.stop()

    async def clear(self, request: gr.Request, session: Session, language: Language) -> Changes:
        """Begin a new conversation; the old one stays in the list, or is forgotten when nothing keeps it."""
        await self.stop(session)
        left = session.clear()
        if left and not self._keeping:
            await self._forget(left)
        history = await self._keeping.listed(self._who(request), session, language)
        return (
            self._drawn(session, language, running=False, box="")
            | self._closed(language)
            | {self._pieces.history: history}
        )

    async def choose_example(self, event: gr.EventData) -> str:
        """The example's text."""
        place = getattr(event, "example", None)
        if isinstance(place, int) and 0 <= place < len(self._examples):
            return self._examples[place]
        return ""

    async def choose_further(self, session: Session, event: gr.EventData) -> str:
        """The text of a question that leads on."""
        place = session.place_of(str(getattr(event, "turn", "")))
        further = () if place is None else session.exchanges[place].further
        number = str(getattr(event, "place", ""))
        return further[int(number)] if number.isdecimal() and int(number) < len(further) else ""

    # Asking again

    async def edit(self, session: Session, language: Language, event: gr.EventData) -> Changes:
        """Put a question back into the box; the next one replaces it and what follows."""
        place = session.place_of(str(getattr(event, "turn", "")))
        if place is None:
            return {self._pieces.box: gr.skip()}
        session.editing = place
        return {
            self._pieces.box: session.exchanges[place].question,
            self._pieces.editing: views.editing_html(session, language),
        }

    async def stop_editing(self, session: Session, language: Language) -> Changes:
        """Let the next question follow the others."""
        session.editing = None
        return {self._pieces.editing: "", self._pieces.box: ""}

    # What was thought of an answer

    async def rate(self, request: gr.Request, session: Session, language: Language, event: gr.EventData) -> Changes:
        """Keep a rating, with the comment when there is one."""
        place = session.place_of(str(getattr(event, "turn", "")))
        rating: Rating | None = next((each for each in RATINGS if each == getattr(event, "rating", "")), None)
        comment = getattr(event, "comment", None)
        if place is None or rating is None:
            return {self._pieces.current: gr.skip()}
        exchange = session.exchanges[place]
        text = exchange.comment if comment is None else str(comment)
        text = await self._keeping.rate(self._who(request), exchange, rating, text)
        session.exchanges[place] = replace(session.exchanges[place], rating=rating, comment=text)
        return {
            self._pieces.past: views.past_html(session, language),
            self._pieces.current: self._current(session, language),
        }

    # Conversations

    async def arrive(self, request: gr.Request, session: Session, language: Language, event: gr.EventData) -> Changes:
        """What the page's address asks for: a conversation to open, a question to put into the box."""
        changes: Changes = {self._pieces.box: gr.skip()}
        conversation, question = str(getattr(event, "c", "")), str(getattr(event, "q", ""))
        if conversation:
            changes |= await self._opened(request, conversation, session, language)
        if question:
            changes[self._pieces.box] = question[:4000]
        return changes

    async def open_conversation(
        self, request: gr.Request, session: Session, language: Language, event: gr.EventData
    ) -> Changes:
        """Show a conversation of the list."""
        return await self._opened(request, str(getattr(event, "conversation", "")), session, language)

    async def _opened(self, request: gr.Request, conversation: str, session: Session, language: Language) -> Changes:
        visitor = self._who(request)
        await self.stop(session)
        try:
            exchanges = await self._keeping.exchanges(visitor, conversation)
        except UnknownConversation:
            note = say(language, "conversation_unknown")
            return {self._pieces.current: views.notice_html(note, self._examples, language)}
        session.reopen(conversation, exchanges)
        history = await self._keeping.listed(visitor, session, language)
        return (
            self._drawn(session, language, running=False, box="")
            | self._closed(language)
            | {self._pieces.history: history}
        )

    async def rename_conversation(
        self, request: gr.Request, session: Session, language: Language, event: gr.EventData
    ) -> Changes:
        """Give a conversation another title."""
        visitor, title = self._who(request), " ".join(str(getattr(event, "title", "")).split())
        await self._keeping.rename(visitor, str(getattr(event, "conversation", "")), title)
        return {self._pieces.history: await self._keeping.listed(visitor, session, language)}

    async def delete_conversation(
        self, request: gr.Request, session: Session, language: Language, event: gr.EventData
    ) -> Changes:
        """Delete a conversation with what is remembered of it."""
        visitor, conversation = self._who(request), str(getattr(event, "conversation", ""))
        await self._keeping.forget(visitor, conversation)
        changes: Changes = {}
        if conversation == session.conversation:
            await self.stop(session)
            session.clear()
            changes = self._drawn(session, language, running=False, box="") | self._closed(language)
        await self._forget(conversation)
        return changes | {self._pieces.history: await self._keeping.listed(visitor, session, language)}

    async def search_history(
        self, request: gr.Request, session: Session, language: Language, event: gr.EventData
    ) -> Changes:
        """List only the conversations that hold some words."""
        search = " ".join(str(getattr(event, "search", ""))[:200].split())
        return {self._pieces.history: await self._keeping.listed(self._who(request), session, language, search=search)}

    async def _drop(self, visitor: Visitor, conversation: str, gone: Sequence[Exchange]) -> None:
        """Take back what a question is asked instead of: from the records, and from the bot's memory."""
        if not gone:
            return
        await self._keeping.drop(visitor, conversation, gone)
        await self._forget(conversation)

    async def _forget(self, conversation: str) -> None:
        try:
            await asyncio.to_thread(self._assistant.forget, conversation)
        except PolicybotError:
            log.exception("Conversation %s could not be forgotten", conversation)

    # Sources

    async def open_source(self, session: Session, language: Language, event: gr.EventData) -> Changes:
        """Open what a chip or a line of a list refers to."""
        reference = str(getattr(event, "reference", ""))
        html = await self._opening.html(session, reference, language)
        if html is None:
            return {self._pieces.source: views.gone_html(language), self._pieces.opened: ""}
        return {self._pieces.source: html, self._pieces.opened: reference}

    # Drawing

    async def history(self, request: gr.Request, session: Session, language: Language) -> str:
        """The list of conversations."""
        return await self._keeping.listed(self._who(request), session, language)

    def _current(self, session: Session, language: Language) -> str:
        return views.current_html(session, self._examples, language)

    def _closed(self, language: Language) -> Changes:
        """Nothing is open and nothing is edited."""
        return {
            self._pieces.source: views.source_hint_html(language),
            self._pieces.opened: "",
            self._pieces.editing: "",
        }

    def _drawn(self, session: Session, language: Language, *, running: bool, box: Any) -> Changes:
        return {
            self._pieces.past: views.past_html(session, language),
            self._pieces.current: self._current(session, language),
            self._pieces.box: box,
            self._pieces.send: gr.update(visible=not running),
            self._pieces.stop: gr.update(visible=running),
        }
