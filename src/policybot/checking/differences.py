"""Compares a sentence with one source, dimension by dimension, where word overlap does not show what differs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from policybot.calibration import OWN_LABEL
from policybot.checking.alignment import Copy, copied, copied_clauses, verbatim
from policybot.checking.amounts import Amount, facts_in, lacking, meant_otherwise, missing
from policybot.checking.bindings import misplaced
from policybot.checking.copies import Copying, changed
from policybot.checking.difference import Difference, Dimension
from policybot.checking.logic import joins, otherwise_joined
from policybot.checking.names import capitalised, first_word, unknown_chinese_names, unknown_names
from policybot.checking.retellings import retold_otherwise
from policybot.checking.romanised import misspelled
from policybot.checking.source import Source
from policybot.checking.wording import claims, negations
from policybot.checking.wordings import masked
from policybot.language.script import HAN, fold_script
from policybot.text.contrasts import Contrasts
from policybot.text.figures import stated
from policybot.text.references import references


@dataclass(frozen=True)
class Comparison:
    """A sentence, or a clause of one, and the source that it is held against."""

    sentence: str
    source: Source
    contrasts: Contrasts
    same_language: bool

    @cached_property
    def missing(self) -> tuple[Amount, ...]:
        """The sentence's amounts that the source does not state."""
        return missing(self.sentence, facts_in(self.source))

    @cached_property
    def verbatim(self) -> bool:
        """Whether the source holds the sentence word for word."""
        return self.same_language and verbatim(self.sentence, [self.source.text, self.source.evidence.text])

    @cached_property
    def _masked(self) -> tuple[str, str]:
        return masked(self.sentence)[0], masked(self.source.text)[0]

    @cached_property
    def _nearest(self) -> Copy | None:
        return copied(self._masked[0], self._masked[1]) if self.same_language else None

    @cached_property
    def copy(self) -> Copy | None:
        """How the sentence copies the source as a whole; None where it retells it."""
        return self._nearest if self._nearest is not None and not self._nearest.short else None

    @cached_property
    def copies(self) -> Sequence[Copy]:
        """The same, or how its clauses do."""
        if self._nearest is not None:
            return (self._nearest,)
        return copied_clauses(self._masked[0], self._masked[1]) if self.same_language else ()


_PERIODS = frozenset({"quarter"})
"""The set of words that exclude one another whose members are parts of a year."""

Compare = Callable[[Comparison], Iterator[Difference]]


def differences(comparison: Comparison) -> list[Difference]:
    """Everything that the sentence says otherwise than its source, rule by rule.

    Of a sentence that the source holds word for word only its amounts' bounds can differ, and what the source excepts.
    """
    rules = VERBATIM if comparison.verbatim else RULES
    return list(dict.fromkeys(difference for rule in rules for difference in rule(comparison)))


def stated_dimensions(sentence: str, contrasts: Contrasts) -> tuple[Dimension, ...]:
    """What a sentence states, in the order in which it is compared; its words always are."""
    read, members = stated(sentence), contrasts.members(sentence)
    has: dict[Dimension, bool] = {
        "figures": bool(read.figures),
        "dates": bool(read.dates),
        "names": bool(capitalised(sentence)) or any(member.is_name for member in members),
        "references": bool(references(sentence)),
        "negation": negations(sentence) > 0,
        "modality": bool(claims(sentence)),
        "logic": joins(sentence),
        "opposites": any(not member.is_name for member in members),
        "words": True,
    }
    return tuple(dimension for dimension, there in has.items() if there)


def _amounts_missing(it: Comparison) -> Iterator[Difference]:
    yield from lacking(it.missing, facts_in(it.source))


def _amounts_meant(it: Comparison) -> Iterator[Difference]:
    # In a rule it matters whether the bound itself is included.
    rule = (claims(it.sentence) | claims(it.source.text)) & {"owed", "advised", "possible", "able"}
    yield from meant_otherwise(it.sentence, facts_in(it.source), loosely=not it.same_language and not rule)


def _period(it: Comparison) -> Iterator[Difference]:
    """A figure of a part of the year told without it: "in the first half" -> "in 2034"."""
    if not stated(it.sentence).figures:
        return
    mine, its = (
        {member for member in it.contrasts.members(text) if member.group in _PERIODS}
        for text in (it.sentence, it.source.text)
    )
    if not mine and len(its) == 1:
        yield Difference(f"it leaves out that the evidence says {next(iter(its)).name}", "dates", fatal=False)


def _references(it: Comparison) -> Iterator[Difference]:
    """Another provision, annex or class: Article 6(1)(e) for Article 6(1)(f), 丙类 for 乙类."""
    its = references(it.source.text) | references(it.source.around)
    for mine in sorted(references(it.sentence) - its):
        # What stands before a document's number may be no part of it.
        if any(
            mine.kind == other.kind and mine.label.endswith(other.label[1:]) and len(other.label) >= OWN_LABEL
            for other in its
        ):
            continue
        others = sorted(other.label for other in its if other.kind == mine.kind)
        instead = f", but {', '.join(others)}" if others else ""
        yield Difference(
            f"the evidence does not name {mine.kind} {mine.label}{instead}", "references", fatal=bool(others)
        )


def _bindings(it: Comparison) -> Iterator[Difference]:
    yield from misplaced(it.sentence, it.source.text, it.contrasts, same_language=it.same_language)


def _names(it: Comparison) -> Iterator[Difference]:
    """Names that are not in the source or its context."""
    text = f"{it.source.text} {it.source.around}"
    if not it.same_language:
        for name in misspelled(it.sentence, text, it.contrasts):
            yield Difference(f"the evidence does not name {name}", "names", fatal=True)
        return
    first = it.copy is not None
    # What a figure is of, Australian dollars, is compared as its unit.
    sentence = masked(it.sentence)[0]
    names = capitalised(sentence)
    if first and (word := first_word(sentence)):
        names = [word, *names]
    for name in unknown_names(names, text):
        yield Difference(f"the evidence does not name {name}", "names", fatal=True)
    if re.search(f"[{HAN}]", text):
        for name in unknown_chinese_names(fold_script(it.sentence), fold_script(text)):
            yield Difference(f"the evidence does not name {name}", "names", fatal=first or len(name) > 4)


def _logic(it: Comparison) -> Iterator[Difference]:
    yield from otherwise_joined(it.sentence, it.source.text, same_language=it.same_language)


def _copied(it: Comparison) -> Iterator[Difference]:
    for copy in it.copies:
        mine, its = masked(it.sentence)[1], masked(it.source.text)[1]
        yield from changed(Copying(copy, it.source.text, it.contrasts, mine, its, facts_in(it.source).derived))


def _retold(it: Comparison) -> Iterator[Difference]:
    if it.copy is None:
        yield from retold_otherwise(
            it.sentence, it.source.text, it.source.around, it.contrasts, same_language=it.same_language
        )


RULES: tuple[Compare, ...] = (
    _amounts_missing,
    _amounts_meant,
    _period,
    _references,
    _bindings,
    _names,
    _logic,
    _copied,
    _retold,
)
"""In the order in which differences are listed."""

VERBATIM: tuple[Compare, ...] = (_amounts_missing, _amounts_meant, _logic)
