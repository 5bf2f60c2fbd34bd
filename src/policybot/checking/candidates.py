"""Sources -> the few that may support a sentence, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from policybot.calibration import AMOUNT_COSINE, AMOUNT_WORDS, FEW_WORDS, HEADING_WORD, NEAR_ACROSS, SOURCES_TRIED
from policybot.checking.amounts import amounts, facts_in, states
from policybot.checking.source import Source
from policybot.checking.wordings import tokens_without_amounts


class Candidates:
    """Finds the sources of one sentence: each by itself, for what several of them hold together no one of them says."""

    def __init__(self, sentence: str, sources: Sequence[Source]) -> None:
        self._sources = sources
        self._wanted = tokens_without_amounts(sentence)
        needed = amounts(sentence)
        self._stated = [sum(states(facts_in(source), amount) for amount in needed) for source in sources]
        self._size = len(self._wanted) + len(needed)

    @property
    def few(self) -> bool:
        """Whether the sentence has so few words and amounts that all of them must stand in its source."""
        return self._size <= FEW_WORDS

    def by_words(self) -> list[tuple[Source, float]]:
        """Sources that share words with the sentence, each with its share of the words and amounts, 0..1."""
        every = range(len(self._sources))
        found = sorted(every, key=self._worth, reverse=True)[:SOURCES_TRIED]
        return [
            (self._sources[i], self._share(i))
            for i in found
            if self._sources[i].words & self._wanted or not self._wanted
        ]

    def by_meaning(self, cosines: NDArray[np.float32]) -> list[tuple[Source, float]]:
        """Sources near to the sentence in meaning, each with its cosine.

        Args:
            cosines: Of the sentence and each source.
        """
        likely = sorted(
            range(len(self._sources)),
            key=lambda i: float(cosines[i]) + AMOUNT_COSINE * self._stated[i],
            reverse=True,
        )
        near = [i for i in likely if cosines[i] >= np.max(cosines) - NEAR_ACROSS]
        return [(self._sources[i], float(cosines[i])) for i in near[:SOURCES_TRIED]]

    def _share(self, i: int) -> float:
        held = self._sources[i].words_with_context
        return (len(self._wanted & held) + self._stated[i]) / max(self._size, 1)

    def _worth(self, i: int) -> tuple[float, float, int]:
        """How much a source holds: words, its amounts doubled, and a little for the words of its heading."""
        source = self._sources[i]
        words = len(self._wanted & source.words) + HEADING_WORD * len(self._wanted & source.words_with_context)
        return words + AMOUNT_WORDS * self._stated[i], source.evidence.score, -i
