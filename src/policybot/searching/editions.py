"""Finds the years that a question asks for, and orders the editions of one text by them; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from policybot.calibration import EDITION_COMPARABLE, EDITION_TITLE
from policybot.domain import Metadata, Passage
from policybot.text.tokens import content_tokens

_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d%]|[.,]\d)")


class Dated(Protocol):
    """An entry of a ranking: a passage, its document's metadata, and how likely it answers."""

    @property
    def passage(self) -> Passage:
        """The passage."""

    @property
    def metadata(self) -> Metadata:
        """Its document's metadata."""

    @property
    def relevance(self) -> float:
        """How likely it answers, 0..1."""


T = TypeVar("T", bound=Dated)


def years_in(text: str) -> frozenset[int]:
    """The years that a text names with four digits, 1900 to 2099."""
    return frozenset(int(year) for year in _YEAR.findall(text))


def in_time(ranking: Sequence[T], years: frozenset[int]) -> list[T]:
    """The ranking with editions of one text reordered among their places: the years asked for first, else the newest.

    Annual reports answer the same question differently every year, in wording so similar that neither keyword nor dense
    ranking separates them reliably. Editions have the same publisher and kind, or titles that differ in little but
    figures; only those about as relevant as the first of them change places.
    """
    ordered = list(ranking)
    placed: set[int] = set()
    for first, hit in enumerate(ranking):
        if first in placed or not hit.metadata.published:
            continue
        places = [first] + [
            i
            for i in range(first + 1, len(ranking))
            if i not in placed
            and _editions(hit, ranking[i])
            and ranking[i].relevance >= EDITION_COMPARABLE * hit.relevance
        ]
        placed.update(places)
        members = sorted((ranking[i] for i in places), key=lambda m: m.metadata.published, reverse=True)
        if years:
            members = sorted((ranking[i] for i in places), key=lambda m: -_of_years(m, years))
        for place, member in zip(places, members, strict=True):
            ordered[place] = member
    return ordered


def _editions(one: Dated, other: Dated) -> bool:
    """Whether two passages are of different years' editions of one text, or of the same edition."""
    if one.passage.document_id == other.passage.document_id:
        return True
    a, b = one.metadata, other.metadata
    if not b.published or a.language != b.language:
        return False
    if a.kind != b.kind or (a.publisher and b.publisher and a.publisher != b.publisher):
        return False
    first, second = (_words(each.title) for each in (a, b))
    return len(first & second) >= EDITION_TITLE * min(len(first), len(second)) > 0


def _words(title: str) -> set[str]:
    return {token for token in content_tokens(title) if not token[0].isdigit()}


def _of_years(hit: Dated, years: frozenset[int]) -> int:
    """2 when the document is of an asked year, 1 when the passage only names one, else 0."""
    if years & (years_in(hit.passage.heading) | years_in(hit.metadata.published)):
        return 2
    return 1 if years & years_in(hit.passage.text) else 0
