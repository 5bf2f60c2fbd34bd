"""Abstains on questions that the documents probably do not answer."""

from __future__ import annotations

from policybot.answering.answerability import answerable_probability
from policybot.answering.case import Case
from policybot.calibration import ANSWERABLE_FROM
from policybot.domain import Decision, Outcome


def answerable(case: Case) -> Decision | None:
    """Abstains where the probability that the documents hold the answer is below ``ANSWERABLE_FROM``."""
    if case.features is None:
        return None
    probability = answerable_probability(case.features)
    outcome: Outcome = "passed" if probability >= ANSWERABLE_FROM else "unanswered"
    return Decision("answerability", outcome, probability, ANSWERABLE_FROM)
