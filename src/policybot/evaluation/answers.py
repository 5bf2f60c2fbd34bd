"""A system over a set: what it answers to each question, measured, and the figures made of that."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from policybot.errors import EvaluationError
from policybot.evaluation.metrics import Estimate, estimate, pooled_estimate
from policybot.evaluation.retrieval import Group, IndexingCost

HEADLINES = (
    "correctness",
    "correct_and_supported",
    "sentence_support",
    "citation_precision",
    "citation_recall",
    "quote_exact",
    "refusal_precision",
    "refusal_recall",
)
"""Measures shown first."""

_UNDEFINED: Mapping[str, object] = {"mean": None, "ci": None, "n": 0}
"""A headline of which no question has anything to be measured against: named in the JSON all the same."""

TIMINGS = ("sources_s", "first_sentence_s", "answer_s")
"""Seconds from the question to the sources, to the first sentence, and to the end."""

ATTACKS = frozenset({"adversarial", "attack", "injection"})
"""Kinds of question that try to make the system do something else than answer from the documents."""


@dataclass(frozen=True, slots=True)
class AnswerResult:
    """What a system answered to one question.

    Attributes:
        kind: Kind of the question; empty when the set names none.
        direction: Language of the question and languages of its right documents; empty when no document is right.
        answerable: Whether the documents answer it.
        metrics: Every measure that is defined for the question, 0..1.
        parts: For measures that are shares of sentences or citations, of how many.
        timings: Seconds, by the names in ``TIMINGS``.
        record: Everything a person needs to judge the answer, as plain values: the key, the text with its markers,
            the status, each sentence with its verdicts and reasons, each citation, what was rejected.
    """

    id: str
    question: str
    language: str
    kind: str
    direction: str
    follow_up: bool
    answerable: bool
    metrics: Mapping[str, float]
    parts: Mapping[str, int]
    timings: Mapping[str, float]
    record: Mapping[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """The result as plain values."""
        return {
            "qid": self.id,
            "question": self.question,
            "language": self.language,
            "kind": self.kind,
            "direction": self.direction,
            "follow_up": self.follow_up,
            "answerable": self.answerable,
            **self.record,
            "metrics": dict(self.metrics),
            "parts": dict(self.parts),
            "timings": {name: round(seconds, 3) for name, seconds in self.timings.items()},
        }


GROUPINGS: Mapping[str, Callable[[AnswerResult], str]] = {
    "kind": lambda result: result.kind,
    "language": lambda result: result.language,
    "direction": lambda result: result.direction,
    "answerable": lambda result: "answerable" if result.answerable else "unanswerable",
    "turn": lambda result: "follow-up" if result.follow_up else "first",
    "attack": lambda result: "attack" if result.kind in ATTACKS else "",
}
"""What questions are grouped by; a question with an empty value is in no group."""


@dataclass(frozen=True)
class AnswerRun:
    """A system's answers to a set; every figure is computed from the questions."""

    set_name: str
    system: str
    settings: Mapping[str, object]
    indexing: IndexingCost
    questions: tuple[AnswerResult, ...]

    @cached_property
    def metrics(self) -> Mapping[str, Estimate]:
        """Each measure's estimate over all questions."""
        return _estimates(self.questions)

    @cached_property
    def groups(self) -> Mapping[str, Mapping[str, Group]]:
        """The same for each group of each grouping, the groups by name."""
        return {name: _grouped(self.questions, key) for name, key in GROUPINGS.items()}

    def seconds(self, timing: str, quantile: float) -> float:
        """Seconds that a share ``quantile`` (0..1) of the answers did not exceed."""
        return float(np.quantile([question.timings[timing] for question in self.questions], quantile))

    def as_dict(self) -> dict[str, Any]:
        """The run as plain values, ready for JSON."""
        return {
            "set": self.set_name,
            "system": self.system,
            "settings": dict(self.settings),
            "indexing": asdict(self.indexing),
            "metrics": {name: dict(_UNDEFINED) for name in HEADLINES} | _plain(self.metrics),
            "groups": {
                grouping: {name: {"n": group.questions, "metrics": _plain(group.metrics)} for name, group in of.items()}
                for grouping, of in self.groups.items()
            },
            "timings": {
                name: {"median": round(self.seconds(name, 0.5), 3), "p95": round(self.seconds(name, 0.95), 3)}
                for name in TIMINGS
            },
            "questions": [question.as_dict() for question in self.questions],
        }


_FIELDS = frozenset(
    {"qid", "question", "language", "kind", "direction", "follow_up", "answerable", "metrics", "parts", "timings"}
)


def read_answers(path: Path, *, system: str) -> AnswerRun:
    """A run that was printed as JSON before.

    Args:
        system: Which run is meant where the file holds several; the only run is taken whatever it is called.

    Raises:
        EvaluationError: The file is missing or holds no such run.
    """
    try:
        values = json.loads(path.read_bytes())
        runs = [_run(each) for each in values.get("runs", [values])]
        if not runs:
            raise ValueError("its list of runs is empty")
    except OSError as exc:
        raise EvaluationError(f"{path} cannot be read: {exc.strerror or exc}. Name a file with a run.") from exc
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        raise EvaluationError(
            f"{path} holds no run of answers ({type(exc).__name__}: {exc}). Make one with "
            "`policybot eval answers FOLDER --json > RUN.json`."
        ) from exc
    for run in runs:
        if run.system == system or len(runs) == 1:
            return run
    names = ", ".join(run.system for run in runs)
    raise EvaluationError(f"{path} holds runs of {names}, none of {system}. Name one of them with --systems.")


def _run(values: Mapping[str, Any]) -> AnswerRun:
    return AnswerRun(
        values["set"],
        values["system"],
        values["settings"],
        IndexingCost(**values["indexing"]),
        tuple(
            AnswerResult(
                id=q["qid"],
                question=q["question"],
                language=q["language"],
                kind=q["kind"],
                direction=q["direction"],
                follow_up=q["follow_up"],
                answerable=q["answerable"],
                metrics={name: float(value) for name, value in q["metrics"].items()},
                parts=q["parts"],
                timings={name: float(q["timings"][name]) for name in TIMINGS},
                record={name: value for name, value in q.items() if name not in _FIELDS},
            )
            for q in values["questions"]
        ),
    )


def _estimates(questions: Sequence[AnswerResult]) -> dict[str, Estimate]:
    """Each measure over the questions for which it is defined: the headlines first."""
    found: dict[str, Estimate] = {}
    occurring = dict.fromkeys(name for question in questions for name in question.metrics)
    for name in [*(h for h in HEADLINES if h in occurring), *(o for o in occurring if o not in HEADLINES)]:
        defined = [q for q in questions if name in q.metrics]
        shares = [q.metrics[name] for q in defined]
        pooled = all(name in q.parts for q in defined)
        value = pooled_estimate(shares, [q.parts[name] for q in defined]) if pooled else estimate(shares)
        if value is not None:
            found[name] = value
    return found


def _grouped(questions: Sequence[AnswerResult], key: Callable[[AnswerResult], str]) -> dict[str, Group]:
    members: dict[str, list[AnswerResult]] = {}
    for question in questions:
        if name := key(question):
            members.setdefault(name, []).append(question)
    return {name: Group(len(members[name]), _estimates(members[name])) for name in sorted(members)}


def _plain(metrics: Mapping[str, Estimate]) -> dict[str, Any]:
    return {name: found.as_dict() for name, found in metrics.items()}
