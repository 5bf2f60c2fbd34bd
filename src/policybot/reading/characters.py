"""Characters that must not reach a document's metadata, or a text that a reader made."""

from __future__ import annotations

import re
import unicodedata

from policybot.text.plain import visible

_UNPRINTED = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls; tab and line feed stay
    "\u00ad"  # soft hyphen: where a word may break, no text
    "\u200b\u200e\u200f\u2060\ufeff"  # zero width; joiners stay, Persian and emoji need them
    "\u061c\u202a-\u202e\u2066-\u2069"  # bidi controls: they can make a quote read as what it does not say
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # lone surrogates and noncharacters
)

# PDFs draw these glyphs for plain letters and for plain Han characters.
_GLYPHS = {code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0xFB00, 0xFB07), *range(0x2F00, 0x2FD6))}


def clean_line(text: str, *, limit: int) -> str:
    """Metadata in one line: white space collapsed, control, bidi and zero-width characters gone.

    Args:
        text: Whatever a file states.
        limit: Most characters of the result; a longer one ends in an ellipsis.
    """
    printed = "".join(
        " " if char.isspace() else char
        for char in visible(_LINE_ENDS.sub(" ", text[: 20 * limit]))
        if char.isspace() or unicodedata.category(char) not in _UNPRINTED
    )
    line = " ".join(printed.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def clean_text(text: str) -> str:
    """Extracted text without what cannot be seen, stored or searched; ligatures become letters."""
    text = _LINE_ENDS.sub("\n", text)
    return visible(_FORBIDDEN.sub("", text)).replace("\u00a0", " ").translate(_GLYPHS)
