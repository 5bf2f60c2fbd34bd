"""Who looks at the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import gradio as gr


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who sends a request.

    Attributes:
        name: Under which conversations and feedback are kept.
        editor: Whether documents may be changed.
    """

    name: str
    editor: bool

    @property
    def user(self) -> str:
        """The user who has signed in; empty for whoever sits at the computer."""
        return self.name.removeprefix("user:") if self.name.startswith("user:") else ""


Who = Callable[[gr.Request], Visitor]
"""Tells who sent a request."""


def anybody(_: gr.Request) -> Visitor:
    """Without a door, whoever comes is the one person at this computer."""
    return Visitor("local", editor=True)
