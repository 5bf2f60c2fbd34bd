"""Evidence -> quotes as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policybot.answering.citing import quote_span, without_markers
from policybot.answering.drafting import Draft
from policybot.domain import Delta, Evidence
from policybot.language import lexicon


def quote_sides(draft: Draft, contrary: Sequence[Evidence]) -> Iterator[Delta]:
    """Contradicting sentences, the oldest first, each with its publisher and date."""
    for e in sorted(contrary, key=lambda e: (e.hit.metadata.published, e.hit.passage.document_id, e.start)):
        metadata = e.hit.metadata
        named, _ = without_markers(metadata.publisher or metadata.title)
        who = ", ".join(part for part in (named, metadata.published) if part)
        text = f"{who}{lexicon(draft.query.answer_language).messages.colon}{quoted_text(e)}"
        yield draft.add(
            text, "supported", (e,), lead="\n- ", reason="quoted from the document beside what contradicts it"
        )


def quoted_text(evidence: Evidence) -> str:
    """The quote of an evidence sentence, in one line of plain text; its citation keeps the exact characters."""
    start, end = quote_span(evidence)
    text, _ = without_markers(" ".join(evidence.text[start - evidence.start : end - evidence.start].split()))
    return text
