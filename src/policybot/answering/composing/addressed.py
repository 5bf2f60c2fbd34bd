"""Questions that name a part of a document, "What does Article 12 say?": that part, whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policybot.answering.case import Plan, Segment
from policybot.answering.finding import Finder
from policybot.answering.understanding.intent import Intent
from policybot.domain import Evidence, Hit
from policybot.searching import Located, Query

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_LABEL_ALONE = re.compile(r"[^\n]{0,40}[^\n。！？!?；;:：,，]")


class Addressed:
    """The parts of documents that a question names."""

    def wants(self, intent: Intent) -> bool:
        """Whether the question names a part that was found and is short enough to quote."""
        return intent.addressed

    def plan(self, query: Query, intent: Intent, read: tuple[Hit, ...], finder: Finder) -> Plan:
        """Each part whole, paragraph by paragraph."""
        located = query.located
        within = tuple(hit for hit in read if any(_overlap(hit, part) for part in located))
        evidence = tuple(e for part in located for e in _paragraphs(part, within))
        pieces = tuple(Segment("\n", e) for e in evidence)
        return Plan(intent, query, within, evidence, pieces, fixed=True, certain=bool(evidence))


def _overlap(hit: Hit, part: Located) -> bool:
    passage = hit.passage
    return passage.document_id == part.document_id and passage.start < part.end and part.start < passage.end


def _paragraphs(part: Located, hits: tuple[Hit, ...]) -> Iterator[Evidence]:
    """The paragraphs of a part as evidence; a label that has a line of its own goes with the next one."""
    of_part = [hit for hit in hits if _overlap(hit, part)]
    begin: int | None = None
    for match in _PARAGRAPH.finditer(part.text):
        start = match.start() if begin is None else begin
        line = match.group().strip()
        if match.end() < len(part.text) and (line.startswith("#") or (begin is None and _is_label(line))):
            begin = start
            continue
        begin = None
        text = part.text[start : match.end()]
        start += len(text) - len(text.lstrip())
        at = part.start + start
        hit = next(
            (hit for hit in of_part if hit.passage.start <= at < hit.passage.end), of_part[0] if of_part else None
        )
        if hit is not None:
            text = text.strip()
            yield Evidence(hit, text, at, at + len(text), 1.0)


def _is_label(line: str) -> bool:
    """Whether a line is a heading, or a label alone, and no sentence."""
    return bool(_LABEL_ALONE.fullmatch(line))


ADDRESSED = Addressed()
"""Questions that name a part of a document."""
