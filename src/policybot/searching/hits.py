"""Question -> ranked hits: dense and keyword search in each language, fused by rank, reranked, merged."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

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
        for text in asked:
            for weight, ranking in self._rankings(text, language, similarity, translated=bool(wordings)):
                rankings.append((weight, ranking))
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
        self, text: str, language: str, similarity: dict[str, float], *, translated: bool
    ) -> Iterator[tuple[float, Sequence[str]]]:
        """Each ranking of the language's passages for one wording, with its weight."""
        dense = self._vectors.search(
            self._multilingual.name, self._multilingual.embed_query(text), language=language, limit=CANDIDATES
        )
        for id_, cosine in dense.items():
            similarity[id_] = max(cosine, similarity.get(id_, -1.0))
        yield 1.0, list(dense)
        embedder = self._by_language.get(language)
        if embedder is not None and translated:
            found = self._vectors.search(embedder.name, embedder.embed_query(text), language=language, limit=CANDIDATES)
            yield 1.0, list(found)
        yield 1.0, self._catalogue.search_keywords(text, language=language, limit=CANDIDATES)

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
        fused = fuse([(1.0, first), (2.0, by_logit)])
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
