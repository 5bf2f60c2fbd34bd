"""A system over a set: what it finds for each question, measured, and the figures made of that."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from policybot.bot.bot import OnProgress
from policybot.domain import Progress
from policybot.errors import EvaluationError
from policybot.evaluation.datasets import EvaluationSet, Question
from policybot.evaluation.metrics import CUTOFFS, Estimate, metric_means, question_metrics
from policybot.evaluation.systems import Retrieved, System

PASSAGES = max(CUTOFFS)
"""Passages asked of a system for each question."""

SHOWN_CHARACTERS = 160
"""Characters of a found passage that a run keeps: enough to recognise it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found: its rank from 1, its document, and how its text begins."""

    rank: int
    document_id: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What a system found for one question.

    Attributes:
        direction: Language of the question and languages of its right documents, ``zh→en`` for example; empty
            when no document is right.
        crossing: ``same language``, ``other language`` or ``both``: where the right documents are, seen from the
            question; empty when no document is right.
        metrics: Every measure that is defined for the question, 0..1.
        latency_s: Wall-clock seconds of the search.
    """

    id: str
    question: str
    language: str
    type: str
    direction: str
    crossing: str
    metrics: Mapping[str, float]
    latency_s: float
    found: tuple[Found, ...]

    def as_dict(self) -> dict[str, Any]:
        """The result as plain values."""
        return {
            "qid": self.id,
            "question": self.question,
            "language": self.language,
            "type": self.type,
            "direction": self.direction,
            "crossing": self.crossing,
            "metrics": dict(self.metrics),
            "latency_s": round(self.latency_s, 5),
            "hits": [{"rank": f.rank, "doc_id": f.document_id, "text": f.text} for f in self.found],
        }


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of one kind, and their figures."""

    questions: int
    metrics: Mapping[str, Estimate]


GROUPINGS: Mapping[str, Callable[[QuestionResult], str]] = {
    "language": lambda result: result.language,
    "type": lambda result: result.type,
    "direction": lambda result: result.direction,
    "crossing": lambda result: result.crossing,
}
"""What questions are grouped by; a question with an empty value is in no group."""


@dataclass(frozen=True, slots=True)
class IndexingCost:
    """What indexing took: wall-clock seconds, passages there are, and how many of them were embedded this time."""

    seconds: float
    passages: int
    embedded: int


@dataclass(frozen=True)
class RetrievalRun:
    """A system's results over a set; every figure is computed from the questions."""

    set_name: str
    system: str
    settings: Mapping[str, object]
    indexing: IndexingCost
    questions: tuple[QuestionResult, ...]

    @cached_property
    def metrics(self) -> Mapping[str, Estimate]:
        """Each measure's estimate over all questions."""
        return metric_means([question.metrics for question in self.questions])

    @cached_property
    def groups(self) -> Mapping[str, Mapping[str, Group]]:
        """The same for each group of each grouping, the groups by name."""
        return {name: _grouped(self.questions, key) for name, key in GROUPINGS.items()}

    def latency_s(self, quantile: float) -> float:
        """Seconds of a search that a share ``quantile`` (0..1) of the searches did not exceed."""
        return float(np.quantile([question.latency_s for question in self.questions], quantile))

    def as_dict(self) -> dict[str, Any]:
        """The run as plain values, ready for JSON."""
        return {
            "set": self.set_name,
            "system": self.system,
            "settings": dict(self.settings),
            "indexing": asdict(self.indexing),
            "metrics": _plain(self.metrics),
            "groups": {
                grouping: {name: {"n": group.questions, "metrics": _plain(group.metrics)} for name, group in of.items()}
                for grouping, of in self.groups.items()
            },
            "latency": {
                "p50_ms": round(self.latency_s(0.5) * 1000, 2),
                "p95_ms": round(self.latency_s(0.95) * 1000, 2),
            },
            "questions": [question.as_dict() for question in self.questions],
        }


def evaluate(
    system: System,
    evaluation_set: EvaluationSet,
    *,
    on_progress: OnProgress,
    clock: Callable[[], float] = time.perf_counter,
) -> RetrievalRun:
    """Index the set's documents and ask every question, one after another.

    Args:
        on_progress: Told about documents indexed and questions asked.
        clock: Seconds from any start.

    Raises:
        PolicybotError: Whatever the system raises.
    """
    started = clock()
    indexed = system.index(evaluation_set.corpus, on_progress=on_progress)
    cost = IndexingCost(round(clock() - started, 3), indexed.passages, indexed.embedded)
    languages = {document.id: document.language for document in evaluation_set.corpus.documents}
    results = []
    total = len(evaluation_set.questions)
    for done, question in enumerate(evaluation_set.questions, start=1):
        started = clock()
        retrieved = system.search(question.text, history=question.history, limit=PASSAGES)
        results.append(_result(question, retrieved, languages, clock() - started))
        on_progress(Progress("questions", done, total))
    return RetrievalRun(evaluation_set.name, system.name, system.settings, cost, tuple(results))


def read_run(path: Path, *, system: str) -> RetrievalRun:
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
            f"{path} holds no run ({type(exc).__name__}: {exc}). Make one with "
            "`policybot eval retrieval FOLDER --json > RUN.json`."
        ) from exc
    for run in runs:
        if run.system == system or len(runs) == 1:
            return run
    names = ", ".join(run.system for run in runs)
    raise EvaluationError(f"{path} holds runs of {names}, none of {system}. Name one of them with --system.")


def _run(values: Mapping[str, Any]) -> RetrievalRun:
    return RetrievalRun(
        values["set"],
        values["system"],
        values["settings"],
        IndexingCost(**values["indexing"]),
        tuple(
            QuestionResult(
                id=q["qid"],
                question=q["question"],
                language=q["language"],
                type=q["type"],
                direction=q["direction"],
                crossing=q["crossing"],
                metrics={name: float(value) for name, value in q["metrics"].items()},
                latency_s=float(q["latency_s"]),
                found=tuple(Found(hit["rank"], hit["doc_id"], hit["text"]) for hit in q["hits"]),
            )
            for q in values["questions"]
        ),
    )


def _result(
    question: Question, retrieved: Sequence[Retrieved], languages: Mapping[str, str], latency_s: float
) -> QuestionResult:
    gold = sorted({languages[id_] for id_ in question.gold_documents})
    return QuestionResult(
        id=question.id,
        question=question.text,
        language=question.language,
        type=question.type,
        direction=f"{question.language}→{'+'.join(gold)}" if gold else "",
        crossing=_crossing(question.language, gold),
        metrics=question_metrics(
            retrieved,
            gold_documents=question.gold_documents,
            gold_evidence=question.gold_evidence,
            alternative_documents=question.alternative_documents,
        ),
        latency_s=latency_s,
        found=tuple(
            Found(rank, passage.document_id, " ".join(passage.text.split())[:SHOWN_CHARACTERS])
            for rank, passage in enumerate(retrieved, start=1)
        ),
    )


def _crossing(language: str, gold: Sequence[str]) -> str:
    if not gold:
        return ""
    if language not in gold:
        return "other language"
    return "same language" if len(gold) == 1 else "both"


def _grouped(questions: Sequence[QuestionResult], key: Callable[[QuestionResult], str]) -> dict[str, Group]:
    members: dict[str, list[QuestionResult]] = {}
    for question in questions:
        if name := key(question):
            members.setdefault(name, []).append(question)
    return {
        name: Group(len(members[name]), metric_means([question.metrics for question in members[name]]))
        for name in sorted(members)
    }


def _plain(metrics: Mapping[str, Estimate]) -> dict[str, Any]:
    return {name: found.as_dict() for name, found in metrics.items()}
