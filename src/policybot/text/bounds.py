"""How a figure or a date is meant: about, at least, up to a day, from a day on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from policybot.language import phrases
from policybot.language.script import HAN

Bounds = frozenset[str]
"""Of a figure ``about``, ``at least``, ``at most``, ``above``, ``below``; of a date ``until``, ``from``; or nothing."""

_NAMES = ("about", "at least", "at most", "above", "below")

_CONTRARY = frozenset(
    frozenset(pair)
    for pair in (
        ("at least", "at most"),
        ("at least", "below"),
        ("above", "below"),
        ("above", "at most"),
        ("until", "from"),
    )
)

_DENIED = phrases(lambda lexicon: lexicon.bounds.denied, flags=re.NOFLAG)
_DENIED_ABOVE = phrases(lambda lexicon: lexicon.bounds.denied_above, flags=re.NOFLAG)
_FROM_BEHIND = phrases(lambda lexicon: lexicon.bounds.change_from_behind, flags=re.NOFLAG)
_UNTIL_BEHIND = phrases(lambda lexicon: lexicon.bounds.until_behind, flags=re.NOFLAG)
_SINCE_BEHIND = phrases(lambda lexicon: lexicon.bounds.since_behind, flags=re.NOFLAG)


def _words(field: str) -> str:
    """The words of a field in any language, as a pattern; a bound without such a field has none."""
    return phrases(lambda lexicon: str(getattr(lexicon.bounds, field.replace(" ", "_"), ""))).source


@cache
def _before() -> Mapping[str, re.Pattern[str]]:
    """By bound: its words right before a figure, or where other words may stand between."""
    gap = rf"{_words('particle')}?\s*(?:[$€£¥]|{_words('between')})?\s*$"
    return {name: re.compile(rf"(?<![a-z]){_words(f'{name}_before')}{gap}|{_words(f'{name}_far')}") for name in _NAMES}


@cache
def _behind() -> Mapping[str, re.Pattern[str]]:
    """By bound: its words behind a figure, at most one other word between."""
    gap = rf"^\s*(?:[a-z%$]{{1,12}}\s|[{HAN}]{{0,2}}?)?"
    return {name: re.compile(rf"{gap}{_words(f'{name}_behind')}(?![a-z])") for name in _NAMES}


@cache
def _until() -> re.Pattern[str]:
    return re.compile(rf"{_words('until')}\s*{_words('part_of_time')}?$")


@cache
def _since() -> re.Pattern[str]:
    return re.compile(rf"{_words('since')}\s*{_words('part_of_time')}?$")


def bounds_of_figure(text: str, start: int, end: int) -> Bounds:
    """How the figure at these offsets of a folded text is meant."""
    before, behind = text[max(start - 28, 0) : start], text[end : end + 20]
    meant = {name for name, pattern in _before().items() if pattern.search(before)}
    if _DENIED.search(before):
        meant -= {"above", "below"}
        meant |= {"at most" if _DENIED_ABOVE.search(before) else "at least"}
    else:
        meant |= {name for name, pattern in _behind().items() if pattern.search(behind)}
    return frozenset(meant)


def bounds_of_date(text: str, start: int, end: int) -> Bounds:
    """Whether the date at these offsets of a folded text ends or begins a time."""
    before, behind = text[max(start - 24, 0) : start], text[end : end + 8]
    if _until().search(before) or _UNTIL_BEHIND.match(behind):
        return frozenset({"until"})
    return frozenset({"from"}) if _since().search(before) or _SINCE_BEHIND.match(behind) else frozenset()


@cache
def _changes() -> Mapping[str, re.Pattern[str]]:
    """By change: its words before a figure, with what a bound puts between."""
    gap = rf"\s*(?:{_words('hedge')}\s*)?(?:[$€£¥]\s*)?$"
    return {name: re.compile(rf"{_words(f'change_{name}')}{gap}") for name in ("from", "to", "by")}


def change_at(text: str, start: int, end: int) -> str:
    """Whether the figure at these offsets of a folded text is ``by`` how much, ``to`` or ``from`` what; else empty."""
    before = text[max(start - 40, 0) : start]
    for name, pattern in _changes().items():
        if pattern.search(before):
            return name
    return "from" if _FROM_BEHIND.match(text, end) else ""


def contrary(one: Bounds, other: Bounds) -> bool:
    """Whether two ways of meaning a figure exclude each other."""
    return any(frozenset((a, b)) in _CONTRARY for a in one for b in other)
