"""Differences between a sentence and the text that it copies, one named rule for each kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from policybot.calibration import COPY_WHOLE_FROM
from policybot.checking.alignment import Copy
from policybot.checking.amounts import rounds
from policybot.checking.contrasts import outweighed
from policybot.checking.difference import Difference
from policybot.checking.names import capitalised
from policybot.checking.wording import claims, negations, permitted
from policybot.checking.wordings import Amounts, unmasked
from policybot.language import vocabulary
from policybot.language.script import HAN
from policybot.text.contrasts import Contrasts
from policybot.text.figures import Figure, StatedDate, numbers_named, stated
from policybot.text.references import reference_spans
from policybot.text.tokens import CJK_STOP_CHARACTERS
from policybot.text.units import measure_behind

_QUALIFYING = frozenset({"possible", "planned", "most", "some", "only", "owed", "advised", "expected"})
"""Claims that change what a sentence says when they are left out."""

_SAYS_LESS = frozenset({"expected"})
"""Claims that may be gained: who tells of a forecast that it is expected says no more."""

_FUNCTION_WORDS = vocabulary(lambda lexicon: lexicon.claims.function_words)


@dataclass(frozen=True, slots=True)
class Copying:
    """A copy with changes.

    Attributes:
        evidence_text: What the source says.
        mine: What each character in the copy that stands for an amount means; ``its`` likewise in what it copies.
        derived: Figures that follow from those of the source.
    """

    copy: Copy
    evidence_text: str
    contrasts: Contrasts
    mine: Amounts
    its: Amounts
    derived: Sequence[Figure] = ()

    @property
    def part(self) -> str:
        """The sentence's part that copies, with its amounts."""
        return unmasked(self.copy.part, self.mine)

    @property
    def stretch(self) -> str:
        """What it copies, with its amounts."""
        return unmasked(self.copy.stretch, self.its)


Rule = Callable[[Copying], Iterator[Difference]]


def changed(copying: Copying) -> Iterator[Difference]:
    """The differences that the rules find, in order."""
    for rule in SHORT_RULES if copying.copy.short else RULES:
        yield from rule(copying)


def _negation_changed(it: Copying) -> Iterator[Difference]:
    """A negation gained or lost: "The fee is paid" -> "The fee is not paid"."""
    said, there = negations(it.part), negations(it.stretch)
    if said != there:
        yield Difference(f"it negates {said} times what the evidence negates {there} times", "negation", fatal=True)


def _claims_changed(it: Copying) -> Iterator[Difference]:
    """Modality and quantity: "Some ferries may stop" -> "All ferries must stop". Not fatal when only left out."""
    mine, its = permitted(claims(it.part)), permitted(claims(it.stretch))
    gained, lost = mine - its, its - mine
    gained -= _SAYS_LESS | ({"planned"} if "expected" in its else set())
    if gained:
        there = _or(lost) or "nothing like it"
        yield Difference(f"it says {_or(gained)} where the evidence says {there}", "modality", fatal=True)
    elif lost & _QUALIFYING:
        yield Difference(f"it leaves out that the evidence says {_or(lost)}", "modality", fatal=False)


def _contrary_words(it: Copying) -> Iterator[Difference]:
    """Words that exclude each other: "Exports rose" -> "Exports fell"."""
    for member, others in outweighed(it.part, it.stretch, it.contrasts):
        names = " or ".join(other.name for other in others)
        yield Difference(f"it says {member.name} where the evidence says {names}", "opposites", fatal=True)


def _listed_names(it: Copying) -> Iterator[Difference]:
    """Listed names, of any two sets: "talks in Hebei" -> "talks at the World Bank"."""
    mine, its = it.contrasts.members(it.part), it.contrasts.members(it.stretch)
    gained = sorted(member.name for member in mine - its if member.is_name)
    lost = sorted(member.name for member in its - mine if member.is_name)
    if gained and lost:
        yield Difference(f"it names {gained[0]} where the evidence names {lost[0]}", "names", fatal=True)


def _exchanged(it: Copying) -> Iterator[Difference]:
    """Two words that change places: "The north port feeds the south port" -> "The south port feeds the north port"."""
    pairs = it.copy.replaced
    for one, other in combinations(pairs, 2):
        if one[0].lower() == other[1].lower() and one[1].lower() == other[0].lower():
            yield Difference(f"it exchanges {one[0]} and {one[1]}", "words", fatal=True)


def _words_replaced(it: Copying) -> Iterator[Difference]:
    """Replaced amounts, names and words: "3 ferries" -> "4 ferries"."""
    evidence_text = "" if it.copy.share >= COPY_WHOLE_FROM else it.evidence_text
    for mine, its in it.copy.replaced:
        ours, theirs = _amounts(mine, it.mine), _amounts(its, it.its)
        if ours or theirs:
            if not it.copy.short and _amount_otherwise(ours, theirs) and not _derived(ours[0], it.derived):
                yield Difference(
                    f"it says {ours[0].text!r} where the evidence says {theirs[0].text!r}", "figures", fatal=True
                )
        elif _unit_otherwise(mine, its):
            yield Difference(f"it says {mine!r} where the evidence says {its!r}", "figures", fatal=True)
        elif _name_otherwise(mine, its, it.copy):
            yield Difference(f"it says {mine!r} where the evidence says {its!r}", "names", fatal=True)
        elif (word := _unknown_word(mine, its, evidence_text)) and not _one_member(mine, its, it.contrasts):
            yield Difference(f"it says {word!r} where the evidence says {its!r}", "words", fatal=False)


def _one_member(mine: str, its: str, contrasts: Contrasts) -> bool:
    """Whether both are words of one member of a set: 下降 and 减少."""
    return bool(contrasts.members(mine) & contrasts.members(its))


def _counts_added(it: Copying) -> Iterator[Difference]:
    """A number word that the evidence does not name: "the ferries" -> "the seven ferries"."""
    written = {f.value for f in _amounts(it.copy.part, it.mine) if isinstance(f, Figure) and f.written}
    numbers = (
        written
        - {f.value for f in stated(it.part).figures if _refers(it.part, f)}
        - numbers_named(it.evidence_text)
        - {f.value for f in stated(it.evidence_text).figures}
    )
    if numbers:
        yield Difference(
            f"the evidence does not count {', '.join(f'{n:g}' for n in sorted(numbers))}", "figures", fatal=True
        )


def _refers(text: str, figure: Figure) -> bool:
    return any(start <= figure.start < end for start, end in reference_spans(text))


def _amounts(text: str, known: Amounts) -> list[Figure | StatedDate]:
    return [known[character] for character in text if character in known]


RULES: tuple[Rule, ...] = (
    _negation_changed,
    _claims_changed,
    _contrary_words,
    _listed_names,
    _exchanged,
    _words_replaced,
    _counts_added,
)
"""In the order in which differences are listed."""

SHORT_RULES: tuple[Rule, ...] = (_exchanged, _words_replaced)
"""Of a short sentence that copies less: it is compared as a retelling, too."""


def _amount_otherwise(mine: Sequence[Figure | StatedDate], its: Sequence[Figure | StatedDate]) -> bool:
    """Whether each has one amount of the same kind, with different values."""
    if len(mine) != 1 or len(its) != 1:
        return False
    one, other = mine[0], its[0]
    if isinstance(one, Figure) and isinstance(other, Figure):
        return not (one.same_value(other) and one.same_unit(other)) and not rounds(one, other)
    if isinstance(one, StatedDate) and isinstance(other, StatedDate):
        return any(a and b and a != b for a, b in zip(one.date, other.date, strict=True))
    return False


def _derived(mine: Figure | StatedDate, derived: Sequence[Figure]) -> bool:
    return isinstance(mine, Figure) and any(mine.same_value(its) and mine.same_unit(its) for its in derived)


def _unit_otherwise(mine: str, its: str) -> bool:
    """Whether both are units, and not the same: 30 crowns "per tonne" and "per kilogram"."""
    measures = [measure_behind(text.lower().strip(), 0) for text in (mine, its)]
    whole = all(end == len(text.strip()) for (_, end), text in zip(measures, (mine, its), strict=True))
    return whole and measures[0][0] != measures[1][0]


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
    """Up to four Chinese characters that replace as few others and are not in the evidence: a name, a thing."""
    word = re.sub(r"\s", "", mine)
    if (
        re.fullmatch(f"[{HAN}]{{1,4}}", word)
        and 1 <= len(its) <= 4
        and not CJK_STOP_CHARACTERS.words.issuperset(word + its)
        and word not in evidence_text
        and not {word, its} & _FUNCTION_WORDS.words
        and not (claims(word) and claims(word) == claims(its))
    ):
        return word
    return ""


def _or(names: frozenset[str]) -> str:
    return " or ".join(sorted(names))
