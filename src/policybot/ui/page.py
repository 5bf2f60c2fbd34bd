"""The page: what stands where, and which handler answers which click. What it says is in the ``_html`` functions."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from policybot.domain import DocumentSummary
from policybot.errors import PolicybotError
from policybot.records import Records
from policybot.rendering import LANGUAGES, Language, preferred_language, say
from policybot.ui import views
from policybot.ui.assistant import Assistant, Holdings, Indexing
from policybot.ui.chatting import Chat, Pieces
from policybot.ui.documents import Documents
from policybot.ui.filters import Filters
from policybot.ui.opening import Opening
from policybot.ui.session import Session
from policybot.ui.visitors import Who, anybody
from policybot.ui.watching import LOOK_S, Watching

LANGUAGE_COOKIE = "policybot_language"
CSS = "".join((Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("page.css", "documents.css"))
_SCRIPT = (Path(__file__).parent / "page.js").read_text(encoding="utf-8")
_LONGEST_QUESTION = 4000


def build_page(
    assistant: Assistant,
    *,
    examples: Sequence[str] = (),
    records: Records | None = None,
    holdings: Holdings | None = None,
    indexing: Indexing | None = None,
    who: Who = anybody,
    suffixes: Sequence[str] = (),
    upload_mb: int = 0,
    watching: Watching | None = None,
) -> gr.Blocks:
    """The page as Gradio blocks, not yet served.

    Args:
        assistant: Answers the questions and holds the documents.
        examples: Questions offered while nothing was asked yet.
        records: Keeps conversations and feedback; None keeps nothing beyond the page.
        holdings: What the Documents view shows; None shows nothing there.
        indexing: Indexes for it; None leaves the documents as they are.
        who: Tells whose conversations to show, and who may change documents.
        suffixes: Of the files that can be added.
        upload_mb: Size of the largest of them, in megabytes.
        watching: Tells editors what the watcher does; None says nothing.
    """
    documents = Documents(holdings, indexing, who=who, suffixes=suffixes, megabytes=upload_mb)
    page: gr.Blocks = _Page(assistant, tuple(examples), records, documents, who, watching).blocks
    return page


class _Page:
    """The components, and what is connected to them."""

    def __init__(
        self,
        assistant: Assistant,
        examples: tuple[str, ...],
        records: Records | None,
        documents: Documents,
        who: Who,
        watching: Watching | None,
    ) -> None:
        self._assistant = assistant
        self._examples = examples
        self._who = who
        with gr.Blocks(title="policybot", analytics_enabled=False, fill_width=True) as self.blocks:
            self._lay_out()
            self.pieces = Pieces(
                past=self.past,
                current=self.current,
                source=self.source,
                opened=self.opened,
                history=self.history,
                editing=self.editing,
                box=self.box,
                send=self.send,
                stop=self.stop,
            )
            # Pages are drawn by the interfaces for programs, and those bring the records along.
            self._opening = Opening(assistant, pictures=records is not None)
            self._chat = Chat(
                assistant, self.pieces, opening=self._opening, examples=examples, records=records, who=who
            )
            self._documents = documents
            self._connect_page()
            self._connect_chat()
            self._connect_history()
            self._connect_documents()
            if watching is not None:
                self._connect_watching(watching)

    def _lay_out(self) -> None:
        language: Language = "en"
        self.session = gr.State(Session())
        self.language = gr.State(language)
        self.opened = gr.State("")
        self.header = _html("", "pb-top")
        self.history = _html("", "pb-history")
        with gr.Row(elem_id="pb-main"):
            with gr.Column(elem_id="pb-left", scale=1, min_width=0):
                with gr.Column(elem_id="pb-talk", min_width=0):
                    self.past = _html("", "pb-past")
                    self.current = _html("", "pb-current")
                self.filters = Filters(language)
                self.filtered = _html("", "pb-filtered")
                self.editing = _html("", "pb-editing")
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
            with gr.Column(elem_id="pb-library", scale=1, min_width=0):
                self.adding = _html("", "pb-adding")
                self.watched = _html("", "pb-watched")
                self.looking = gr.Timer(LOOK_S, active=False)
                self.work = _html("", "pb-work")
                self.library = _html("", "pb-table")
            with gr.Column(elem_id="pb-right", scale=0, min_width=0):
                self.source = _html("", "pb-source")

    @property
    def _quiet(self) -> dict[str, Any]:
        return {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": None}

    def _connect_page(self) -> None:
        filters = self.filters.components
        everything: list[Any] = [self.header, self.past, self.current, self.source, self.status, self.history]
        everything += [self.box, self.send, self.stop, self.clear, self.editing]
        everything += [self.filtered, self.filters.fold, *filters]
        self._redrawing: dict[str, Any] = {
            "fn": self._redraw,
            "inputs": [self.session, self.language, self.opened, *filters],
            "outputs": everything,
        }
        self._showing: dict[str, Any] = {
            "fn": self._documents.show,
            "inputs": [self.language],
            "outputs": [self.adding, self.library],
        }
        loaded = self.blocks.load(self._load, outputs=[self.language], **self._quiet)
        loaded.then(**self._redrawing, **self._quiet)
        changed = self.header.choose_language(self._choose_language, outputs=[self.language], **self._quiet)
        changed.then(**self._redrawing, **self._quiet)
        self.header.show_documents(**self._showing, **self._quiet)
        gr.on(
            [component.change for component in filters],
            self._filtered,
            inputs=[self.language, *filters],
            outputs=[self.filtered],
            trigger_mode="always_last",
            **self._quiet,
        )
        self.filtered.clear_filters(self.filters.cleared, outputs=filters, **self._quiet)

    def _connect_chat(self) -> None:
        chat, quiet = self._chat, self._quiet
        state: dict[str, Any] = {"inputs": [self.session, self.language], "outputs": self.pieces.all()}
        asking: dict[str, Any] = {
            "fn": chat.ask,
            "inputs": [self.box, self.session, self.language, *self.filters.components],
            "outputs": self.pieces.all(),
        }
        leading: dict[str, Any] = {
            "fn": chat.lead_on,
            "inputs": [self.session, self.language],
            "outputs": [self.current],
        }

        def ask_after(event: Any) -> None:
            event.then(**asking, **quiet).then(**leading, **quiet)

        gr.on([self.box.submit, self.send.click], **asking, **quiet).then(**leading, **quiet)
        self.stop.click(chat.stop, inputs=[self.session], **quiet)
        self.clear.click(chat.clear, **state, **quiet)
        ask_after(self.current.choose_example(chat.choose_example, outputs=[self.box], **quiet))
        ask_after(self.current.choose_further(chat.choose_further, inputs=[self.session], outputs=[self.box], **quiet))
        ask_after(self.current.retry(chat.edit, **state, **quiet))
        self.editing.stop_editing(chat.stop_editing, **state, **quiet)
        for piece in (self.past, self.current):
            piece.edit(chat.edit, **state, **quiet)
            piece.rate(chat.rate, **state, **quiet)
        for piece in (self.past, self.current, self.source):
            piece.open_source(chat.open_source, **state, trigger_mode="always_last", **quiet)

    def _connect_history(self) -> None:
        chat, quiet = self._chat, self._quiet
        state: dict[str, Any] = {"inputs": [self.session, self.language], "outputs": self.pieces.all()}
        self.header.arrive(chat.arrive, **state, **quiet)
        self.history.open_conversation(chat.open_conversation, **state, **quiet)
        self.history.rename_conversation(chat.rename_conversation, **state, **quiet)
        self.history.delete_conversation(chat.delete_conversation, **state, **quiet)
        self.history.search_history(chat.search_history, **state, trigger_mode="always_last", **quiet)

    def _connect_documents(self) -> None:
        documents, quiet = self._documents, self._quiet
        working: dict[str, Any] = {"inputs": [self.language], "outputs": [self.work]}

        def change(event: Any) -> None:
            """What is indexed has changed: so have the table, the filters and the status."""
            event.then(**self._showing, **quiet).then(**self._redrawing, **quiet)

        self.library.open_document(
            self._open_document,
            inputs=[self.session, self.language],
            outputs=[self.source, self.opened],
            trigger_mode="always_last",
            **quiet,
        )
        self.library.ask_removal(documents.ask_removal, **working, **quiet)
        self.adding.plan_index(documents.plan, **working, **quiet)
        self.work.dismiss(lambda: "", outputs=[self.work], **quiet)
        self.work.cancel_index(documents.cancel, **quiet)
        change(self.work.apply_index(documents.apply, **working, **quiet))
        change(self.work.remove_document(documents.remove, **working, **quiet))
        change(self.adding.take_in(documents.take_in, **working, **quiet))
        change(self.library.restore_document(documents.restore, **working, **quiet))

    def _connect_watching(self, watching: Watching) -> None:
        watch: dict[str, Any] = {
            "fn": watching.show,
            "inputs": [self.language],
            "outputs": [self.watched, self.looking],
        }
        self.header.show_documents(**watch, **self._quiet)
        self.looking.tick(**watch, **self._quiet)

    async def _load(self, request: gr.Request) -> Language:
        """The language chosen earlier, else the browser's."""
        chosen = request.cookies.get(LANGUAGE_COOKIE, "")
        return _language(chosen) or preferred_language(request.headers.get("accept-language", ""))

    async def _choose_language(self, event: gr.EventData) -> Language:
        return _language(getattr(event, "language", "")) or "en"

    async def _open_document(self, session: Session, language: Language, event: gr.EventData) -> tuple[str, str]:
        reference = f"d:{getattr(event, 'document', '')}"
        return await self._opening.html(session, reference, language) or "", reference

    async def _redraw(
        self, request: gr.Request, session: Session, language: Language, opened: str, *filters: Any
    ) -> tuple[Any, ...]:
        """Everything that speaks, in the language; an answer being written follows with its next words."""
        source = await self._opening.html(session, opened, language) or views.source_hint_html(language)
        documents: Sequence[DocumentSummary] = ()
        try:
            documents = await asyncio.to_thread(self._assistant.documents)
            status = views.status_html(documents, self._assistant.chat_model_name, language)
        except PolicybotError as exc:
            status = views.failure_html(str(exc))
        return (
            views.header_html(language, user=self._who(request).user),
            views.past_html(session, language),
            views.current_html(session, self._examples, language),
            source,
            status,
            await self._chat.history(request, session, language),
            gr.update(label=say(language, "question"), placeholder=say(language, "question_hint")),
            gr.update(value=say(language, "send")),
            gr.update(value=say(language, "stop")),
            gr.update(value=say(language, "clear")),
            views.editing_html(session, language),
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


def _language(code: object) -> Language | None:
    return next((language for language in LANGUAGES if language == code), None)


def _html(value: str, elem_id: str) -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, js_on_load=_SCRIPT, apply_default_css=False, container=False, padding=False)


def _button(text: str, elem_id: str, **options: Any) -> gr.Button:
    return gr.Button(text, elem_id=elem_id, scale=0, min_width=0, **options)
