"""The page: what stands where, and what each click asks of the assistant. What it says is in ``views``."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import gradio as gr

from policybot.domain import Document, DocumentSummary
from policybot.errors import PolicybotError
from policybot.rendering import LANGUAGES, Language, preferred_language, say
from policybot.ui import views
from policybot.ui.assistant import Assistant
from policybot.ui.filters import Filters, filter_of
from policybot.ui.session import Opened, Session
from policybot.ui.streaming import Stream

LANGUAGE_COOKIE = "policybot_language"
CSS = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
_SCRIPT = (Path(__file__).parent / "page.js").read_text(encoding="utf-8")
_LONGEST_QUESTION = 4000

log = logging.getLogger(__name__)


def build_page(assistant: Assistant, *, examples: Sequence[str] = ()) -> gr.Blocks:
    """The page as Gradio blocks, not yet served.

    Args:
        assistant: Answers the questions and holds the documents.
        examples: Questions offered while nothing was asked yet.
    """
    page: gr.Blocks = _Page(assistant, tuple(examples)).blocks
    return page


class _Page:
    """The components and the handlers that change them. Sessions are changed only in the event loop."""

    def __init__(self, assistant: Assistant, examples: tuple[str, ...]) -> None:
        self._assistant = assistant
        self._examples = examples
        self._streams: dict[str, Stream] = {}
        with gr.Blocks(title="policybot", analytics_enabled=False, fill_width=True) as self.blocks:
            self._lay_out()
            self._connect()

    def _lay_out(self) -> None:
        language: Language = "en"
        self.session = gr.State(Session())
        self.language = gr.State(language)
        self.opened = gr.State("")
        self.header = _html("", "pb-top")
        with gr.Row(elem_id="pb-main"):
            with gr.Column(elem_id="pb-left", scale=1, min_width=0):
                with gr.Column(elem_id="pb-talk", min_width=0):
                    self.past = _html("", "pb-past")
                    self.current = _html("", "pb-current")
                self.filters = Filters(language)
                self.filtered = _html("", "pb-filtered")
                with gr.Row(elem_id="pb-ask"):
                    self.box = gr.Textbox(
                        label=say(language, "question"),
                        placeholder=say(language, "question_hint"),
                        lines=1,
                        max_lines=6,
                        max_length=_LONGEST_QUESTION,
                        autofocus=True,
                        container=False,
                        show_label=False,
                        elem_id="pb-box",
                        scale=1,
                        min_width=0,
                    )
                    self.send = _button(say(language, "send"), "pb-send", variant="primary")
                    self.stop = _button(say(language, "stop"), "pb-stop", visible=False)
                    self.clear = _button(say(language, "clear"), "pb-clear")
                self.status = _html("", "pb-foot")
            with gr.Column(elem_id="pb-right", scale=0, min_width=0):
                self.source = _html("", "pb-source")

    def _connect(self) -> None:
        everything: list[Any] = [self.header, self.past, self.current, self.source, self.status]
        everything += [self.box, self.send, self.stop, self.clear]
        filters = self.filters.components
        everything += [self.filtered, self.filters.fold, *filters]
        answering = [self.past, self.current, self.box, self.send, self.stop]
        quiet: dict[str, Any] = {
            "show_progress": "hidden",
            "api_visibility": "private",
            "concurrency_limit": None,
        }
        redraw = {
            "fn": self._redraw,
            "inputs": [self.session, self.language, self.opened, *filters],
            "outputs": everything,
        }
        ask = {"fn": self._ask, "inputs": [self.box, self.session, self.language, *filters], "outputs": answering}
        self.blocks.load(self._load, outputs=[self.language], **quiet).then(**redraw, **quiet)
        gr.on([self.box.submit, self.send.click], **ask, **quiet)
        self.stop.click(self._stop, inputs=[self.session], **quiet)
        self.clear.click(
            self._clear,
            inputs=[self.session, self.language],
            outputs=[*answering, self.source, self.opened],
            **quiet,
        )
        self.current.choose_example(self._choose_example, outputs=[self.box], **quiet).then(**ask, **quiet)
        gr.on(
            [component.change for component in filters],
            self._filtered,
            inputs=[self.language, *filters],
            outputs=[self.filtered],
            trigger_mode="always_last",
            **quiet,
        )
        self.filtered.clear_filters(self.filters.cleared, outputs=filters, **quiet)
        self.header.choose_language(self._choose_language, outputs=[self.language], **quiet).then(**redraw, **quiet)
        for piece in (self.past, self.current, self.source):
            piece.open_source(
                self._open,
                inputs=[self.session, self.language],
                outputs=[self.source, self.opened],
                trigger_mode="always_last",
                **quiet,
            )

    async def _load(self, request: gr.Request) -> Language:
        """The language chosen earlier, else the browser's."""
        chosen = request.cookies.get(LANGUAGE_COOKIE, "")
        return _language(chosen) or preferred_language(request.headers.get("accept-language", ""))

    async def _choose_language(self, event: gr.EventData) -> Language:
        return _language(getattr(event, "language", "")) or "en"

    async def _redraw(self, session: Session, language: Language, opened: str, *filters: Any) -> tuple[Any, ...]:
        """Everything that speaks, in the language; an answer being written follows with its next words."""
        found = session.find(opened)
        source = views.source_hint_html(language) if found is None else await self._opened_html(found, language)
        documents: Sequence[DocumentSummary] = ()
        try:
            documents = await asyncio.to_thread(self._assistant.documents)
            status = views.status_html(documents, self._assistant.chat_model_name, language)
        except PolicybotError as exc:
            status = views.failure_html(str(exc))
        return (
            views.header_html(language),
            views.past_html(session, language),
            views.current_html(session, self._examples, language),
            source,
            status,
            gr.update(label=say(language, "question"), placeholder=say(language, "question_hint")),
            gr.update(value=say(language, "send")),
            gr.update(value=say(language, "stop")),
            gr.update(value=say(language, "clear")),
            self.filters.line(documents, language, filters),
            *self.filters.redrawn(documents, language),
        )

    async def _filtered(self, language: Language, *filters: Any) -> str:
        """The line on what is filtered."""
        try:
            documents = await asyncio.to_thread(self._assistant.documents)
        except PolicybotError:
            documents = ()  # The status says so; without titles the line shows ids.
        return self.filters.line(documents, language, filters)

    async def _choose_example(self, event: gr.EventData) -> str:
        place = getattr(event, "example", None)
        if isinstance(place, int) and 0 <= place < len(self._examples):
            return self._examples[place]
        return ""

    async def _ask(
        self, question: str, session: Session, language: Language, *filters: Any
    ) -> AsyncIterator[tuple[Any, ...]]:
        """Draw the answer as it is written; a failed question goes back into the box."""
        question = question.strip()
        if not question or session.running:
            yield tuple(gr.skip() for _ in range(5))
            return
        conversation = session.begin(question)
        yield self._drawn(session, language, running=True, box="")
        # A wrong filter is raised where the answer is: it is shown like every other error.
        stream = Stream(lambda: self._assistant.stream(question, conversation=conversation, filter=filter_of(filters)))
        self._streams[conversation] = stream
        try:
            async for event in stream:
                session.update(session.exchanges[-1].advanced(event))
                yield gr.skip(), self._current(session, language), gr.skip(), gr.skip(), gr.skip()
            failed = ""
        except PolicybotError as exc:
            failed = question
            session.update(session.exchanges[-1].ended("failed", str(exc)))
        except Exception:
            failed = question
            log.exception("Answering failed: %r", question)
            session.update(session.exchanges[-1].ended("broken", f"{datetime.now():%Y-%m-%d %H:%M:%S}"))
        finally:
            stream.stop()
            del self._streams[conversation]
            if session.conversation == conversation and session.running:
                session.update(session.exchanges[-1].ended("stopped"))
        if session.conversation == conversation:
            yield self._drawn(session, language, running=False, box=failed or gr.skip())

    async def _stop(self, session: Session) -> None:
        if stream := self._streams.get(session.conversation):
            stream.stop()

    async def _clear(self, session: Session, language: Language) -> tuple[Any, ...]:
        await self._stop(session)
        left = session.clear()
        if left:
            try:
                await asyncio.to_thread(self._assistant.forget, left)
            except PolicybotError:
                log.exception("Conversation %s could not be forgotten", left)
        drawn = self._drawn(session, language, running=False, box="")
        return *drawn, views.source_hint_html(language), ""

    async def _open(self, session: Session, language: Language, event: gr.EventData) -> tuple[str, str]:
        reference = str(getattr(event, "reference", ""))
        found = session.find(reference)
        if found is None:
            return views.gone_html(language), ""
        return await self._opened_html(found, language), reference

    async def _opened_html(self, opened: Opened, language: Language) -> str:
        return await asyncio.to_thread(lambda: views.opened_html(opened, self._document(opened), language))

    def _document(self, opened: Opened) -> Document | PolicybotError:
        reference = opened.reference
        try:
            return self._assistant.document(reference.document_id, version=reference.version)
        except PolicybotError as exc:
            return exc

    def _current(self, session: Session, language: Language) -> str:
        return views.current_html(session, self._examples, language)

    def _drawn(self, session: Session, language: Language, *, running: bool, box: Any) -> tuple[Any, ...]:
        """Values of past, current, box, send, stop."""
        return (
            views.past_html(session, language),
            self._current(session, language),
            box,
            gr.update(visible=not running),
            gr.update(visible=running),
        )


def _language(code: object) -> Language | None:
    return next((language for language in LANGUAGES if language == code), None)


def _html(value: str, elem_id: str) -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, js_on_load=_SCRIPT, apply_default_css=False, container=False, padding=False)


def _button(text: str, elem_id: str, **options: Any) -> gr.Button:
    return gr.Button(text, elem_id=elem_id, scale=0, min_width=0, **options)
