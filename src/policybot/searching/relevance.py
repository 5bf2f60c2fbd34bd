"""Scores -> relevance: how likely a passage answers the question, on one scale for all languages."""

from __future__ import annotations

import math

from policybot.calibration import (
    COVERAGE_MIDDLE,
    COVERAGE_SLOPE,
    GLOSSED_READING,
    OWN_WORDS,
    RERANKER_MIDDLE,
    RERANKER_SLOPE,
    SIMILARITY_MIDDLE,
    SIMILARITY_SLOPE,
    TRANSLATED_COVERAGE_MIDDLE,
)


def reranker_relevance(logit: float) -> float:
    """Relevance of a passage from the cross-encoder's logit, in 0..1."""
    return 1.0 / (1.0 + math.exp(-RERANKER_SLOPE * (logit - RERANKER_MIDDLE)))


def embedding_relevance(similarity: float, coverage: float, *, translated: bool = False) -> float:
    """Relevance of a passage in a language without reranker, in 0..1.

    Args:
        similarity: Cosine of multilingual-e5-small, which lies between 0.7 and 0.95 for any two texts.
        coverage: Share of the question's content tokens, weighted by rarity, that are in the passage.
        translated: Whether the question was translated into the passage's language.
    """
    middle = TRANSLATED_COVERAGE_MIDDLE if translated else COVERAGE_MIDDLE
    logit = SIMILARITY_SLOPE * (similarity - SIMILARITY_MIDDLE) + COVERAGE_SLOPE * (coverage - middle)
    return 1.0 / (1.0 + math.exp(-logit))


def glossed_relevance(logit: float, similar: float, *, translated: bool = False) -> float:
    """Relevance of a passage that the cross-encoder read word by word in English, in 0..1.

    Args:
        logit: The cross-encoder's, for question and passage so read.
        similar: Its ``embedding_relevance``.
        translated: Whether the question was also translated into the passage's language.
    """
    similar = min(max(similar, 1e-6), 1 - 1e-6)
    read = RERANKER_SLOPE * (logit - RERANKER_MIDDLE)
    own = 0.0 if translated else OWN_WORDS
    return 1.0 / (
        1.0 + math.exp(-(GLOSSED_READING * read + (1 - GLOSSED_READING) * math.log(similar / (1 - similar)) + own))
    )
