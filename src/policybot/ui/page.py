"""The page: what stands where, and which handler answers which click. What it says is in the ``_html`` functions."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import gradio as gr

from policybot.domain import DocumentSummary
from policybot.errors import PolicybotError
from policybot.rendering import DEFAULT_LANGUAGE, LANGUAGES, Language, preferred_language, say
from policybot.store.records import Records
from policybot.ui import views
from policybot.ui.assistant import Assistant, Holdings, Indexing
from policybot.ui.chat_events import ChatEvents
from policybot.ui.conversations import Conversations
from policybot.ui.documents import Documents
from policybot.ui.drawing import Drawing, Pieces
from policybot.ui.keeping import Keeping
from policybot.ui.layout import Layout
from policybot.ui.opening import Opening
from policybot.ui.session import Session
from policybot.ui.visitors import Who, anybody
from policybot.ui.watching import Watching

LANGUAGE_COOKIE = "policybot_language"


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
    prefix: str = "",
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
        prefix: Path that a reverse proxy puts in front of the page's.
    """
    documents = Documents(holdings, indexing, who=who, suffixes=suffixes, megabytes=upload_mb)
    page: gr.Blocks = _Page(assistant, tuple(examples), records, documents, who, watching, prefix).blocks
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
        prefix: str,
    ) -> None:
        self._assistant = assistant
        self._examples = examples
        self._who = who
        with gr.Blocks(title="policybot", analytics_enabled=False, fill_width=True) as self.blocks:
            self._parts = Layout(prefix)
            self.pieces = Pieces(
                past=self._parts.past,
                current=self._parts.current,
                source=self._parts.source,
                opened=self._parts.opened,
                history=self._parts.history,
                editing=self._parts.editing,
                speaking=self._parts.speaking,
                box=self._parts.box,
                send=self._parts.send,
                stop=self._parts.stop,
            )
            # Pages are drawn by the interfaces for programs, and those bring the records along.
            self._opening = Opening(assistant, pictures=records is not None)
            drawing, keeping = Drawing(self.pieces, examples), Keeping(records)
            self._chat = ChatEvents(assistant, drawing, keeping, who)
            self._conversations = Conversations(self._chat, drawing, keeping, who)
            self._documents = documents
            self._connect_page()
            self._connect_chat()
            self._connect_history()
            self._connect_documents()
            if watching is not None:
                self._connect_watching(watching)

    @property
    def _quiet(self) -> dict[str, Any]:
        return {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": None}

    def _connect_page(self) -> None:
        filters = self._parts.filters.components
        everything: list[Any] = [
            self._parts.header,
            self._parts.past,
            self._parts.current,
            self._parts.source,
            self._parts.status,
            self._parts.history,
        ]
        everything += [self._parts.speaking]
        everything += [self._parts.box, self._parts.send, self._parts.stop, self._parts.clear, self._parts.editing]
        everything += [self._parts.filtered, self._parts.filters.fold, *filters]
        self._redrawing: dict[str, Any] = {
            "fn": self._redraw,
            "inputs": [self._parts.session, self._parts.language, self._parts.opened, *filters],
            "outputs": everything,
        }
        self._showing: dict[str, Any] = {
            "fn": self._documents.show,
            "inputs": [self._parts.language],
            "outputs": [self._parts.adding, self._parts.library],
        }
        loaded = self.blocks.load(self._load, outputs=[self._parts.language], **self._quiet)
        loaded.then(**self._redrawing, **self._quiet)
        changed = self._parts.header.choose_language(
            self._choose_language, outputs=[self._parts.language], **self._quiet
        )
        changed.then(**self._redrawing, **self._quiet)
        self._parts.header.show_documents(**self._showing, **self._quiet)
        gr.on(
            [component.change for component in filters],
            self._filtered,
            inputs=[self._parts.language, *filters],
            outputs=[self._parts.filtered],
            trigger_mode="always_last",
            **self._quiet,
        )
        self._parts.filtered.clear_filters(self._parts.filters.cleared, outputs=filters, **self._quiet)

    def _connect_chat(self) -> None:
        chat, quiet = self._chat, self._quiet
        state: dict[str, Any] = {"inputs": [self._parts.session, self._parts.language], "outputs": self.pieces.all()}
        asking: dict[str, Any] = {
            "fn": chat.ask,
            "inputs": [self._parts.box, self._parts.session, self._parts.language, *self._parts.filters.components],
            "outputs": self.pieces.all(),
        }
        leading: dict[str, Any] = {
            "fn": chat.lead_on,
            "inputs": [self._parts.session, self._parts.language],
            "outputs": [self._parts.current],
        }

        def ask_after(event: Any) -> None:
            event.then(**asking, **quiet).then(**leading, **quiet)

        gr.on([self._parts.box.submit, self._parts.send.click], **asking, **quiet).then(**leading, **quiet)
        self._parts.stop.click(chat.stop, inputs=[self._parts.session], **quiet)
        self._parts.clear.click(self._conversations.clear, **state, **quiet)
        self._parts.speaking.choose_answer_language(chat.choose_answer_language, **state, **quiet)
        ask_after(self._parts.current.choose_example(chat.choose_example, outputs=[self._parts.box], **quiet))
        ask_after(
            self._parts.current.choose_further(
                chat.choose_further, inputs=[self._parts.session], outputs=[self._parts.box], **quiet
            )
        )
        ask_after(self._parts.current.retry(chat.edit, **state, **quiet))
        self._parts.editing.stop_editing(chat.stop_editing, **state, **quiet)
        for exchanges in (self._parts.past, self._parts.current):
            exchanges.edit(chat.edit, **state, **quiet)
            exchanges.rate(chat.rate, **state, **quiet)
        opening: dict[str, Any] = {
            "fn": self._open_source,
            "inputs": [self._parts.session, self._parts.language],
            "outputs": [self._parts.source, self._parts.opened],
            "trigger_mode": "always_last",
        }
        for referring in (self._parts.past, self._parts.current, self._parts.source):
            referring.open_source(**opening, **quiet)

    def _connect_history(self) -> None:
        chat, quiet = self._conversations, self._quiet
        state: dict[str, Any] = {"inputs": [self._parts.session, self._parts.language], "outputs": self.pieces.all()}
        self._parts.header.arrive(chat.arrive, **state, **quiet)
        self._parts.history.open_conversation(chat.open_conversation, **state, **quiet)
        self._parts.history.rename_conversation(chat.rename_conversation, **state, **quiet)
        self._parts.history.delete_conversation(chat.delete_conversation, **state, **quiet)
        self._parts.history.search_history(chat.search_history, **state, trigger_mode="always_last", **quiet)

    def _connect_documents(self) -> None:
        documents, quiet = self._documents, self._quiet
        working: dict[str, Any] = {"inputs": [self._parts.language], "outputs": [self._parts.work]}

        def change(event: Any) -> None:
            """What is indexed has changed: so have the table, the filters and the status."""
            event.then(**self._showing, **quiet).then(**self._redrawing, **quiet)

        self._parts.library.open_document(
            self._open_document,
            inputs=[self._parts.session, self._parts.language],
            outputs=[self._parts.source, self._parts.opened],
            trigger_mode="always_last",
            **quiet,
        )
        self._parts.library.ask_removal(documents.ask_removal, **working, **quiet)
        self._parts.adding.plan_index(documents.plan, **working, **quiet)
        self._parts.work.dismiss(lambda: "", outputs=[self._parts.work], **quiet)
        self._parts.work.cancel_index(documents.cancel, **quiet)
        change(self._parts.work.apply_index(documents.apply, **working, **quiet))
        change(self._parts.work.remove_document(documents.remove, **working, **quiet))
        change(self._parts.adding.take_in(documents.take_in, **working, **quiet))
        change(self._parts.adding.add_addresses(documents.add_addresses, **working, **quiet))
        change(self._parts.library.restore_document(documents.restore, **working, **quiet))

    def _connect_watching(self, watching: Watching) -> None:
        watch: dict[str, Any] = {
            "fn": watching.show,
            "inputs": [self._parts.language],
            "outputs": [self._parts.watched, self._parts.looking],
        }
        self._parts.header.show_documents(**watch, **self._quiet)
        self._parts.looking.tick(**watch, **self._quiet)

    async def _load(self, request: gr.Request) -> Language:
        """The language chosen earlier, else the browser's."""
        chosen = request.cookies.get(LANGUAGE_COOKIE, "")
        return _language(chosen) or preferred_language(request.headers.get("accept-language", ""))

    async def _choose_language(self, event: gr.EventData) -> Language:
        return _language(getattr(event, "language", "")) or DEFAULT_LANGUAGE

    async def _open_document(self, session: Session, language: Language, event: gr.EventData) -> tuple[str, str]:
        reference = f"d:{getattr(event, 'document', '')}"
        return await self._opening.html(session, reference, language) or "", reference

    async def _open_source(self, session: Session, language: Language, event: gr.EventData) -> tuple[str, str]:
        reference = str(getattr(event, "reference", ""))
        html = await self._opening.html(session, reference, language)
        return (views.gone_html(language), "") if html is None else (html, reference)

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
            status = views.failure_html(exc, language)
        return (
            views.header_html(language, user=self._who(request).user),
            views.past_html(session, language),
            views.current_html(session, self._examples, language),
            source,
            status,
            await self._conversations.history(request, session, language),
            views.speaking_html(session, language),
            gr.update(label=say(language, "question"), placeholder=say(language, "question_hint")),
            gr.update(value=say(language, "send")),
            gr.update(value=say(language, "stop")),
            gr.update(value=say(language, "clear")),
            views.editing_html(session, language),
            self._parts.filters.line(documents, language, filters),
            *self._parts.filters.redrawn(documents, language),
        )

    async def _filtered(self, language: Language, *filters: Any) -> str:
        """The line on what is filtered."""
        try:
            documents = await asyncio.to_thread(self._assistant.documents)
        except PolicybotError:
            documents = ()  # The status says so; without titles the line shows ids.
        return self._parts.filters.line(documents, language, filters)


def _language(code: object) -> Language | None:
    return next((language for language in LANGUAGES if language == code), None)
