"""What a search finds, measured: the measure set of retrieval. ``metrics`` defines the measures."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from policybot.domain import OnProgress
from policybot.evaluation.datasets import EvaluationSet, Question
from policybot.evaluation.metrics import CUTOFFS, question_metrics
from policybot.evaluation.run import Failure, MeasureSet, Result, Run, beginning, direction, evaluate
from policybot.evaluation.systems import Retrieved, SearchSystem

PASSAGES = max(CUTOFFS)
"""Passages asked of a system for each question."""

LATENCY = "latency_s"
"""What is timed: the search, in seconds."""


def evaluate_retrieval(
    system: SearchSystem,
    evaluation_set: EvaluationSet,
    *,
    on_progress: OnProgress,
    clock: Callable[[], float] = time.perf_counter,
) -> Run:
    """Search for every question of a set; see ``run.evaluate``."""

    def ask(question: Question) -> list[Retrieved]:
        return system.search(question.text, history=question.history, limit=PASSAGES)

    return evaluate(system, evaluation_set, RETRIEVAL, ask=ask, measure=_result, on_progress=on_progress, clock=clock)


def _result(
    question: Question, reply: Sequence[Retrieved] | Failure, gold_languages: Sequence[str], seconds: float
) -> Result:
    """What was found, measured; a search that failed found nothing."""
    failure = {"failure": asdict(reply)} if isinstance(reply, Failure) else {}
    retrieved = () if isinstance(reply, Failure) else reply
    metrics = question_metrics(
        retrieved,
        gold_documents=question.gold_documents,
        gold_evidence=question.gold_evidence,
        alternative_documents=question.alternative_documents,
    )
    record: dict[str, Any] = {
        "language": question.language,
        "type": question.type,
        "direction": direction(question, gold_languages),
        "crossing": _crossing(question.language, gold_languages),
        LATENCY: None if failure else round(seconds, 5),
        "hits": [
            {"rank": rank, "doc_id": passage.document_id, "text": beginning(passage.text)}
            for rank, passage in enumerate(retrieved, start=1)
        ],
        **failure,
    }
    return Result(question.id, question.text, metrics, record)


def _crossing(language: str, gold_languages: Sequence[str]) -> str:
    """Where the right documents are, seen from the question; empty when no document is right."""
    if not gold_languages:
        return ""
    if language not in gold_languages:
        return "other language"
    return "same language" if len(gold_languages) == 1 else "both"


def _timing(result: Result) -> Mapping[str, float]:
    seconds = result.record[LATENCY]
    return {} if seconds is None else {LATENCY: seconds}


def _times(run: Run) -> Mapping[str, Any]:
    """Median and 95th percentile of the latency, in milliseconds."""
    return {"latency": {f"p{p}_ms": round(run.seconds(LATENCY, p / 100) * 1000, 2) for p in (50, 95)}}


RETRIEVAL = MeasureSet(
    name="retrieval",
    headlines=("evidence_recall@1", "evidence_recall@5", "recall@5", "hit@1", "ndcg@10", "mrr@10"),
    always=(),
    deciding=("evidence_recall@5", "recall@5", "evidence_recall@1", "mrr@10"),
    groupings={
        "language": lambda result: result.record["language"],
        "type": lambda result: result.record["type"],
        "direction": lambda result: result.record["direction"],
        "crossing": lambda result: result.record["crossing"],
    },
    keys=frozenset({"language", "type", "direction", "crossing", LATENCY, "hits"}),
    timing=_timing,
    times=_times,
)
