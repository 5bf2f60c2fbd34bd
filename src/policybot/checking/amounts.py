"""Compares the figures, dates and code names of a sentence with those that its evidence states."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from policybot.calibration import ROUNDED_ABOUT, ROUNDED_BEYOND
from policybot.checking.difference import Difference, Dimension
from policybot.checking.source import Source
from policybot.domain import Evidence
from policybot.language import phrases
from policybot.text.bounds import Bounds, contrary
from policybot.text.dates import Date
from policybot.text.figures import Figure, StatedDate, codes, numbers_named, plan_years, stated
from policybot.text.numerals import scales
from policybot.text.quantities import folded
from policybot.text.references import reference_spans

Amount = Figure | StatedDate | str
"""A figure, a date, or a name of letters and digits such as ``c919``."""

_HEADER_SCALE = phrases(lambda lexicon: lexicon.numbers.table_scale, flags=re.NOFLAG)


@dataclass(frozen=True, slots=True)
class Facts:
    """The amounts that one evidence sentence states.

    Attributes:
        derived: Figures that follow from those that it states: from 25 to 20 percent is by 5 percentage points.
        years: The years it states: its own, else those of title, section and date.
        about: The same with all years of a span: a plan of 2021-2035 is also about 2025.
        plan: The years of the five-year plans that it names.
        around: The dates of title, section and metadata.
        scales: Factors of a table row's numbers by the table's header, 1000 for "in thousands"; empty without one.
    """

    figures: tuple[Figure, ...]
    derived: tuple[Figure, ...]
    dates: tuple[StatedDate, ...]
    around: tuple[StatedDate, ...]
    numbers: frozenset[float]
    codes: frozenset[str]
    years: frozenset[int]
    about: frozenset[int]
    plan: frozenset[int]
    scales: tuple[float, ...]


@lru_cache(maxsize=4096)
def facts_in(source: Source) -> Facts:
    """The amounts that an evidence sentence states, with the years of its context where it has none."""
    own, around = stated(source.text), stated(source.around)
    plan = plan_years(source.text)
    return Facts(
        own.figures,
        tuple(_derived(own.figures)),
        own.dates,
        around.dates,
        numbers_named(source.text) | numbers_named(source.evidence.hit.passage.heading),
        codes(source.text) | codes(source.around),
        own.years or around.years,
        (own.span or around.span) | plan,
        plan,
        _scales(source.evidence),
    )


def _derived(figures: Sequence[Figure]) -> Iterator[Figure]:
    """By how much it changed, of each pair from what to what."""
    for one, other in pairwise(figures):
        if one.change == "from" and other.change == "to" and one.unit == other.unit:
            unit = "percentage points" if one.unit == "percent" else one.unit
            by = replace(other, unit=unit, change="by", bounds=frozenset())
            yield replace(by, value=abs(other.value - one.value), number=abs(other.number - one.number))
            if one.value > 0 and one.unit != "percent":
                times = other.value / one.value
                yield replace(by, value=times, number=times, unit="times", change="to")


def amounts(sentence: str) -> list[Amount]:
    """The amounts of a sentence, all of which its evidence must state."""
    found, referring = stated(sentence), reference_spans(sentence)
    # 三级 and 第三条 are compared as references.
    figures = (f for f in found.figures if not any(a <= f.start < b for a, b in referring))
    return [*figures, *found.dates, *sorted(codes(sentence))]


def missing(sentence: str, facts: Facts) -> tuple[Amount, ...]:
    """The sentence's amounts that the evidence does not state; a plan states its first and last year together."""
    found = tuple(amount for amount in amounts(sentence) if not states(facts, amount))
    years = {amount.date.year for amount in found if isinstance(amount, StatedDate) and not amount.date.month}
    if facts.plan and {min(facts.plan), max(facts.plan)} <= years:
        return tuple(a for a in found if not (isinstance(a, StatedDate) and a.date.year in facts.plan))
    return found


def states(facts: Facts, amount: Amount) -> bool:
    """Whether the evidence states the amount, regardless of bounds such as "about" and "at least"."""
    if isinstance(amount, str):
        return amount in facts.codes
    if isinstance(amount, StatedDate):
        return _states_date(facts, amount.date)
    if any(_matches(facts, amount, figure) for figure in (*facts.figures, *facts.derived)):
        return True
    if amount.unit and not (amount.counted or amount.written):
        return False
    # A number without a unit may be a word, an ordinal or part of a name in the evidence.
    return amount.value in facts.numbers or (amount.counted and amount.value in facts.numbers)


def lacking(missing: Sequence[Amount], facts: Facts) -> list[Difference]:
    """One difference for each missing amount, with what the evidence states instead."""
    found: list[Difference] = []
    for amount in missing:
        if isinstance(amount, str):
            found.append(Difference(f"the evidence does not name {amount.upper()}", "names", fatal=True))
            continue
        if isinstance(amount, StatedDate):
            others = [date.text for date in facts.dates]
        else:
            same_value = [f.text for f in facts.figures if f.value == amount.value]
            same_unit = [f.text for f in facts.figures if f.unit == amount.unit]
            others = same_value or same_unit or [f.text for f in facts.figures]
        instead = f", but {_listed(others)}" if others else ""
        dimension: Dimension = "dates" if isinstance(amount, StatedDate) else "figures"
        found.append(Difference(f"the evidence does not state {amount.text!r}{instead}", dimension, fatal=True))
    return found


def meant_otherwise(sentence: str, facts: Facts, *, loosely: bool = False) -> list[Difference]:
    """Amounts meant otherwise: "around 5 %" is not "5 %", "at least" not "at most", "by 5" not "to 5".

    Args:
        loosely: Whether "at least" may be told as "more than": translations of statistics do, 占60%以上.
    """
    mine = stated(sentence)
    return [
        *_bounded_otherwise(mine.figures, facts, loosely=loosely),
        *_changed_otherwise(mine.figures, facts),
        *_range_cut(mine.figures, facts),
        *_repeated(mine.figures, facts.figures),
        *_dated_otherwise(mine.dates, facts.dates),
    ]


def _bounded_otherwise(mine: Sequence[Figure], facts: Facts, *, loosely: bool) -> Iterator[Difference]:
    """Figures with other bounds: "at least 5 %" against "5 %"; fatal when both exclude each other."""
    for figure in mine:
        if figure.written and not figure.unit:
            continue
        there = [its for its in facts.figures if _matches(facts, figure, its) and not rounds(figure, its)]
        if there and not any(
            _agree(its.bounds, bounds, loosely=loosely) for its in there for bounds in _meanings(figure, mine)
        ):
            excluded = any(contrary(its.bounds, figure.bounds) for its in there)
            yield Difference(_meant(figure.text, figure.bounds, there[0].bounds), "figures", fatal=excluded)


def _changed_otherwise(mine: Sequence[Figure], facts: Facts) -> Iterator[Difference]:
    """Where something has got for how much it has changed: "cut to 20 percent" against "cut by 20 percent"."""
    for figure in mine:
        there = [its for its in (*facts.figures, *facts.derived) if _matches(facts, figure, its)]
        if figure.change and there and all(its.change and its.change != figure.change for its in there):
            yield Difference(
                f"it says {figure.change} {figure.text!r} where the evidence says {there[0].change} {there[0].text!r}",
                "figures",
                fatal=True,
            )


def _meanings(figure: Figure, mine: Sequence[Figure]) -> list[Bounds]:
    """The possible bounds of a figure: "should exceed 90 percent, and that of the others 75" bounds both."""
    return [figure.bounds] if figure.bounds else [other.bounds for other in mine if other.unit == figure.unit]


def _agree(one: Bounds, other: Bounds, *, loosely: bool) -> bool:
    both = one | other
    return one == other or bool(one & other) or (loosely and both in ({"at least", "above"}, {"at most", "below"}))


def _dated_otherwise(mine: Sequence[StatedDate], its: Sequence[StatedDate]) -> Iterator[Difference]:
    """Dates with contrary bounds: "by 2030" against "since 2030"."""
    for stated_date in mine:
        same = [each for each in its if each.date == stated_date.date]
        if same and stated_date.bounds and all(contrary(each.bounds, stated_date.bounds) for each in same):
            yield Difference(_meant(stated_date.text, stated_date.bounds, same[0].bounds), "dates", fatal=True)
        elif same and stated_date.date.day and all(_ends(each) != _ends(stated_date) for each in same):
            # To a year or a month "by" and "in" come to the same, and from a day until another is a span.
            yield Difference(_meant(stated_date.text, stated_date.bounds, same[0].bounds), "dates", fatal=False)


def _ends(date: StatedDate) -> bool:
    return "until" in date.bounds


def _range_cut(mine: Sequence[Figure], facts: Facts) -> Iterator[Difference]:
    """One end of a range told as the figure: "5 to 6 percent" -> "5 percent"."""
    for figure in mine:
        there = [its for its in facts.figures if _matches(facts, figure, its)]
        cut = bool(there) and all(its.ranged and not (its.change or figure.change) for its in there)
        if cut and not figure.ranged and not figure.bounds:
            yield Difference(f"{figure.text!r} is one end of a range in the evidence", "figures", fatal=False)


def _repeated(mine: Sequence[Figure], its: Sequence[Figure]) -> list[Difference]:
    """A percentage that the sentence repeats in place of another one: "5 % and 5 %" for "5 % and 7 %"."""
    own = Counter(f.value for f in mine if f.unit == "percent")
    there = Counter(f.value for f in its if f.unit == "percent")
    others = there.keys() - own.keys()
    return [
        Difference(
            f"it says {value:g} percent {times} times, the evidence {there[value]} times and {min(others):g}",
            "figures",
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
    if mine.same_unit(its) and rounds(mine, its):
        return True
    return any(abs(mine.value - its.value * scale) <= 1e-9 * mine.value for scale in facts.scales) and not its.unit


def rounds(mine: Figure, its: Figure) -> bool:
    """Whether a figure with a bound rounds an exact one: "over 134 trillion" 134.9, "nearly 20,000" 19,874."""
    if its.bounds or not mine.bounds or not mine.value or mine.same_value(its) or mine.written or its.written:
        return False
    beyond = its.value / mine.value - 1
    return (
        ("above" in mine.bounds and 0 < beyond <= ROUNDED_BEYOND)
        or ("below" in mine.bounds and 0 < -beyond <= ROUNDED_BEYOND)
        or ("about" in mine.bounds and abs(beyond) <= ROUNDED_ABOUT)
    )


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
