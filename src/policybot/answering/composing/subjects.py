"""Whether the documents say something on a subject that is no question."""

from __future__ import annotations

from collections.abc import Sequence

from policybot.calibration import SUBJECT_FROM
from policybot.domain import Evidence


def bears_on_subject(evidence: Sequence[Evidence]) -> bool:
    """Whether one sentence at least bears on the subject."""
    return max((e.score for e in evidence), default=0.0) >= SUBJECT_FROM
