"""The years that a question asks about, and those that a clause speaks of; pure.

Annual reports say "this year" and "last year", and leave the year of most figures to the section: "二、2025年工作回顾".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from policybot.domain import Evidence
from policybot.language import lexicons, phrases
from policybot.searching.editions import years_in
from policybot.text.places import plain_of
from policybot.text.sentences import sentence_spans
from policybot.text.tokens import CJK

_ASKS = re.compile(r"[?？]\W*$")
_THIS_YEAR = phrases(lambda lexicon: lexicon.dates.this_year)
_LAST_YEAR = phrases(lambda lexicon: lexicon.dates.last_year)
_SEVERAL_YEARS = phrases(lambda lexicon: lexicon.dates.several_years)
_BASE = phrases(lambda lexicon: lexicon.dates.base)
_BETWEEN = phrases(lambda lexicon: lexicon.sources.between)
_JOINS = phrases(lambda lexicon: lexicon.sources.joins)
_OF_YEAR = phrases(lambda lexicon: lexicon.sources.of_year)
_YEAR_END = phrases(lambda lexicon: lexicon.sources.year_end)


@dataclass(frozen=True, slots=True)
class Period:
    """The years of which something is asked.

    Attributes:
        years: Years that are named.
        this_year: Whether the year is asked about in which a document came out.
        last_year: Whether the year before it is.
    """

    years: frozenset[int] = frozenset()
    this_year: bool = False
    last_year: bool = False

    def __bool__(self) -> bool:
        return bool(self.years or self.this_year or self.last_year)

    def of_edition(self, year: int | None) -> frozenset[int]:
        """The years meant for a document of a year; None where its year is not known."""
        if year is None:
            return self.years
        return self.years | ({year} if self.this_year else set()) | ({year - 1} if self.last_year else set())


@lru_cache(maxsize=256)
def asked_period(question: str) -> Period:
    """The years of which a question asks something: its sentences that ask, where it has others.

    None are those of a document ("the 2021 report", which tells of 2020, too), those that something is only compared
    with, and those of several years together: "a year on average".
    """
    asking = [question[start:end] for start, end in sentence_spans(question)]
    asking = [each for each in asking if _ASKS.search(each)] or asking
    bare = _BASE.sub(" ", _of_document().sub(" ", plain_of(" ".join(asking))))
    if _SEVERAL_YEARS.search(bare):
        return Period()
    return Period(years_in(bare), bool(_THIS_YEAR.search(bare)), bool(_LAST_YEAR.search(bare)))


@cache
def _of_document() -> re.Pattern[str]:
    """A year that names a document: "the 2021 work report", "the report of 2021"."""
    kind = "|".join(source for each in lexicons() for source in each.sources.kinds.values())
    year = r"(?<![\d.,])(?:19|20)\d\d(?![\d%]|[.,]\d)"
    years = rf"{year}(?:{_YEAR_END.source})?(?:\s?(?:{_JOINS.source})\s?{year}(?:{_YEAR_END.source})?)*+"
    between = rf"(?:{_BETWEEN.source})*+"
    return re.compile(
        rf"{years}{between}(?:[{CJK}]{{0,5}}|\s\w+)?{between}(?:{kind})|(?:{kind})(?:{_OF_YEAR.source}){years}"
    )


def speaks_of_others(period: Period, clause: Evidence) -> bool:
    """Whether a clause is known to speak of other years than a question asks about, or of several years together."""
    edition = _edition(clause)
    wanted = period.of_edition(edition)
    if not wanted:
        return False
    texts = (_BASE.sub(" ", clause.text), *reversed(clause.hit.passage.section))
    for text in texts:
        told = _read(text).of_edition(edition)
        if told:
            return not wanted & told
        if _SEVERAL_YEARS.search(text):
            return True
    return False


def _edition(clause: Evidence) -> int | None:
    """The year in which the clause's document came out."""
    years = years_in(clause.hit.passage.title) or years_in(clause.hit.metadata.published[:4])
    return max(years, default=None)


@lru_cache(maxsize=4096)
def _read(text: str) -> Period:
    return Period(years_in(text), bool(_THIS_YEAR.search(text)), bool(_LAST_YEAR.search(text)))
