"""What a search finds, measured: the measure set of retrieval. ``metrics`` defines the measures."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from policybot.domain import OnProgress
from policybot.evaluation.datasets import EvaluationSet, Question
from policybot.evaluation.metrics import CUTOFFS, question_metrics
from policybot.evaluation.run import Failure, MeasureSet, Result, Run, beginning, direction, evaluate
from policybot.evaluation.sentences import SENTENCES, SentenceMeasures
from policybot.evaluation.systems import Retrieved, SearchSystem, SentenceSystem

PASSAGES = max(CUTOFFS)
"""Passages asked of a system for each question."""

LATENCY = "latency_s"
"""What is timed: the search for passages, in seconds."""

SENTENCES_LATENCY = "sentences_latency_s"
"""Likewise the search for sentences over all documents."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What a system found for a question, best first.

    Attributes:
        sentences: None when it ranks none; so are the others below.
        gold_sentences: Those of the right documents alone.
        search_s: Seconds that the search for passages took; ``sentences_s`` that for ``sentences``.
    """

    passages: Sequence[Retrieved]
    search_s: float
    sentences: Sequence[Retrieved] | None = None
    gold_sentences: Sequence[Retrieved] | None = None
    sentences_s: float | None = None


def evaluate_retrieval(
    system: SearchSystem,
    evaluation_set: EvaluationSet,
    *,
    sentences: bool = True,
    on_progress: OnProgress,
    clock: Callable[[], float] = time.perf_counter,
) -> Run:
    """Search for every question of a set; see ``run.evaluate``.

    Args:
        sentences: Measure ranked sentences, too, of a system that ranks them: two further searches a question.
    """
    ranking = system if sentences and isinstance(system, SentenceSystem) else None
    measures = None if ranking is None else SentenceMeasures(evaluation_set.corpus)

    def ask(question: Question) -> _Found:
        text, history = question.text, question.history
        started = clock()
        passages = system.search(text, history=history, limit=PASSAGES)
        found = _Found(passages, clock() - started)
        if ranking is None or not question.gold_evidence:
            return found
        started = clock()
        ranked = ranking.sentences(text, history=history, limit=SENTENCES)
        seconds = clock() - started
        in_gold = ranking.sentences(text, history=history, limit=SENTENCES, documents=question.right_documents)
        return replace(found, sentences=ranked, gold_sentences=in_gold, sentences_s=seconds)

    def measure(question: Question, reply: _Found | Failure, gold_languages: Sequence[str], _: float) -> Result:
        return _result(question, reply, gold_languages, measures)

    return evaluate(system, evaluation_set, RETRIEVAL, ask=ask, measure=measure, on_progress=on_progress, clock=clock)


def _result(
    question: Question, reply: _Found | Failure, gold_languages: Sequence[str], measures: SentenceMeasures | None
) -> Result:
    """What was found, measured; a search that failed found nothing."""
    failure = {"failure": asdict(reply)} if isinstance(reply, Failure) else {}
    found = _Found((), 0.0) if isinstance(reply, Failure) else reply
    ranked, in_gold = found.sentences or (), found.gold_sentences or ()
    of_sentences = {} if measures is None else measures.of(question, ranked=ranked, ranked_in_gold=in_gold)
    metrics = question_metrics(
        found.passages,
        gold_documents=question.gold_documents,
        gold_evidence=question.gold_evidence,
        alternative_documents=question.alternative_documents,
    )
    record: dict[str, Any] = {
        "language": question.language,
        "type": question.type,
        "direction": direction(question, gold_languages),
        "crossing": _crossing(question.language, gold_languages),
        LATENCY: None if failure else round(found.search_s, 5),
        "hits": _listed(found.passages),
        **failure,
    }
    if found.sentences is not None and found.sentences_s is not None:
        record |= {"sentences": _listed(found.sentences), SENTENCES_LATENCY: round(found.sentences_s, 5)}
    return Result(question.id, question.text, metrics | of_sentences, record)


def _listed(found: Sequence[Retrieved]) -> list[dict[str, Any]]:
    return [
        {"rank": rank, "doc_id": each.document_id, "text": beginning(each.text)}
        for rank, each in enumerate(found, start=1)
    ]


def _crossing(language: str, gold_languages: Sequence[str]) -> str:
    """Where the right documents are, seen from the question; empty when no document is right."""
    if not gold_languages:
        return ""
    if language not in gold_languages:
        return "other language"
    return "same language" if len(gold_languages) == 1 else "both"


def _timing(result: Result) -> Mapping[str, float]:
    timed = {name: result.record.get(name) for name in (LATENCY, SENTENCES_LATENCY)}
    return {name: seconds for name, seconds in timed.items() if seconds is not None}


def _times(run: Run) -> Mapping[str, Any]:
    """Median and 95th percentile of the latencies, in milliseconds."""
    names = {"latency": LATENCY}
    if any(SENTENCES_LATENCY in result.record for result in run.results):
        names["sentences_latency"] = SENTENCES_LATENCY
    return {
        key: {f"p{p}_ms": round(run.seconds(name, p / 100) * 1000, 2) for p in (50, 95)} for key, name in names.items()
    }


RETRIEVAL = MeasureSet(
    name="retrieval",
    headlines=(
        "evidence_recall@1",
        "evidence_recall@5",
        "sentence_hit@1",
        "sentence_hit@5",
        "sentence_recall@5",
        "gold_sentence_hit@1",
        "gold_sentence_hit@5",
        "recall@5",
        "hit@1",
        "ndcg@10",
        "mrr@10",
    ),
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
