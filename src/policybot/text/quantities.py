"""Figures, percentages and dates in a text, normalised so that languages can be compared.

The loose reading of a text, for keyword tokens and quick comparisons: what ``figures`` reads for the check, with
units, bounds and number words, is finer. Both read one lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal, NamedTuple

from policybot.language import each, lexicons, phrases
from policybot.text.notation import in_one_notation
from policybot.text.numerals import digits_value, numeral_value, scales

Unit = Literal["", "%", "points", "month"]


class Quantity(NamedTuple):
    """A number as a text states it.

    ``5 %`` is ``("%", 5.0)``, ``1.2万亿`` is ``("", 1.2e12)``, May is ``("month", 5)``.
    """

    unit: Unit
    value: float


_IN_WORDS = each(lambda lexicon: lexicon.measures.percent_in_words, flags=re.NOFLAG)


@cache
def months() -> Mapping[str, int]:
    """Every written form of a month in any language -> 1..12."""
    return {name: number for lexicon in lexicons() for name, number in lexicon.calendar.months.items()}


@cache
def _figure() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<number>\d+(?:[.,]\d+)*)"
        rf"(?P<scale>{phrases(lambda lexicon: lexicon.numbers.keyword_scale).source})?"
        rf"[ \t]*(?:(?P<points>{phrases(lambda lexicon: lexicon.measures.points).source})"
        rf"|(?P<percent>{phrases(lambda lexicon: lexicon.measures.percent).source}))?"
        rf"(?P<month>{phrases(lambda lexicon: lexicon.dates.month_mark).source})?"
    )


@cache
def _month() -> re.Pattern[str]:
    names = "|".join(sorted(months(), key=len, reverse=True)) or "(?!)"
    return re.compile(rf"\b({names})\b(?=\.?\s+\d)|(?<=\d )\b({names})\b")


def quantities(text: str) -> frozenset[Quantity]:
    """Every figure written with digits, every percentage and every month of a date in the text.

    Number words and Chinese numerals count only in percentages ("five percent", "百分之五"): elsewhere ("one of
    the", "统一") they often are no figures.
    """
    return frozenset(quantity for quantity, _, _ in placed_quantities(folded(text)))


def folded(text: str) -> str:
    """The text as figures are read from it: its amounts in one notation (``in_one_notation``), lower case."""
    return in_one_notation(text).lower()


def placed_quantities(text: str) -> Iterator[tuple[Quantity, int, int]]:
    """The quantities of a folded text with the offsets at which they stand in it, kind by kind."""
    for match in _figure().finditer(text):
        value = digits_value(match["number"])
        scale = (match["scale"] or "").strip(" \t-")
        if match["month"] and not scale and 1 <= value <= 12:
            yield Quantity("month", value), *match.span()
            continue
        # 256.1亿 is 25.61 billion: what binary fractions add in the seventeenth digit is no difference.
        scaled = float(f"{value * (scales()[scale] if scale else 1.0):.12g}")
        yield Quantity("points" if match["points"] else "%" if match["percent"] else "", scaled), *match.span()
    for match in _month().finditer(text):
        yield Quantity("month", float(months()[match[1] or match[2]])), *match.span()
    for pattern in _IN_WORDS.compiled:
        for match in pattern.finditer(text):
            points = bool(match.groupdict().get("points"))
            yield Quantity("points" if points else "%", numeral_value(match["numeral"])), *match.span()


def figure_tokens(text: str) -> list[str]:
    """Keyword tokens of the figures that are written in several ways, one for each value and unit.

    Percentages, percentage points and numbers with a scale word: "5 percent" and "百分之五" share ``q5pct``, "12.5
    million" and "1250万" share ``q12500000``. Other figures are keyword tokens as they stand.
    """
    suffixes = {"%": "pct", "points": "pts", "": ""}
    return sorted(
        f"q{found.value:.10g}{suffixes[found.unit]}"
        for found in quantities(text)
        if found.unit in ("%", "points") or (found.unit == "" and found.value >= 1000 and not _is_year(found.value))
    )


def _is_year(value: float) -> bool:
    return 1900 <= value <= 2100 and value == int(value)
