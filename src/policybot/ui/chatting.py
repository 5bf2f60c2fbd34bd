"""What each click of the chat asks of the assistant, and what changes on the page then."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import gradio as gr

from policybot.domain import Document
from policybot.errors import PolicybotError, UnknownConversation
from policybot.records import LONGEST_COMMENT, Records
from policybot.rendering import Language, Picture, say
from policybot.ui import views
from policybot.ui.assistant import Assistant
from policybot.ui.exchanges import leads_on
from policybot.ui.filters import filter_of
from policybot.ui.history import history_html
from policybot.ui.session import Exchange, Opened, Session
from policybot.ui.streaming import Stream
from policybot.ui.visitors import Visitor, Who

MOST_LISTED = 200
"""Conversations that the list shows; the search field finds older ones."""

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
        records: Keeps conversations and feedback; None keeps nothing beyond the page.
        who: Tells whose conversations to show.
    """

    def __init__(
        self, assistant: Assistant, pieces: Pieces, *, examples: tuple[str, ...], records: Records | None, who: Who
    ) -> None:
        self._assistant = assistant
        self._pieces = pieces
        self._examples = examples
        self._records = records
        # Where records are kept, the routes that export them and draw pages are served, too.
        self._pictures = records is not None
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
        conversation = await self._conversation(session, visitor)
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
                exchange = replace(exchange, kept=await self._keep(visitor, conversation, exchange))
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
            yield drawn | {self._pieces.history: await self._history(visitor, session, language)}

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
        if left and self._records is None:
            await self._forget(left)
        history = await self._history(self._who(request), session, language)
        return self._drawn(session, language, running=False, box="") | self._closed(language) | {
            self._pieces.history: history
        }

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
        if place is None or session.running:
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
        rating, comment = getattr(event, "rating", ""), getattr(event, "comment", None)
        if place is None or self._records is None or rating not in ("up", "down"):
            return {self._pieces.current: gr.skip()}
        exchange = session.exchanges[place]
        text = exchange.comment if comment is None else str(comment)[:LONGEST_COMMENT]
        await asyncio.to_thread(self._records.rate, self._who(request).name, exchange.kept, rating, text)
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
            exchanges = await asyncio.to_thread(self._exchanges, visitor, conversation)
        except UnknownConversation:
            note = say(language, "conversation_unknown")
            return {self._pieces.current: views.notice_html(note, self._examples, language)}
        session.reopen(conversation, exchanges)
        history = await self._history(visitor, session, language)
        return self._drawn(session, language, running=False, box="") | self._closed(language) | {
            self._pieces.history: history
        }

    def _exchanges(self, visitor: Visitor, conversation: str) -> list[Exchange]:
        if self._records is None:
            raise UnknownConversation("Nothing keeps conversations here.")
        ratings = self._records.ratings(visitor.name, conversation)
        exchanges = []
        for record in self._records.answers(visitor.name, conversation):
            rating, comment = ratings.get(record.id, ("", ""))
            exchanges.append(Exchange.restored(record.restored(), kept=record.id, rating=rating, comment=comment))
        return exchanges

    async def rename_conversation(
        self, request: gr.Request, session: Session, language: Language, event: gr.EventData
    ) -> Changes:
        """Give a conversation another title."""
        visitor, title = self._who(request), " ".join(str(getattr(event, "title", "")).split())
        if self._records is not None and title:
            await asyncio.to_thread(self._records.rename, visitor.name, str(getattr(event, "conversation", "")), title)
        return {self._pieces.history: await self._history(visitor, session, language)}

    async def delete_conversation(
        self, request: gr.Request, session: Session, language: Language, event: gr.EventData
    ) -> Changes:
        """Delete a conversation with what is remembered of it."""
        visitor, conversation = self._who(request), str(getattr(event, "conversation", ""))
        if self._records is None:
            return {self._pieces.history: gr.skip()}
        changes: Changes = {}
        if conversation == session.conversation:
            await self.stop(session)
            session.clear()
            changes = self._drawn(session, language, running=False, box="") | self._closed(language)
        await asyncio.to_thread(self._records.forget, visitor.name, conversation)
        await self._forget(conversation)
        return changes | {self._pieces.history: await self._history(visitor, session, language)}

    async def search_history(
        self, request: gr.Request, session: Session, language: Language, event: gr.EventData
    ) -> Changes:
        """List only the conversations that hold some words."""
        search = " ".join(str(getattr(event, "search", ""))[:200].split())
        return {self._pieces.history: await self._history(self._who(request), session, language, search=search)}

    async def _history(self, visitor: Visitor, session: Session, language: Language, *, search: str = "") -> str:
        if self._records is None:
            return history_html((), "", language)
        listed = await asyncio.to_thread(
            self._records.conversations, visitor.name, search=search, limit=MOST_LISTED
        )
        # One without an answer has nothing to show.
        shown = [each for each in listed if each.questions]
        return history_html(shown, session.conversation, language, search=search)

    async def _conversation(self, session: Session, visitor: Visitor) -> str:
        if not session.conversation and self._records is not None:
            session.conversation = (await asyncio.to_thread(self._records.begin, visitor.name)).id
        return session.named()

    async def _keep(self, visitor: Visitor, conversation: str, exchange: Exchange) -> str:
        """Keep the answer; returns its id, empty when its conversation was deleted meanwhile."""
        if self._records is None or exchange.answer is None:
            return ""
        try:
            return await asyncio.to_thread(self._records.add_answer, visitor.name, conversation, exchange.answer)
        except UnknownConversation:
            return ""

    async def _drop(self, visitor: Visitor, conversation: str, gone: Sequence[Exchange]) -> None:
        """Take back what a question is asked instead of: from the records, and from the bot's memory."""
        if not gone:
            return
        kept = [exchange.kept for exchange in gone if exchange.kept]
        if self._records is not None and kept:
            await asyncio.to_thread(self._records.drop_answers, visitor.name, conversation, kept)
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
        html = await self.opened_html(session, reference, language)
        if html is None:
            return {self._pieces.source: views.gone_html(language), self._pieces.opened: ""}
        return {self._pieces.source: html, self._pieces.opened: reference}

    async def opened_html(self, session: Session, reference: str, language: Language) -> str | None:
        """The panel with what the reference means; None when it means nothing."""
        if reference.startswith("d:"):
            document = await asyncio.to_thread(self._document, reference.removeprefix("d:"), None)
            return await asyncio.to_thread(views.opened_document_html, document, language)
        opened = session.find(reference)
        if opened is None:
            return None
        return await asyncio.to_thread(self._source_html, opened, language)

    def _source_html(self, opened: Opened, language: Language) -> str:
        reference = opened.reference
        document = self._document(reference.document_id, reference.version)
        picture = self._picture(opened, document) if isinstance(document, Document) else None
        return views.opened_html(opened, document, language, picture)

    def _picture(self, opened: Opened, document: Document) -> Picture | None:
        """Where the page of a PDF can be seen; None for other formats."""
        reference = opened.reference
        if not document.page_starts or not self._pictures:
            return None
        page = document.page_at(reference.start) or 1
        place: dict[str, Any] = {"start": reference.start, "end": reference.end, "version": reference.version}
        try:
            mark = self._assistant.page_mark(reference.document_id, page, **place)
        except PolicybotError as exc:
            return Picture(reason=str(exc))
        address = f"api/v1/documents/{reference.document_id}/pages/{page}.png?{urlencode(place)}"
        return Picture(address, width=mark.width, height=mark.height, top=mark.top)

    def _document(self, document_id: str, version: str | None) -> Document | PolicybotError:
        try:
            return self._assistant.document(document_id, version=version)
        except PolicybotError as exc:
            return exc

    # Drawing

    async def history(self, request: gr.Request, session: Session, language: Language) -> str:
        """The list of conversations."""
        return await self._history(self._who(request), session, language)

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
