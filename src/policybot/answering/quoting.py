"""Evidence -> the sentences that are quoted when no chat model writes, or when what it wrote did not hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policybot.answering.drafting import Draft
from policybot.citing import quote_span, without_markers
from policybot.domain import Delta, Evidence

QUOTED = 3
"""Most sentences of an answer made of quotations, lists completed aside."""

_ODDS = 0.37
"""A quoted sentence has at least this share of the best one's odds. Of the sentences quoted for the answerable
questions of the policy set, 0.48 were evidence instead of 0.27 without it, for 0.61 of all evidence instead of 0.64."""


def quote(draft: Draft, evidence: Sequence[Evidence]) -> Iterator[Delta]:
    """The best evidence sentences as they stand, with the list that one of them leads into."""
    best = max((_odds(e.score) for e in evidence), default=0.0)
    strongest = sorted(evidence, key=lambda e: -e.score)[:QUOTED]
    kept = {(e.hit.passage.id, e.start) for e in strongest if _odds(e.score) >= _ODDS * best}
    leads = {e.hit.passage.id for e in strongest if e.text.endswith((":", "："))}
    for e in evidence:
        listed = e.hit.passage.id in leads and e.text != e.text[quote_span(e)[0] - e.start :]
        if (e.hit.passage.id, e.start) in kept or listed:
            yield draft.add(quoted_text(e), "supported", (e,), lead="\n", reason="quoted from the document")


def quote_sides(draft: Draft, contrary: Sequence[Evidence]) -> Iterator[Delta]:
    """Sentences that contradict one another, side by side, each with who says it and when, the oldest first."""
    for e in sorted(contrary, key=lambda e: (e.hit.metadata.published, e.hit.passage.document_id, e.start)):
        metadata = e.hit.metadata
        named, _ = without_markers(metadata.publisher or metadata.title)
        who = ", ".join(part for part in (named, metadata.published) if part)
        colon = "：" if draft.query.language == "zh" else ": "
        text = f"{who}{colon}{quoted_text(e)}"
        yield draft.add(
            text, "supported", (e,), lead="\n- ", reason="quoted from the document beside what contradicts it"
        )


def quoted_text(evidence: Evidence) -> str:
    """What is quoted of an evidence sentence, in one line of plain text; the citation keeps its exact characters."""
    start, end = quote_span(evidence)
    text, _ = without_markers(" ".join(evidence.text[start - evidence.start : end - evidence.start].split()))
    return text


def _odds(score: float) -> float:
    """For 0..1 what is to what is not; large but finite for 1."""
    return score / max(1 - score, 1e-9)
