"""Whether the documents say anything on a subject, where there is no question to answer."""

from __future__ import annotations

from collections.abc import Sequence

from policybot.calibration import SUBJECT_FROM
from policybot.domain import Evidence


def bears_on_subject(evidence: Sequence[Evidence]) -> bool:
    """Whether at least one sentence bears on the subject."""
    return max((e.score for e in evidence), default=0.0) >= SUBJECT_FROM
