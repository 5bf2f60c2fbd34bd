"""One sentence of the evidence in its context, read once for all sentences that are checked against it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from policybot.checking.wordings import tokens_without_amounts
from policybot.domain import Evidence
from policybot.searching.listing import listing_with, render_row, table_caption
from policybot.text.figures import stated
from policybot.text.tokens import content_tokens

REMEMBERED_SOURCES = 2048
"""Evidence sentences whose reading is kept, some 5 kB each: those of an answer are asked for with each sentence."""

_UNIT_OF_COLUMN = re.compile(r"\s*[(（]([^()（）]{1,20})[)）]")
_CELL = re.compile(r"\(?[-−]?\d[\d.,]*\)?")


@dataclass(frozen=True)
class Source:
    """A sentence of the evidence, or a part of it between semicolons, in its context.

    Attributes:
        evidence: The sentence.
        text: What it says: the lead-in of its list in front, a row of a table with the names of its columns.
        around: Its document's title, publisher and date, its headings, its table's caption, and the dates before a
            semicolon.
    """

    evidence: Evidence
    text: str
    around: str

    @property
    def language(self) -> str:
        """ISO 639-1 code."""
        return self.evidence.hit.passage.language

    @cached_property
    def words(self) -> frozenset[str]:
        """Content tokens of the text, its figures and dates aside."""
        return tokens_without_amounts(self.text)

    @cached_property
    def every_word(self) -> frozenset[str]:
        """Content tokens of the text, those of its figures and dates as well."""
        return frozenset(content_tokens(self.text))

    @cached_property
    def words_with_context(self) -> frozenset[str]:
        """The same with those of the headings."""
        return self.words | self.words_of_heading

    @cached_property
    def words_of_heading(self) -> frozenset[str]:
        """Content tokens of the title and the headings."""
        return frozenset(content_tokens(self.evidence.hit.passage.heading))


def sources_of(evidence: Evidence) -> tuple[Source, ...]:
    """The sentence in its context, cut at its semicolons: what it says elsewhere would make it look unlike a claim.

    A part without a date has those of the first part: "In 2034 exports rose; imports fell".
    """
    parts = evidence.clauses()
    opening = ""
    if len(parts) > 1:
        opening = " ".join(date.text for date in stated(parts[0].text).dates)
    return tuple(
        source_of(part, "" if not number or stated(part.text).dates else opening) for number, part in enumerate(parts)
    )


@lru_cache(maxsize=REMEMBERED_SOURCES)
def source_of(evidence: Evidence, opening: str = "") -> Source:
    """An evidence sentence with its context.

    Args:
        opening: What else counts as its context.
    """
    passage, metadata = evidence.hit.passage, evidence.hit.metadata
    around = [passage.heading, metadata.title, metadata.publisher, metadata.published, opening]
    row = render_row(evidence)
    if row is not None:
        caption = table_caption(row[1])
        return Source(
            evidence, with_units(row[0]), " ; ".join(filter(None, [*around, caption.text if caption else ""]))
        )
    listing = listing_with(evidence)
    lead = listing.lead if listing is not None else None
    led = lead is not None and lead.end <= evidence.start
    text = f"{lead.text} {evidence.text}" if lead is not None and led else evidence.text
    return Source(evidence, text, " ; ".join(filter(None, around)))


def with_units(row: str) -> str:
    """A table's row with its columns' units at their figures: "Balance (£ million): 450" -> "Balance: £450 million"."""
    return "; ".join(_with_unit(cell) for cell in row.split("; "))


def _with_unit(told: str) -> str:
    name, _, cell = told.rpartition(": ")
    unit = _UNIT_OF_COLUMN.search(name)
    if unit is None or not _CELL.fullmatch(cell):
        return told
    inner = unit[1].strip()
    sign = inner[0] if inner[0] in "$€£¥" else ""
    digits = f"-{cell[1:-1]}" if cell.startswith("(") else cell
    minus, bare = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    measured = f"{minus}{sign}{bare}{' ' if inner.isascii() else ''}{inner[len(sign) :].strip()}"
    figures = stated(measured).figures
    if len(figures) != 1 or not (figures[0].unit or figures[0].value != stated(digits).figures[0].value):
        return told
    return f"{name.replace(unit.group(), '')}: {measured}"
