"""Claims of a paraphrase that none of its sources makes, one named rule for each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from policybot.calibration import SAME_CLAUSE_FROM
from policybot.checking.alignment import clauses
from policybot.checking.contrasts import contradicted, outweighed
from policybot.checking.difference import Difference
from policybot.checking.names import capitalised
from policybot.checking.wording import Claimed, claims, negations, negatives, permitted
from policybot.text.contrasts import Contrasts, Member
from policybot.text.figures import stated
from policybot.text.tokens import content_tokens

_AHEAD = frozenset({"planned", "owed", "advised", "possible"})
"""Classes of what has not happened yet."""

_DUTIES = frozenset({"owed", "advised"})

_HOME = "China"
"""The country that its own documents rarely name."""


@dataclass(frozen=True, slots=True)
class Retelling:
    """A sentence and the text that it paraphrases.

    Attributes:
        context: The text with its title, headings and publisher.
        same_language: Whether the text is in the sentence's language.
        said: The claim classes of the sentence; ``claimed`` those of the text.
        mine: Members of contrast sets in the sentence; ``its`` those in ``context``, ``own`` those in the text.
    """

    sentence: str
    text: str
    context: str
    same_language: bool
    contrasts: Contrasts
    said: Claimed
    claimed: Claimed
    mine: frozenset[Member]
    its: frozenset[Member]
    own: frozenset[Member]


Rule = Callable[[Retelling], Iterator[Difference]]


def retold_otherwise(
    sentence: str, text: str, around: str, contrasts: Contrasts, *, same_language: bool
) -> Iterator[Difference]:
    """The differences that the rules find, in order.

    Args:
        around: The text's title, headings and publisher.
    """
    context = f"{text} {around}"
    retelling = Retelling(
        sentence,
        text,
        context,
        same_language,
        contrasts,
        claims(sentence),
        claims(text),
        contrasts.members(sentence),
        contrasts.members(context),
        contrasts.members(text),
    )
    for rule in RULES:
        yield from rule(retelling)


def _negation_added(it: Retelling) -> Iterator[Difference]:
    """A negation that the evidence lacks: "The fee is paid" -> "The fee is not paid"."""
    said = negations(it.sentence)
    if not said:
        return
    if not (_negated_in(it.sentence, it.text) if it.same_language else negatives(it.text) >= said):
        yield Difference("it negates what the evidence does not negate", "negation", fatal=True)


def _negation_dropped(it: Retelling) -> Iterator[Difference]:
    """A lost negation: "The fee is not paid" -> "The fee is paid". Not fatal, as another clause may be negated."""
    if not negatives(it.sentence) and _says_no(it.text, it.sentence, same_language=it.same_language):
        yield Difference("the evidence negates something", "negation", fatal=False)


def _plan_as_done(it: Retelling) -> Iterator[Difference]:
    """A plan reported as done: "The harbour will be deepened" -> "The harbour has been deepened"."""
    ahead = it.claimed & _AHEAD and "done" not in it.claimed
    if "done" in it.said and not it.said & _AHEAD and ahead:
        yield Difference("it says done where the evidence says planned, owed or possible", "modality", fatal=True)


def _forecast_as_fact(it: Retelling) -> Iterator[Difference]:
    """A forecast or a target told as a fact: "Growth is expected to be 5 percent" -> "Growth was 5 percent"."""
    ahead = _AHEAD | {"expected"}
    if "expected" in it.claimed and not it.said & ahead and stated(it.sentence).figures:
        yield Difference("it leaves out that the evidence says expected", "modality", fatal=False)


def _done_as_possible(it: Retelling) -> Iterator[Difference]:
    """A done thing reported as possible: "The harbour was deepened" -> "The harbour may be deepened"."""
    done = "possible" not in it.claimed and "done" in it.claimed
    if "planned" not in it.said and "possible" in it.said and done:
        yield Difference("it says possible where the evidence says done", "modality", fatal=False)


def _possible_as_planned(it: Retelling) -> Iterator[Difference]:
    """A possible thing reported as planned: "The harbour may be deepened" -> "It will be deepened"."""
    if "planned" in it.said and "possible" not in it.said and "possible" in it.claimed and "planned" not in it.claimed:
        yield Difference("it says planned where the evidence says possible", "modality", fatal=False)


def _possible_as_owed(it: Retelling) -> Iterator[Difference]:
    """What is allowed reported as a duty: "The agency may inspect" -> "The agency must inspect"."""
    allowed = "possible" in permitted(it.claimed)
    if it.said & _DUTIES and not it.claimed & _DUTIES and allowed and "possible" not in permitted(it.said):
        yield Difference("it says owed where the evidence says possible", "modality", fatal=True)


def _owed_as_possible(it: Retelling) -> Iterator[Difference]:
    """A duty reported as allowed: "The agency must inspect" -> "The agency may inspect"."""
    owed = "owed" in it.claimed and "possible" not in permitted(it.claimed)
    if owed and "possible" in permitted(it.said) and not it.said & _DUTIES:
        yield Difference("it says possible where the evidence says owed", "modality", fatal=False)


def _advised_as_owed(it: Retelling) -> Iterator[Difference]:
    """Advice reported as a duty: "Ships should report" -> "Ships must report". Chinese 应 is either."""
    if it.same_language and "owed" in it.said and "advised" in it.claimed and not {"owed"} & it.claimed:
        yield Difference("it says owed where the evidence says advised", "modality", fatal=False)


def _some_as_all(it: Retelling) -> Iterator[Difference]:
    """An overgeneralisation: "Most ferries run" -> "All ferries run"."""
    if "all" in it.said and it.claimed & {"some", "most", "many"} and "all" not in it.claimed:
        yield Difference("it says all where the evidence says less", "modality", fatal=True)


def _names_across(it: Retelling) -> Iterator[Difference]:
    """Across languages, names that the evidence does not name: 越南出口增长 -> "Exports of Canada grew"."""
    if it.same_language:
        return
    lower = it.context.lower()
    unnamed = [
        name for name in capitalised(it.sentence) if not it.contrasts.members(name) and name.lower() not in lower
    ]
    if unnamed and any(member.is_name for member in it.own - it.mine):
        yield Difference(f"it says {unnamed[0]} where the evidence names somebody else", "names", fatal=False)
    for name in sorted(member.name for member in it.mine - it.its if member.is_name and member.name != _HOME):
        yield Difference(f"the evidence does not name {name}", "names", fatal=False)


def _contrary_words(it: Retelling) -> Iterator[Difference]:
    """Words that exclude each other: "Exports rose" -> "Imports rose"; loose sets count only across languages."""
    for one, others in contradicted(it.mine, it.its):
        if not (one.loose and it.same_language):
            names = " or ".join(member.name for member in others)
            yield Difference(f"it says {one.name} where the evidence says {names}", "opposites", fatal=not one.loose)


def _contrary_words_oftener(it: Retelling) -> Iterator[Difference]:
    """Across languages, one of two such words used more often: 出口和进口增长 -> "Exports rose, and exports"."""
    if it.same_language:
        return
    for one, others in outweighed(it.sentence, it.text, it.contrasts):
        if not one.is_name:
            names = " or ".join(member.name for member in others)
            yield Difference(
                f"it says {one.name} oftener and {names} less often than the evidence", "opposites", fatal=False
            )


RULES: tuple[Rule, ...] = (
    _negation_added,
    _negation_dropped,
    _plan_as_done,
    _forecast_as_fact,
    _done_as_possible,
    _possible_as_planned,
    _possible_as_owed,
    _owed_as_possible,
    _advised_as_owed,
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


def _negated_in(sentence: str, text: str) -> bool:
    """Whether the text is negative, and has many of the words of each negated clause of the sentence."""
    said = set(content_tokens(text))
    for clause in clauses(sentence):
        words = set(content_tokens(clause))
        if negations(clause) and len(words & said) < SAME_CLAUSE_FROM * len(words):
            return False
    return negatives(text) > 0


def _says_no(text: str, sentence: str, *, same_language: bool) -> bool:
    """Whether the text is negated; within a language, in a clause that the sentence paraphrases."""
    if not same_language or not negations(text):
        return negations(text) > 0
    words = set(content_tokens(sentence))
    parts = [part for part in clauses(text) if negations(part)] or [text]
    return any(
        len(words & set(content_tokens(part))) >= SAME_CLAUSE_FROM * len(set(content_tokens(part))) for part in parts
    )
