"""One script for matching: traditional and simplified characters, full and half width, radicals for characters."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Character class of Chinese characters: unified, their extensions and the compatibility ones."""

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af"
"""Character class of the scripts written without blanks: Han, kana, Hangul syllables."""

EAST_ASIAN = "\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U000323af"
"""Character class of what is written without blanks on lines of Chinese or Japanese: with radicals and
punctuation, without Hangul."""

_NARROW = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz%"
_WIDE = "".join(chr(ord(character) + 0xFEE0) for character in _NARROW)
"""Punctuation is left out: that of Chinese is of full width."""

_WIDE_BLANK = "\u3000"


@cache
def folded_characters() -> dict[int, int]:
    """Code points -> those that stand for them in matching; what is not there stands for itself.

    Traditional characters become simplified ones, where there are several the common one (乾 is 干); radicals, which
    PDFs carry in place of characters, and compatibility characters become plain ones; letters and digits of full width
    become ASCII. See benchmarks/fold_characters.py.
    """
    written, meant = (files(__package__) / "folded.txt").read_text(encoding="utf-8").split()
    pairs = zip(written + _WIDE + _WIDE_BLANK, meant + _NARROW + " ", strict=True)
    return {ord(a): ord(b) for a, b in pairs}


@cache
def _folding() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(map(chr, sorted(folded_characters()))))}]")


@cache
def _folding_in_source() -> re.Pattern[str]:
    # A character beside a hyphen may begin or end a range.
    return re.compile(rf"(?<!-){_folding().pattern}(?!-)")


def fold_script(text: str) -> str:
    """The text in the one script, character by character: offsets stay valid.

    ``經濟增長目標是５％`` -> ``经济增长目标是5%``. The text itself where nothing changes.
    """
    if text.isascii() or _folding().search(text) is None:
        return text
    return text.translate(folded_characters())


def fold_source(source: str) -> str:
    """A regular expression that matches in a folded text what this one matches: the ends of ranges stay."""
    if source.isascii():
        return source
    table = folded_characters()
    return _folding_in_source().sub(lambda match: chr(table[ord(match.group())]), source)
