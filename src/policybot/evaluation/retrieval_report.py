"""Runs of retrieval as one HTML page: the overview, the curves, and the worst failures in full."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from policybot.evaluation.comparing import Comparison
from policybot.evaluation.datasets import EvaluationSet, Question
from policybot.evaluation.metrics import CUTOFFS
from policybot.evaluation.page import Element, add, new_page, shown_estimate, table, written
from policybot.evaluation.plots import line_plot
from policybot.evaluation.report import (
    add_all_measures,
    add_comparison,
    add_failures,
    add_groups,
    add_history,
    add_how_made,
    cumulative,
    headline_plot,
)
from policybot.evaluation.retrieval import LATENCY, RETRIEVAL
from policybot.evaluation.run import Result, Run

FAILURES = 10
"""Failures shown in full."""

_FOUND = 5
"""Found passages shown of a failure."""

_LATENCY_TICKS = (1, 3, 10, 30, 100, 300, 1000, 3000, 10000)  # milliseconds


def retrieval_report(
    evaluation_set: EvaluationSet,
    runs: Sequence[Run],
    comparisons: Sequence[Comparison] = (),
) -> str:
    """The report.

    Args:
        evaluation_set: The set the runs are of: its questions and evidence are shown with the failures.
        runs: One or more; the first one's failures are shown.
        comparisons: Shown after the runs.
    """
    page, main = new_page(f"Retrieval on {evaluation_set.name}")
    add(
        main,
        "p",
        f"{len(runs[0].results)} questions over {len(evaluation_set.corpus.documents)} documents. "
        "Below each mean stands its 95 % confidence interval, bootstrapped over the questions. Where the intervals of "
        "two systems overlap, their comparison tells more: it pairs the questions.",
    )
    names = [name for name in RETRIEVAL.headlines if any(name in run.metrics for run in runs)]
    _overview(main, runs, names)
    add_failures(main, runs)
    add_groups(main, "By kind of question", runs, names)
    for comparison in comparisons:
        add_comparison(main, comparison, "found first", _first_found)
    _worst_failures(main, evaluation_set, runs[0])
    add_all_measures(main, runs)
    add_how_made(main, runs)
    return written(page)


def worst(questions: Sequence[Result]) -> list[Result]:
    """Questions of which something right was missed, the worst first: little evidence, then little of the documents."""
    order = ("evidence_recall@5", "evidence_recall@20", "recall@5", "mrr@10")
    failed = [q for q in questions if q.metrics.get("evidence_recall@5", q.metrics.get("recall@5", 1.0)) < 1.0]
    return sorted(failed, key=lambda q: (*(q.metrics.get(name, 0.0) for name in order), q.id))


def _overview(main: Element, runs: Sequence[Run], names: Sequence[str]) -> None:
    add(main, "h2", "Overview")
    rows = [
        [
            run.system,
            *(shown_estimate(run.metrics.get(name)) for name in names),
            f"{run.seconds(LATENCY, 0.5) * 1000:.0f} ms",
            f"{run.seconds(LATENCY, 0.95) * 1000:.0f} ms",
        ]
        for run in runs
    ]
    table(main, "", ["system", *names, "latency p50", "p95"], rows)
    headline_plot(main, runs, names)
    curves = {run.system: points for run in runs if (points := _curve(run))}
    if curves:
        add(main, "h3", "Evidence found among the first k passages")
        main.append(line_plot("Evidence recall by k", curves, x_label="k", y_label="evidence_recall@k", ticks=CUTOFFS))
    add(main, "h3", "Share of searches done within a time")
    main.append(
        line_plot(
            "Cumulative distribution of latency",
            {run.system: cumulative(run, LATENCY, unit_s=0.001, least=_LATENCY_TICKS[0]) for run in runs},
            x_label="milliseconds",
            y_label="share",
            ticks=_LATENCY_TICKS,
        )
    )


def _curve(run: Run) -> list[tuple[float, float]]:
    names = {k: f"evidence_recall@{k}" for k in CUTOFFS}
    return [(k, run.metrics[name].mean) for k, name in names.items() if name in run.metrics]


def _first_found(result: Result) -> str:
    hits = result.record["hits"]
    return f"{hits[0]['text']}\n{hits[0]['doc_id']}" if hits else "nothing"


def _worst_failures(main: Element, evaluation_set: EvaluationSet, run: Run) -> None:
    failed = worst(run.results)
    add(main, "h2", f"The worst failures of {run.system}")
    add(
        main,
        "p",
        f"{len(failed)} of {len(run.results)} questions miss some of the evidence, or of the right documents, among "
        f"the first five.{f' Here are {FAILURES}.' if len(failed) > FAILURES else ''}",
    )
    questions = {question.id: question for question in evaluation_set.questions}
    for result in failed[:FAILURES]:
        if result.id in questions:
            _failure(main, result, questions[result.id])


def _failure(main: Element, result: Result, question: Question) -> None:
    article = add(main, "article")
    add(article, "h3", question.text)
    facts = [result.id, result.record["type"], result.record["direction"]]
    measured = [
        f"{name} {result.metrics[name]:.2f}"
        for name in ("evidence_recall@5", "evidence_recall@20", "recall@5", "mrr@10")
        if name in result.metrics
    ]
    add(article, "p", " · ".join([fact for fact in facts if fact] + measured)).set("class", "quiet")
    add_history(article, [(turn.role, turn.text) for turn in question.history])
    right = set(question.right_documents)
    add(article, "p", f"Right: {', '.join(sorted(right))}")
    for evidence in question.gold_evidence[:_FOUND]:
        add(article, "blockquote", evidence)
    hits = result.record["hits"]
    add(article, "p", "Found:" if hits else "Found nothing.")
    _add_found(article, hits[:_FOUND], right)
    if sentences := result.record.get("sentences"):
        add(article, "p", "Sentences:")
        _add_found(article, sentences, right)


def _add_found(article: Element, hits: Sequence[Mapping[str, Any]], right: Collection[str]) -> None:
    """The beginnings of passages or sentences, each marked as of a right document or of another."""
    found = add(article, "ol")
    for hit in hits:
        item = add(found, "li", f"{hit['doc_id']}: {hit['text']}")
        item.set("class", "right" if hit["doc_id"] in right else "wrong")
