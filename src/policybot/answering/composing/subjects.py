"""Whether the documents say something on a subject that is no question."""

from __future__ import annotations

from collections.abc import Sequence

from policybot.domain import Evidence

_ON_SUBJECT = 0.4
"""Score of the best sentence from which the documents say something on a subject that is no question."""


def bears_on_subject(evidence: Sequence[Evidence]) -> bool:
    """Whether one sentence at least bears on the subject."""
    return max((e.score for e in evidence), default=0.0) >= _ON_SUBJECT
