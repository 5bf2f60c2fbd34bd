"""Hits -> their sentences, and a sentence with the context that it needs outside its passage; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from policybot.calibration import VISIBLE_SHORTEST
from policybot.domain import Evidence, Hit
from policybot.language import phrases
from policybot.searching.listing import listing_with, render_row, table_caption
from policybot.text.orders import instructs_assistant, same_paragraph
from policybot.text.plain import unseen_spans
from policybot.text.sentences import sentence_spans

REMEMBERED_PASSAGES = 2048
"""Passages whose sentences are remembered, some 3 kB each."""

_REFERENCE = phrases(
    lambda lexicon: lexicon.words.source_label,
    flags=re.IGNORECASE | re.DOTALL,
    form=r"^\W*{}\s*[:：]|[\"“”《].+https?://\S+\W*$",
)
"""A line that names where a text comes from: a label, or a quoted title with an address at the end."""


def with_context(evidence: Evidence) -> str:
    """A sentence with the context it needs outside its passage: its headings and the lead-in of its list.

    A table row comes with its column names and the table's caption:
    "| BYD | 17.4% |" -> "Cars 2024: Market shares. Maker: BYD; Share: 17.4%".
    """
    row = render_row(evidence)
    if row is not None:
        lead = table_caption(row[1])
    else:
        listing = listing_with(evidence)
        lead = listing.lead if listing is not None else None
    before = f"{lead.text} " if lead is not None and lead.start < evidence.start else ""
    return f"{evidence.hit.passage.heading}: {before}{evidence.text if row is None else row[0]}"


def sentences_of(hit: Hit) -> list[Evidence]:
    """The sentences of a hit's passage that state something visible to a reader of the document, unscored.

    Left out are references to other texts, text hidden in comments and invisible elements, and instructions to an
    assistant with the rest of their paragraph. A title, heading or publisher that instructs an assistant is removed
    as well.
    """
    passage = hit.passage
    hit = _without_orders(hit)
    return [
        Evidence(hit, passage.text[start:end], passage.start + start, passage.start + end, 0.0)
        for start, end in _statements(passage.text)
    ]


@lru_cache(maxsize=REMEMBERED_PASSAGES)
def _statements(text: str) -> tuple[tuple[int, int], ...]:
    """Where a passage states something. The search and the answer ask it of the same passages."""
    return tuple(_found_statements(text))


def _found_statements(text: str) -> Iterator[tuple[int, int]]:
    unseen = unseen_spans(text)
    ordered = -1  # where the last order to an assistant ended
    reference_to = 0  # where the paragraph of references that was last seen ends
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        if start >= reference_to and _REFERENCE.search(sentence):
            ends = text.find("\n\n", end)
            reference_to = len(text) if ends < 0 else ends
        if instructs_assistant(sentence) or (ordered >= 0 and same_paragraph(text, ordered, start)):
            ordered = end
        elif start >= reference_to:
            yield from _seen(text, start, end, unseen)


def _seen(text: str, start: int, end: int, unseen: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The visible parts of a sentence: all of it, or the text around its hidden parts."""
    for low, high in unseen:
        if low < end and start < high:
            if sum(c.isalnum() for c in text[start:low]) >= VISIBLE_SHORTEST:
                yield start, start + len(text[start:low].rstrip())
            start = high + len(text[high:end]) - len(text[high:end].lstrip()) if high < end else end
    if start < end and (
        text[start:end].strip() and (not unseen or sum(c.isalnum() for c in text[start:end]) >= VISIBLE_SHORTEST)
    ):
        yield start, end


def _without_orders(hit: Hit) -> Hit:
    """The hit without titles, sections and metadata that instruct an assistant."""
    passage, metadata = hit.passage, hit.metadata
    title, publisher = _no_order(passage.title), _no_order(metadata.publisher)
    section = tuple(each for each in passage.section if not instructs_assistant(each))
    if (title, publisher, section) == (passage.title, metadata.publisher, passage.section):
        return hit
    return replace(
        hit,
        passage=replace(passage, title=title, section=section),
        metadata=replace(metadata, title=_no_order(metadata.title), publisher=publisher),
    )


def _no_order(text: str) -> str:
    return "" if instructs_assistant(text) else text
