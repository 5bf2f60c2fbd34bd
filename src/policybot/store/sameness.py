"""When two texts say the same, word for word: keys that are equal for equal texts, whatever their form; pure."""

from __future__ import annotations

import hashlib
import re

from policybot.domain import Document, Passage
from policybot.text.tokens import fold

_LINK_TARGET = re.compile(r"\]\([^)\s]*\)")


def text_key(text: str) -> str:
    """Key of the letters and digits of a text, in their order: 32 hex digits; empty for a text without any.

    Blanks, line ends, punctuation, upper and lower case, width and accents tell no difference, nor does the markup of
    Markdown: so a page as DOCX and as Markdown has one key.
    """
    letters = "".join(c for c in fold(_LINK_TARGET.sub("]", text)) if c.isalnum())
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()[:32] if letters else ""


def document_key(document: Document) -> str:
    """``text_key`` of a document without its front matter."""
    return text_key(document.text[document.body_start :])


def content_key(passage: Passage) -> str:
    """Key of what is embedded of a passage, with its language: passages of one key have one vector."""
    content = f"{passage.language}\0{passage.text_with_heading}"
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:32]
