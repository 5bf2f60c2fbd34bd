"""Differences between a sentence and the text that it copies, one named rule for each kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from policybot.calibration import COPY_WHOLE_FROM
from policybot.checking.alignment import Copy
from policybot.checking.contrasts import outweighed
from policybot.checking.difference import Difference
from policybot.checking.names import capitalised
from policybot.checking.wording import claims, negations
from policybot.language import vocabulary
from policybot.language.script import HAN
from policybot.text.contrasts import Contrasts
from policybot.text.figures import Stated, numbers_named, stated
from policybot.text.quantities import numeral_characters

_QUALIFYING = frozenset({"possible", "planned", "most", "some", "only", "owed"})
"""Claims that change what a sentence says when they are left out."""

_FUNCTION_WORDS = vocabulary(lambda lexicon: lexicon.claims.function_words)


@dataclass(frozen=True, slots=True)
class Copying:
    """A copy with changes.

    Attributes:
        evidence_text: All sources, joined.
    """

    copy: Copy
    evidence_text: str
    contrasts: Contrasts


Rule = Callable[[Copying], Iterator[Difference]]


def changed(copy: Copy, evidence_text: str, contrasts: Contrasts) -> Iterator[Difference]:
    """The differences that the rules find, in order.

    Args:
        evidence_text: All sources, joined.
    """
    copying = Copying(copy, evidence_text, contrasts)
    for rule in RULES:
        yield from rule(copying)


def _negation_changed(it: Copying) -> Iterator[Difference]:
    """A negation gained or lost: "The fee is paid" -> "The fee is not paid"."""
    said, there = negations(it.copy.part), negations(it.copy.stretch)
    if said != there:
        yield Difference(f"it negates {said} times what the evidence negates {there} times", fatal=True)


def _claims_changed(it: Copying) -> Iterator[Difference]:
    """Modality and quantity: "Some ferries may stop" -> "All ferries must stop". Not fatal when only left out."""
    mine, its = claims(it.copy.part), claims(it.copy.stretch)
    gained, lost = mine - its, its - mine
    if gained:
        yield Difference(f"it says {_or(gained)} where the evidence says {_or(lost) or 'nothing like it'}", fatal=True)
    elif lost & _QUALIFYING:
        yield Difference(f"it leaves out that the evidence says {_or(lost)}", fatal=False)


def _contrary_words(it: Copying) -> Iterator[Difference]:
    """Words that exclude each other: "Exports rose" -> "Exports fell"."""
    for member, others in outweighed(it.copy.part, it.copy.stretch, it.contrasts):
        names = " or ".join(other.name for other in others)
        yield Difference(f"it says {member.name} where the evidence says {names}", fatal=True)


def _listed_names(it: Copying) -> Iterator[Difference]:
    """Listed names, of any two sets: "talks in Hebei" -> "talks at the World Bank"."""
    mine, its = it.contrasts.members(it.copy.part), it.contrasts.members(it.copy.stretch)
    gained = sorted(member.name for member in mine - its if member.is_name)
    lost = sorted(member.name for member in its - mine if member.is_name)
    if gained and lost:
        yield Difference(f"it names {gained[0]} where the evidence names {lost[0]}", fatal=True)


def _words_replaced(it: Copying) -> Iterator[Difference]:
    """Replaced amounts, numerals, names and words: "3 ferries" -> "4 ferries"."""
    evidence_text = "" if it.copy.share >= COPY_WHOLE_FROM else it.evidence_text
    for mine, its in it.copy.replaced:
        ours, theirs = stated(mine), stated(its)
        if ours.figures or ours.dates or theirs.figures or theirs.dates:
            otherwise = _amount_otherwise(ours, theirs)
        else:
            otherwise = _numeral_otherwise(mine, its) or _name_otherwise(mine, its, it.copy)
            if not otherwise and (word := _unknown_word(mine, its, evidence_text)):
                yield Difference(f"it says {word!r} where the evidence says {its!r}", fatal=False)
        if otherwise:
            yield Difference(f"it says {mine!r} where the evidence says {its!r}", fatal=True)


def _counts_added(it: Copying) -> Iterator[Difference]:
    """A number word that the evidence does not name: "the ferries" -> "the seven ferries"."""
    numbers = {f.value for f in stated(it.copy.part).figures if f.written} - numbers_named(it.evidence_text)
    if numbers:
        yield Difference(f"the evidence does not count {', '.join(f'{n:g}' for n in sorted(numbers))}", fatal=True)


RULES: tuple[Rule, ...] = (
    _negation_changed,
    _claims_changed,
    _contrary_words,
    _listed_names,
    _words_replaced,
    _counts_added,
)
"""In the order in which differences are listed."""


def _amount_otherwise(mine: Stated, its: Stated) -> bool:
    """Whether each has one amount of the same kind, with different values."""
    if len(mine.figures) == len(its.figures) == 1 and not mine.dates and not its.dates:
        return not (mine.figures[0].same_value(its.figures[0]) and mine.figures[0].same_unit(its.figures[0]))
    if len(mine.dates) == len(its.dates) == 1 and not mine.figures and not its.figures:
        return any(a and b and a != b for a, b in zip(mine.dates[0].date, its.dates[0].date, strict=True))
    return False


def _numeral_otherwise(mine: str, its: str) -> bool:
    """Whether both are different numerals below 1000 in a language's own digits: 第一 and 第二."""
    characters = numeral_characters()
    digits = (character for character, value in characters.digits.items() if value)
    small = {*digits, *(character for character, power in characters.powers.items() if power < 1000)}
    return mine != its and all(each and set(each) <= small for each in (mine, its))


def _name_otherwise(mine: str, its: str, copy: Copy) -> bool:
    """Whether an English name replaces words that are not a form, the initials or the full form of it."""
    names = [name for name in capitalised(copy.part) if name in mine.split()]
    words = re.findall(r"[A-Za-z]+", its)
    if not names or not words or len(mine.split()) > len(names):
        return False
    initials = "".join(word[0] for word in words if word[0].isupper()).lower()
    held = {word[:3].lower() for word in words}
    return (
        not any(name[:3].lower() in held or name.lower() in initials for name in names)
        and "".join(name[0] for name in names).lower() not in its.lower().split()
    )


def _unknown_word(mine: str, its: str, evidence_text: str) -> str:
    """Two to four Chinese characters, perhaps a name, that replace two to four others and are not in the evidence."""
    word = re.sub(r"\s", "", mine)
    if (
        re.fullmatch(f"[{HAN}]{{2,4}}", word)
        and 2 <= len(its) <= 4
        and word not in evidence_text
        and word not in _FUNCTION_WORDS
    ):
        return word
    return ""


def _or(names: frozenset[str]) -> str:
    return " or ".join(sorted(names))
