"""Wrapped lines of a page -> paragraphs, judged by the lines alone: a PDF does not say where they end.

The main sign: a line on which the next line's first word would have fitted was ended on purpose.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from policybot.language import phrases
from policybot.language.script import EAST_ASIAN, fold_script

_ITEM = phrases(lambda lexicon: lexicon.pages.part_start, flags=re.NOFLAG, form=r"[•●○▪■◆‣➢–—*-]\s|{}")
# Figures of a sentence look the same: "rose by | 3.5 GW".
_NUMBERED = re.compile(r"[(（]?(?:\d{1,2}|[ivx]{1,4}|[a-z])[)）]|\d{1,2}(?:\.\d{1,2})+\.?\s+\S|\d{1,2}(?:[.．]\s|、)")
_SENTENCE_END = re.compile(r"[.!?:;。！？：；…][\"'”’」』)）]*$")
_EAST_ASIAN = re.compile(f"[{EAST_ASIAN}]")

_LAST_WORD = re.compile(r"[^\W\d_]{1,40}-$")
_FIRST_WORD = re.compile(r"[^\W\d_]{1,40}")

_FITS_AFTER_SENTENCE = 0.93
_FITS_OTHERWISE = 0.7
"""Share of the page's width, in columns, below which a line together with the next word counts as short.
After the end of a sentence or before a number little must be missing; elsewhere more, since the lines of a
proportional font vary by about a fifth."""


def _never(_: str) -> bool:
    """No word is known."""
    return False


def rejoined(page: str, *, is_compound: Callable[[str], bool] = _never) -> str:
    r"""The page with its wrapped lines joined; a blank line parts paragraphs, headings and list items.

    Words hyphenated at a line's end become whole, Chinese lines join without a blank, and a page number that
    stands alone on the first or last line goes.

    Args:
        page: Text of one page, line ends as ``\n``.
        is_compound: Whether a word is known to be written with its hyphen, ``well-known`` for example.
    """
    lines = _without_page_number([" ".join(line.split()) for line in page.split("\n")])
    width = _width(lines)
    paragraphs: list[str] = []
    previous = ""
    for line in lines:
        if line and previous and not _is_break(previous, line, width):
            paragraphs[-1] = _joined(paragraphs[-1], line, is_compound)
        elif line:
            paragraphs.append(line)
        previous = line
    return "\n\n".join(paragraphs)


def _without_page_number(lines: list[str]) -> list[str]:
    filled = [number for number, line in enumerate(lines) if line]
    for number in {filled[0], filled[-1]} if len(filled) > 1 else ():
        if _page_number().fullmatch(fold_script(lines[number])):
            lines[number] = ""
    return lines


@cache
def _page_number() -> re.Pattern[str]:
    page, of, numbered = (
        phrases(lambda lexicon: lexicon.pages.page).source,
        phrases(lambda lexicon: lexicon.pages.of_pages).source,
        phrases(lambda lexicon: lexicon.pages.numbered).source,
    )
    return re.compile(
        rf"[-–—·\s]*(?:{page}\s*)?\d{{1,4}}(?:\s*(?:/|{of})\s*\d{{1,4}})?[-–—·\s]*|{numbered}", re.IGNORECASE
    )


def _width(lines: list[str]) -> int:
    """The page's width in columns: its longest lines but for one in twenty, which may be a table's."""
    widths = sorted(_columns(line) for line in lines if line)
    return widths[int(0.95 * (len(widths) - 1))] if widths else 0


def _columns(text: str) -> int:
    """Width in columns of a typewriter: two for East Asian characters."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _is_break(line: str, following: str, width: int) -> bool:
    """Whether a paragraph ends between the two lines."""
    if line.endswith("-") and line[-2:-1].isalpha():
        return False  # a word is broken here
    if _ITEM.match(following):
        return True
    is_sentence_end = _SENTENCE_END.search(line) is not None
    is_numbered = _NUMBERED.match(following) is not None
    if is_sentence_end and is_numbered:
        return True
    first_word = following[:1] if _EAST_ASIAN.match(following) else following.split(" ", 1)[0]
    fits = _FITS_AFTER_SENTENCE if is_sentence_end or is_numbered else _FITS_OTHERWISE
    return _columns(line) + 1 + _columns(first_word) <= fits * width


def _joined(paragraph: str, line: str, is_compound: Callable[[str], bool]) -> str:
    if paragraph.endswith("-") and paragraph[-2:-1].isalnum():
        # "produc-" + "tive" is one word; "2024-" + "2030" and "EU-" + "China" keep their hyphen.
        is_word = paragraph[-2].islower() and line[0].islower()
        if is_word:
            word = _LAST_WORD.search(paragraph), _FIRST_WORD.match(line)
            is_word = not (word[0] and word[1] and is_compound(word[0][0] + word[1][0]))
        return (paragraph[:-1] if is_word else paragraph) + line
    if _EAST_ASIAN.match(paragraph[-1]) or _EAST_ASIAN.match(line[0]):
        return paragraph + line
    return f"{paragraph} {line}"
