"""Texts of pages -> one text and the offsets at which its pages begin."""

from __future__ import annotations

from collections.abc import Sequence

_GAP = "\n\n"


def joined_pages(pages: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """The pages' texts with a blank line between two, and where each begins; a page without text counts, too."""
    starts, place = [], 0
    for page in pages:
        starts.append(place)
        place += len(page) + len(_GAP)
    return _GAP.join(pages), tuple(starts)
