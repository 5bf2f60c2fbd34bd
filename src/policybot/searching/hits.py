"""Question -> ranked hits: dense and keyword search in each language, fused by rank, reranked, merged."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from policybot.catalogue import Catalogue, PassageRecord
from policybot.domain import Hit, Passage
from policybot.models.embedding import Embedder
from policybot.models.reranking import Reranker
from policybot.searching.fusion import fuse
from policybot.searching.languages import interleave, language_shares
from policybot.searching.query import Query
from policybot.searching.relevance import embedding_relevance, reranker_relevance
from policybot.tokenising import content_tokens, keyword_tokens
from policybot.vectors import Vectors

_FIRST = 10
"""Passages in which a question, taken alone, must find the conversation's document to be on its subject."""

_RERANKER_CONSTANT = 5
"""Constant of the fusion with the reranker's ranking: smaller than usual, so that a passage which one of them has far
in front stays in front. Evidence recall at 1 and 5 on 160 questions of doc2dial: 0.59 and 0.88 with 5, 0.59 and 0.86
with 60, 0.51 and 0.83 without the reranker (docs/architecture.md)."""

CANDIDATES = 30
"""Passages that each ranking of a language contributes."""

_COVERING = 5
"""Best passages by keywords that are looked at for the question's words: one of them holds the most."""

RERANKED = 20
"""Passages of a language that the reranker reads; 24 pairs of 200 tokens take 0.64 s on two cores."""


class Searcher:
    """Searches each language on its own and merges the results.

    Languages are ranked apart because an embedding puts any passage in the question's language before the right
    one in another: in one ranking a Chinese question finds its English document among the first five in 0.1 of the
    cases (docs/architecture.md). Then the rankings are interleaved by how likely each holds the answer.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        vectors: Vectors,
        *,
        multilingual: Embedder,
        by_language: Mapping[str, Embedder],
        rerankers: Mapping[str, Reranker],
    ) -> None:
        self._catalogue = catalogue
        self._vectors = vectors
        self._multilingual = multilingual
        self._by_language = by_language
        self._rerankers = rerankers

    def shares(self, query: Query) -> dict[str, float]:
        """How likely the documents in each language hold the answer, by language code; they sum to 1."""
        languages = self._catalogue.languages()
        if len(languages) == 1:
            return {languages[0]: 1.0}
        asked = query.wordings(query.language)[0]
        vector = self._multilingual.embed_query(asked)
        nearness = {}
        for language in languages:
            nearest = self._vectors.search(self._multilingual.name, vector, language=language, limit=1)
            nearness[language] = max(nearest.values(), default=-1.0)
        likely = self._catalogue.search_keywords(asked, language=query.language, limit=_COVERING)
        passages = [record.passage for record in self._catalogue.passages(likely).values()]
        covered = max(self._coverage([asked], passages), default=0.0)
        return language_shares(nearness, own=query.language, coverage=covered)

    def same_subject(self, query: Query) -> bool:
        """Whether the question, taken alone, leads to the document that the conversation leads to.

        It tells 125 questions of doc2dial with their history from 124 with that of another dialogue with an AUROC of
        0.78; the words that refer back, with 0.65 (docs/architecture.md).
        """
        if not query.contexts:
            return False
        alone = self._first_documents(query, query.text)
        together = self._first_documents(query, f"{query.contexts[-1]} {query.text}")
        return bool(together) and together[0] in alone

    def _first_documents(self, query: Query, text: str) -> list[str]:
        """Documents of the ten first passages in the question's language, before reranking."""
        first = list(fuse(self._rankings(text, query.language, {}, understood=True)))[:_FIRST]
        records = self._catalogue.passages(first)
        return [records[id_].passage.document_id for id_ in first if id_ in records]

    def search(self, query: Query, *, limit: int) -> tuple[Hit, ...]:
        """The ``limit`` best passages, best first.

        The result is a function of the query and the index alone: ties are broken by passage id.
        """
        rankings = {language: self._in_language(query, language) for language in self._catalogue.languages()}
        merged = interleave(rankings, query.shares or self.shares(query))
        return tuple(
            Hit(record.passage, record.metadata, record.version, rank, round(score, 6), round(relevance, 4))
            for rank, (record, score, relevance) in enumerate(merged[:limit], start=1)
        )

    def _in_language(self, query: Query, language: str) -> list[tuple[PassageRecord, float, float]]:
        """Passages of one language with fused score and relevance, best first."""
        wordings = query.wordings(language)
        asked = wordings or query.wordings(query.language)
        similarity: dict[str, float] = {}
        rankings: list[tuple[float, Sequence[str]]] = []
        for text in (*query.in_contexts(language), *asked):
            rankings += self._rankings(text, language, similarity, understood=bool(wordings))
        fused = fuse(rankings)
        records = self._catalogue.passages(list(fused)[:CANDIDATES])
        # A vector whose passage the catalogue does not know is never shown.
        order = [id_ for id_ in fused if id_ in records]
        reranker = self._rerankers.get(language)
        if reranker is not None and wordings and order:
            return self._reranked(reranker, wordings, order, records)
        passages = [records[id_].passage for id_ in order]
        coverage = self._coverage(asked, passages)
        translated = bool(wordings) and language != query.language
        return [
            (records[id_], fused[id_], embedding_relevance(similarity.get(id_, 0.0), share, translated=translated))
            for id_, share in zip(order, coverage, strict=True)
        ]

    def _rankings(
        self, text: str, language: str, similarity: dict[str, float], *, understood: bool
    ) -> list[tuple[float, Sequence[str]]]:
        """The dense and the keyword ranking of the language's passages for one wording, each with its weight.

        Args:
            similarity: Receives the cosines of multilingual-e5-small where it makes the ranking.
            understood: Whether the wording is in the passages' language: only then its own embedder can read it.
        """
        own = self._by_language.get(language)
        keywords = self._catalogue.search_keywords(text, language=language, limit=CANDIDATES)
        if own is not None and understood:
            dense = self._vectors.search(own.name, own.embed_query(text), language=language, limit=CANDIDATES)
        else:
            vector = self._multilingual.embed_query(text)
            dense = self._vectors.search(self._multilingual.name, vector, language=language, limit=CANDIDATES)
            for id_, cosine in dense.items():
                similarity[id_] = max(cosine, similarity.get(id_, -1.0))
        return [(1.0, list(dense)), (1.0, keywords)]

    def _reranked(
        self, reranker: Reranker, wordings: Sequence[str], order: Sequence[str], records: Mapping[str, PassageRecord]
    ) -> list[tuple[PassageRecord, float, float]]:
        """The first candidates, their rank fused with the reranker's.

        The reranker's vote is fused, not obeyed: it reads short questions well and long ones badly.
        """
        first = list(order[:RERANKED])
        texts = [records[id_].passage.text_with_heading for id_ in first]
        logits = np.max([reranker.score(wording, texts) for wording in wordings], axis=0)
        by_logit = [first[i] for i in sorted(range(len(first)), key=lambda i: (-float(logits[i]), first[i]))]
        logit = dict(zip(first, (float(value) for value in logits), strict=True))
        fused = fuse([(1.0, first), (2.0, by_logit)], constant=_RERANKER_CONSTANT)
        return [(records[id_], score, reranker_relevance(logit[id_])) for id_, score in fused.items()]

    def _coverage(self, wordings: Sequence[str], passages: Sequence[Passage]) -> list[float]:
        """Share of the question's content tokens, weighted by rarity, that stand in each passage: 0..1."""
        wanted = {token for wording in wordings for token in content_tokens(wording)}
        if not wanted:
            return [0.0] * len(passages)
        _, total = self._catalogue.counts()
        frequency = self._catalogue.document_frequency(wanted)
        weight = {token: math.log((total + 1) / (frequency[token] + 0.5)) for token in wanted}
        whole = sum(weight.values())
        shares = []
        for passage in passages:
            present = wanted.intersection(keyword_tokens(passage.text_with_heading))
            shares.append(sum(weight[token] for token in present) / whole if whole else 0.0)
        return shares
