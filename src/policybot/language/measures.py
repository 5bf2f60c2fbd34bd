"""Topic of a lexicon: units, what figures count, and how a text says percent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Unit(NamedTuple):
    """A unit and its words: values times ``factor`` are in the dimension's own unit, ``name``.

    ``Unit("m", 1e3, ("km", "kilometres"))``: 3 km are 3000 m. One name for one dimension in every language.
    """

    name: str
    factor: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """Units and what figures count. Everything is matched in folded text: lower case, half-width characters.

    Attributes:
        units: Units right behind their figure ("5 km", 5公里).
        no_unit: Pattern of what makes a unit's word another word when it stands right behind it: 人 is no unit in
            5人民币. Looks behind for the unit.
        counted: Nouns that say what a figure counts, a few words behind it ("12 large hospitals").
        counted_within: Pattern of the few words behind a figure among which the noun is looked for.
        head_last: Whether the last such noun is the one that is counted (项国家标准 are standards), else the first.
        currency_signs: Currency signs before a figure -> unit name.
        percent: Pattern of "percent" behind a figure.
        points: Pattern of "percentage points" behind a figure.
        percent_in_words: Pattern of a percentage in words; group ``numeral`` holds the number, ``points`` is there
            when it counts percentage points.
    """

    units: tuple[Unit, ...]
    no_unit: str
    counted: tuple[Unit, ...]
    counted_within: str
    head_last: bool
    currency_signs: Mapping[str, str]
    percent: str
    points: str
    percent_in_words: str
