"""Text as a reader sees it: without characters that cannot be seen and without markup.

Documents, questions and chat models may bring characters that hide words from a reader or turn their order, and
markup that would load an image or forge a link. What is shown goes through here; what is quoted keeps its exact
characters, because its offsets count them.
"""

from __future__ import annotations

import json
import re

_HIDDEN_CHARACTERS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls; tab and line feed stay
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # soft hyphen, joiners and fillers
    "\u200b\u200e\u200f\u2028\u2029\u202a-\u202e"  # zero width, marks of direction and their overrides
    "\u2060-\u206f\ufeff\ufff0-\uffff"  # invisible operators, isolates, annotations, noncharacters
    "\ufe00-\ufe0e"  # variation selectors, a byte each in a row; U+FE0F, which colours emoji, is kept once
    "\ud800-\udfff"  # lone surrogates
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # musical controls, tags, variation selectors supplement
)
_ANY_HIDDEN = re.compile(f"[{_HIDDEN_CHARACTERS}]")
_HIDDEN = re.compile(f"[{_HIDDEN_CHARACTERS}]|(?<=\ufe0f)\ufe0f+|(?<=[\u200c\u200d])[\u200c\u200d]+")

_UNSEEN_STYLE = (
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*\.?0+(?![.\d])"
    r"|font-size\s*:\s*0*\.?0+(?![.\d])|(?:left|top|text-indent)\s*:\s*-\d{3,}|clip-path\s*:\s*inset\(\s*(?:50|100)%"
)
UNSEEN_STYLE = re.compile(_UNSEEN_STYLE, re.IGNORECASE)
"""A style that keeps an element's text from being seen."""

WHITE_STYLE = re.compile(
    r"(?<![\w-])color\s*:\s*(?:white\b|transparent\b|#fff(?:fff)?\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)", re.IGNORECASE
)
"""A style that makes text white: not to be seen unless a background is set as well."""

_WHITE = r"(?<![\w-])color\s*:\s*(?:white|transparent|#fff(?:fff)?\b)(?![^\"'>]*background)"

_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|\A(?:(?!<!--).)*?-->"
    r"|<(?P<raw>script|style|template|noscript|iframe|svg|head|title|object)\b[^>]*>.*?(?:</(?P=raw)\s*>|\Z)"
    rf"|<(?P<tag>[a-z][a-z0-9]*)\b(?=[^>]*(?:\shidden\b|aria-hidden\s*=\s*[\"']?true|{_UNSEEN_STYLE}|{_WHITE}))[^>]*>"
    r".*?(?:</(?P=tag)\s*>|\Z)"
    r"|^\[[^\]\n]*\]:\s*(?:#|<>)[^\n]*$",  # "[//]: # (text)", a comment of Markdown
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?[a-z][a-z0-9:-]*(?:\s[^<>]*)?/?>|<[!?][^<>]*>|<[a-z/!?][^<>]*\Z", re.IGNORECASE)
_IMAGE = re.compile(r"!\[([^\]\n]*)\](?:\([^)\n]*\)|\[[^\]\n]*\])")
_LINK = re.compile(r"(?<!!)\[([^\]\n]*)\]\(\s*<?[^)\s>]*>?(?:\s+[^)\n]*)?\)")


def visible(text: str) -> str:
    """The text without characters that cannot be seen, that turn its order, or that steer a terminal."""
    return _HIDDEN.sub("", text)


def ends_with_colon(text: str) -> bool:
    """Whether a sentence leads into what follows it: blanks behind the colon do not count."""
    return text.rstrip().endswith((":", "："))


def without_markup(text: str) -> str:
    """The text with images and links of Markdown as their words, and without HTML comments and tags, cut off or not."""
    for _ in range(3):  # what is left of a tag inside a tag may be one
        before = text
        text = _TAG.sub("", _COMMENT.sub("", _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))))
        if text == before:
            break
    return text


def unseen_spans(text: str) -> list[tuple[int, int]]:
    """Where text stands that a page made of this Markdown or HTML would not show: comments, hidden elements, scripts.

    A comment or element that the text begins or ends in counts as far as it reaches.
    """
    return [match.span() for match in _UNSEEN.finditer(text) if match.end() > match.start()]


def escaped_hidden(serialised: str) -> str:
    r"""JSON with the characters that cannot be seen as ``\u`` escapes: its values stay the same."""
    return _ANY_HIDDEN.sub(lambda match: json.dumps(match.group())[1:-1], serialised)
