"""Claims of a paraphrase that none of its sources makes, one named rule for each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from policybot.calibration import SAME_CLAUSE_FROM
from policybot.checking.alignment import clauses
from policybot.checking.contrasts import contradicted, outweighed
from policybot.checking.difference import Difference
from policybot.checking.names import capitalised
from policybot.checking.wording import Claimed, claims, negations, negatives
from policybot.text.contrasts import Contrasts, Member
from policybot.text.tokens import content_tokens

_AHEAD = frozenset({"planned", "owed", "possible"})
"""Classes of what has not happened yet."""

_HOME = "China"
"""The country that its own documents rarely name."""


@dataclass(frozen=True, slots=True)
class Retelling:
    """A sentence and the texts it paraphrases.

    Attributes:
        text: The texts with their titles, headings and publishers.
        same_language: Whether the texts are in the sentence's language.
        said: The claim classes of the sentence; ``claimed`` those of each text.
        mine: Members of contrast sets in the sentence; ``its`` those in ``text``.
    """

    sentence: str
    texts: Sequence[str]
    text: str
    same_language: bool
    contrasts: Contrasts
    said: Claimed
    claimed: Sequence[Claimed]
    mine: frozenset[Member]
    its: frozenset[Member]


Rule = Callable[[Retelling], Iterator[Difference]]


def retold_otherwise(
    sentence: str, texts: Sequence[str], text: str, contrasts: Contrasts, *, same_language: bool
) -> Iterator[Difference]:
    """The differences that the rules find, in order.

    Args:
        text: The texts with their titles, headings and publishers.
    """
    retelling = Retelling(
        sentence,
        texts,
        text,
        same_language,
        contrasts,
        claims(sentence),
        [claims(each) for each in texts],
        contrasts.members(sentence),
        contrasts.members(text),
    )
    for rule in RULES:
        yield from rule(retelling)


def _negation_added(it: Retelling) -> Iterator[Difference]:
    """A negation that the evidence lacks: "The fee is paid" -> "The fee is not paid"."""
    said = negations(it.sentence)
    if not said:
        return
    if not (_negated_in(it.sentence, it.texts) if it.same_language else max(map(negatives, it.texts)) >= said):
        yield Difference("it negates what the evidence does not negate", fatal=True)


def _negation_dropped(it: Retelling) -> Iterator[Difference]:
    """A lost negation: "The fee is not paid" -> "The fee is paid". Not fatal, as another clause may be negated."""
    if not negatives(it.sentence) and all(
        _says_no(text, it.sentence, same_language=it.same_language) for text in it.texts
    ):
        yield Difference("the evidence negates something", fatal=False)


def _plan_as_done(it: Retelling) -> Iterator[Difference]:
    """A plan reported as done: "The harbour will be deepened" -> "The harbour has been deepened"."""
    ahead = all(claimed & _AHEAD and "done" not in claimed for claimed in it.claimed)
    if "done" in it.said and not it.said & _AHEAD and ahead:
        yield Difference("it says done where the evidence says planned, owed or possible", fatal=True)


def _done_as_possible(it: Retelling) -> Iterator[Difference]:
    """A done thing reported as possible: "The harbour was deepened" -> "The harbour may be deepened"."""
    done = all("possible" not in claimed and "done" in claimed for claimed in it.claimed)
    if "planned" not in it.said and "possible" in it.said and done:
        yield Difference("it says possible where the evidence says done", fatal=False)


def _possible_as_planned(it: Retelling) -> Iterator[Difference]:
    """A possible thing reported as planned: "The harbour may be deepened" -> "It will be deepened"."""
    first = it.claimed[0]
    if "planned" in it.said and "possible" not in it.said and "possible" in first and "planned" not in first:
        yield Difference("it says planned where the evidence says possible", fatal=False)


def _some_as_all(it: Retelling) -> Iterator[Difference]:
    """An overgeneralisation: "Most ferries run" -> "All ferries run"."""
    claimed = frozenset[str]().union(*it.claimed)
    if "all" in it.said and claimed & {"some", "most", "many"} and "all" not in claimed:
        yield Difference("it says all where the evidence says less", fatal=True)


def _names_across(it: Retelling) -> Iterator[Difference]:
    """Across languages, names that the evidence does not name: 越南出口增长 -> "Exports of Canada grew"."""
    if it.same_language:
        return
    lower = it.text.lower()
    unnamed = [
        name for name in capitalised(it.sentence) if not it.contrasts.members(name) and name.lower() not in lower
    ]
    if unnamed and any(member.is_name for member in it.contrasts.members(it.texts[0]) - it.mine):
        yield Difference(f"it says {unnamed[0]} where the evidence names somebody else", fatal=False)
    for name in sorted(member.name for member in it.mine - it.its if member.is_name and member.name != _HOME):
        yield Difference(f"the evidence does not name {name}", fatal=False)


def _contrary_words(it: Retelling) -> Iterator[Difference]:
    """Words that exclude each other: "Exports rose" -> "Imports rose"; loose sets count only across languages."""
    for one, others in contradicted(it.mine, it.its):
        if not (one.loose and it.same_language):
            names = " or ".join(member.name for member in others)
            yield Difference(f"it says {one.name} where the evidence says {names}", fatal=not one.loose)


def _contrary_words_oftener(it: Retelling) -> Iterator[Difference]:
    """Across languages, one of two such words used more often: 出口和进口增长 -> "Exports rose, and exports"."""
    if it.same_language:
        return
    for one, others in outweighed(it.sentence, it.texts[0], it.contrasts):
        if not one.is_name:
            names = " or ".join(member.name for member in others)
            yield Difference(f"it says {one.name} oftener and {names} less often than the evidence", fatal=False)


RULES: tuple[Rule, ...] = (
    _negation_added,
    _negation_dropped,
    _plan_as_done,
    _done_as_possible,
    _possible_as_planned,
    _some_as_all,
    _names_across,
    _contrary_words,
    _contrary_words_oftener,
)
"""In the order in which differences are listed."""


def denies(claim: str, text: str) -> bool:
    """Whether a negated clause of the text contains many words of a claim that is not negated."""
    words = set(content_tokens(claim))
    return not negatives(claim) and any(
        negations(clause) and len(words & set(content_tokens(clause))) >= SAME_CLAUSE_FROM * len(words)
        for clause in clauses(text)
    )


def _negated_in(sentence: str, texts: Sequence[str]) -> bool:
    """Whether for each negated clause of the sentence a text with many of its words is negative as well."""
    for clause in clauses(sentence):
        words = set(content_tokens(clause))
        if negations(clause) and not any(
            negatives(text) and len(words & set(content_tokens(text))) >= SAME_CLAUSE_FROM * len(words)
            for text in texts
        ):
            return False
    return any(map(negatives, texts))


def _says_no(text: str, sentence: str, *, same_language: bool) -> bool:
    """Whether the text is negated; within a language, in a clause that the sentence paraphrases."""
    if not same_language or not negations(text):
        return negations(text) > 0
    words = set(content_tokens(sentence))
    parts = [part for part in clauses(text) if negations(part)] or [text]
    return any(
        len(words & set(content_tokens(part))) >= SAME_CLAUSE_FROM * len(set(content_tokens(part))) for part in parts
    )
