"""What each click around a question and its answer asks of the assistant, and what changes on the page then."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import gradio as gr

from policybot.domain import ANSWER_LANGUAGES
from policybot.errors import PolicybotError
from policybot.rendering import Language
from policybot.store.records import RATINGS, Rating
from policybot.ui import views
from policybot.ui.assistant import Assistant
from policybot.ui.drawing import Changes, Drawing, told
from policybot.ui.exchanges import leads_on
from policybot.ui.filters import filter_of
from policybot.ui.keeping import Keeping
from policybot.ui.session import Exchange, Session
from policybot.ui.streaming import Stream
from policybot.ui.visitors import Visitor, Who

log = logging.getLogger(__name__)


class ChatEvents:
    """The listeners of the chat's events. Sessions are changed only in the event loop.

    Args:
        keeping: Keeps answers and ratings.
        who: Tells whose they are.
    """

    def __init__(self, assistant: Assistant, drawing: Drawing, keeping: Keeping, who: Who) -> None:
        self._assistant = assistant
        self._drawing = drawing
        self._pieces = drawing.pieces
        self._keeping = keeping
        self._who = who
        self._streams: dict[str, Stream] = {}

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
        drawn = self._drawing.whole(session, language, running=True, box="")
        yield drawn | (self._drawing.closed(language) if rewound else {})
        answer_language = session.answer_language
        # A wrong filter is raised where the answer is: it is shown like every other error.
        stream = Stream(
            lambda: self._assistant.stream(
                question,
                conversation=conversation,
                history=history,
                filter=filter_of(filters),
                answer_language=answer_language,
            )
        )
        self._streams[conversation] = stream
        exchange = session.exchanges[-1]
        try:
            async for event in stream:
                exchange = exchange.advanced(event)
                session.update(exchange, conversation)
                yield self._drawing.current(session, language)
            failed = ""
            if exchange.answer is not None:
                session.untold = False
                exchange = replace(exchange, kept=await self._keeping.keep(visitor, conversation, exchange))
                session.update(exchange, conversation)
        except PolicybotError as exc:
            failed = question
            session.update(exchange.failed(exc), conversation)
        except Exception:
            # Whatever a model or a library raises ends here: the reader gets the question back and the time of this
            # entry, which is all that may be told of a bug.
            failed = question
            log.exception("Answering failed: %r", question)
            session.update(exchange.broken(at=f"{datetime.now():%Y-%m-%d %H:%M:%S}"), conversation)
        finally:
            stream.stop()
            del self._streams[conversation]
            if session.conversation == conversation and session.running:
                session.update(session.exchanges[-1].stopped(), conversation)
        if session.conversation == conversation:
            drawn = self._drawing.whole(session, language, running=False, box=failed or gr.skip())
            yield drawn | {self._pieces.history: await self._keeping.listed(visitor, session, language)}
        else:
            # What was yielded last may reach the page after the new conversation was drawn: draw that once more.
            yield self._drawing.current(session, language)

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
        session.update(replace(latest, further=further), session.conversation)
        return self._drawing.current(session, language)

    async def stop(self, session: Session) -> None:
        """End the answer that is being written."""
        if stream := self._streams.get(session.conversation):
            stream.stop()

    async def choose_example(self, event: gr.EventData) -> str:
        """The example's text."""
        place = getattr(event, "example", None)
        if isinstance(place, int) and 0 <= place < len(self._drawing.examples):
            return self._drawing.examples[place]
        return ""

    async def choose_further(self, session: Session, event: gr.EventData) -> str:
        """The text of a question that leads on."""
        place = session.place_of(str(getattr(event, "turn", "")))
        further = () if place is None else session.exchanges[place].further
        number = str(getattr(event, "place", ""))
        return further[int(number)] if number.isdecimal() and int(number) < len(further) else ""

    async def edit(self, session: Session, language: Language, event: gr.EventData) -> Changes:
        """Put a question back into the box, as asked or as understood; the next one replaces it and what follows."""
        place = session.place_of(str(getattr(event, "turn", "")))
        if place is None:
            return {self._pieces.box: gr.skip()}
        session.editing = place
        exchange = session.exchanges[place]
        understood = exchange.understood if getattr(event, "what", "") == "understood" else ""
        return {
            self._pieces.box: understood or exchange.question,
            self._pieces.editing: views.editing_html(session, language),
        }

    async def stop_editing(self, session: Session, language: Language) -> Changes:
        """Let the next question follow the others."""
        session.editing = None
        return {self._pieces.editing: "", self._pieces.box: ""}

    async def rate(self, request: gr.Request, session: Session, language: Language, event: gr.EventData) -> Changes:
        """Keep a rating, with the comment when there is one."""
        place = session.place_of(str(getattr(event, "turn", "")))
        rating: Rating | None = next((each for each in RATINGS if each == getattr(event, "rating", "")), None)
        comment = getattr(event, "comment", None)
        if place is None or rating is None:
            return {self._pieces.current: gr.skip()}
        exchange = session.exchanges[place]
        text = exchange.comment if comment is None else str(comment)
        with told(language):
            text = await self._keeping.rate(self._who(request), exchange, rating, text)
        session.exchanges[place] = replace(session.exchanges[place], rating=rating, comment=text)
        return self._drawing.current(session, language) | {self._pieces.past: views.past_html(session, language)}

    async def choose_answer_language(
        self, request: gr.Request, session: Session, language: Language, event: gr.EventData
    ) -> Changes:
        """Answer in another language from the next question on; kept with the conversation."""
        wanted = getattr(event, "value", "")
        session.answer_language = next((each for each in ANSWER_LANGUAGES if each == wanted), "auto")
        with told(language):
            await self._keeping.set_answer_language(session, self._who(request))
        return {self._pieces.speaking: views.speaking_html(session, language)}

    async def _drop(self, visitor: Visitor, conversation: str, gone: Sequence[Exchange]) -> None:
        """Take back what a question is asked instead of: from the records, and from the bot's memory."""
        if not gone:
            return
        await self._keeping.drop(visitor, conversation, gone)
        await self.forget(conversation)

    async def forget(self, conversation: str) -> None:
        """Delete what the assistant remembers of a conversation."""
        try:
            await asyncio.to_thread(self._assistant.forget, conversation)
        except PolicybotError:
            log.exception("Conversation %s could not be forgotten", conversation)
