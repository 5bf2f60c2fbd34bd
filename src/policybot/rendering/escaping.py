"""Text as HTML."""

from __future__ import annotations

from html import escape as escape_signs

from policybot.text.plain import visible


def escape(text: str) -> str:
    """The text as HTML that shows it, for elements and quoted attributes; what cannot be seen is left out."""
    return escape_signs(visible(text))
