"""Detects documents that state that they lack the answer: "The report gives no figures for 2025."; pure."""

from __future__ import annotations

from collections.abc import Sequence

from policybot.answering.case import Case
from policybot.domain import Decision, Evidence
from policybot.language import phrases
from policybot.searching.sentences import sentences_of

_LACKS = phrases(lambda lexicon: lexicon.statements.lacks)
_LEAVES_UNEXPLAINED = phrases(lambda lexicon: lexicon.statements.leaves_unexplained)
_WHY = phrases(lambda lexicon: lexicon.questions.why)
_YES_OR_NO = phrases(lambda lexicon: lexicon.questions.yes_or_no)


def declared_absent(case: Case) -> Decision | None:
    """Abstains where the documents state that they lack the answer."""
    return Decision("absence", "unanswered") if declared_missing(case.query.text, case.plan.evidence) else None


def declared_missing(question: str, evidence: Sequence[Evidence]) -> bool:
    """Whether the documents themselves state that they lack the answer.

    They do when the best sentence says that a text does not contain something, unless the question asks whether it
    does; and, for a question why, when the sentence after the best one says that the reason is not given.
    """
    best = max(evidence, key=lambda e: e.score)
    if _LACKS.search(best.text):
        return not _YES_OR_NO.search(question)
    if not _WHY.search(question):
        return False
    behind = next((e for e in sentences_of(best.hit) if e.start >= best.end), None)
    return behind is not None and bool(_LEAVES_UNEXPLAINED.search(behind.text))
