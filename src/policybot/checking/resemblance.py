"""How much of a sentence the evidence holds, taken together: what people's votes on support go with.

A response that people call grounded may draw on several sentences at once. That orders responses well, and decides
nothing here: a sentence is carried by one source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policybot.calibration import AMOUNT_WORDS, HEADING_WORD, MOST_SOURCES, SOURCE_ADDS, SOURCES_TRIED
from policybot.checking.amounts import Amount, amounts, facts_in, states
from policybot.checking.source import Source
from policybot.text.tokens import content_tokens


@dataclass(frozen=True, slots=True)
class Resembling:
    """Sources that hold much of a sentence together.

    Attributes:
        sources: Strongest first.
        share: Of the sentence's content tokens, 0..1.
        missing: How many of its amounts none of them states.
    """

    sources: tuple[Source, ...]
    share: float
    missing: int


def resembling(sentence: str, sources: Sequence[Source], *, most: int = SOURCES_TRIED) -> Iterator[Resembling]:
    """For each of the ``most`` sources that hold most of a sentence, it with those that add to it."""
    wanted, needed = frozenset(content_tokens(sentence)), amounts(sentence)
    together = _Together(wanted, needed, sources)
    for seed in together.best(most):
        yield together.from_seed(seed)


class _Together:
    """Puts sources together that hold different words of one sentence."""

    def __init__(self, wanted: frozenset[str], needed: Sequence[Amount], sources: Sequence[Source]) -> None:
        self._wanted = wanted
        self._sources = sources
        self._every = frozenset(range(len(needed)))
        self._own = [wanted & source.every_word for source in sources]
        self._around = [
            own | (wanted & source.words_of_heading) for own, source in zip(self._own, sources, strict=True)
        ]
        self._stating = [
            frozenset(n for n, amount in enumerate(needed) if states(facts_in(source), amount)) for source in sources
        ]

    def best(self, most: int) -> list[int]:
        """The sources that hold most of the sentence."""
        ranked = sorted(range(len(self._sources)), key=lambda i: self._adds(i, self._wanted, self._every), reverse=True)
        return [i for i in ranked[:most] if self._own[i]]

    def from_seed(self, seed: int) -> Resembling:
        """A source with those that add words or amounts."""
        chosen = [seed]
        left, missing = self._wanted - self._around[seed], self._every - self._stating[seed]
        while len(chosen) < MOST_SOURCES and (left or missing):
            useful = [
                i
                for i in range(len(self._sources))
                if i not in chosen
                and (len(left & self._own[i]) >= max(SOURCE_ADDS * len(self._wanted), 1) or missing & self._stating[i])
            ]
            if not useful:
                break
            best = max(useful, key=lambda i: self._adds(i, left, missing))
            chosen.append(best)
            left, missing = left - self._around[best], missing - self._stating[best]
        held = frozenset[str]().union(*(self._around[i] for i in chosen))
        share = len(held) / len(self._wanted) if self._wanted else 0.0
        return Resembling(tuple(self._sources[i] for i in chosen), share, len(missing))

    def _adds(self, i: int, left: frozenset[str], missing: frozenset[int]) -> tuple[float, float, int]:
        amounts_added = AMOUNT_WORDS * len(missing & self._stating[i])
        words = len(left & self._own[i]) + HEADING_WORD * len(left & self._around[i])
        return words + amounts_added, self._sources[i].evidence.score, -i
