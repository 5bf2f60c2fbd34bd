"""The chat's components, and their new values as the session has it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import gradio as gr

from policybot.errors import PolicybotError
from policybot.rendering import Language, explained, say
from policybot.ui import views
from policybot.ui.session import Session

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
    speaking: Any
    box: Any
    send: Any
    stop: Any

    def all(self) -> list[Any]:
        """Every one."""
        return [getattr(self, name) for name in self.__slots__]


@contextmanager
def told(language: Language) -> Iterator[None]:
    """Tell the reader at the page's edge what of a click could not be done, and why."""
    try:
        yield
    except PolicybotError as exc:
        raise gr.Error(explained(exc, language), title=say(language, "failed"), print_exception=False) from exc


class Drawing:
    """Draws the chat.

    Args:
        examples: Questions offered while nothing was asked yet.
    """

    def __init__(self, pieces: Pieces, examples: tuple[str, ...]) -> None:
        self.pieces = pieces
        self.examples = examples

    def current(self, session: Session, language: Language) -> Changes:
        """The latest exchange."""
        return {self.pieces.current: views.current_html(session, self.examples, language)}

    def whole(self, session: Session, language: Language, *, running: bool, box: Any) -> Changes:
        """Every exchange, and the box with what goes into it."""
        return self.current(session, language) | {
            self.pieces.past: views.past_html(session, language),
            self.pieces.box: box,
            self.pieces.send: gr.update(visible=not running),
            self.pieces.stop: gr.update(visible=running),
        }

    def closed(self, language: Language) -> Changes:
        """Nothing is open and nothing is edited."""
        return {
            self.pieces.source: views.source_hint_html(language),
            self.pieces.opened: "",
            self.pieces.editing: "",
        }

    def anew(self, session: Session, language: Language) -> Changes:
        """Another conversation than before."""
        return (
            self.whole(session, language, running=False, box="")
            | self.closed(language)
            | {self.pieces.speaking: views.speaking_html(session, language)}
        )
