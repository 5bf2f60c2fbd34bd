"""Runs as one HTML page that needs nothing else: no script, no network; all text of sets is escaped."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from policybot.evaluation.comparing import DECIDING, Comparison, QuestionDifference
from policybot.evaluation.datasets import EvaluationSet, Question
from policybot.evaluation.metrics import CUTOFFS
from policybot.evaluation.page import Element, add, interval, new_page, shown_estimate, table, written
from policybot.evaluation.plots import interval_plot, line_plot
from policybot.evaluation.retrieval import QuestionResult, RetrievalRun

HEADLINES = ("evidence_recall@1", "evidence_recall@5", "recall@5", "hit@1", "ndcg@10", "mrr@10")
"""Measures shown first; the table of all measures has the rest."""

FAILURES = 10
"""Failures shown in full."""

_FOUND = 5
"""Found passages shown of a failure."""

_DIFFERENCES = 50
"""Won and lost questions listed; the JSON has all."""

_LATENCY_TICKS = (1, 3, 10, 30, 100, 300, 1000, 3000, 10000)  # milliseconds


def html_report(
    evaluation_set: EvaluationSet, runs: Sequence[RetrievalRun], comparisons: Sequence[Comparison[QuestionResult]] = ()
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
        f"{len(runs[0].questions)} questions over {len(evaluation_set.corpus.documents)} documents. "
        "Below each mean stands its 95 % confidence interval, bootstrapped over the questions. Where the intervals of "
        "two systems overlap, their comparison tells more: it pairs the questions.",
    )
    _overview(main, runs)
    _groups(main, runs)
    for comparison in comparisons:
        _comparison(main, comparison)
    _failures(main, evaluation_set, runs[0])
    _all_metrics(main, runs)
    _how_made(main, runs)
    return written(page)


def worst(questions: Sequence[QuestionResult]) -> list[QuestionResult]:
    """Questions of which something right was missed, the worst first: little evidence, then little of the documents."""
    order = ("evidence_recall@5", "evidence_recall@20", "recall@5", "mrr@10")
    failed = [q for q in questions if q.metrics.get("evidence_recall@5", q.metrics.get("recall@5", 1.0)) < 1.0]
    return sorted(failed, key=lambda q: (*(q.metrics.get(name, 0.0) for name in order), q.id))


def _overview(main: Element, runs: Sequence[RetrievalRun]) -> None:
    add(main, "h2", "Overview")
    rows = [
        [
            run.system,
            *(shown_estimate(run.metrics.get(name)) for name in HEADLINES),
            f"{run.latency_s(0.5) * 1000:.0f} ms",
            f"{run.latency_s(0.95) * 1000:.0f} ms",
        ]
        for run in runs
    ]
    table(main, "", ["system", *HEADLINES, "latency p50", "p95"], rows)
    main.append(
        interval_plot(
            "Headline measures with confidence intervals",
            {
                name: {run.system: interval(run.metrics[name]) for run in runs if name in run.metrics}
                for name in HEADLINES
            },
        )
    )
    curves = {run.system: points for run in runs if (points := _curve(run))}
    if curves:
        add(main, "h3", "Evidence found among the first k passages")
        main.append(line_plot("Evidence recall by k", curves, x_label="k", y_label="evidence_recall@k", ticks=CUTOFFS))
    add(main, "h3", "Share of searches done within a time")
    main.append(
        line_plot(
            "Cumulative distribution of latency",
            {run.system: _latencies(run) for run in runs},
            x_label="milliseconds",
            y_label="share",
            ticks=_LATENCY_TICKS,
        )
    )


def _curve(run: RetrievalRun) -> list[tuple[float, float]]:
    names = {k: f"evidence_recall@{k}" for k in CUTOFFS}
    return [(k, run.metrics[name].mean) for k, name in names.items() if name in run.metrics]


def _latencies(run: RetrievalRun) -> list[tuple[float, float]]:
    shares = np.linspace(0.0, 1.0, 101)
    return [(max(run.latency_s(float(share)) * 1000, _LATENCY_TICKS[0]), float(share)) for share in shares]


def _groups(main: Element, runs: Sequence[RetrievalRun]) -> None:
    add(main, "h2", "By kind of question")
    for grouping in runs[0].groups:
        rows = [
            [name, run.system, str(group.questions), *(shown_estimate(group.metrics.get(m)) for m in HEADLINES)]
            for name in sorted({name for run in runs for name in run.groups[grouping]})
            for run in runs
            if (group := run.groups[grouping].get(name)) is not None
        ]
        if rows:
            table(main, f"By {grouping}", [grouping, "system", "questions", *HEADLINES], rows)


def _comparison(main: Element, comparison: Comparison[QuestionResult]) -> None:
    before, after = comparison.before.system, comparison.after.system
    named = f"{after} against the earlier run of {before}" if before == after else f"{after} against {before}"
    add(main, "h2", f"Compared: {named}")
    add(
        main,
        "p",
        f"{comparison.shared} questions asked by both: {len(comparison.won)} won, {len(comparison.lost)} lost. "
        f"A question is won or lost by the first of these measures that differs: {', '.join(DECIDING)}.",
    )
    rows = [
        [name, f"{d.estimate.mean:+.3f}\n{d.estimate.low:+.3f} to {d.estimate.high:+.3f}", f"{d.p_value:.4f}"]
        for name in HEADLINES
        if (d := comparison.metrics.get(name)) is not None
    ]
    table(main, "Difference, paired by question", ["measure", "difference", "p (permutation)"], rows)
    for label, differences in (("Won", comparison.won), ("Lost", comparison.lost)):
        _differences(main, label, differences)


def _differences(main: Element, label: str, differences: Sequence[QuestionDifference[QuestionResult]]) -> None:
    if not differences:
        return
    shown = differences[:_DIFFERENCES]
    details = add(main, "details")
    cut = f", the clearest {len(shown)} of them" if len(shown) < len(differences) else ""
    add(details, "summary", f"{label}: {len(differences)} questions{cut}")
    rows = [
        [
            f"{d.after.question}\n{d.after.id}",
            f"{d.change:+.2f}\n{d.metric}",
            f"{_first_found(d.before)}",
            f"{_first_found(d.after)}",
        ]
        for d in shown
    ]
    header = ["question", "change", "found first before", "found first after"]
    table(details, "", header, rows, text_columns=(0, 2, 3))


def _first_found(result: QuestionResult) -> str:
    return f"{result.found[0].text}\n{result.found[0].document_id}" if result.found else "nothing"


def _failures(main: Element, evaluation_set: EvaluationSet, run: RetrievalRun) -> None:
    failed = worst(run.questions)
    add(main, "h2", f"The worst failures of {run.system}")
    add(
        main,
        "p",
        f"{len(failed)} of {len(run.questions)} questions miss some of the evidence, or of the right documents, among "
        f"the first five.{f' Here are {FAILURES}.' if len(failed) > FAILURES else ''}",
    )
    questions = {question.id: question for question in evaluation_set.questions}
    for result in failed[:FAILURES]:
        if result.id in questions:
            _failure(main, result, questions[result.id])


def _failure(main: Element, result: QuestionResult, question: Question) -> None:
    article = add(main, "article")
    add(article, "h3", question.text)
    facts = [result.id, result.type, result.direction]
    measured = [
        f"{name} {result.metrics[name]:.2f}"
        for name in ("evidence_recall@5", "evidence_recall@20", "recall@5", "mrr@10")
        if name in result.metrics
    ]
    add(article, "p", " · ".join([fact for fact in facts if fact] + measured)).set("class", "quiet")
    if question.history:
        details = add(article, "details")
        add(details, "summary", f"{len(question.history)} messages before")
        for turn in question.history:
            add(details, "p", f"{turn.role}: {turn.text}")
    right = {*question.gold_documents, *(question.alternative_documents or ())}
    add(article, "p", f"Right: {', '.join(sorted(right))}")
    for evidence in question.gold_evidence[:_FOUND]:
        add(article, "blockquote", evidence)
    add(article, "p", "Found:" if result.found else "Found nothing.")
    found_list = add(article, "ol")
    for found in result.found[:_FOUND]:
        item = add(found_list, "li", f"{found.document_id}: {found.text}")
        item.set("class", "right" if found.document_id in right else "wrong")


def _all_metrics(main: Element, runs: Sequence[RetrievalRun]) -> None:
    add(main, "h2", "All measures")
    names = list(dict.fromkeys(name for run in runs for name in run.metrics))
    rows = [[name, *(shown_estimate(run.metrics.get(name)) for run in runs)] for name in names]
    table(main, "", ["measure", *(run.system for run in runs)], rows)


def _how_made(main: Element, runs: Sequence[RetrievalRun]) -> None:
    add(main, "h2", "How it was made")
    rows = [
        [
            run.system,
            str(run.indexing.passages),
            str(run.indexing.embedded),
            f"{run.indexing.seconds:.1f}",
            ", ".join(f"{name}={value}" for name, value in run.settings.items()),
        ]
        for run in runs
    ]
    table(main, "", ["system", "passages", "embedded now", "seconds to index", "settings"], rows, text_columns=(4,))
