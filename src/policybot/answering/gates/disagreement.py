"""Finds sentences of different publishers that contradict one another; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from policybot.answering.case import Case
from policybot.calibration import BEARS_FROM, SAME_FIGURE_WORDS
from policybot.domain import Decision, Evidence
from policybot.language import phrases, vocabulary
from policybot.searching import Query
from policybot.searching.editions import years_in
from policybot.text.quantities import Quantity, quantities
from policybot.text.tokens import STOP_WORDS, content_tokens

_ASKS_WHETHER = phrases(lambda lexicon: lexicon.questions.whether)
_DENIES = phrases(lambda lexicon: lexicon.statements.denies)
_ASSERTS = phrases(lambda lexicon: lexicon.statements.asserts)

_CAPITALISED = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]+")
_SPEAKER = phrases(
    lambda lexicon: lexicon.statements.asserts,
    flags=re.NOFLAG,
    form=r"\b[A-Z][\w.&-]*(?:\s[A-Z][\w.&-]*)*(?=\s(?:\w+\s){0,2}?{})",
)
_MONTHS = vocabulary(lambda lexicon: lexicon.calendar.months.keys())


def contradicted(case: Case) -> Decision | None:
    """Decides on ``disagreement`` where documents contradict one another on the question."""
    return Decision("disagreement", "disagreement") if find_contradiction(case.query, case.plan.evidence) else None


def find_contradiction(query: Query, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The sentences of different publishers that contradict one another on the question; empty when none do.

    Two kinds are found: for a question whether something is so, one publisher denies what another states; and two
    publishers give different figures for the same thing in the same year.
    """
    strong = [e for e in evidence if e.score >= BEARS_FROM]
    return _denied(query, strong) or _other_figures(strong)


def _denied(query: Query, strong: Sequence[Evidence]) -> tuple[Evidence, ...]:
    if not _ASKS_WHETHER.search(query.text):
        return ()
    denying = [e for e in strong if _DENIES.search(e.text)]
    publishers = {_voice(e) for e in denying}
    stating = [
        e for e in strong if _ASSERTS.search(e.text) and not _DENIES.search(e.text) and _voice(e) not in publishers
    ]
    # What one publisher denies must be what the other states, so both must share a word of the question.
    asked = {language: set(content_tokens(query.wording(language) or "")) for language in _languages(strong)}
    stating = [one for one in stating if any(_on_one_point(one, other, asked) for other in denying)]
    denying = [one for one in denying if any(_on_one_point(one, other, asked) for other in stating)]
    return (*stating, *denying) if denying and stating else ()


def _languages(evidence: Sequence[Evidence]) -> set[str]:
    return {e.hit.passage.language for e in evidence}


def _on_one_point(one: Evidence, other: Evidence, asked: Mapping[str, set[str]]) -> bool:
    """Whether two sentences share a word of the question; assumed across languages, where words cannot be compared."""
    language = one.hit.passage.language
    if language != other.hit.passage.language or not asked[language]:
        return True
    return bool(set(content_tokens(one.text)) & set(content_tokens(other.text)) & asked[language])


def _other_figures(strong: Sequence[Evidence]) -> tuple[Evidence, ...]:
    for i, one in enumerate(strong):
        for other in strong[i + 1 :]:
            if _voice(one) != _voice(other) and _same_thing(one, other) and _figures_differ(one, other):
                return (one, other)
    return ()


def _same_thing(one: Evidence, other: Evidence) -> bool:
    if one.hit.passage.language != other.hit.passage.language or years_in(one.text) != years_in(other.text):
        return False
    if not years_in(one.text) or _named_apart(one, other):
        return False
    words = [{t for t in content_tokens(e.text) if not t[0].isdigit()} for e in (one, other)]
    smaller = min(map(len, words))
    return smaller > 0 and len(words[0] & words[1]) >= SAME_FIGURE_WORDS * smaller


def _named_apart(one: Evidence, other: Evidence) -> bool:
    """Whether the sentences name different things, such as two harbours, and none in common.

    Works only for languages that capitalise names.
    """
    mine, others = _names(one), _names(other)
    return bool(mine and others and not mine & others)


def _names(evidence: Evidence) -> frozenset[str]:
    """Capitalised words except speakers and months; the first word only when it is also in the headings."""
    unspoken = _SPEAKER.sub(" ", evidence.text)
    first = _CAPITALISED.match(unspoken)
    words = {word for word in _CAPITALISED.findall(unspoken) if word.lower() not in STOP_WORDS}
    if first is not None and first.group() not in evidence.hit.passage.heading.split():
        words.discard(first.group())
    return frozenset(word for word in words if word.lower() not in _MONTHS)


def _figures_differ(one: Evidence, other: Evidence) -> bool:
    """Whether both give figures of the same units with no figure in common."""
    a, b = _figures(one), _figures(other)
    return bool(a and b) and {q.unit for q in a} == {q.unit for q in b} and not a & b


def _figures(evidence: Evidence) -> frozenset[Quantity]:
    """The quantities of a sentence without months and years."""
    return frozenset(
        q for q in quantities(evidence.text) if q.unit != "month" and not (q.unit == "" and 1900 <= q.value <= 2100)
    )


def _voice(evidence: Evidence) -> str:
    """The publisher, else the document's id."""
    return evidence.hit.metadata.publisher or evidence.hit.passage.document_id
