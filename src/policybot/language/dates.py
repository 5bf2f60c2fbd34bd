"""Topic of a lexicon: the forms in which dates are written."""

from __future__ import annotations

from dataclasses import dataclass

YEAR = r"(?P<year>(?:19|20)\d\d)"
"""Source of a year in figures."""

DAY_IN_FIGURES = r"3[01]|[12]\d|0?[1-9]"
"""Source of a day of a month, 1..31."""

DAY = rf"(?P<day>{DAY_IN_FIGURES})"


@dataclass(frozen=True, slots=True)
class DateForms:
    """How dates are written.

    The forms for checking match folded text and name groups ``year``, ``month`` (a name) or ``monthly`` (its number),
    ``day``, and ``first`` or ``last`` for the other day of a span. Those for showing match a text as it is, without
    the spans of years, and name groups ``y``, ``m`` and ``d``.

    Attributes:
        marked: Forms in figures with a mark behind each part: 2024年3月5日. The longer before the shorter.
        named: Forms with a month's name: "5 March 2024", likewise.
        months: Forms of a month alone.
        month_mark: Pattern behind the number of a month; also for keyword tokens.
        year_mark: Pattern behind a year.
        no_year: Pattern behind four figures that makes them a quantity instead of a year, with the blanks between.
        year_in_digits: Pattern of a year in the language's own digits; group ``digits``.
        shown: Forms for showing; on the same place an earlier one wins.
        span: Pattern of a span of years, on which nothing happened.
        this_year: The year in which a document came out: "this year", 今年.
        last_year: The year before it: "last year", 去年.
        several_years: What tells of several years together: "a year on average", 年均.
        base: A year that something is only compared with: "than in 2020", 比上年.
    """

    marked: tuple[str, ...]
    named: tuple[str, ...]
    months: tuple[str, ...]
    month_mark: str
    year_mark: str
    no_year: str
    year_in_digits: str
    shown: tuple[str, ...]
    span: str
    this_year: str
    last_year: str
    several_years: str
    base: str
