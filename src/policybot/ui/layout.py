"""The page's components and where they stand."""

from __future__ import annotations

from typing import Any

import gradio as gr

from policybot.rendering import DEFAULT_LANGUAGE, Language, say
from policybot.ui.filters import Filters
from policybot.ui.pieces import piece
from policybot.ui.session import Session
from policybot.ui.watching import LOOK_S

_LONGEST_QUESTION = 4000


class Layout:
    """Makes the components in the blocks that are open; each piece is named with what its buttons tell the server.

    Args:
        prefix: Path that a reverse proxy puts in front of the page's.
    """

    def __init__(self, prefix: str) -> None:
        language: Language = DEFAULT_LANGUAGE
        self._prefix = prefix
        self.session = gr.State(Session())
        self.language = gr.State(language)
        self.opened = gr.State("")
        self.header = self._piece("pb-top", "choose_language", "show_documents", "arrive")
        self.history = self._piece(
            "pb-history", "open_conversation", "rename_conversation", "delete_conversation", "search_history"
        )
        with gr.Row(elem_id="pb-main"):
            with gr.Column(elem_id="pb-left", scale=1, min_width=0):
                with gr.Column(elem_id="pb-talk", min_width=0):
                    self.past = self._piece("pb-past", "edit", "rate", "open_source")
                    self.current = self._piece(
                        "pb-current", "edit", "rate", "open_source", "retry", "choose_example", "choose_further"
                    )
                self.filters = Filters(language)
                self.filtered = self._piece("pb-filtered", "clear_filters")
                self.editing = self._piece("pb-editing", "stop_editing")
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
                with gr.Row(elem_id="pb-below"):
                    self.status = self._piece("pb-foot")
                    self.speaking = self._piece("pb-speaking", "choose_answer_language")
            with gr.Column(elem_id="pb-library", scale=1, min_width=0):
                self.adding = self._piece("pb-adding", "plan_index", "take_in", "add_addresses")
                self.watched = self._piece("pb-watched")
                self.looking = gr.Timer(LOOK_S, active=False)
                self.work = self._piece("pb-work", "dismiss", "cancel_index", "apply_index", "remove_document")
                self.library = self._piece("pb-table", "open_document", "ask_removal", "restore_document")
            with gr.Column(elem_id="pb-right", scale=0, min_width=0):
                self.source = self._piece("pb-source", "open_source")

    def _piece(self, elem_id: str, *events: str) -> gr.HTML:
        return piece(elem_id, *events, prefix=self._prefix)


def _button(text: str, elem_id: str, **options: Any) -> gr.Button:
    return gr.Button(text, elem_id=elem_id, scale=0, min_width=0, **options)
