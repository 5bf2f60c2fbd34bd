"""Lists: a document's whole list; and one sentence of each document, for questions about all of them."""

from __future__ import annotations

from dataclasses import replace

from policybot.answering.case import Plan, Segment
from policybot.answering.composing.segments import bullets
from policybot.answering.finding import Finder
from policybot.answering.understanding.intent import Intent
from policybot.calibration import BEARS_FROM, LIST_ITEMS
from policybot.domain import Evidence, Hit
from policybot.searching import Query
from policybot.searching.listing import Listing, full_item, listing_with, listings
from policybot.text.plain import ends_with_colon
from policybot.text.tokens import content_tokens


class DocumentList:
    """The list around the best sentence, with its lead-in and all its items."""

    def wants(self, intent: Intent) -> bool:
        """Whether a list from one document is wanted."""
        return intent.kind == "list" and not intent.everywhere

    def plan(self, query: Query, intent: Intent, read: tuple[Hit, ...], finder: Finder) -> Plan:
        """The whole list where the question asks for all of it; else the plan of a fact."""
        evidence = finder.select(query, read)
        best = max(evidence, key=lambda e: e.score, default=None)
        found = listing_with(best) if best is not None else None
        if best is None or found is None or not _asks_for_all(query, found, best):
            return Plan(intent, query, read, evidence)
        complete = _completed(found, finder)
        kept = [e for e in (complete.lead, *complete.items) if e is not None]
        lead = (Segment("", complete.lead),) if complete.lead is not None else ()
        own = best.hit.passage.language == query.language
        chosen = tuple(replace(e, score=best.score) for e in kept)
        return Plan(intent, query, read, chosen, (*lead, *bullets(complete.items)), fixed=own)


class AcrossDocuments:
    """The best sentence of each document that bears on the question."""

    def wants(self, intent: Intent) -> bool:
        """Whether a list over all documents is wanted."""
        return intent.kind == "list" and intent.everywhere

    def plan(self, query: Query, intent: Intent, read: tuple[Hit, ...], finder: Finder) -> Plan:
        """One sentence of each document, the oldest first, each after its document's title."""
        about = finder.about(query, intent.subject)
        hits = finder.search(about)
        hits = (*hits, *finder.mentioning(about, {hit.passage.id for hit in hits}))
        best: dict[str, Evidence] = {}
        for e in sorted(finder.rank(about, hits), key=lambda e: -e.score):
            if not ends_with_colon(e.text) and (e.score >= BEARS_FROM or finder.mentions(about, e)):
                best.setdefault(e.hit.passage.document_id, full_item(e))
        chosen = tuple(sorted(best.values(), key=lambda e: e.hit.metadata.published))
        pieces = tuple(bullets(chosen, labels=[finder.title(e.hit) for e in chosen]))
        return Plan(intent, about, hits, chosen, pieces, fixed=True, certain=bool(chosen))


def _completed(listing: Listing, finder: Finder) -> Listing:
    """The list with its items from the passages after it."""
    items = list(listing.items)
    hit = listing.items[0].hit
    passages = finder.passages(hit.passage.document_id, hit)
    at = next((i for i, each in enumerate(passages) if each.passage.id == hit.passage.id), len(passages))
    for before, following in zip(passages[at:], passages[at + 1 :], strict=False):
        ended = items[-1].end < before.passage.start + len(before.passage.text.rstrip())
        more = listings(following)
        begins = more and more[0].items[0].start == following.passage.start
        if ended or not begins or following.passage.section != hit.passage.section or len(items) >= LIST_ITEMS:
            break
        items += more[0].items
    return Listing(listing.lead, tuple(items[:LIST_ITEMS]))


def _asks_for_all(query: Query, listing: Listing, best: Evidence) -> bool:
    """Whether a question asks for a whole list rather than for the item that was found.

    An item with words of the question that its heading and lead-in lack is the answer itself.
    """
    if listing.lead is not None and best.end == listing.lead.end:
        return True
    wording = query.wording(best.hit.passage.language)
    if wording is None:
        return False
    around = set(content_tokens(best.hit.passage.heading))
    if listing.lead is not None:
        around |= set(content_tokens(listing.lead.text))
    return not (set(content_tokens(wording)) & set(content_tokens(best.text))) - around


DOCUMENT_LIST = DocumentList()
ACROSS_DOCUMENTS = AcrossDocuments()
