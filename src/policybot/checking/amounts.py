"""Compares the figures, dates and code names of a sentence with those that its evidence states."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from policybot.checking.difference import Difference
from policybot.domain import Evidence
from policybot.language import phrases
from policybot.text.bounds import Bounds, contrary
from policybot.text.dates import Date
from policybot.text.figures import Figure, StatedDate, codes, numbers_named, stated
from policybot.text.quantities import folded, scales

Amount = Figure | StatedDate | str
"""A figure, a date, or a name of letters and digits such as ``c919``."""

_HEADER_SCALE = phrases(lambda lexicon: lexicon.numbers.table_scale, flags=re.NOFLAG)


@dataclass(frozen=True, slots=True)
class Facts:
    """The amounts that one evidence sentence states.

    Attributes:
        years: The years it states: its own, else those of title, section and date.
        about: The same with all years of a span: a plan of 2021-2035 is also about 2025.
        around: The dates of title, section and metadata.
        scales: Factors of a table row's numbers by the table's header, 1000 for "in thousands"; empty without one.
    """

    figures: tuple[Figure, ...]
    dates: tuple[StatedDate, ...]
    around: tuple[StatedDate, ...]
    numbers: frozenset[float]
    codes: frozenset[str]
    years: frozenset[int]
    about: frozenset[int]
    scales: tuple[float, ...]


@lru_cache(maxsize=4096)
def facts_in(evidence: Evidence) -> Facts:
    """The amounts that an evidence sentence states, with the years of title, section and date where it has none."""
    own = stated(evidence.text)
    context = f"{evidence.hit.passage.heading} ; {evidence.hit.metadata.published}"
    around = stated(context)
    return Facts(
        own.figures,
        own.dates,
        around.dates,
        numbers_named(evidence.text) | numbers_named(evidence.hit.passage.heading),
        codes(evidence.text) | codes(context),
        own.years or around.years,
        own.span or around.span,
        _scales(evidence),
    )


def amounts(sentence: str) -> list[Amount]:
    """The amounts of a sentence, all of which its evidence must state."""
    found = stated(sentence)
    return [*found.figures, *found.dates, *sorted(codes(sentence))]


def states(facts: Facts, amount: Amount) -> bool:
    """Whether the evidence states the amount, regardless of bounds such as "about" and "at least"."""
    if isinstance(amount, str):
        return amount in facts.codes
    if isinstance(amount, StatedDate):
        return _states_date(facts, amount.date)
    if any(_matches(facts, amount, figure) for figure in facts.figures):
        return True
    if amount.unit and not (amount.counted or amount.written):
        return False
    # A number without a unit may be a word, an ordinal or part of a name in the evidence.
    return amount.value in facts.numbers or (amount.counted and amount.value in facts.numbers)


def lacking(missing: Sequence[Amount], facts: Sequence[Facts]) -> list[Difference]:
    """One difference for each missing amount, with what the evidence states instead."""
    found: list[Difference] = []
    for amount in missing:
        if isinstance(amount, str):
            found.append(Difference(f"the evidence does not name {amount.upper()}", fatal=True))
            continue
        if isinstance(amount, StatedDate):
            others = [date.text for each in facts for date in each.dates]
        else:
            same_value = [f.text for each in facts for f in each.figures if f.value == amount.value]
            same_unit = [f.text for each in facts for f in each.figures if f.unit == amount.unit]
            others = same_value or same_unit or [f.text for each in facts for f in each.figures]
        instead = f", but {_listed(others)}" if others else ""
        found.append(Difference(f"the evidence does not state {amount.text!r}{instead}", fatal=True))
    return found


def meant_otherwise(sentence: str, facts: Sequence[Facts]) -> list[Difference]:
    """Amounts with other bounds: "around 5 %" is not "5 %", "at least" not "at most", "by" not "since"."""
    mine = stated(sentence)
    return [
        *_bounded_otherwise(mine.figures, facts),
        *_repeated(mine.figures, [f for each in facts for f in each.figures]),
        *_dated_otherwise(mine.dates, [d for each in facts for d in each.dates]),
    ]


def _bounded_otherwise(mine: Sequence[Figure], facts: Sequence[Facts]) -> Iterator[Difference]:
    """Figures with other bounds: "at least 5 %" against "5 %"; fatal when both exclude each other."""
    for figure in mine:
        if figure.written and not figure.unit:
            continue
        there = [its for each in facts for its in each.figures if _matches(each, figure, its)]
        if there and not any(_agree(its.bounds, bounds) for its in there for bounds in _meanings(figure, mine)):
            excluded = any(contrary(its.bounds, figure.bounds) for its in there)
            yield Difference(_meant(figure.text, figure.bounds, there[0].bounds), fatal=excluded)


def _meanings(figure: Figure, mine: Sequence[Figure]) -> list[Bounds]:
    """The possible bounds of a figure: "should exceed 90 percent, and that of the others 75" bounds both."""
    return [figure.bounds] if figure.bounds else [other.bounds for other in mine if other.unit == figure.unit]


def _agree(one: Bounds, other: Bounds) -> bool:
    return one == other or bool(one & other)


def _dated_otherwise(mine: Sequence[StatedDate], its: Sequence[StatedDate]) -> Iterator[Difference]:
    """Dates with contrary bounds: "by 2030" against "since 2030"."""
    for stated_date in mine:
        same = [each for each in its if each.date == stated_date.date]
        if same and stated_date.bounds and all(contrary(each.bounds, stated_date.bounds) for each in same):
            yield Difference(_meant(stated_date.text, stated_date.bounds, same[0].bounds), fatal=True)


def _repeated(mine: Sequence[Figure], its: Sequence[Figure]) -> list[Difference]:
    """A percentage that the sentence repeats in place of another one: "5 % and 5 %" for "5 % and 7 %"."""
    own = Counter(f.value for f in mine if f.unit == "percent")
    there = Counter(f.value for f in its if f.unit == "percent")
    others = there.keys() - own.keys()
    return [
        Difference(
            f"it says {value:g} percent {times} times, the evidence {there[value]} times and {min(others):g}",
            fatal=True,
        )
        for value, times in own.items()
        if others and 0 < there[value] < times
    ]


def _matches(facts: Facts, mine: Figure, its: Figure) -> bool:
    """Whether a figure of the evidence equals the sentence's figure, unit and scale included."""
    if mine.same_value(its):
        if mine.same_unit(its):
            return True
        # "4.4 percent of GDP: cash subsidies 2.0, tax benefits 1.5"
        return not (mine.unit and its.unit) and any(
            figure.unit == (mine.unit or its.unit) for figure in facts.figures if figure is not its
        )
    return any(abs(mine.value - its.value * scale) <= 1e-9 * mine.value for scale in facts.scales) and not its.unit


def _states_date(facts: Facts, wanted: Date) -> bool:
    """Whether the evidence states the date, possibly with the year only in the title or in another date."""
    if wanted.year and wanted.year not in facts.years:
        return False
    if not wanted.month:
        return True
    own = [each.date for each in facts.dates]
    dates = own if any(date.month for date in own) else [*own, *(each.date for each in facts.around)]
    of_year = [date for date in dates if wanted.year and date.year == wanted.year and date.month]
    return any(
        date.month == wanted.month
        and (not wanted.day or date.day == wanted.day)
        and (not wanted.year or date.year in (0, wanted.year))
        for date in of_year or dates
    )


def _scales(evidence: Evidence) -> tuple[float, ...]:
    """The factors of a table row's bare numbers, from scale words in the table's header."""
    if not evidence.text.startswith("|"):
        return ()
    rows = [line for line in evidence.hit.passage.text.splitlines() if line.lstrip().startswith("|")]
    head = f"{rows[0] if rows else ''} {evidence.hit.passage.heading}"
    return tuple({scales()[word] for word in _HEADER_SCALE.findall(folded(head))})


def _meant(text: str, mine: Bounds, its: Bounds) -> str:
    return f"{text!r} is meant as {_named(mine)} in the sentence, as {_named(its)} in the evidence"


def _named(bounds: Bounds) -> str:
    return " or ".join(sorted(bounds)) or "exactly that"


def _listed(texts: Sequence[str]) -> str:
    return ", ".join(repr(text) for text in list(dict.fromkeys(texts))[:4])
