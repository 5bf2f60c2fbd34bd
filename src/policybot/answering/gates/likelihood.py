"""Whether the documents are likely enough to answer."""

from __future__ import annotations

from policybot.answering.answerability import likelihood
from policybot.answering.case import Case
from policybot.domain import Decision

ANSWERABLE_FROM = 0.5
"""How likely the documents must hold the answer; what it gives is told at the weights in answerability.py."""

TRANSLATED_FROM = 0.72
"""Likewise, to translate quotes from another language where the chat model writes nothing that could fail and so speak
against an answer. Of the policy set's questions two unanswerable ones have 0.64 and 0.70, of the answerable ones that
are so answered the least two have 0.60, wrongly, and 0.75 (2026-11-25)."""


def answerable(case: Case) -> Decision | None:
    """Abstains where the answer is not likely enough to be in the documents.

    The bound is that of the way in which the question would be answered.
    """
    if case.signs is None:
        return None
    likely = likelihood(case.signs)
    bound = TRANSLATED_FROM if case.translated else ANSWERABLE_FROM
    return Decision("answerability", "unanswered" if likely < bound else "passed", likely, bound)
