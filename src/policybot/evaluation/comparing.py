"""Two runs over the same questions: which were won, which were lost, and whether the difference is more than luck."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from policybot.errors import EvaluationError
from policybot.evaluation.datasets import EvaluationSet
from policybot.evaluation.metrics import Estimate, estimate, paired_p_value
from policybot.evaluation.run import Result, Run

_SMALLEST_DIFFERENCE = 1e-9
"""Runs read from JSON may differ in their last digit."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure of the later run minus that of the earlier one, over questions where both are defined.

    Attributes:
        p_value: Two-sided, of a paired permutation test: how likely so large a difference is by luck.
    """

    estimate: Estimate
    p_value: float


@dataclass(frozen=True, slots=True)
class QuestionDifference:
    """A question on which two runs differ.

    Attributes:
        metric: The measure that decided.
        change: The later run's value minus the earlier one's, -1..1, never 0.
    """

    before: Result
    after: Result
    metric: str
    change: float


@dataclass(frozen=True)
class Comparison:
    """A run compared with an earlier one, or with another system's.

    A question is won or lost by the first of the runs' deciding measures (``MeasureSet.deciding``) that differs.
    """

    before: Run
    after: Run

    @cached_property
    def metrics(self) -> Mapping[str, Difference]:
        """Difference of each measure."""
        found = {}
        for name in self.after.metrics:
            values = [
                after.metrics[name] - before.metrics[name]
                for before, after in self._pairs
                if name in before.metrics and name in after.metrics
            ]
            mean, p_value = estimate(values), paired_p_value(values)
            if mean is not None and p_value is not None:
                found[name] = Difference(mean, p_value)
        return found

    @cached_property
    def won(self) -> tuple[QuestionDifference, ...]:
        """Questions on which the later run is better, the clearest first."""
        return tuple(sorted((d for d in self._differences if d.change > 0), key=self._clearest_first))

    @cached_property
    def lost(self) -> tuple[QuestionDifference, ...]:
        """Questions on which the later run is worse, the clearest first."""
        return tuple(sorted((d for d in self._differences if d.change < 0), key=self._clearest_first))

    @cached_property
    def outcomes(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Ids of the questions by their outcome before and after, the largest group first.

        ("wrongly refused", "right") -> ("q1", "q7"). Empty where a run says no outcomes.
        """
        found: dict[tuple[str, str], list[str]] = {}
        for before, after in self._pairs:
            if before.outcome and after.outcome:
                found.setdefault((before.outcome, after.outcome), []).append(after.id)
        return {pair: tuple(found[pair]) for pair in sorted(found, key=lambda pair: (-len(found[pair]), pair))}

    @cached_property
    def shared(self) -> int:
        """How many questions both runs asked."""
        return len(self._pairs)

    def as_dict(self) -> dict[str, Any]:
        """The comparison as plain values, ready for JSON."""
        return {
            "before": self.before.system,
            "after": self.after.system,
            "questions": self.shared,
            "metrics": {
                name: {"difference": d.estimate.mean, "ci": [d.estimate.low, d.estimate.high], "p": d.p_value}
                for name, d in self.metrics.items()
            },
            "outcomes": [
                {"before": before, "after": after, "qids": list(ids)} for (before, after), ids in self.outcomes.items()
            ],
            "won": [_plain(difference) for difference in self.won],
            "lost": [_plain(difference) for difference in self.lost],
        }

    def _clearest_first(self, difference: QuestionDifference) -> tuple[int, float, str]:
        return self.after.measures.deciding.index(difference.metric), -abs(difference.change), difference.after.id

    @cached_property
    def _pairs(self) -> tuple[tuple[Result, Result], ...]:
        earlier = {result.id: result for result in self.before.results}
        return tuple((earlier[after.id], after) for after in self.after.results if after.id in earlier)

    @cached_property
    def _differences(self) -> tuple[QuestionDifference, ...]:
        found = []
        for before, after in self._pairs:
            for name in self.after.measures.deciding:
                change = after.metrics.get(name, 0.0) - before.metrics.get(name, 0.0)
                if abs(change) > _SMALLEST_DIFFERENCE:
                    found.append(QuestionDifference(before, after, name, change))
                    break
        return tuple(found)


def compare(before: Run, after: Run) -> Comparison:
    """Compare two runs over the questions that both asked.

    Raises:
        EvaluationError: They are of different kinds or sets, or share no question.
    """
    if before.measures.name != after.measures.name:
        raise EvaluationError(
            f"A run of {before.measures.name} cannot be compared with one of {after.measures.name}. "
            "Compare runs of one kind."
        )
    _check(before, after.set_name, {result.id for result in after.results})
    return Comparison(before, after)


def check_comparable(before: Run, evaluation_set: EvaluationSet) -> None:
    """Find out before the work of minutes whether its result can be compared with an earlier run.

    Raises:
        EvaluationError: The run is of another set, or shares no question with this one.
    """
    _check(before, evaluation_set.name, {question.id for question in evaluation_set.questions})


def _check(before: Run, set_name: str, question_ids: Set[str]) -> None:
    if before.set_name != set_name:
        raise EvaluationError(
            f"The run of {before.system} to compare with is of the set {before.set_name}, not of {set_name}. "
            "Compare runs of one set."
        )
    if question_ids.isdisjoint(result.id for result in before.results):
        raise EvaluationError(
            f"The run of {before.system} to compare with asked none of these {len(question_ids)} questions. "
            "Compare runs of the same questions."
        )


def _plain(difference: QuestionDifference) -> dict[str, Any]:
    return {"qid": difference.after.id, "metric": difference.metric, "change": difference.change}
