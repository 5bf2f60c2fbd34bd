"""Dates: those that sentences state, in English and Chinese, and those of documents, in ISO form; pure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from policybot.language import lexicon, lexicons, phrases

_YEAR = r"(?P<y>(?:19|20)\d\d(?![\d%]|[.,]\d))"
_NUMERIC = (
    r"(?<![\d-])(?P<y>(?:19|20)\d\d)-(?P<m>0\d|1[0-2])(?:-(?P<d>[0-3]\d))?(?![\d-])",
    rf"(?<![\d.,/–—-]){_YEAR}(?![–—/-]\d)",
)
"""Forms in figures, of every language; tried after the languages' own."""

_SPAN = phrases(lambda each: each.dates.span, flags=re.NOFLAG)
"""From when to when: no date on which something happened."""


@cache
def _date() -> re.Pattern[str]:
    """Every form of a date; the groups of the n-th are ``y{n}``, ``m{n}`` and ``d{n}``."""
    forms = [form for each in lexicons() for form in each.dates.shown]
    return re.compile(
        "|".join(
            re.sub(r"\(\?P<([ymd])>", rf"(?P<\g<1>{number}>", form) for number, form in enumerate((*forms, *_NUMERIC))
        )
    )


@cache
def _month_numbers() -> Mapping[str, int]:
    """The first three letters of each month's names -> 1..12."""
    return {name[:3]: number for each in lexicons() for name, number in each.calendar.months.items()}


class Date(NamedTuple):
    """A year, with month and day as far as they are told; 0 where they are not. Earlier dates are smaller."""

    year: int
    month: int = 0
    day: int = 0

    def text(self, language: str) -> str:
        """The date as it is written: ``27 March 2024``, ``2024年3月27日``."""
        words = lexicon(language)
        messages = words.messages
        form = messages.year if not self.month else messages.date if self.day else messages.month
        names = words.calendar.month_names
        month = names[self.month - 1] if names and self.month else self.month
        return form.format(year=self.year, month=month, day=self.day)


def dates_in(text: str) -> tuple[Date, ...]:
    """Every date with a year in the text, in order; a span of years ("2021-2035") is none."""
    found = []
    spans = [match.span() for match in _SPAN.finditer(text)]
    for match in _date().finditer(text):
        if any(start <= match.start() < end for start, end in spans):
            continue
        given = {name[0]: value for name, value in match.groupdict().items() if value}
        month = given.get("m", "")
        number = int(month) if month.isdigit() else _month_numbers().get(month[:3].lower(), 0)
        day = int(given.get("d", 0))
        if number <= 12 and day <= 31:
            found.append(Date(int(given["y"]), number, day))
    return tuple(found)


def date_of(*texts: str) -> Date | None:
    """The date that the first of these texts with one tells: the most precise one, of equals the first."""
    for text in texts:
        found = dates_in(text)
        if found:
            return max(found, key=lambda date: bool(date.month) + bool(date.day))
    return None


_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@cache
def _stamp() -> re.Pattern[str]:
    year, month = _marks()
    return re.compile(rf"\s*(\d{{4}})(?:(?:[-/.]|{year})(\d{{1,2}})(?:(?:[-/.]|{month})(\d{{1,2}}))?)?(?!\d)", re.ASCII)


@cache
def _in_name() -> tuple[re.Pattern[str], ...]:
    year, month = _marks()
    return (
        # A day written without separators stands alone: longer figures are numbers of something else.
        re.compile(r"(?<!\d)((?:19|20)\d{2})([01]\d)([0-3]\d)(?!\d)", re.ASCII),
        re.compile(rf"(?<!\d)((?:19|20)\d{{2}})(?:[-_.]|{year})([01]?\d)(?:[-_.]|{month})([0-3]?\d)(?!\d)", re.ASCII),
        re.compile(rf"(?<!\d)((?:19|20)\d{{2}}){year}([01]?\d){month}()(?!\d)", re.ASCII),
    )


def _marks() -> tuple[str, str]:
    """What any language writes behind a year and behind the number of a month, as regular expressions."""
    return phrases(lambda each: each.dates.year_mark).source, phrases(lambda each: each.dates.month_mark).source


def iso_date(value: str) -> str:
    """``value`` when it is a real date as YYYY, YYYY-MM or YYYY-MM-DD; else empty."""
    return _iso(_ISO.fullmatch(value))


def iso_date_at_start(value: str) -> str:
    """The ISO date at the beginning of a time stamp or of ``2024/3/7`` or ``2024年3月7日``; else empty."""
    return _iso(_stamp().match(value))


def iso_date_in_name(stem: str) -> str:
    """The day or month that a file name states, ``2024-03-07``, ``20240307``, ``2024年3月``, in ISO form; else empty.

    A year alone says too little: it may be the plan's, not the document's. Neither does ``2011-12``, which may be
    two years.
    """
    for pattern in _in_name():
        for match in pattern.finditer(stem):
            date = _iso(match)
            if date:
                return date
    return ""


def _iso(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    year, month, day = match.groups()
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join(part.zfill(2) for part in (year, month, day) if part)
