"""Where sentences begin and end, in English and Chinese."""

from __future__ import annotations

import re

from policybot.language import vocabulary

Span = tuple[int, int]

_END = re.compile(
    r"[。！？；…]+[”’」』）)\"']*|[.!?;]+[”’\"')\]]*(?=\s|$)|\n[ \t]*\n|\n(?=[ \t]*(?:[-*+•|>#]|\d{1,3}[.)、]))"
)

_ABBREVIATIONS = vocabulary(lambda lexicon: lexicon.words.abbreviations)
_CLOSING_ABBREVIATIONS = vocabulary(lambda lexicon: lexicon.words.closing_abbreviations)

_WIDEST_INDENT = 200
"""Characters before a list's number that are looked at: a line may be as long as the file."""

_LAST_WORD = re.compile(r"([^\W_](?:[^\W_]|\.(?=[^\W_]))*)\.$")


def _ends_sentence(text: str, stop: int) -> bool:
    """Whether the full stop that ends at ``stop`` ends a sentence rather than an abbreviation or an initial."""
    word = _LAST_WORD.search(text, max(0, stop - 16), stop)
    if word is None:
        return True
    last = word.group(1).lower()
    following = text[stop : stop + 3].lstrip()
    if last in _ABBREVIATIONS:
        # "No. 12", "Dr. Li" and "U.S. Treasury" go on; after "etc." or "p.m." a capital begins a sentence.
        return last in _CLOSING_ABBREVIATIONS and following[:1].isupper()
    # A single capital is an initial, a number at the start of a line is a list marker.
    if len(last) == 1 and word.group(1).isupper():
        return False
    if last.isdigit() and _begins_line(text, word.start()):
        return False
    return not following[:1].islower()


def _begins_line(text: str, start: int) -> bool:
    """Whether nothing but an indent stands before ``start`` in its line; looks no further back than the widest."""
    first = max(0, start - _WIDEST_INDENT)
    before = text[first:start].rstrip(" \t>")
    return before.endswith("\n") or (not before and first == 0)


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of the sentences in ``text[start:end]``, white space at both ends left out, in order.

    A sentence ends at a full stop, question mark, exclamation mark or semicolon (full-width ones too), at a blank
    line, and where a list item, table row or heading begins. Abbreviations, initials, decimals and list numbers
    do not end one. Every character that is not white space lies in exactly one span.
    """
    end = len(text) if end is None else end
    spans: list[Span] = []
    begin = start
    for match in _END.finditer(text, start, end):
        stop = match.end()
        if match.group().startswith(".") and not _ends_sentence(text, match.start() + 1):
            continue
        _append(spans, text, begin, stop)
        begin = stop
    _append(spans, text, begin, end)
    return spans


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    """Add the span without the white space at its ends, unless nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
