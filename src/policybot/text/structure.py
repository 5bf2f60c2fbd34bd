"""Addresses in a document's structure, "Article 12(2)", 第十一条, -> the stretch of the text; pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from policybot.calibration import HEADING_LONGEST, HEADING_WORDS, LABELS_OF_A_KIND
from policybot.language import lexicons, phrases
from policybot.text.numerals import chinese_number, numeral_characters
from policybot.text.places import plain_of

Number = tuple[str, ...]
"""A number in any writing: "12", 十二 and "XII" are ("12",), "3.2" is ("3", "2"), 133条之一 ("133", "1")."""

Span = tuple[int, int]

_RANKS = {"annex": 0, "part": 10, "chapter": 20, "section": 30, "article": 50, "paragraph": 60, "item": 70}
_NUMBERED, _HEADING = "numbered", "heading"
_NUMBERED_RANK, _HEADING_RANK, _DIGITS_RANK = 30, 55, 60
"""Ranks: a part ends where the next one of its rank or of a smaller one begins. Each level of "3.2.1" and each form of
heading has the next rank: 一、 is 55, （一） 56, "1." 60, "(a)" 61."""
_ABOVE_NUMBERED = ("annex", "part", "chapter", "section", _NUMBERED)
_INNER = ("item", "paragraph")

_ROMAN = "(?:x{0,3}(?:ix|iv|v?i{1,3}|v)|x{1,3})"
_VALUES = {"i": 1, "v": 5, "x": 10}
_LINE = r"(?:^|(?<=\n))[#>*\s\-–—·“\"]{0,12}?"
_BEHIND = r"(?=[\s:：.．、,，(（—–\-*]|[^\W\d_a-z]|$)"
"""What stands behind a label in a text: no letter of the same word."""
_PREFIX = re.compile(r"[#>*\s\-–—·]*")
_SAME_LINE = re.compile(r"[ \t]([^\W\d_])")
_SENTENCE_END = re.compile(r"[.!?;,。！？；，、…][\"'”’」』）)]*$")
_RUN_IN = re.compile(rf"([^。！？；.!?;\n]{{4,{HEADING_LONGEST}}})。(?=\S)")


@dataclass(frozen=True, slots=True)
class Step:
    """One part on the way to an address: its kind and number."""

    kind: str
    number: Number


@dataclass(frozen=True, slots=True)
class Address:
    """A part of a document that a question names.

    Attributes:
        steps: The part and those in it, the outermost first: Article 12, item 2.
        text: As the question writes it.
    """

    steps: tuple[Step, ...]
    text: str


@dataclass(frozen=True, slots=True)
class _Label:
    """A part's label in a text.

    Attributes:
        line: Offset of what stands before it in its line: marks of Markdown.
    """

    kind: str
    number: Number
    rank: int
    line: int
    start: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading in a text without marks of headings: "三、主要任务", "Chapter 2 Duties".

    Attributes:
        text: The heading, in one line.
        rank: Smaller for an outer one; comparable within one text.
        start: Offset of its line.
        end: Offset behind it.
        alone: Whether it has the line for itself; else the text of its part follows in the same line.
    """

    text: str
    rank: int
    start: int
    end: int
    alone: bool


@cache
def _item_numerals() -> str:
    return "".join(each.structure.numerals for each in lexicons())


@cache
def _bracketed() -> re.Pattern[str]:
    """A number in brackets behind a label: the (2) of "Article 12(2)"."""
    return re.compile(rf"\s?[(（]([0-9a-z{_item_numerals()}]{{1,4}})[)）]")


@cache
def _between_parts() -> re.Pattern[str]:
    """What stands between the labels of a part and of the one around it."""
    joins = phrases(lambda lexicon: lexicon.structure.joins).source
    article = phrases(lambda lexicon: lexicon.questions.article).source
    return re.compile(rf"\s*(?:[,，]|{joins})?\s*{article}?")


@cache
def _number_source() -> str:
    digits, powers, _, _ = numeral_characters()
    numerals = "".join(map(re.escape, {*digits, *powers} - set("0123456789")))
    words = "|".join(word for each in lexicons() for word in each.structure.ordinals)
    return rf"\d{{1,4}}(?:\.\d{{1,3}}){{0,4}}|[{numerals}]{{1,7}}|{words}|{_ROMAN}\b|[a-z]\b"


def _source(label: str) -> str:
    """The pattern of a label; its numbers are groups n0, n1, … in the order of the pattern."""
    parts = label.split("{n}")
    numbered = "".join(f"{part}(?P<n{i}>{_number_source()})" for i, part in enumerate(parts[:-1]))
    return numbered + parts[-1]


@cache
def _labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Kind and pattern of each label, as questions write it."""
    return tuple(
        (kind, re.compile(_source(label))) for each in lexicons() for kind, label in each.structure.labels.items()
    )


@cache
def _in_text() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """Kind, rank and pattern of each label, as it stands at the beginning of a line."""
    found = [
        (kind, _RANKS[kind], re.compile(f"{_LINE}(?P<label>{_source(label)}){_BEHIND}"))
        for each in lexicons()
        for kind, label in each.structure.labels.items()
    ]
    digits, powers, _, _ = numeral_characters()
    tens = {character for character, value in powers.items() if value <= 100}  # Nothing has a thousand headings.
    numerals = "".join(map(re.escape, {*digits, *tens} - set("0123456789")))
    headings = [source for each in lexicons() for source in each.structure.headings]
    for depth, source in enumerate(headings):
        of_numerals = source.replace("{n}", f"(?P<n0>[{numerals}]{{1,4}})", 1)
        found.append((_HEADING, _HEADING_RANK + depth, re.compile(f"{_LINE}(?P<label>{of_numerals})")))
    for depth, source in enumerate((r"(?P<n0>\d{1,3})[.．、)](?!\d)", r"[(（](?P<n0>\d{1,3}|[a-z]|[ivx]{1,4})[)）]")):
        found.append((_HEADING, _DIGITS_RANK + depth, re.compile(f"{_LINE}(?P<label>{source})")))
    found.append(
        (_NUMBERED, _NUMBERED_RANK, re.compile(rf"{_LINE}(?P<label>(?P<n0>\d{{1,3}}(?:\.\d{{1,3}}){{1,4}})\.?)\s"))
    )
    found.append((_NUMBERED, _NUMBERED_RANK, re.compile(r"(?:^|(?<=\n))#{1,6}\s+(?P<label>(?P<n0>\d{1,3})\.?)\s")))
    return tuple(found)


def addresses_in(question: str) -> tuple[Address, ...]:
    """The parts of a document that a question names, each with the parts around it.

    "Article 12(2) of the charter" -> article 12, item 2; "the second item of Article 5" and 第五条第二项 -> article 5,
    item 2. A paragraph or an item alone is none: in which article it stands is not said.
    """
    plain = plain_of(question)
    placed: list[tuple[int, int, tuple[Step, ...]]] = []
    for kind, pattern in _labels():
        for match in pattern.finditer(plain):
            number = _number_of(match)
            if number is None or any(start < match.end() and match.start() < end for start, end, _ in placed):
                continue
            end, steps = match.end(), [Step(kind, number)]
            while sub := _bracketed().match(plain, end):
                steps.append(Step("item", _read(sub[1]) or (sub[1],)))
                end = sub.end()
            placed.append((match.start(), end, tuple(steps)))
    placed.sort()
    return tuple(_joined(question, plain, placed))


def _joined(question: str, plain: str, placed: Sequence[tuple[int, int, tuple[Step, ...]]]) -> Iterator[Address]:
    """Neighbouring parts of different ranks as one address: chapter and article, article and item."""
    group: list[tuple[int, int, tuple[Step, ...]]] = []
    for each in (*placed, None):
        joins = bool(
            each
            and group
            and _between_parts().fullmatch(plain, group[-1][1], each[0])
            and _RANKS[each[2][0].kind] != _RANKS[group[-1][2][-1].kind]
        )
        if group and not joins:
            steps = sorted((step for _, _, of in group for step in of), key=lambda step: _RANKS[step.kind])
            if steps[0].kind not in _INNER:
                yield Address(tuple(steps), question[group[0][0] : group[-1][1]])
            group = []
        if each:
            group.append(each)


def locate(text: str, address: Address) -> Span | None:
    """The span of a part in a text, whole; None where the text has no such part.

    A label counts at the beginning of a line, or of one after marks of Markdown. Of several with one number, as in a
    table of contents, the longest part is meant. A part ends where the next one of its rank or a higher one begins.
    """
    labels = _outline(text)
    span: Span = (0, len(text))
    for step in address.steps:
        found = _inner(text, labels, span, step) if step.kind in _INNER else _outer(labels, span, step)
        if found is None:
            return None
        span = found
    start, end = span
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end)


def has_parts_of(text: str, address: Address) -> bool:
    """Whether a text is divided into parts of the kind that an address begins with."""
    kind = address.steps[0].kind
    return len({label.number for label in _outline(text) if label.kind == kind}) >= LABELS_OF_A_KIND


def headings_in(text: str, start: int = 0) -> list[Heading]:
    """The numbered headings of ``text[start:]``, in order.

    A heading is a label at the beginning of a line with a few words behind it and no full stop. It begins a part: the
    next line is no label of its rank, as the next item of a list would be. Where the part's text follows in the same
    line (（一）扩大内需。…), its first sentence is the heading, and a part whose first sentence is too long for one has
    an empty heading.
    """
    labels = [(start + label.start, label) for label in _outline(text[start:]) if label.kind != "item"]
    found = list[Heading]()
    for i, (at, label) in enumerate(labels):
        stop = text.find("\n", at)
        line = text[at : len(text) if stop < 0 else stop].rstrip()
        behind = at + len(line)
        behind += len(text[behind:]) - len(text[behind:].lstrip())
        listed = i + 1 < len(labels) and labels[i + 1][0] == behind and labels[i + 1][1].rank == label.rank
        begin = text.rfind("\n", 0, at) + 1
        if label.rank > _DIGITS_RANK or behind >= len(text):
            continue
        if _is_heading(line) and not listed:
            found.append(Heading(" ".join(line.split()), label.rank, begin, at + len(line), alone=True))
        elif label.kind == _HEADING and label.rank < _DIGITS_RANK:
            run_in = _RUN_IN.match(line)
            if run_in or len(line) > HEADING_LONGEST or not listed:
                title = run_in[1] if run_in else ""
                found.append(Heading(title, label.rank, begin, at + len(title), alone=False))
    # A label whose rank has no other heading is the beginning of a line like any other.
    ranks = Counter(each.rank for each in found if each.text)
    return [each for each in found if ranks[each.rank] > 1]


def _is_heading(line: str) -> bool:
    """Whether a line with a label is a heading: a few words without a full stop."""
    short = len(line) <= HEADING_LONGEST and len(line.split()) <= HEADING_WORDS
    return short and not _SENTENCE_END.search(line) and bool(re.search(r"[^\W\d_]{2}", line))


def _outline(text: str) -> list[_Label]:
    """The labels of a text, in order; of two at one place the one of the smaller rank."""
    plain = plain_of(text)
    found: dict[int, _Label] = {}
    for kind, rank, pattern in _in_text():
        for match in pattern.finditer(plain):
            number = _number_of(match)
            start = match.start("label")
            if number is None or (start in found and found[start].rank <= rank):
                continue
            if _goes_on(text, match.end("label")):
                continue
            own = rank + len(number) - 1 if kind == _NUMBERED else rank
            found[start] = _Label(kind, number, own, match.start(), start)
    return [found[start] for start in sorted(found)]


def _goes_on(text: str, end: int) -> bool:
    """Whether a label is the beginning of a sentence: "Article 12 applies to …"."""
    match = _SAME_LINE.match(text, end)
    return bool(match and match[1].islower())


def _outer(labels: Sequence[_Label], span: Span, step: Step) -> Span | None:
    """The longest part of this kind and number within a span."""
    kinds = {step.kind, *((_NUMBERED,) if step.kind in ("section", "chapter") else ())}
    within = [label for label in labels if span[0] <= label.start < span[1]]
    spans = [
        (label.start, _end(within, label, span))
        for label in within
        if label.kind in kinds and label.number == step.number
    ]
    if not spans and step.kind in ("part", "item"):
        # 第一部分 of a text whose parts are headed 一、
        first = min((label.rank for label in within if label.kind == _HEADING), default=0)
        spans = [
            (label.start, _end(within, label, span))
            for label in within
            if label.kind == _HEADING and label.rank == first and label.number == step.number
        ]
    return max(spans, key=lambda each: each[1] - each[0], default=None)


def _end(labels: Sequence[_Label], label: _Label, span: Span) -> int:
    """Where a part ends: a line of an article that begins with "3.5" is no heading."""
    ends = (
        other.line
        for other in labels
        if other.start > label.start
        and other.rank <= label.rank
        and (other.kind != _NUMBERED or label.kind in _ABOVE_NUMBERED)
    )
    return next(ends, span[1])


def _inner(text: str, labels: Sequence[_Label], span: Span, step: Step) -> Span | None:
    """An item or a paragraph within a part: the one with this label, else the paragraph at this place.

    A paragraph is labelled by figures or not at all: （二） labels an item of a paragraph.
    """
    within = [label for label in labels if span[0] < label.start < span[1] and label.kind in (_HEADING, *_INNER)]
    least = _DIGITS_RANK if step.kind == "paragraph" else 0
    for rank in sorted({label.rank for label in within if label.rank >= least}):
        for label in within:
            if label.rank == rank and label.number == step.number:
                end = _end(within, label, span)
                return (label.start, _last_line(text, label, within, end) if rank < _DIGITS_RANK else end)
    if step.kind == "item":
        return _inline(text, span, step.number)
    labelled = {label.start for label in within}
    lines = (match.start() for match in re.finditer(r"(?m)^[^\n]*\S", text[slice(*span)]))
    starts = [span[0] + start for start in lines]
    starts = [start for start in starts if start + _indent(text, start) not in labelled]
    place = int(step.number[0]) - 1 if len(step.number) == 1 and step.number[0].isdigit() else -1
    if not 0 <= place < len(starts):
        return None
    return (starts[place], starts[place + 1] if place + 1 < len(starts) else span[1])


def _last_line(text: str, label: _Label, labels: Sequence[_Label], end: int) -> int:
    """Where an item （二） ends: before a line without a label, which is the next paragraph."""
    lines = {each.line for each in labels}
    for match in re.finditer(r"[。；;]\s*\n(?=[^\n]*\S)", text[label.start : end]):
        start = label.start + match.end()
        if start not in lines:
            return start
    return end


def _indent(text: str, start: int) -> int:
    match = _PREFIX.match(text, start)
    return match.end() - start if match else 0


def _inline(text: str, span: Span, number: Number) -> Span | None:
    """An item within a line, "（一）…；（二）…", by its number."""
    bracketed = rf"[(（]([0-9]{{1,3}}|[a-z]|[ivx]{{1,4}}|[{_item_numerals()}]{{1,3}})[)）]"
    marks = [
        (match.start(), _read(match[1]))
        for match in re.finditer(bracketed, plain_of(text))
        if span[0] <= match.start() < span[1]
    ]
    for i, (start, own) in enumerate(marks):
        if own == number:
            return (start, marks[i + 1][0] if i + 1 < len(marks) else span[1])
    return None


def _number_of(match: re.Match[str]) -> Number | None:
    """The number of a label: all its groups that have matched."""
    parts = [_read(value) for name, value in match.groupdict().items() if name.startswith("n") and value]
    if not parts or None in parts:
        return None
    return tuple(part for each in parts if each for part in each)


def _read(number: str) -> Number | None:
    """A number in any writing: "XII" -> ("12",), "3.2" -> ("3", "2"), "b" -> ("b",)."""
    if re.fullmatch(r"\d+(?:\.\d+)*", number):
        return tuple(str(int(part)) for part in number.split("."))
    for each in lexicons():
        if number in each.structure.ordinals:
            return (str(each.structure.ordinals[number]),)
    if re.fullmatch(_ROMAN, number):
        values = [_VALUES[letter] for letter in number]
        signed = [-v if any(v < later for later in values[i + 1 : i + 2]) else v for i, v in enumerate(values)]
        return (str(sum(signed)),)
    if re.fullmatch("[a-z]", number):
        return (number,)
    value = chinese_number(number)
    return (str(int(value)),) if 0 < value < 10_000 else None
