"""Finds lists and tables in a hit's passage, with their items, lead-ins and captions; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from policybot.domain import Evidence, Hit
from policybot.language import phrases
from policybot.text.plain import ends_with_colon
from policybot.text.sentences import sentence_spans

_ITEM = phrases(
    lambda lexicon: lexicon.words.list_marks,
    flags=re.MULTILINE,
    form=r"^[ \t]*(?:[-*+•][ \t]+|\d{1,3}[.)][ \t]+|{})(?=\S)",
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n(?![ \t]+\S)")
_ROW = re.compile(r"^\|?(?=[^|\n]*\|)(?P<cells>.+?)\|?$")
_RULED = re.compile(r"\s*\n[ \t]*\|?[ \t]*:?-+:?[ \t]*\|[ \t:|-]*(?:\n|$)")
_RULE = re.compile(r"^\|?[ :|-]+\|?$")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list in a passage.

    Attributes:
        lead: The sentence that introduces it and ends with a colon; None without one.
        items: Its items, whole, in order; never empty.
    """

    lead: Evidence | None
    items: tuple[Evidence, ...]

    def holds(self, evidence: Evidence) -> bool:
        """Whether a sentence is in one of its items."""
        return any(item.start <= evidence.start and evidence.end <= item.end for item in self.items)


def listings(hit: Hit) -> list[Listing]:
    """The lists of a hit's passage, in order; an item of several sentences is one."""
    text = hit.passage.text
    marks = list(_ITEM.finditer(text))
    groups: list[list[tuple[int, int]]] = []
    for i, mark in enumerate(marks):
        start = mark.end() - len(mark.group().lstrip())
        following = marks[i + 1].start() if i + 1 < len(marks) else len(text)
        ended = _BLANK_LINE.search(text, mark.end(), following)
        stop = ended.start() if ended else following
        joined = groups and not text[groups[-1][-1][1] : start].strip()
        if not joined:
            groups.append([])
        groups[-1].append((start, stop - (len(text[start:stop]) - len(text[start:stop].rstrip()))))
    found = []
    for group in groups:
        before = sentence_spans(text, 0, group[0][0])
        lead = before[-1] if before and ends_with_colon(text[before[-1][0] : before[-1][1]]) else None
        found.append(Listing(_evidence(hit, *lead) if lead else None, tuple(_evidence(hit, *span) for span in group)))
    return found


def listing_with(evidence: Evidence) -> Listing | None:
    """The list that an evidence sentence introduces or belongs to; None for neither."""
    for listing in listings(evidence.hit):
        led = listing.lead is not None and listing.lead.end == evidence.end
        if led or listing.holds(evidence):
            return listing
    return None


def full_item(evidence: Evidence) -> Evidence:
    """The whole list item that a sentence belongs to, with the sentence's score; else the sentence itself."""
    listing = listing_with(evidence)
    item = (
        next((i for i in listing.items if i.start <= evidence.start and evidence.end <= i.end), None)
        if listing
        else None
    )
    return evidence if item is None else replace(item, score=evidence.score)


def render_row(evidence: Evidence) -> tuple[str, Evidence] | None:
    """A table row as text with its column names, and the table's header row; None for anything but a table row.

    "| BYD | 17.4% |" -> "Maker: BYD; Share: 17.4%": outside its table the row does not say what the figure is.
    """
    cells = _cells(evidence.text)
    if len(cells) < 2 or "\n" in evidence.text.strip():
        return None
    passage = evidence.hit.passage
    header: Evidence | None = None
    for start, end in sentence_spans(passage.text):
        row = passage.text[start:end]
        if passage.start + start >= evidence.start:
            break
        if not _cells(row):
            header = None
        elif _RULED.match(passage.text, end):
            header = Evidence(evidence.hit, row, passage.start + start, passage.start + end, 0.0)
    if header is None or _RULE.match(evidence.text):
        return None
    names = _cells(header.text)
    if len(names) != len(cells):
        return None
    rendered = "; ".join(f"{name}: {cell}" if name else cell for name, cell in zip(names, cells, strict=True) if cell)
    return rendered, header


def table_caption(header: Evidence) -> Evidence | None:
    """The sentence directly above a table, which often says what its figures are about; None where there is none.

    Args:
        header: The table's header row, as ``render_row`` returns it.
    """
    text, at = header.hit.passage.text, header.start - header.hit.passage.start
    before = sentence_spans(text, 0, at)
    if not before or text[before[-1][1] : at].strip() or _cells(text[before[-1][0] : before[-1][1]]):
        return None
    return _evidence(header.hit, *before[-1])


def _cells(row: str) -> list[str]:
    match = _ROW.match(" ".join(row.split()))
    return [cell.strip() for cell in match["cells"].split("|")] if match else []


def _evidence(hit: Hit, start: int, end: int) -> Evidence:
    passage = hit.passage
    return Evidence(hit, passage.text[start:end], passage.start + start, passage.start + end, 0.0)
