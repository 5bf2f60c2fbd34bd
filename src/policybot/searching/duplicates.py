"""Removes exact copies from a ranking and moves near-duplicates of a better passage to its end; pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol, TypeVar

from policybot.calibration import COPIES_KEPT, NEAR_DUPLICATE
from policybot.domain import Passage
from policybot.text.tokens import token_set


class Ranked(Protocol):
    """An entry of a ranking."""

    @property
    def passage(self) -> Passage:
        """The passage."""


T = TypeVar("T", bound=Ranked)


def without_repetition(ranking: Sequence[T], *, first: int | None = None) -> list[T]:
    """The ranking with near-duplicates of earlier passages moved to the end; the order is kept otherwise.

    The first copy from a second document keeps its place. Passages that differ in a figure are never duplicates,
    however alike: that figure may be the answer.

    Args:
        first: How many places are needed; the passages after them are not compared. None compares everything.
    """
    kept: list[T] = []
    behind: list[T] = []
    seen: list[tuple[frozenset[str], set[str]]] = []
    for place, hit in enumerate(ranking):
        if len(kept) == first:
            return [*kept, *ranking[place:], *behind]
        tokens, document = token_set(hit.passage.text), hit.passage.document_id
        holders = next((holders for text, holders in seen if _alike(tokens, text)), None)
        if holders is None:
            seen.append((tokens, {document}))
        elif document in holders or len(holders) >= COPIES_KEPT:
            behind.append(hit)
            continue
        else:
            holders.add(document)
        kept.append(hit)
    return kept + behind


def without_copies(ranking: Sequence[T], copied: Mapping[str, Collection[str]]) -> list[T]:
    """The ranking without passages whose text an earlier document has already shown; the order is kept.

    Args:
        copied: By passage id, the keys under which a passage is shown once, with those of one document.
    """
    shown: dict[str, str] = {}
    kept: list[T] = []
    for hit in ranking:
        keys, document = copied.get(hit.passage.id, ()), hit.passage.document_id
        if all(shown.get(key, document) == document for key in keys):
            shown.update(dict.fromkeys(keys, document))
            kept.append(hit)
    return kept


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if len(one & other) < NEAR_DUPLICATE * len(one | other):
        return False
    return not any(token[0].isdigit() for token in one ^ other)
