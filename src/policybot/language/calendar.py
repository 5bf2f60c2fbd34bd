"""Topic of a lexicon: the names of months and days."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calendar:
    """Names of months and days.

    Attributes:
        months: Every written form of a month in lower case -> 1..12; empty where months are figures (3月).
        month_names: The twelve full names as a date is written with them, January first; empty likewise.
        weekdays: Names of the days of the week, in lower case.
    """

    months: dict[str, int]
    month_names: tuple[str, ...]
    weekdays: frozenset[str]
