"""Extractive summaries of a document, or of the evidence on a subject."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from policybot.answering.case import Plan
from policybot.answering.composing.segments import bullets
from policybot.answering.composing.subjects import bears_on_subject
from policybot.answering.finding import Finder
from policybot.answering.understanding.intent import Intent
from policybot.calibration import (
    SECTION_OPENING,
    SUMMARY_LONGEST,
    SUMMARY_READ,
    SUMMARY_SENTENCES,
    SUMMARY_SHORTEST,
    SUMMARY_SUBJECT_FROM,
    VARIETY,
)
from policybot.domain import Evidence, Hit
from policybot.models.embedding import Embedder
from policybot.searching import Query
from policybot.searching.listing import full_item
from policybot.searching.sentences import sentences_of
from policybot.text.plain import ends_with_colon
from policybot.text.tokens import content_tokens, token_count


class Summary:
    """The central sentences of a document, or of the evidence on a subject."""

    def wants(self, intent: Intent) -> bool:
        """Whether a summary is wanted."""
        return intent.kind == "summary"

    def plan(self, query: Query, intent: Intent, read: tuple[Hit, ...], finder: Finder) -> Plan:
        """A summary of the document that the question names, if it names one; else of the subject."""
        about = finder.about(query, intent.subject)
        hits = finder.search(about)
        summarizer = Summarizer(finder.multilingual)
        named = finder.names.addressed(query.text)
        if len(named) == 1:
            passages = finder.passages(next(iter(named)), hits[0]) if hits else ()
            chosen = summarizer.of_document(passages)
        else:
            chosen = summarizer.of_subject(about, finder.rank(about, hits))
            if not bears_on_subject(chosen):
                return Plan(intent, about, hits, ())
        return Plan(intent, about, hits, chosen, tuple(bullets(chosen)), fixed=True, certain=bool(chosen))


class Summarizer:
    """Chooses sentences by their similarity to the mean of all: by section, or by maximal marginal relevance."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def of_document(self, passages: Sequence[Hit]) -> tuple[Evidence, ...]:
        """The central sentences of a document, in reading order, spread over its sections.

        Args:
            passages: All its passages, in reading order.
        """
        sections: dict[tuple[str, ...], list[Evidence]] = {}
        for hit in passages:
            sections.setdefault(hit.passage.section, []).extend(
                e for e in map(full_item, sentences_of(hit)) if _stands_alone(e)
            )
        sections = {section: list(dict.fromkeys(found)) for section, found in sections.items() if found}
        if not sections:
            return ()
        each = max(1, SUMMARY_READ // len(sections))
        candidates = [e for found in sections.values() for e in found[:each]][:SUMMARY_READ]
        vectors = self._embedder.embed_passages([e.text for e in candidates])
        near = _nearness(vectors)
        opens = {found[0].start for found in sections.values()}
        worth = [float(near[i]) + SECTION_OPENING * (e.start in opens) for i, e in enumerate(candidates)]
        # One sentence of each section in turn, of the sections that say the most first.
        rounds = []
        for section in sections:
            ranked = sorted(
                (i for i, e in enumerate(candidates) if e.hit.passage.section == section), key=lambda i: -worth[i]
            )
            rounds += [(place, -worth[i], i) for place, i in enumerate(ranked)]
        chosen = [i for _, _, i in sorted(rounds)[:SUMMARY_SENTENCES]]
        return tuple(candidates[i] for i in sorted(chosen, key=lambda i: candidates[i].start))

    def of_subject(self, query: Query, scored: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """The most relevant and central sentences on a subject, without repetition, by document and position."""
        able = list({(e.hit.passage.id, e.start): e for e in map(full_item, scored) if _stands_alone(e)}.values())
        if not able:
            return ()
        best: dict[str, float] = {}
        for e in able:
            best[e.hit.passage.language] = max(best.get(e.hit.passage.language, 0.0), e.score)
        ranked = sorted(able, key=lambda e: -e.score / max(best[e.hit.passage.language], 1e-9))
        on = [e for e in ranked if e.score >= SUMMARY_SUBJECT_FROM * best[e.hit.passage.language]][
            : 4 * SUMMARY_SENTENCES
        ]
        vectors = self._embedder.embed_passages([e.text for e in on])
        near = _nearness(vectors)
        share = [e.score / max(best[e.hit.passage.language], 1e-9) * _held(query, e) for e in on]
        chosen: list[int] = []
        while len(chosen) < min(SUMMARY_SENTENCES, len(on)):
            repeated = np.max(vectors @ vectors[chosen].T, axis=1) if chosen else np.zeros(len(on))
            gain = np.array(share) + near - VARIETY * repeated
            gain[chosen] = -np.inf
            chosen.append(int(np.argmax(gain)))
        documents = list(dict.fromkeys(on[i].hit.passage.document_id for i in chosen))
        order = sorted(chosen, key=lambda i: (documents.index(on[i].hit.passage.document_id), on[i].start))
        return tuple(on[i] for i in order)


def _held(query: Query, evidence: Evidence) -> float:
    """A factor from the share of the subject's words that are in the sentence or its heading: 0.5 to 1."""
    wanted = set(content_tokens(query.wording(evidence.hit.passage.language) or ""))
    if not wanted:
        return 0.5
    return 0.5 + 0.5 * len(wanted & set(content_tokens(f"{evidence.hit.passage.heading} {evidence.text}"))) / len(
        wanted
    )


def _nearness(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cosine of each vector with the mean of all, (n,)."""
    mean = vectors.mean(axis=0)
    near: NDArray[np.float32] = vectors @ (mean / max(float(np.linalg.norm(mean)), 1e-9))
    return near


def _stands_alone(evidence: Evidence) -> bool:
    """Whether a sentence can be read without its context."""
    text = evidence.text.strip()
    fits = SUMMARY_SHORTEST <= token_count(text) <= SUMMARY_LONGEST
    return fits and not ends_with_colon(text) and not text.startswith("|")


SUMMARY = Summary()
