"""Questions about a document's origin: who published it, when, and at which address, as its file says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policybot.answering.case import Plan, Segment
from policybot.answering.composing.choosing import quotations
from policybot.answering.finding import Finder
from policybot.answering.understanding.intent import Intent
from policybot.calibration import FIRST_CHARACTERS, SIDE_FROM
from policybot.domain import Document, Evidence, Hit
from policybot.language import lexicon, phrases
from policybot.searching import Query

_FRONT_MATTER = r"(?m)^{field}:[ \t]*[\"']?(?P<value>[^\n]*?)[\"']?[ \t]*$"
_VALUE = r"\s*(?P<value>\S[^\n]{0,60})"
_HEAD = {
    "publisher": phrases(lambda lexicon: lexicon.statements.publisher_label, form=rf"{{}}{_VALUE}"),
    "published": phrases(lambda lexicon: lexicon.statements.published_label, form=rf"{{}}{_VALUE}"),
}
"""A label and what stands behind it at the head of a text: "来源：港口日报"."""


class Origin:
    """Who published a document, when and where: quoted from its front matter or its head."""

    def wants(self, intent: Intent) -> bool:
        """Whether the question asks for something of a document's origin."""
        return bool(intent.records)

    def plan(self, query: Query, intent: Intent, read: tuple[Hit, ...], finder: Finder) -> Plan:
        """What the file says of it, then the sentence that answers what else is asked; else the plan of a fact."""
        evidence = finder.select(query, read)
        hit = _of_document(query, read, finder)
        found = list(_stated(intent.records, finder.document(hit), hit)) if hit is not None else []
        if not found:
            return Plan(intent, query, read, evidence)
        labels = lexicon(query.answer_language).messages
        pieces = [Segment(f"\n- {labels.records[field]}{labels.colon}", each) for field, each in found]
        own = [
            e
            for e in evidence
            if e.score >= SIDE_FROM and e.hit.passage.document_id == found[0][1].hit.passage.document_id
        ]
        pieces += quotations(query, own, intent.kind)
        return Plan(
            intent, query, read, tuple(piece.evidence for piece in pieces), tuple(pieces), fixed=True, certain=True
        )


def _of_document(query: Query, read: Sequence[Hit], finder: Finder) -> Hit | None:
    """The best hit of the document that is meant: the one that the question names, else the first one's."""
    named = finder.names.within(query.text) or query.documents or frozenset()
    return next((hit for hit in read if hit.passage.document_id in named), read[0] if read else None)


def _stated(fields: Sequence[str], document: Document, hit: Hit) -> Iterator[tuple[str, Evidence]]:
    """What the document's front matter, else the head of its text, says of each field."""
    front, head = document.text[: document.body_start], document.text[document.body_start :][:FIRST_CHARACTERS]
    for field in fields:
        start = 0
        match = re.search(_FRONT_MATTER.format(field=field), front)
        if match is None and field in _HEAD:
            match, start = _HEAD[field].search(head), document.body_start
        if match is not None and (value := match["value"].strip()):
            begin = start + match.start("value")
            yield field, Evidence(hit, value, begin, begin + len(value), 1.0)


ORIGIN = Origin()
"""Questions about a document's origin."""
