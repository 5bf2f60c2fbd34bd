"""Assembles quoted sentences: paragraphs, list items with a label, table rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policybot.answering.case import Segment
from policybot.answering.composing.quoting import quoted_text
from policybot.answering.drafting import Draft
from policybot.calibration import LABEL_CHARACTERS
from policybot.domain import Delta, Evidence
from policybot.searching.listing import render_row

_UNSAFE = re.compile(r"[\s\\`*_\[\]<>#|~!&$]+")


def label(text: str) -> str:
    """A label in one line, without characters that have a meaning in Markdown, HTML or a table."""
    plain = _UNSAFE.sub(" ", text).strip()
    return plain if len(plain) <= LABEL_CHARACTERS else plain[: LABEL_CHARACTERS - 1].rstrip() + "…"


def bullets(evidence: Sequence[Evidence], *, labels: Sequence[str] = ()) -> Iterator[Segment]:
    """The sentences as list items, each after its label."""
    for i, e in enumerate(evidence):
        yield Segment("\n- " + (f"{label(labels[i])}: " if labels else ""), e)


def assemble(draft: Draft, segments: Sequence[Segment]) -> Iterator[Delta]:
    """The segments as sentences of the answer, each quoted from its document."""
    for segment in segments:
        yield quoted(draft, segment.evidence, lead=segment.lead)


def quoted(draft: Draft, evidence: Evidence, *, lead: str) -> Delta:
    """One evidence sentence unchanged; a table row with its column names."""
    row = render_row(evidence)
    if row is None:
        return draft.add(
            quoted_text(evidence).rstrip(";；"), "supported", (evidence,), lead=lead, reason="quoted from the document"
        )
    text, header = row
    return draft.add(text, "supported", (header, evidence), lead=lead, reason="quoted from a table of the document")
