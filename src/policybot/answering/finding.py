"""Finds evidence for the kinds of answer: searches for a text, a document's passages, ranked sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from policybot.answering.understanding.binding import Binder
from policybot.answering.understanding.naming import DocumentNames
from policybot.calibration import MENTIONS, MOST_LOOKED_THROUGH, WIDE_HITS
from policybot.domain import Document, Evidence, Hit, full_title
from policybot.models.embedding import Embedder
from policybot.searching import Absent, EvidenceSelector, Located, Query, Searcher
from policybot.store.catalogue import Catalogue
from policybot.text.structure import addresses_in, has_parts_of, locate
from policybot.text.tokens import content_tokens


class Finder:
    """Finds evidence beyond the question's own hits.

    Attributes:
        names: Finds the indexed documents that a text names.
        binder: Finds the documents of the places, issuers and years that a text asks about.
        multilingual: Embeds sentences of any language.
    """

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        searcher: Searcher,
        selector: EvidenceSelector,
        multilingual: Embedder,
        names: DocumentNames,
        binder: Binder,
    ) -> None:
        self._catalogue = catalogue
        self._searcher = searcher
        self._selector = selector
        self.names = names
        self.binder = binder
        self.multilingual = multilingual

    def about(self, query: Query, text: str, *, documents: frozenset[str] | None = None) -> Query:
        """The query for another text, without the conversation; the same query for a text without content words."""
        if not content_tokens(text):
            return query
        about = replace(
            query,
            text=text,
            context="",
            follow_up=False,
            contexts=(),
            continuity=0,
            documents=documents or query.documents,
        )
        return self._searcher.expand(about)

    def addressed(self, query: Query, hits: tuple[Hit, ...]) -> tuple[Query, tuple[Hit, ...]]:
        """The query with the parts of documents that it names, and the hits with the passages of these parts first.

        "Article 12" is looked for in the documents of the hits, the first one that has it, and then in the others that
        the question may be answered from. Where none has it and the first of them is divided into articles, it is
        absent.
        """
        addresses = addresses_in(query.text)
        if not addresses or not hits:
            return query, hits
        ids = dict.fromkeys((*(hit.passage.document_id for hit in hits), *sorted(query.documents or ())))
        documents = [self._catalogue.document(id_) for id_ in list(ids)[:MOST_LOOKED_THROUGH]]
        located, absent = list[Located](), list[Absent]()
        for address in addresses:
            spans = ((document, locate(document.text, address)) for document in documents)
            found = next(((document, span) for document, span in spans if span is not None), None)
            if found is not None:
                document, (start, end) = found
                located.append(Located(document.id, start, end, document.text[start:end]))
            elif has_parts_of(documents[0].text, address):
                absent.append(Absent(address.text))
        if absent and not located:
            return replace(query, absent=(*query.absent, *absent)), hits
        return replace(query, located=tuple(located)), self._with_parts(located, hits)

    def _with_parts(self, located: Sequence[Located], hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """As many hits as before, the passages of the parts first."""
        first: dict[str, Hit] = {}
        for part in located:
            for record in self._catalogue.passages_of(part.document_id):
                if record.passage.start < part.end and part.start < record.passage.end:
                    hit = Hit(record.passage, record.metadata, record.version, 0, hits[0].score, 1.0)
                    first.setdefault(record.passage.id, hit)
        own = self._searcher.with_origins(first.values())
        others = [hit for hit in hits if hit.passage.id not in first]
        together = [*own, *others][: len(hits)]
        return tuple(replace(hit, rank=rank) for rank, hit in enumerate(together, start=1))

    def document(self, hit: Hit) -> Document:
        """A hit's document."""
        return self._catalogue.document(hit.passage.document_id)

    def title(self, hit: Hit) -> str:
        """The title of a hit's document, with what tells it apart from others of that title."""
        return full_title(hit.metadata.title, self._catalogue.apart(hit.passage.document_id))

    def search(self, query: Query, *, limit: int = WIDE_HITS) -> tuple[Hit, ...]:
        """Hits for a query, best first."""
        return self._searcher.search(query, limit=limit)

    def select(self, query: Query, hits: tuple[Hit, ...]) -> tuple[Evidence, ...]:
        """The few sentences of the hits that bear on the query, in reading order."""
        return self._selector.select(query, hits) if hits else ()

    def rank(self, query: Query, hits: tuple[Hit, ...]) -> list[Evidence]:
        """All sentences of the hits with their scores."""
        return self._selector.rank(query, hits)

    def sentences(self, query: Query, limit: int) -> tuple[Evidence, ...]:
        """The sentences that bear most on an expanded query, best first: at most ``limit``, 1 or more."""
        ranked = self.rank(query, self.search(query))
        return tuple(sorted(ranked, key=lambda e: (-e.score, e.hit.rank, e.start))[:limit])

    def passages(self, document_id: str, like: Hit) -> tuple[Hit, ...]:
        """All passages of a document in reading order, as hits with the rank and scores of ``like``."""
        records = self._catalogue.passages(sorted(self._catalogue.passage_ids(documents=[document_id])))
        found = sorted(records.values(), key=lambda record: record.passage.ordinal)
        return self._searcher.with_origins(
            Hit(r.passage, r.metadata, r.version, like.rank, like.score, like.relevance) for r in found
        )

    def mentioning(self, query: Query, found: set[str]) -> tuple[Hit, ...]:
        """Passages not yet found that contain the subject, or the glossary's rendering of it, word for word."""
        ids: list[str] = []
        for language in self._catalogue.languages(query.documents):
            for name in dict.fromkeys((query.wording(language) or "", *self._renderings(query, language))):
                if name:
                    ids += self._catalogue.search_keywords(
                        name, language=language, limit=MENTIONS, documents=query.documents, figures=False, phrase=True
                    )
        records = self._catalogue.passages([id_ for id_ in dict.fromkeys(ids) if id_ not in found])
        return self._searcher.with_origins(
            Hit(each.passage, each.metadata, each.version, len(found) + i, 0.0, 0.0)
            for i, each in enumerate(records.values(), start=1)
        )

    def mentions(self, query: Query, evidence: Evidence) -> bool:
        """Whether a sentence contains all the subject's words, or the glossary's rendering of it in its language."""
        language, held = evidence.hit.passage.language, set(content_tokens(evidence.text))
        wording = query.wording(language)
        if wording is not None:
            return set(content_tokens(wording)) <= held
        return any(set(content_tokens(name)) <= held for name in self._renderings(query, language))

    def _renderings(self, query: Query, language: str) -> Iterator[str]:
        rendered = self._catalogue.glossary().renderings(query.text, language=query.language, into=language)
        return (other for _, other in rendered)
