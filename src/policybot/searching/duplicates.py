"""The same text twice: near-duplicates of a better passage step behind the others; pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from policybot.domain import Passage
from policybot.tokenising import token_set

_ALIKE = 0.9
"""Jaccard similarity of two passages' tokens from which one is a near-duplicate of the other (Broder, 1997)."""


class Ranked(Protocol):
    """What stands in a ranking."""

    @property
    def passage(self) -> Passage:
        """The passage."""


T = TypeVar("T", bound=Ranked)


def without_repetition(ranking: Sequence[T]) -> list[T]:
    """The ranking with every near-duplicate of an earlier passage behind all others, order kept otherwise.

    Passages that differ in a figure are no duplicates, however alike: that figure may be the answer.
    """
    kept: list[T] = []
    behind: list[T] = []
    seen: list[frozenset[str]] = []
    for hit in ranking:
        tokens = token_set(hit.passage.text)
        if any(_alike(tokens, other) for other in seen):
            behind.append(hit)
        else:
            kept.append(hit)
            seen.append(tokens)
    return kept + behind


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if len(one & other) < _ALIKE * len(one | other):
        return False
    return not any(token[0].isdigit() for token in one ^ other)
