"""Evidence -> the few sets of sentences that may support a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from policybot.calibration import (
    AMOUNT_COSINE,
    AMOUNT_WORDS,
    HEADING_WORD,
    LENDS_DATE_FROM,
    MOST_SOURCES,
    NEAR_ACROSS,
    SOURCE_ADDS,
    SOURCES_TRIED,
)
from policybot.checking.amounts import Amount, Facts, amounts, facts_in, states
from policybot.domain import Evidence
from policybot.text.figures import StatedDate
from policybot.text.tokens import content_tokens


@dataclass(frozen=True, slots=True)
class Candidate:
    """Evidence sentences that may support a sentence together.

    Attributes:
        sources: Strongest first.
        facts: What each of them states.
        missing: Amounts of the sentence that none of them states.
        overlap: Share of the sentence's content tokens that are in them, 0..1.
    """

    sources: tuple[Evidence, ...]
    facts: tuple[Facts, ...]
    missing: tuple[Amount, ...]
    overlap: float


class Candidates:
    """Finds candidates for one sentence among its evidence."""

    def __init__(self, sentence: str, evidence: Sequence[Evidence]) -> None:
        self._evidence = evidence
        self._wanted = set(_tokens(sentence))
        self._needed = amounts(sentence)
        self._facts = [facts_in(e) for e in evidence]
        self._stating = [frozenset(n for n, a in enumerate(self._needed) if states(t, a)) for t in self._facts]
        # The text must support the sentence; title and section only break ties.
        self._own = [_tokens(e.text) for e in evidence]
        self._around = [words | _tokens(e.hit.passage.heading) for e, words in zip(evidence, self._own, strict=True)]

    def by_words(self) -> list[Candidate]:
        """Candidates that share words and amounts with the sentence, the likeliest first."""
        every = frozenset(range(len(self._needed)))
        seeds = sorted(range(len(self._evidence)), key=lambda i: self._worth(i, self._wanted, every), reverse=True)
        found = [self._extended(seed) for seed in seeds[:SOURCES_TRIED] if self._own[seed] & self._wanted]
        return list(dict.fromkeys(found))

    def by_meaning(self, cosines: NDArray[np.float32]) -> list[tuple[Candidate, float]]:
        """Candidates similar in meaning, each with its highest cosine, the likeliest first.

        Args:
            cosines: Of the sentence and each evidence sentence.
        """
        likely = sorted(
            range(len(self._evidence)),
            key=lambda i: float(cosines[i]) + AMOUNT_COSINE * len(self._stating[i]),
            reverse=True,
        )
        found: list[tuple[Candidate, float]] = []
        near = [i for i in likely if cosines[i] >= np.max(cosines) - NEAR_ACROSS]
        for seed in near[:SOURCES_TRIED]:
            chosen, missing = [seed], set(range(len(self._needed))) - self._stating[seed]
            while missing and len(chosen) < MOST_SOURCES:
                rest = [i for i in near if i not in chosen and missing & self._stating[i] and self._beside(i, chosen)]
                if not rest:
                    break
                chosen.append(max(rest, key=lambda i: (len(missing & self._stating[i]), float(cosines[i]))))
                missing -= self._stating[chosen[-1]]
            found.append((self._candidate(chosen, missing), max(float(cosines[i]) for i in chosen)))
        return found

    def _extended(self, seed: int) -> Candidate:
        """The seed with further sentences that add words or amounts of the sentence."""
        chosen = [seed]
        left, missing = self._wanted - self._around[seed], set(range(len(self._needed))) - self._stating[seed]
        while len(chosen) < MOST_SOURCES and (left or missing):
            # Amounts of two documents cannot be combined: a bond of 2024 and a sum of 2025 are two facts.
            useful = [
                i
                for i in range(len(self._evidence))
                if i not in chosen
                and (
                    len(left & self._own[i]) >= max(SOURCE_ADDS * len(self._wanted), 1)
                    or (missing & self._stating[i] and self._beside(i, chosen) and self._lends(i, missing))
                )
            ]
            if not useful:
                break
            best = max(useful, key=lambda i: self._worth(i, left, frozenset(missing)))
            chosen.append(best)
            left -= self._around[best]
            missing -= self._stating[best]
        return self._candidate(chosen, missing)

    def _worth(self, i: int, left: set[str], missing: frozenset[int]) -> tuple[float, float, int]:
        """How much a sentence adds: its words, its amounts doubled, and a little for the words of its heading."""
        amounts_added = AMOUNT_WORDS * len(missing & self._stating[i])
        words = len(left & self._own[i]) + HEADING_WORD * len(left & self._around[i])
        return words + amounts_added, self._evidence[i].score, -i

    def _lends(self, i: int, missing: set[int]) -> bool:
        """Whether a sentence may supply missing amounts: figures always, dates alone only on the same subject."""
        figures = any(not isinstance(self._needed[n], StatedDate) for n in missing & self._stating[i])
        return figures or len(self._own[i] & self._wanted) >= LENDS_DATE_FROM * len(self._wanted)

    def _beside(self, i: int, chosen: Sequence[int]) -> bool:
        """Whether the sentence is in the document of a chosen one."""
        document = self._evidence[i].hit.passage.document_id
        return any(self._evidence[j].hit.passage.document_id == document for j in chosen)

    def _candidate(self, chosen: Sequence[int], missing: set[int]) -> Candidate:
        held = set[str]().union(*(self._around[i] for i in chosen))
        return Candidate(
            tuple(self._evidence[i] for i in chosen),
            tuple(self._facts[i] for i in chosen),
            tuple(self._needed[n] for n in sorted(missing)),
            len(self._wanted & held) / len(self._wanted) if self._wanted else 0.0,
        )


@lru_cache(maxsize=4096)
def _tokens(text: str) -> frozenset[str]:
    """The content tokens of a text, cached as the same evidence is compared with every sentence of an answer."""
    return frozenset(content_tokens(text))
