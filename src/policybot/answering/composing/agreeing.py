"""Of several sources' sentences, those that say the same kind of thing: what was asked of each; pure.

"GDP in each of the reports": a report has a dozen sentences on GDP, one with its level. Reports of one series state the
same point in much the same words, so that a sentence whose like stands in the other sources is the one that is meant.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from policybot.calibration import AGREED_FROM, AGREED_LEAST, AGREEING, LEAST_ODDS, SIDE_FROM, WITH_FIGURES
from policybot.domain import Evidence
from policybot.text.figures import stated
from policybot.text.tokens import content_tokens

_COMMA = re.compile(r"[，,、；;：:](?!\d)")


@dataclass(frozen=True)
class _Part:
    """A stretch between commas of a sentence.

    Attributes:
        words: Its tokens without figures.
        figure: Whether it states a figure that is no date.
        asked: Whether it has a word of the question.
    """

    words: frozenset[str]
    figure: bool
    asked: bool


@dataclass(frozen=True)
class _Candidate:
    evidence: Evidence
    question: frozenset[str]

    @property
    def place(self) -> tuple[str, int]:
        return self.evidence.hit.passage.document_id, self.evidence.start

    @cached_property
    def parts(self) -> tuple[_Part, ...]:
        found = []
        for text in filter(str.strip, _COMMA.split(self.evidence.text)):
            words = frozenset(token for token in content_tokens(text) if not token[0].isdigit())
            found.append(_Part(words, bool(stated(text).figures), bool(words & self.question)))
        return tuple(found)

    @cached_property
    def figures(self) -> bool:
        return any(part.figure and part.asked for part in self.parts)

    def like(self, other: _Candidate) -> float:
        """How alike two sentences' most alike parts are that have words of the question, 0..1: the Dice coefficient."""
        if self.place == other.place:
            return 0.0
        return max(
            (
                _dice(a.words, b.words)
                for a in self.parts
                for b in other.parts
                if a.asked and b.asked and a.figure == b.figure
            ),
            default=0.0,
        )


def agreeing(sources: Sequence[Sequence[Evidence]], questions: Sequence[frozenset[str]]) -> list[tuple[Evidence, ...]]:
    """For each source the sentence that answers best and whose like the other sources have; none where none does.

    Where no figure is asked for, a second sentence that is nearly as good is kept.

    Args:
        sources: The best sentences of each source, with their scores.
        questions: The words of the question in each source's language.
    """
    candidates = [[_Candidate(e, words) for e in of] for of, words in zip(sources, questions, strict=True)]
    firsts = [max(of, key=lambda each: each.evidence.score) for of in candidates if of]
    with_figures = 2 * sum(each.figures for each in firsts) >= len(firsts)
    return [
        _chosen(of, [each for j, each in enumerate(candidates) if j != i and each], with_figures=with_figures)
        for i, of in enumerate(candidates)
    ]


def _chosen(
    own: Sequence[_Candidate], others: Sequence[Sequence[_Candidate]], *, with_figures: bool
) -> tuple[Evidence, ...]:
    """The sentence of one source, or two."""
    ranked = []
    for each in own:
        shared = sum(max(each.like(other) for other in of) for of in others) / max(len(others), 1)
        figure = WITH_FIGURES if with_figures and each.figures else 0.0
        ranked.append((_log_odds(each.evidence.score) + AGREEING * shared + figure, shared, each.evidence))
    ranked.sort(key=lambda each: -each[0])
    kept = [each for each in ranked[:1] if _answers(each[1], each[2].score)]
    if kept and not with_figures:
        kept += [each for each in ranked[1:2] if each[0] >= ranked[0][0] + math.log(LEAST_ODDS)]
    return tuple(evidence for _, _, evidence in kept)


def _answers(shared: float, score: float) -> bool:
    return score >= SIDE_FROM or (score >= AGREED_LEAST and shared >= AGREED_FROM)


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _log_odds(score: float) -> float:
    bounded = min(max(score, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))
