"""Evidence -> what is quoted of it when no chat model writes, or when what it wrote did not hold."""

from __future__ import annotations

from policybot.citing import quote_span
from policybot.domain import Evidence


def quoted_text(evidence: Evidence) -> str:
    """What is quoted of an evidence sentence, in one line."""
    start, end = quote_span(evidence)
    return " ".join(evidence.text[start - evidence.start : end - evidence.start].split())
