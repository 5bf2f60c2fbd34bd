"""One evaluation: a system is asked every question of a set, each reply is measured, and figures are made of that.

What is measured is a measure set's, ``retrieval.RETRIEVAL`` or ``answers.ANSWERS``; the rest is the same for both.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from policybot.domain import OnProgress, Progress
from policybot.errors import EvaluationError, PolicybotError
from policybot.evaluation.datasets import EvaluationSet, Question
from policybot.evaluation.metrics import Estimate, estimate, pooled_estimate
from policybot.evaluation.systems import System

log = logging.getLogger(__name__)

SHOWN_CHARACTERS = 160
"""Characters of a passage that a run keeps: enough to recognise it."""

ReplyT = TypeVar("ReplyT")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no reply to a question: the class of the error that the system raised, and its message."""

    error: str
    message: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one question.

    Attributes:
        metrics: Every measure that is defined for the question, 0..1.
        record: What else a person needs to judge the reply, as plain values; docs/evaluation.md lists the keys. A
            question at which the system failed has ``failure``, and is measured as one without a reply.
    """

    id: str
    question: str
    metrics: Mapping[str, float]
    record: Mapping[str, Any]

    @property
    def parts(self) -> Mapping[str, int]:
        """For measures that are shares of sentences or citations, of how many."""
        parts: Mapping[str, int] = self.record.get("parts", {})
        return parts

    @property
    def outcome(self) -> str:
        """What came of the question in a word, where the runs of a kind say so: "right", "wrongly refused"."""
        return str(self.record.get("outcome", ""))

    @property
    def failure(self) -> Failure | None:
        """The error that the system raised instead of replying."""
        return Failure(**self.record["failure"]) if "failure" in self.record else None


@dataclass(frozen=True)
class MeasureSet:
    """What the runs of a kind have in common.

    Attributes:
        name: The command that makes such runs: ``policybot eval NAME``.
        headlines: Measures shown first.
        always: Measures that a run's JSON begins with, defined or not.
        deciding: The first of these in which two runs differ on a question decides who won it.
        groupings: What results are grouped by; a result with an empty value is in no group.
        keys: Keys that every record of such a run has.
        timing: Wall-clock seconds of a result, by what was timed; empty when the system failed.
        times: How long a run's questions took, under the keys that its JSON has for that.
    """

    name: str
    headlines: tuple[str, ...]
    always: tuple[str, ...]
    deciding: tuple[str, ...]
    groupings: Mapping[str, Callable[[Result], str]]
    keys: frozenset[str]
    timing: Callable[[Result], Mapping[str, float]]
    times: Callable[[Run], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of one kind, and their figures."""

    questions: int
    metrics: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class IndexingCost:
    """What indexing took: wall-clock seconds, passages there are, and how many of them were embedded this time."""

    seconds: float
    passages: int
    embedded: int


@dataclass(frozen=True)
class Run:
    """A system's results over a set, question by question; every figure is computed from them."""

    measures: MeasureSet
    set_name: str
    system: str
    settings: Mapping[str, object]
    indexing: IndexingCost
    results: tuple[Result, ...]

    @cached_property
    def metrics(self) -> Mapping[str, Estimate]:
        """Each measure's estimate over all questions."""
        return self._estimates(self.results)

    @cached_property
    def groups(self) -> Mapping[str, Mapping[str, Group]]:
        """The same for each group of each grouping, the groups by name."""
        return {name: self._grouped(key) for name, key in self.measures.groupings.items()}

    @property
    def failed(self) -> tuple[Result, ...]:
        """The questions at which the system failed."""
        return tuple(result for result in self.results if result.failure is not None)

    def seconds(self, name: str, quantile: float) -> float:
        """Seconds that a share ``quantile`` (0..1) of the replies did not exceed, of what is timed under a name."""
        timings = [self.measures.timing(result) for result in self.results]
        return float(np.quantile([timing[name] for timing in timings if name in timing], quantile))

    def as_dict(self) -> dict[str, Any]:
        """The run as plain values, ready for JSON."""
        undefined = {"mean": None, "ci": None, "n": 0}
        return {
            "set": self.set_name,
            "system": self.system,
            "settings": dict(self.settings),
            "indexing": asdict(self.indexing),
            "metrics": {name: dict(undefined) for name in self.measures.always} | _plain(self.metrics),
            "groups": {
                grouping: {name: {"n": group.questions, "metrics": _plain(group.metrics)} for name, group in of.items()}
                for grouping, of in self.groups.items()
            },
            **self.measures.times(self),
            "failed": len(self.failed),
            "questions": [
                {"qid": r.id, "question": r.question, **r.record, "metrics": dict(r.metrics)} for r in self.results
            ],
        }

    def _grouped(self, key: Callable[[Result], str]) -> dict[str, Group]:
        members: dict[str, list[Result]] = {}
        for result in self.results:
            if name := key(result):
                members.setdefault(name, []).append(result)
        return {name: Group(len(members[name]), self._estimates(members[name])) for name in sorted(members)}

    def _estimates(self, results: Sequence[Result]) -> dict[str, Estimate]:
        """Each measure over the questions for which it is defined."""
        found: dict[str, Estimate] = {}
        occurring = dict.fromkeys(name for result in results for name in result.metrics)
        for name in dict.fromkeys([*(n for n in self.measures.always if n in occurring), *occurring]):
            defined = [result for result in results if name in result.metrics]
            shares = [result.metrics[name] for result in defined]
            pooled = all(name in result.parts for result in defined)
            value = pooled_estimate(shares, [r.parts[name] for r in defined]) if pooled else estimate(shares)
            if value is not None:
                found[name] = value
        return found


def evaluate(
    system: System,
    evaluation_set: EvaluationSet,
    measures: MeasureSet,
    *,
    ask: Callable[[Question], ReplyT],
    measure: Callable[[Question, ReplyT | Failure, Sequence[str], float], Result],
    on_progress: OnProgress,
    clock: Callable[[], float] = time.perf_counter,
) -> Run:
    """Index the set's documents and ask every question, one after another.

    A question at which the system raises an error is recorded with it, and the run goes on.

    Args:
        ask: The system's reply to a question.
        measure: The result of a question, of its reply, the languages of its right documents (sorted, each once), and
            the seconds that the reply took. What it raises ends the run.
        on_progress: Told about documents indexed and questions asked.
        clock: Seconds from any start.

    Raises:
        PolicybotError: Whatever indexing raises, or when no question had a reply: what the first one raised.
    """
    started = clock()
    indexed = system.index(evaluation_set.corpus, on_progress=on_progress)
    cost = IndexingCost(round(clock() - started, 3), indexed.passages, indexed.embedded)
    languages = {document.id: document.language for document in evaluation_set.corpus.documents}
    results: list[Result] = []
    errors: list[Exception] = []
    total = len(evaluation_set.questions)
    for done, question in enumerate(evaluation_set.questions, start=1):
        reply: ReplyT | Failure
        started = clock()
        try:
            reply = ask(question)
        except Exception as exc:
            # One question must not cost the results of hours. Of a bug the message alone says too little.
            log.warning("Question %r failed: %s", question.id, exc, exc_info=not isinstance(exc, PolicybotError))
            reply = Failure(type(exc).__name__, str(exc))
            errors.append(exc)
        seconds = clock() - started
        results.append(measure(question, reply, sorted({languages[id_] for id_ in question.gold_documents}), seconds))
        on_progress(Progress("questions", done, total))
    if errors and len(errors) == total:
        raise errors[0]
    return Run(measures, evaluation_set.name, system.name, system.settings, cost, tuple(results))


def read_run(path: Path, *kinds: MeasureSet, system: str = "") -> Run:
    """A run that was printed as JSON before.

    Args:
        kinds: What the run may have measured; the first whose keys its questions have is taken.
        system: Which run is meant where the file holds several; the only run is taken whatever it is called.

    Raises:
        EvaluationError: The file is missing or holds no such run.
    """
    names = " or ".join(kind.name for kind in kinds)
    try:
        values = json.loads(path.read_bytes())
        found = values.get("runs", [values])
        if not found:
            raise ValueError("its list of runs is empty")
        asked = [question.keys() for each in found for question in each["questions"]]
        measures = next((kind for kind in kinds if all(kind.keys <= keys for keys in asked)), kinds[0])
        runs = [_run(each, measures) for each in found]
    except OSError as exc:
        raise EvaluationError(f"{path} cannot be read: {exc.strerror or exc}. Name a file with a run.") from exc
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        raise EvaluationError(
            f"{path} holds no run of {names} ({type(exc).__name__}: {exc}). Make one with "
            f"`policybot eval {kinds[0].name} FOLDER --json > RUN.json`."
        ) from exc
    for run in runs:
        if run.system == system or len(runs) == 1:
            return run
    systems = ", ".join(run.system for run in runs)
    raise EvaluationError(f"{path} holds runs of {systems}, none of {system or 'them is named'}. Name one of them.")


def direction(question: Question, gold_languages: Sequence[str]) -> str:
    """From the question's language to those of its right documents: ``zh→en``; empty when no document is right."""
    return f"{question.language}→{'+'.join(gold_languages)}" if gold_languages else ""


def beginning(text: str) -> str:
    """How a passage's text begins, on one line: what a run keeps of it."""
    return " ".join(text.split())[:SHOWN_CHARACTERS]


def _run(values: Mapping[str, Any], measures: MeasureSet) -> Run:
    cost = IndexingCost(**values["indexing"])
    results = tuple(_result(each, measures) for each in values["questions"])
    return Run(measures, values["set"], values["system"], values["settings"], cost, results)


def _result(values: Mapping[str, Any], measures: MeasureSet) -> Result:
    if missing := measures.keys - values.keys():
        raise KeyError(*sorted(missing))
    metrics = {name: float(value) for name, value in values["metrics"].items()}
    record = {key: value for key, value in values.items() if key not in ("qid", "question", "metrics")}
    return Result(values["qid"], values["question"], metrics, record)


def _plain(metrics: Mapping[str, Estimate]) -> dict[str, Any]:
    return {name: found.as_dict() for name, found in metrics.items()}
