"""The kind of answer that is wanted -> the evidence for it, and how it is put together where code does that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from policybot.answering.composing.choosing import defines
from policybot.answering.composing.comparison import Side, compared, side_by_side
from policybot.answering.composing.segments import Piece, bullets
from policybot.answering.composing.summary import Condenser
from policybot.answering.composing.timeline import timeline
from policybot.answering.understanding.intent import Asked, asked, continued
from policybot.answering.understanding.naming import DocumentNames
from policybot.domain import Evidence, Hit, Turn
from policybot.models.embedding import Embedder
from policybot.searching import EvidenceSelector, Query, Searcher
from policybot.searching.listing import Listing, listing_with, listings, whole
from policybot.store.catalogue import Catalogue
from policybot.text.tokens import content_tokens

READ_HITS = 6
"""Best hits whose sentences are weighed as evidence."""

_WIDE_HITS = 20
"""Hits for what is told by many documents: a time line, a summary of a subject, a list over all documents."""

_MENTIONS = 30
"""Passages of a language that hold a subject word for word, read for a list over all documents."""

_SIDE_HITS = 4
"""Hits read for each side of a comparison."""

_LIST_ITEMS = 40
"""Most items of one list."""

_HELD = 0.5
"""Score from which a sentence is taken to bear on a question by itself: that of ``ANSWERS_FROM`` for passages."""


_DEFINED = 0.3
"""Score from which a sentence that says of the term what it is is taken for its definition."""

_ON_SUBJECT = 0.4
"""Score of the best sentence from which the documents say something on a subject that is no question."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an answer is made from.

    Attributes:
        query: What was searched; its text is the subject where the question asks for more than a fact.
        hits: The hits that were read.
        evidence: The sentences chosen from them; empty when they hold nothing.
        pieces: The answer put together from quoted sentences; empty where the sentences have no order of their own.
        fixed: Whether the pieces are the answer even when a chat model could write one.
        certain: Whether it is known that the documents answer, without further signs.
        missing: Labels of a comparison's sides that the documents hold nothing about.
    """

    asked: Asked
    query: Query
    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    pieces: tuple[Piece, ...] = ()
    fixed: bool = False
    certain: bool = False
    missing: tuple[str, ...] = ()


class Planner:
    """Finds the evidence for each kind of answer."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        searcher: Searcher,
        selector: EvidenceSelector,
        multilingual: Embedder,
        names: DocumentNames,
    ) -> None:
        self._catalogue = catalogue
        self._names = names
        self._searcher = searcher
        self._selector = selector
        self._multilingual = multilingual
        self._condenser = Condenser(multilingual)

    def plan(self, query: Query, hits: tuple[Hit, ...], last: Sequence[Turn] = ()) -> Plan:
        """The evidence for a question.

        Args:
            hits: What was found for it.
            last: The last question and answer, whose subject a request without one takes over.
        """
        wanted = asked(query.text)
        if last:
            wanted = continued(wanted, last[0].text)
        if wanted.wanted == "timeline":
            return self._timeline(query, wanted)
        if wanted.wanted == "summary":
            return self._summary(query, wanted)
        if wanted.wanted == "comparison":
            return self._comparison(query, wanted, hits)
        if wanted.wanted == "list" and wanted.everywhere:
            return self._everywhere(query, wanted)
        read = hits[:READ_HITS]
        evidence = self._selector.select(query, read) if read else ()
        if wanted.wanted == "list" and evidence:
            return self._list(query, wanted, read, evidence)
        told = wanted.wanted == "definition" and any(e.score >= _DEFINED and defines(query, e) for e in evidence)
        return Plan(wanted, query, read, evidence, certain=told)

    def _about(self, query: Query, text: str, *, documents: frozenset[str] | None = None) -> Query:
        """The query for another text, alone."""
        if not content_tokens(text):
            return query
        about = replace(
            query, text=text, context="", follow_up=False, contexts=(), ties=0, documents=documents or query.documents
        )
        return self._searcher.worded(about)

    # Lists

    def _list(self, query: Query, wanted: Asked, read: tuple[Hit, ...], evidence: tuple[Evidence, ...]) -> Plan:
        best = max(evidence, key=lambda e: e.score)
        found = listing_with(best)
        if found is None or not _asks_for_all(query, found, best):
            return Plan(wanted, query, read, evidence)
        whole = self._whole(found)
        kept = [e for e in (whole.lead, *whole.items) if e is not None]
        lead = (Piece("", whole.lead),) if whole.lead is not None else ()
        own = best.hit.passage.language == query.language
        chosen = tuple(replace(e, score=best.score) for e in kept)
        return Plan(wanted, query, read, chosen, (*lead, *bullets(whole.items)), fixed=own)

    def _whole(self, listing: Listing) -> Listing:
        """The list with the items that stand in the passages that follow."""
        items = list(listing.items)
        hit = listing.items[0].hit
        passages = self._passages(hit.passage.document_id, hit)
        at = next((i for i, each in enumerate(passages) if each.passage.id == hit.passage.id), len(passages))
        for before, following in zip(passages[at:], passages[at + 1 :], strict=False):
            ended = items[-1].end < before.passage.start + len(before.passage.text.rstrip())
            more = listings(following)
            begins = more and more[0].items[0].start == following.passage.start
            if ended or not begins or following.passage.section != hit.passage.section or len(items) >= _LIST_ITEMS:
                break
            items += more[0].items
        return Listing(listing.lead, tuple(items[:_LIST_ITEMS]))

    def _everywhere(self, query: Query, wanted: Asked) -> Plan:
        """The best sentence of each document that bears on the question."""
        about = self._about(query, wanted.subject)
        hits = self._searcher.search(about, limit=_WIDE_HITS)
        hits = (*hits, *self._mentioning(about, {hit.passage.id for hit in hits}))
        best: dict[str, Evidence] = {}
        for e in sorted(self._selector.rank(about, hits), key=lambda e: -e.score):
            if not e.text.rstrip().endswith((":", "：")) and (e.score >= _HELD or self._tells(about, e)):
                best.setdefault(e.hit.passage.document_id, whole(e))
        chosen = tuple(sorted(best.values(), key=lambda e: e.hit.metadata.published))
        pieces = tuple(bullets(chosen, labels=[e.hit.metadata.title for e in chosen]))
        return Plan(wanted, about, hits, chosen, pieces, fixed=True, certain=bool(chosen))

    def _mentioning(self, query: Query, found: set[str]) -> tuple[Hit, ...]:
        """Passages beyond those found that hold the subject, or what the glossary calls it, word for word."""
        ids: list[str] = []
        for language in self._catalogue.languages(query.documents):
            rendered = self._catalogue.glossary().renderings(query.text, language=query.language, into=language)
            for name in dict.fromkeys((query.wording(language) or "", *(other for _, other in rendered))):
                if name:
                    ids += self._catalogue.search_keywords(
                        name, language=language, limit=_MENTIONS, documents=query.documents, figures=False, phrase=True
                    )
        records = self._catalogue.passages([id_ for id_ in dict.fromkeys(ids) if id_ not in found])
        return self._searcher.with_origins(
            Hit(each.passage, each.metadata, each.version, len(found) + i, 0.0, 0.0)
            for i, each in enumerate(records.values(), start=1)
        )

    def _tells(self, query: Query, evidence: Evidence) -> bool:
        """Whether all the subject's words stand in a sentence, or what the glossary calls it in its language."""
        language, held = evidence.hit.passage.language, set(content_tokens(evidence.text))
        wording = query.wording(language)
        if wording is not None:
            return set(content_tokens(wording)) <= held
        names = self._catalogue.glossary().renderings(query.text, language=query.language, into=language)
        return any(set(content_tokens(name)) <= held for _, name in names)

    # Time lines and summaries

    def _timeline(self, query: Query, wanted: Asked) -> Plan:
        about = self._about(query, wanted.subject)
        hits = self._searcher.search(about, limit=_WIDE_HITS)
        entries = timeline(about, self._selector.rank(about, hits), self._multilingual)
        chosen = tuple(e for _, e in entries)
        if not _held(chosen):
            return Plan(wanted, about, hits, ())
        pieces = tuple(bullets(chosen, labels=[date.text(query.answer_language) for date, _ in entries]))
        return Plan(wanted, about, hits, chosen, pieces, fixed=True, certain=True)

    def _summary(self, query: Query, wanted: Asked) -> Plan:
        about = self._about(query, wanted.subject)
        hits = self._searcher.search(about, limit=_WIDE_HITS)
        named = self._names.asked(query.text)
        if len(named) == 1:
            passages = self._passages(next(iter(named)), hits[0]) if hits else ()
            chosen = self._condenser.of_document(passages)
        else:
            chosen = self._condenser.of_subject(about, self._selector.rank(about, hits))
            if not _held(chosen):
                return Plan(wanted, about, hits, ())
        return Plan(wanted, about, hits, chosen, tuple(bullets(chosen)), fixed=True, certain=bool(chosen))

    def _passages(self, document_id: str, like: Hit) -> tuple[Hit, ...]:
        """All passages of a document in reading order, as hits."""
        records = self._catalogue.passages(sorted(self._catalogue.passage_ids(documents=[document_id])))
        found = sorted(records.values(), key=lambda record: record.passage.ordinal)
        return self._searcher.with_origins(
            Hit(r.passage, r.metadata, r.version, like.rank, like.score, like.relevance) for r in found
        )

    # Comparisons

    def _comparison(self, query: Query, wanted: Asked, hits: tuple[Hit, ...]) -> Plan:
        sides = [
            self._side(query, text, label, [other for other in wanted.labels if other != label])
            for text, label in zip(wanted.sides, wanted.labels, strict=True)
        ]
        missing = tuple(side.label for side in sides if not side.evidence)
        read = hits[:READ_HITS]
        together = self._selector.select(query, read) if read else ()
        if len(sides) - len(missing) < 2:
            # What cannot be taken apart may still be answered by one sentence.
            return Plan(wanted, query, read, together)
        pieces = side_by_side(sides, self._multilingual) if wanted.table else compared(sides, together)
        chosen = tuple(dict.fromkeys(piece.evidence for piece in pieces))
        all_hits = tuple(dict.fromkeys((*(e.hit for e in chosen), *read)))
        own = all(e.hit.passage.language == query.language for e in chosen)
        return Plan(
            wanted, query, all_hits, chosen, pieces, fixed=wanted.table or not own, certain=True, missing=missing
        )

    def _side(self, query: Query, text: str, label: str, others: Sequence[str]) -> Side:
        named = self._names.within(text)
        if named and query.documents is not None:
            named &= query.documents
        about = self._about(replace(query, translations={}), text, documents=named or None)
        found = self._searcher.search(about, limit=_SIDE_HITS)
        return Side.of(label, others, self._selector.rank(about, found))


def _held(evidence: Sequence[Evidence]) -> bool:
    """Whether the documents say something on a subject: one sentence at least bears on it."""
    return max((e.score for e in evidence), default=0.0) >= _ON_SUBJECT


def _asks_for_all(query: Query, listing: Listing, best: Evidence) -> bool:
    """Whether a question asks for a whole list rather than for the item that was found in it.

    An item that holds words of the question which the heading and the lead lack is the answer itself.
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
