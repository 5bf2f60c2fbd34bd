"""Scores -> relevance: how likely a passage answers the question, on one scale for all languages."""

from __future__ import annotations

import math

ANSWERS_FROM = 0.5
"""Relevance of the best hit from which the documents are taken to hold the answer."""


def reranker_relevance(logit: float) -> float:
    """Relevance of a passage from the cross-encoder's logit, in 0..1."""
    return 1.0 / (1.0 + math.exp(-_RERANKER_SLOPE * (logit - _RERANKER_MIDDLE)))


_RERANKER_MIDDLE = -3.0
_RERANKER_SLOPE = 0.6


def embedding_relevance(similarity: float, coverage: float) -> float:
    """Relevance of a passage in a language without reranker, in 0..1.

    Args:
        similarity: Cosine of multilingual-e5-small, which lies between 0.7 and 0.95 for any two texts.
        coverage: Share of the question's content tokens, weighted by rarity, that stand in the passage.
    """
    logit = _SIMILARITY_SLOPE * (similarity - _SIMILARITY_MIDDLE) + _COVERAGE_SLOPE * (coverage - _COVERAGE_MIDDLE)
    return 1.0 / (1.0 + math.exp(-logit))


_SIMILARITY_SLOPE = 60.0
_SIMILARITY_MIDDLE = 0.89
_COVERAGE_SLOPE = 8.0
_COVERAGE_MIDDLE = 0.35
