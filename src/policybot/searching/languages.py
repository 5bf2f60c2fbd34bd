"""Estimates which language's documents hold the answer, and merges the rankings of all languages; pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TypeVar

from policybot.calibration import (
    LANGUAGE_AMOUNT,
    LANGUAGE_COVERAGE,
    LANGUAGE_COVERED,
    LANGUAGE_FOREIGN,
    LANGUAGE_NEARNESS,
)

T = TypeVar("T")


def language_weights(
    nearness: Mapping[str, float | None], *, own: str, coverage: float, passages: Mapping[str, int]
) -> dict[str, float]:
    """The probability that the answer is in each language's documents; sums to 1.

    Args:
        nearness: Cosine of multilingual-e5-small between the question, as asked, and the nearest passage of each
            language; None where not all passages have that vector yet: such a language counts as near as the nearest
            other one.
        own: The question's language.
        coverage: Largest share of the question's content words, weighted by rarity, that one passage in its own
            language holds: 0..1.
        passages: How many passages each language has, 1 or more.
    """
    handicap = {language: 0.0 if language == own else LANGUAGE_FOREIGN for language in nearness}
    known = [cosine + handicap[language] for language, cosine in nearness.items() if cosine is not None]
    nearest = max(known, default=0.0)
    claims = {
        language: LANGUAGE_NEARNESS * (nearest if cosine is None else cosine + handicap[language])
        + (LANGUAGE_COVERAGE * (coverage - LANGUAGE_COVERED) if language == own else 0.0)
        + LANGUAGE_AMOUNT * math.log(passages[language])
        for language, cosine in nearness.items()
    }
    largest = max(claims.values(), default=0.0)
    odds = {language: math.exp(claim - largest) for language, claim in claims.items()}
    return {language: value / sum(odds.values()) for language, value in odds.items()}


def interleave(rankings: Mapping[str, Sequence[T]], weights: Mapping[str, float]) -> list[T]:
    """Merge rankings: each place goes to the language that is furthest below its weight so far.

    This is the Sainte-Laguë method of allocating seats to parties. Scores of two languages cannot be compared, but the
    probability that each holds the answer can. A language without a weight comes last; order within a language stays.
    """
    merged: list[T] = []
    taken = dict.fromkeys(rankings, 0)
    while True:
        waiting = [language for language, ranking in rankings.items() if taken[language] < len(ranking)]
        if not waiting:
            return merged
        following = max(waiting, key=lambda code: (weights.get(code, 0.0) / (2 * taken[code] + 1), code))
        merged.append(rankings[following][taken[following]])
        taken[following] += 1
