"""Comparisons: the best sentences on each comparand, one comparand below the other or in a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from policybot.answering.case import Plan, Segment
from policybot.answering.composing.agreeing import agreeing
from policybot.answering.composing.choosing import odds
from policybot.answering.composing.segments import label
from policybot.answering.finding import Finder
from policybot.answering.understanding.intent import Intent
from policybot.calibration import (
    LEAST_ODDS,
    SAME_POINT,
    SIDE_AROUND,
    SIDE_CANDIDATES,
    SIDE_ELSEWHERE,
    SIDE_FROM,
    SIDE_HITS,
    SIDE_NAMED,
    SIDE_SENTENCES,
    TABLE_ROWS,
)
from policybot.domain import Evidence, Hit
from policybot.models.embedding import Embedder
from policybot.searching import Query
from policybot.searching.editions import years_in
from policybot.searching.listing import render_row
from policybot.text.plain import ends_with_colon
from policybot.text.tokens import content_tokens


class Comparison:
    """Two or more comparands, one below the other or in a table."""

    def wants(self, intent: Intent) -> bool:
        """Whether a comparison is asked for."""
        return intent.kind == "comparison"

    def plan(self, query: Query, intent: Intent, read: tuple[Hit, ...], finder: Finder) -> Plan:
        """The evidence on each comparand; the plan of a fact where fewer than two comparands have evidence."""
        if intent.sources:
            sides = _of_sources(query, intent, finder)
        else:
            sides = [
                _side(query, text, label, [other for other in intent.labels if other != label], finder)
                for text, label in zip(intent.comparands, intent.labels, strict=True)
            ]
        missing = tuple(side.label for side in sides if not side.evidence)
        together = finder.select(query, read)
        if len(sides) - len(missing) < 2:
            # One sentence may still answer the whole comparison.
            return Plan(intent, query, read, together)
        pieces = (
            side_by_side(sides, finder.multilingual)
            if intent.table
            else compared(sides, () if intent.sources else together)
        )
        chosen = tuple(dict.fromkeys(piece.evidence for piece in pieces))
        all_hits = tuple(dict.fromkeys((*(e.hit for e in chosen), *read)))
        own = all(e.hit.passage.language == query.language for e in chosen)
        return Plan(
            intent, query, all_hits, chosen, pieces, fixed=intent.table or not own, certain=True, missing=missing
        )


def _of_sources(query: Query, intent: Intent, finder: Finder) -> list[Comparand]:
    """Places or editions, each by the sentence of its own documents that says what the others' say."""
    found: list[list[Evidence]] = []
    words: list[frozenset[str]] = []
    for text, documents in zip(intent.comparands, intent.sources, strict=True):
        if query.documents is not None:
            documents &= query.documents
        about = finder.about(replace(query, translations={}), text, documents=documents)
        hits = finder.search(about, limit=SIDE_HITS) if documents else ()
        ranked = sorted(finder.rank(about, hits), key=lambda e: (-e.score, e.hit.rank, e.start))
        best = [e for e in ranked if not ends_with_colon(e.text)][:SIDE_CANDIDATES]
        found.append(best)
        languages = {e.hit.passage.language for e in best}
        words.append(
            frozenset(token for each in languages for token in content_tokens(about.wording(each) or about.text))
        )
    chosen = agreeing(found, words)
    return [Comparand(label, evidence) for label, evidence in zip(intent.labels, chosen, strict=True)]


def _side(query: Query, text: str, label: str, others: Sequence[str], finder: Finder) -> Comparand:
    binding = finder.binder.bound(text)
    named = finder.names.within(text) or binding.documents
    if named and query.documents is not None:
        named &= query.documents
    about = finder.about(replace(query, translations={}), text, documents=named or None)
    scored = finder.rank(about, finder.search(about, limit=SIDE_HITS))
    if any(each.alone for each in binding.absent):
        # Documents of other places say something about this one only where they name it.
        scored = [e for e in scored if _speaks_of(e.text, label)]
    return Comparand.of(label, others, scored)


@dataclass(frozen=True, slots=True)
class Comparand:
    """One side of a comparison.

    Attributes:
        label: What it is called.
        evidence: What the documents say on it, best first; empty when they say nothing.
    """

    label: str
    evidence: tuple[Evidence, ...]

    @classmethod
    def of(cls, name: str, others: Sequence[str], scored: Sequence[Evidence]) -> Self:
        """The comparand with its evidence: sentences that name it rank before those that may be about it.

        Args:
            others: The labels of the other comparands.
        """
        weighed = [(odds(e.score) * _weight(e, name, others), e) for e in scored]
        ranked = sorted(
            ((worth, e) for worth, e in weighed if worth), key=lambda pair: (-pair[0], pair[1].hit.rank, pair[1].start)
        )
        if not ranked or ranked[0][1].score < SIDE_FROM:
            return cls(name, ())
        return cls(name, tuple(e for worth, e in ranked[:TABLE_ROWS] if worth >= LEAST_ODDS * ranked[0][0]))


def compared(sides: Sequence[Comparand], together: Sequence[Evidence]) -> tuple[Segment, ...]:
    """The comparands one below the other; or the one sentence that names all of them, if there is one."""
    segments: list[Segment] = []
    least = min(side.evidence[0].score for side in sides if side.evidence)
    whole = [e for e in together if e.score >= least and all(_speaks_of(_rendered(e), side.label) for side in sides)]
    if whole:
        best = max(whole, key=lambda e: e.score)
        return (Segment("", best),)
    bests = [side.evidence[0] for side in sides if side.evidence]
    if len({(e.hit.passage.document_id, e.start) for e in bests}) == 1:
        return (Segment("", bests[0]),)
    seen: set[tuple[str, int]] = set()
    for side in sides:
        for e in side.evidence[:SIDE_SENTENCES]:
            if (e.hit.passage.document_id, e.start) not in seen:
                seen.add((e.hit.passage.document_id, e.start))
                segments.append(Segment(f"\n- {label(side.label)}: ", e))
    return tuple(segments)


def side_by_side(sides: Sequence[Comparand], embedder: Embedder) -> tuple[Segment, ...]:
    """A table with a column for each comparand; sentences on the same point share a row."""
    first = next(side for side in sides if side.evidence)
    rows: list[list[Evidence | None]] = [
        [e if side is first else None for side in sides] for e in first.evidence[:TABLE_ROWS]
    ]
    for column, side in enumerate(sides):
        if side is first or not side.evidence:
            continue
        texts = [_without(e.text, sides) for e in first.evidence[:TABLE_ROWS]] + [
            _without(e.text, sides) for e in side.evidence
        ]
        vectors = embedder.embed_passages(texts)
        split = len(first.evidence[:TABLE_ROWS])
        alike = vectors[:split] @ vectors[split:].T
        pairs = sorted(
            ((float(alike[i, j]), -i, -j) for i in range(split) for j in range(len(side.evidence))), reverse=True
        )
        taken_rows: set[int] = set()
        placed: set[int] = set()
        for cosine, i, j in pairs:
            best = (-i, -j) == (0, 0)
            if (cosine >= SAME_POINT or best) and -i not in taken_rows and -j not in placed:
                rows[-i][column] = side.evidence[-j]
                taken_rows.add(-i)
                placed.add(-j)
    # A row with one cell compares nothing; only the best row is kept all the same.
    kept = [row for i, row in enumerate(rows) if i == 0 or sum(cell is not None for cell in row) > 1]
    return _as_table([side.label for side in sides], kept)


def _as_table(labels: Sequence[str], rows: Sequence[Sequence[Evidence | None]]) -> tuple[Segment, ...]:
    """The rows as a Markdown table, its markup in the cells' leads; an empty cell is a dash."""
    segments: list[Segment] = []
    lead = "\n| " + " | ".join(label(name) for name in labels) + " |\n|" + "---|" * len(labels)
    for row in rows:
        lead += "\n| "
        for column, cell in enumerate(row):
            lead += " | " if column else ""
            if cell is None:
                lead += "–"
            else:
                segments.append(Segment(lead, cell))
                lead = ""
        lead += " |"
    return tuple(segments)


def _weight(evidence: Evidence, name: str, others: Sequence[str]) -> float:
    """How surely a sentence is about a comparand, 0..1: by its own text, else its section's, else its document's."""
    passage = evidence.hit.passage
    if ends_with_colon(evidence.text):
        return 0.0
    if re.fullmatch(r"\d{4}", name):
        year = int(name)
        own = years_in(evidence.text)
        around = [years_in(section) for section in reversed(passage.section)]
        around += [years_in(passage.title), years_in(evidence.hit.metadata.published)]
        of = next((years for years in around if years), frozenset[int]())
        if year in own or (not own and year in of):
            return 1.0
        # "One point more than in 2024" may well be said of 2025.
        return SIDE_AROUND if year in of else 0.0
    own_text = _rendered(evidence)
    if _speaks_of(own_text, name):
        return 1.0
    if any(_speaks_of(own_text, other) for other in others):
        return 0.0
    section = " ".join(passage.section)
    if _speaks_of(section, name):
        return 1.0
    if any(_speaks_of(section, other) for other in others):
        return 0.0
    return SIDE_AROUND if _speaks_of(passage.heading, name) else SIDE_ELSEWHERE


def _rendered(evidence: Evidence) -> str:
    """The sentence's text; a table row with its column names."""
    row = render_row(evidence)
    return row[0] if row else evidence.text


def _speaks_of(text: str, name: str) -> bool:
    wanted = set(content_tokens(name))
    return bool(wanted) and len(wanted & set(content_tokens(text))) >= SIDE_NAMED * len(wanted)


def _without(text: str, sides: Sequence[Comparand]) -> str:
    """The text without the comparands' names, so that sentences on the same point resemble each other."""
    for side in sides:
        text = re.sub(re.escape(side.label), " ", text, flags=re.IGNORECASE)
    return text


COMPARISON = Comparison()
