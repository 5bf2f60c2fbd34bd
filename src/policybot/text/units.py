"""What a figure counts or measures, brought to one unit for each dimension."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from policybot.language import Lexicon, lexicons, phrases
from policybot.language.measures import Unit


class Measure(NamedTuple):
    """A unit: values times ``factor`` are in the dimension's own unit, named ``name``."""

    name: str
    factor: float


NONE = Measure("", 1.0)


@cache
def counts() -> frozenset[str]:
    """Names of the units that say what is counted."""
    counted = {unit.name for lexicon in lexicons() for unit in lexicon.measures.counted}
    return frozenset(counted | {"people", "visits", "households", "vehicles"})


def measure_behind(text: str, offset: int) -> tuple[Measure, int]:
    """The unit right behind ``offset`` of a folded text, and where it ends; ``NONE`` and ``offset`` without one."""
    match = _unit().match(text, offset)
    return (_units()[match.group().strip(" \t-")], match.end()) if match else (NONE, offset)


def currency_before(text: str, offset: int) -> tuple[Measure, int]:
    """The currency sign right before ``offset`` of a folded text, and where it begins."""
    match = _currency().search(text, max(offset - 5, 0), offset)
    return (Measure(_signs()[match[1]], 1.0), match.start()) if match else (NONE, offset)


def counted_behind(text: str, offset: int) -> Measure:
    """What a figure that ends at ``offset`` of a folded text counts: a noun among the next few words."""
    for within, head_last in _near():
        if near := within.match(text, offset):
            found = _noun().findall(near.group())
            return _counted()[found[-1 if head_last else 0]] if found else NONE
    return NONE


def _by_word(field: Callable[[Lexicon], tuple[Unit, ...]]) -> Mapping[str, Measure]:
    return {
        word: Measure(unit.name, float(unit.factor))
        for lexicon in lexicons()
        for unit in field(lexicon)
        for word in unit.words
    }


def _spaced_words(field: Callable[[Lexicon], tuple[Unit, ...]]) -> list[tuple[str, bool]]:
    """The field's words, the longest first, each with whether blanks separate the words of its language."""
    words = [(word, each.spaced) for each in lexicons() for unit in field(each) for word in unit.words]
    return sorted(words, key=lambda word: len(word[0]), reverse=True)


@cache
def _units() -> Mapping[str, Measure]:
    return _by_word(lambda lexicon: lexicon.measures.units)


@cache
def _counted() -> Mapping[str, Measure]:
    return _by_word(lambda lexicon: lexicon.measures.counted)


@cache
def _unit() -> re.Pattern[str]:
    """A unit's word with the blanks before it, as long as possible."""
    words = "|".join(
        re.escape(word) + (r"(?![a-z])" if spaced and word[-1].isalpha() else "")
        for word, spaced in _spaced_words(lambda lexicon: lexicon.measures.units)
    )
    return re.compile(rf"[ \t-]*(?:{words})(?!{phrases(lambda lexicon: lexicon.measures.no_unit).source})")


@cache
def _noun() -> re.Pattern[str]:
    words = _spaced_words(lambda lexicon: lexicon.measures.counted)
    return re.compile("|".join(rf"\b{word}\b" if spaced else word for word, spaced in words))


@cache
def _near() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """For each language the few words behind a figure, and whether the last noun among them is what it counts."""
    return tuple((re.compile(each.measures.counted_within), each.measures.head_last) for each in lexicons())


@cache
def _signs() -> Mapping[str, str]:
    return {sign: name for lexicon in lexicons() for sign, name in lexicon.measures.currency_signs.items()}


@cache
def _currency() -> re.Pattern[str]:
    signs = sorted(_signs(), key=len, reverse=True)
    return re.compile(rf"({'|'.join(map(re.escape, signs))})\s?$")
