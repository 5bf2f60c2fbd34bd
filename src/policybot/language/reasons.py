"""Topic of a lexicon: why a stage of an answer decided as it did, for the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reasons:
    """Sentences that say why.

    Attributes:
        notes: A sentence by ``stage.outcome`` of a Decision; ``{value}`` and ``{bound}`` stand for its numbers.
        corrected: That typing mistakes were searched as what was meant, with ``{words}`` for them.
    """

    notes: Mapping[str, str]
    corrected: str
