"""Whether the question is about something else than the documents."""

from __future__ import annotations

from policybot.answering.case import Case
from policybot.calibration import OFF_TOPIC_BELOW
from policybot.domain import Decision


def off_topic(case: Case) -> Decision | None:
    """Abstains where nothing that was read is anywhere near the question."""
    read = case.plan.hits
    best = max((hit.relevance for hit in read), default=0.0)
    if case.plan.evidence and best >= OFF_TOPIC_BELOW:
        return Decision("off_topic", "passed", best, OFF_TOPIC_BELOW)
    # What was not asked in a document's language may be its subject all the same.
    understood = all(case.query.wordings(hit.passage.language) for hit in read)
    return Decision("off_topic", "off_topic" if understood else "unanswered", best, OFF_TOPIC_BELOW)
