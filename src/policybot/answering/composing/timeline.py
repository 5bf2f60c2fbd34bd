"""Time lines: the dated sentences on a subject, by date."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from policybot.answering.case import Plan
from policybot.answering.composing.segments import bullets
from policybot.answering.composing.subjects import bears_on_subject
from policybot.answering.finding import Finder
from policybot.answering.understanding.intent import Intent
from policybot.calibration import INHERITED_DATE, SAME_EVENT, TIMELINE_ENTRIES, TIMELINE_SUBJECT_FROM
from policybot.domain import Evidence, Hit
from policybot.models.embedding import Embedder
from policybot.searching import Query
from policybot.searching.listing import full_item, listing_with
from policybot.text.dates import Date, date_of
from policybot.text.plain import ends_with_colon
from policybot.text.tokens import content_tokens, token_count


class Timeline:
    """The dated events of a subject."""

    def wants(self, intent: Intent) -> bool:
        """Whether a time line is wanted."""
        return intent.kind == "timeline"

    def plan(self, query: Query, intent: Intent, read: tuple[Hit, ...], finder: Finder) -> Plan:
        """The dated sentences on the subject, earliest first, each after its date."""
        about = finder.about(query, intent.subject)
        hits = finder.search(about)
        entries = timeline(about, finder.rank(about, hits), finder.multilingual)
        chosen = tuple(e for _, e in entries)
        if not bears_on_subject(chosen):
            return Plan(intent, about, hits, ())
        pieces = tuple(bullets(chosen, labels=[date.text(query.answer_language) for date, _ in entries]))
        return Plan(intent, about, hits, chosen, pieces, fixed=True, certain=True)


def timeline(query: Query, scored: Sequence[Evidence], embedder: Embedder) -> list[tuple[Date, Evidence]]:
    """The dated sentences on the query's subject, with their dates, earliest first.

    Args:
        query: Its text is the subject.
        scored: Sentences with their scores.
    """
    best = {
        language: max(e.score for e in scored if e.hit.passage.language == language) for language in _languages(scored)
    }
    worth: dict[tuple[str, int], tuple[float, Date, Evidence]] = {}
    for e in scored:
        item = full_item(e)
        date, own = _date(item)
        share = e.score / max(best[e.hit.passage.language], 1e-9) * (1.0 if own else INHERITED_DATE)
        key = (e.hit.passage.document_id, item.start)
        if (
            date is not None
            and share >= TIMELINE_SUBJECT_FROM
            and _on(query, item)
            and (key not in worth or worth[key][0] < share)
        ):
            worth[key] = (share, date, item)
    ranked = sorted(worth.values(), key=lambda entry: -entry[0])
    entries = _without_repetition([(date, e) for _, date, e in ranked], embedder)[:TIMELINE_ENTRIES]
    return sorted(entries, key=lambda entry: (entry[0], entry[1].hit.metadata.published, entry[1].start))


def _languages(scored: Sequence[Evidence]) -> set[str]:
    return {e.hit.passage.language for e in scored}


def _date(evidence: Evidence) -> tuple[Date | None, bool]:
    """The sentence's date, else its list's lead-in's, else its section's; and whether it is the sentence's own."""
    if ends_with_colon(evidence.text) or token_count(evidence.text) < 6:
        return None, False
    if own := date_of(evidence.text):
        return own, True
    listing = listing_with(evidence)
    lead = listing.lead.text if listing is not None and listing.lead is not None else ""
    return date_of(lead, *reversed(evidence.hit.passage.section)), False


def _on(query: Query, evidence: Evidence) -> bool:
    """Whether the sentence shares a word with the subject; assumed where the subject has no translation."""
    wording = query.wording(evidence.hit.passage.language)
    if wording is None:
        return True
    wanted = set(content_tokens(wording))
    return bool(wanted & set(content_tokens(f"{evidence.hit.passage.heading} {evidence.text}")))


def _without_repetition(entries: Sequence[tuple[Date, Evidence]], embedder: Embedder) -> list[tuple[Date, Evidence]]:
    if not entries:
        return []
    vectors = embedder.embed_passages([e.text for _, e in entries[: 3 * TIMELINE_ENTRIES]])
    kept: list[int] = []
    for i in range(len(vectors)):
        same = [j for j in kept if entries[i][0][:2] == entries[j][0][:2]]
        if not same or float(np.max(vectors[same] @ vectors[i])) < SAME_EVENT:
            kept.append(i)
    return [entries[i] for i in kept]


TIMELINE = Timeline()
