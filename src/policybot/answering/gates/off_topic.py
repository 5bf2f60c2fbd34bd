"""Detects questions about something other than the documents."""

from __future__ import annotations

from policybot.answering.case import Case
from policybot.calibration import OFF_TOPIC_BELOW
from policybot.domain import Decision


def off_topic(case: Case) -> Decision | None:
    """Abstains where no hit is relevant to the question."""
    read = case.plan.hits
    best = max((hit.relevance for hit in read), default=0.0)
    if case.plan.evidence and best >= OFF_TOPIC_BELOW:
        return Decision("off_topic", "passed", best, OFF_TOPIC_BELOW)
    # A question that could not be translated into a document's language may still be about its subject.
    understood = all(case.query.wordings(hit.passage.language) for hit in read)
    return Decision("off_topic", "off_topic" if understood else "unanswered", best, OFF_TOPIC_BELOW)
