"""Candidates -> ranked hits with their relevance, by the reranker or by similarity and glosses."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence

from policybot.calibration import READ_AT_LEAST, READ_FROM, READ_IN_ALL, RERANKED, RERANKER_CONSTANT
from policybot.domain import Hit
from policybot.models.embedding import Embedder
from policybot.models.reranking import Reranker
from policybot.searching.feedback import with_feedback
from policybot.searching.fusion import fuse
from policybot.searching.glossing import Glosser
from policybot.searching.query import Query
from policybot.searching.relevance import embedding_relevance, glossed_relevance, reranker_relevance
from policybot.settings import Ingredient
from policybot.store.catalogue import Catalogue, PassageRecord
from policybot.store.vectors import Vectors
from policybot.text.tokens import content_tokens

READ = "en"
"""The reranker's language."""


class Ranker:
    """Ranks one language's candidates and estimates the relevance of each.

    Args:
        is_crossed: Whether all passages of a language have the multilingual vector.
        without: Ingredients to leave out.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        vectors: Vectors,
        *,
        multilingual: Embedder,
        reranker: Reranker,
        glosser: Glosser,
        is_crossed: Callable[[str], bool],
        without: Collection[Ingredient],
    ) -> None:
        self._catalogue = catalogue
        self._vectors = vectors
        self._multilingual = multilingual
        self._reranker = None if "reranking" in without else reranker
        self._glosser = glosser
        self._is_crossed = is_crossed
        self._without = frozenset(without)

    def hits(
        self,
        query: Query,
        language: str,
        order: Sequence[str],
        records: Mapping[str, PassageRecord],
        similarity: Mapping[str, float],
        *,
        enough: int,
    ) -> list[Hit]:
        """The candidates as hits, best first; their ranks are set when the languages are merged.

        Args:
            order: Passage ids in the order of the fused rankings.
            similarity: Cosines of multilingual-e5-small by passage id, for the passages that it ranked.
            enough: How many are ranked where only similarity can rank them.
        """
        if language == READ and order and self._reads(query, language):
            return self._reranked(query, order, records)
        return self._by_similarity(query, language, order[:enough], records, similarity)

    def _by_similarity(
        self,
        query: Query,
        language: str,
        order: Sequence[str],
        records: Mapping[str, PassageRecord],
        similarity: Mapping[str, float],
    ) -> list[Hit]:
        """Hits in a language that the reranker cannot read, ranked by feedback and by reranking their glosses."""
        wordings = query.wordings(language)
        asked = wordings or query.wordings(query.language)
        scores = fuse([(1.0, order)])
        # The first passages in a language that the question is not in are right too rarely to learn from.
        if wordings and "feedback" not in self._without and self._is_crossed(language):
            question = self._multilingual.embed_query(asked[0])
            scores = with_feedback(
                order, question, self._vectors.get(self._multilingual.name, order, language=language)
            )
            order = list(scores)
        coverage = self.coverage(asked, order)
        translated = bool(wordings) and language != query.language
        relevance = {
            id_: embedding_relevance(similarity.get(id_, 0.0), share, translated=translated)
            for id_, share in coverage.items()
        }
        logits = self._logits(query, language, order, records)
        if logits:
            order, scores = _fused(order, logits)
            relevance |= {
                id_: glossed_relevance(logit, relevance[id_], translated=translated) for id_, logit in logits.items()
            }
        return [_hit(records[id_], scores[id_], relevance[id_]) for id_ in order]

    def _reranked(self, query: Query, order: Sequence[str], records: Mapping[str, PassageRecord]) -> list[Hit]:
        """Hits in the reranker's language: the first ones by their rank fused with the reranker's.

        A passage that the reranker did not read counts as relevant as the least relevant that it did.
        """
        logits = self._logits(query, READ, order, records)
        order, scores = _fused(order, logits)
        least = min(logits.values())
        return [_hit(records[id_], scores[id_], reranker_relevance(logits.get(id_, least))) for id_ in order]

    def _logits(
        self, query: Query, language: str, ids: Sequence[str], records: Mapping[str, PassageRecord]
    ) -> dict[str, float]:
        """The reranker's logits for the first passages by id; empty where it cannot read them or the question."""
        if self._reranker is None or not ids or not self._reads(query, language):
            return {}
        share = query.language_weights.get(language, 1.0)
        ids = ids[: max(READ_AT_LEAST, min(RERANKED, round(READ_IN_ALL * share)))]
        texts = [self._glosser.english(records[id_].passage.text_with_heading, language) for id_ in ids]
        if None in texts:
            return {}
        logits = self._reranker.score(query.wordings(READ)[0], [text for text in texts if text is not None])
        return dict(zip(ids, (float(value) for value in logits), strict=True))

    def _reads(self, query: Query, language: str) -> bool:
        """Whether to rerank a language: the reranker reads it and the question, and its weight is high enough."""
        understood = bool(query.wordings(READ)) and (language == READ or "glossing" not in self._without)
        return self._reranker is not None and understood and query.language_weights.get(language, 1.0) >= READ_FROM

    def coverage(self, wordings: Sequence[str], ids: Sequence[str]) -> dict[str, float]:
        """The share of the question's content tokens, weighted by rarity, in each of these passages: 0..1."""
        wanted = {token for wording in wordings for token in content_tokens(wording)}
        if not wanted or not ids:
            return dict.fromkeys(ids, 0.0)
        _, total = self._catalogue.counts()
        frequency = self._catalogue.document_frequency(wanted)
        weight = {token: math.log((total + 1) / (frequency[token] + 0.5)) for token in wanted}
        whole = math.fsum(weight.values())  # Exact: sets have another order in every process.
        held = self._catalogue.tokens(ids)
        return {
            id_: math.fsum(weight[token] for token in wanted & held.get(id_, frozenset())) / whole if whole else 0.0
            for id_ in ids
        }


def _fused(order: Sequence[str], logits: Mapping[str, float]) -> tuple[list[str], dict[str, float]]:
    """The reranked passages by both ranks fused, then the others in their order; and the fused scores.

    The reranker's order is fused rather than followed: it reads short questions well and long ones badly.
    """
    by_logit = sorted(logits, key=lambda id_: (-logits[id_], id_))
    scores = fuse([(1.0, order), (1.0, by_logit)], constant=RERANKER_CONSTANT)
    return [id_ for id_ in scores if id_ in logits] + [id_ for id_ in order if id_ not in logits], scores


def _hit(record: PassageRecord, score: float, relevance: float) -> Hit:
    """A hit without its rank."""
    return Hit(record.passage, record.metadata, record.version, 0, round(score, 6), round(relevance, 4))
