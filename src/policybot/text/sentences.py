"""Where sentences and their clauses begin and end, in English and Chinese."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cache
from itertools import groupby, pairwise
from typing import NamedTuple

from policybot.calibration import JOINED_CHARACTERS, LOOSE_LINES, SHORT_LINE
from policybot.language import Phrases, lexicons, phrases, vocabulary
from policybot.language.script import fold_script

Span = tuple[int, int]

_ENDS = phrases(
    lambda lexicon: "|".join(
        filter(None, (lexicon.words.list_marks, lexicon.words.question_label, lexicon.words.answer_label))
    ),
    flags=re.NOFLAG,
    form=r"(?P<stop>[。！？…]+[”’」』）)\"']*|[.!?]+[”’\"')\]]*(?=\s|$))"
    r"|(?P<clause>；+[”’」』）)\"']*|;+[”’\"')\]]*(?=\s|$))"
    r"|(?P<blank>\n[ \t]*\n)"
    r"|(?P<line>\n(?=[ \t]*(?:[-*+•|>#①-⑳]|\d{1,3}[.)、](?!\d)|\d{1,2}(?:\.\d{1,2})+\.?[ \t]+[^\W\d_a-z]"
    r"|[（(](?:\d{1,3}|[a-z]|[ivx]{1,5})[)）]|{})))",
)
"""A full stop, a semicolon, a blank line, or a line's end before a list item, a row, a heading, a question's label."""

_LABEL = phrases(
    lambda lexicon: lexicon.words.place_label,
    form=r"[ \t>*#-]*(?:{}|\d{1,3}(?:[.．]\d{1,3})*[.．)、:：]|(?-i:[A-Za-z]|[ivx]{1,5}|[IVXLCDM]{1,7})[.．)、]"
    r"|[（(](?:\d{1,3}|[a-z]|[ivx]{1,5})[)）]|[①-⑳])[.．。:：、;；\s*]*",
)
"""What numbers a part of a text, and nothing else: "1.", "Article 4.", "第三条."."""

_QUESTION_LABEL = phrases(lambda lexicon: lexicon.words.question_label, flags=re.NOFLAG, form=r"[ \t>*#-]*{}")
_ANSWER_LABEL = phrases(lambda lexicon: lexicon.words.answer_label, flags=re.NOFLAG, form=r"[ \t>*#-]*{}")

_MARK = re.compile(r"[（(]([^\W_]{1,5})[)）]|([①-⑳])")
_SERIES: Sequence[Sequence[str]] = (
    [str(number) for number in range(1, 100)],
    "abcdefghijklmnopqrstuvwxyz",
    "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv".split(),
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
)
"""Marks of an enumeration's items, in order, in all languages."""

_ABBREVIATIONS = vocabulary(lambda lexicon: lexicon.words.abbreviations)
_CLOSING_ABBREVIATIONS = vocabulary(lambda lexicon: lexicon.words.closing_abbreviations)

_WIDEST_INDENT = 200
"""Characters before a list's number that are looked at: a line may be as long as the file."""

_ENDED = re.compile(r"[.!?:;。！？：；…][\"'”’」』）)\]]*$")
_LAST_WORD = re.compile(r"([^\W_](?:[^\W_]|\.(?=[^\W_]))*)\.$")


class _End(IntEnum):
    """What ends a clause, the weakest first."""

    CLAUSE = 0
    STOP = 1
    LINE = 2
    BLANK = 3


class _Clause(NamedTuple):
    """A stretch of text without white space at its ends, and what parts it from the next one."""

    start: int
    end: int
    ends: _End


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of the sentences in ``text[start:end]``, white space at both ends left out, in order.

    A sentence ends at a full stop, question mark or exclamation mark (full-width ones too), at a blank line, and where
    a list item, table row or heading begins. Abbreviations, initials, decimals and list numbers do not end one; nor do
    semicolons. A label ("Article 4.", "1.") belongs to what follows it. Two things stay whole up to
    ``JOINED_CHARACTERS``: an enumeration within a paragraph ("… (1) …. (2) ….") and a question with its answer
    ("Q: …? A: ….").

    Every character that is not white space lies in exactly one span.
    """
    text = fold_script(text)
    clauses = _clauses(text, start, len(text) if end is None else end)
    spans: list[Span] = []
    first = 0
    while first < len(clauses):
        last = _pair_end(text, clauses, first)
        while last + 1 < len(clauses) and _goes_on(text, clauses, first, last):
            last += 1
        spans.append((clauses[first].start, clauses[last].end))
        first = last + 1
    return spans


def clause_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of the clauses in ``text[start:end]``: its sentences cut at semicolons, none of them joined, in order.

    Each sentence of ``sentence_spans`` is a run of whole clauses. A claim is checked against clauses, and a sentence
    that is too long for a model is divided into them.

    "Late watering costs 50 yuan; whoever repeats it loses the plot." -> two clauses, one sentence.
    """
    end = len(text) if end is None else end
    return [(clause.start, clause.end) for clause in _clauses(fold_script(text), start, end)]


def _clauses(text: str, start: int, end: int) -> list[_Clause]:
    """The clauses of a folded text, each label with what follows it."""
    clauses: list[_Clause] = []
    for clause in _pieces(text, start, end):
        if clauses and _LABEL.compiled.fullmatch(text, clauses[-1].start, clauses[-1].end):
            clause = clause._replace(start=clauses.pop().start)
        clauses.append(clause)
    return clauses


def _pieces(text: str, start: int, end: int) -> Iterator[_Clause]:
    """What stands between full stops, semicolons and ends of lines; a table's row is one piece."""
    piece: _Clause | None = None
    line_ends = deque(_line_ends(text, start, end))
    found = _ENDS.compiled.search(text, start, end)
    begin = at = start
    while begin < end:
        if found is not None and found.start() < at:
            found = _ENDS.compiled.search(text, at, end)
        while line_ends and line_ends[0] < at:
            line_ends.popleft()
        if (row := _row_end(text, begin, end)) is not None:
            stop, ends = row, _End.LINE
        elif line_ends and (found is None or line_ends[0] < found.start()):
            stop, ends = min(line_ends[0] + 1, end), _End.LINE
        elif found is not None:
            stop, ends = found.end(), _End[str(found.lastgroup).upper()]
            if found.group().startswith(".") and not _ends_sentence(text, found.start() + 1):
                at = stop
                continue
        else:
            stop, ends = end, _End.BLANK
        low, high = _stripped(text, begin, stop)
        if low < high:
            if piece is not None:
                yield piece
            piece = _Clause(low, high, ends)
        elif piece is not None:
            piece = piece._replace(ends=max(piece.ends, ends))
        begin = at = stop
    if piece is not None:
        yield piece


def _line_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets of the ends of lines that are no sentences: names, dates and menus at the head of a page.

    Such lines are short, end in no mark, and come several together. They are looked for in a text with a paragraph on
    each line, where every long line ends as a sentence does; wrapped lines hardly ever do.
    """
    lines = [(start + match.start(), start + match.end()) for match in re.finditer(r"[^\n]+", text[start:end])]
    ended = [bool(_ENDED.search(text[low:high].rstrip())) for low, high in lines]
    long = [done for done, (low, high) in zip(ended, lines, strict=True) if high - low > SHORT_LINE]
    if not long or not all(long):
        return
    loose = [not done and high - low <= SHORT_LINE for done, (low, high) in zip(ended, lines, strict=True)]
    for is_loose, run in groupby(range(len(lines)), key=lambda i: loose[i]):
        places = list(run)
        if is_loose and len(places) >= LOOSE_LINES:
            yield from (lines[i][1] for i in places)


def _row_end(text: str, begin: int, end: int) -> int | None:
    """Where the table's row ends that begins here; None where none does."""
    while begin < end and text[begin].isspace():
        begin += 1
    if begin == end or text[begin] != "|" or not _begins_line(text, begin):
        return None
    stop = text.find("\n", begin, end)
    return end if stop < 0 else stop


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


def _goes_on(text: str, clauses: Sequence[_Clause], first: int, last: int) -> bool:
    """Whether the sentence from ``first`` to ``last`` goes on: at a semicolon, or with the next item within a line."""
    if clauses[last].ends is _End.CLAUSE:
        return True
    begin, (start, end, _) = clauses[first].start, clauses[last + 1]
    mark = _MARK.match(text, start, end)
    if mark is None or clauses[last].ends is _End.BLANK or end - begin > JOINED_CHARACTERS:
        return False
    before = _preceding().get(mark[1] or mark[2], frozenset())
    earlier = (each for each in _MARK.finditer(text, begin, clauses[last].end) if not _begins_line(text, each.start()))
    return any((each[1] or each[2]) in before for each in earlier)


@cache
def _preceding() -> Mapping[str, frozenset[str]]:
    """Marks of items, each with those that it may follow: ``i`` follows ``h``."""
    series = [*_SERIES, *(lexicon.words.item_numerals for lexicon in lexicons())]
    pairs = [(before, mark) for each in series for before, mark in pairwise(each)]
    return {mark: frozenset(before for before, other in pairs if other == mark) for _, mark in pairs}


def _pair_end(text: str, clauses: Sequence[_Clause], first: int) -> int:
    """The last clause of the answer to the question that begins at ``first``; ``first`` where there is no such pair."""
    begin = clauses[first].start
    if not _labelled(_QUESTION_LABEL, text, clauses[first]):
        return first
    for answer in range(first + 1, len(clauses)):
        if clauses[answer].end - begin > JOINED_CHARACTERS:
            return first
        if _labelled(_ANSWER_LABEL, text, clauses[answer]):
            break
        if clauses[answer].ends is _End.BLANK or _labelled(_QUESTION_LABEL, text, clauses[answer]):
            return first
    else:
        return first
    last = answer
    while (
        last + 1 < len(clauses)
        and clauses[last].ends <= _End.STOP
        and clauses[last + 1].end - begin <= JOINED_CHARACTERS
        and not _labelled(_QUESTION_LABEL, text, clauses[last + 1])
    ):
        last += 1
    return last


def _labelled(label: Phrases, text: str, clause: _Clause) -> bool:
    return label.compiled.match(text, clause.start, clause.end) is not None


def _stripped(text: str, start: int, end: int) -> Span:
    """The span without the white space at its ends; empty when there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
