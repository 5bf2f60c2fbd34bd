"""How much text a document may hold, so that splitting it stays within bounds of memory, too."""

from __future__ import annotations

import re

from policybot.errors import ReadingLimit
from policybot.reading.content import Content

MAX_CHARS = 50_000_000
"""Characters of a document; the 10,000 pages of the longest have 30 million."""

MAX_LINES = 4_000_000
"""Lines of a document: as many paragraphs take 0.6 GB while it is split."""

MAX_BLOCKS = 800_000
"""Signs of blocks in a Markdown text: lines outside of tables, and list and quotation marks, which count twice.

As many headings, the dearest, take 1.1 GB while it is split; lists and paragraphs about half (list items 1.8 kB each,
paragraphs 1.4, headings 1.3, rows of tables 0.15)."""

_SMALL_CHARS = 400_000  # a sign has one character and its line's end

_MARK = re.compile(r"(?:^|(?<=[ \t>]))(?:[-+*>]|\d{1,9}[.)])(?=[ \t]|$)", re.MULTILINE)


def check_size(content: Content, name: str) -> None:
    """Refuse what holds more than a document may.

    Raises:
        ReadingLimit: It has too many characters, lines or blocks.
    """
    text = content.text
    _check(len(text), MAX_CHARS, "characters", name)
    if len(text) <= _SMALL_CHARS:
        return
    lines = text.count("\n")
    _check(lines, MAX_LINES, "lines", name)
    if content.markup == "markdown":
        signs = lines - text.count("\n|")
        _check(signs, MAX_BLOCKS, "lines, list items and headings", name)
        _check(signs + 2 * len(_MARK.findall(text)), MAX_BLOCKS, "lines, list items and headings", name)


def _check(found: int, most: int, what: str, name: str) -> None:
    if found > most:
        raise ReadingLimit(
            f"{name}: the file holds {found / 1e6:.1f} million {what}, more than the {most / 1e6:.1f} million of any "
            "document. Split it, or remove it."
        )
