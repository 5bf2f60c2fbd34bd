"""Runs of answers as one HTML page that needs nothing else: no script, no network; all text is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from policybot.evaluation.answers import HEADLINES, TIMINGS, AnswerResult, AnswerRun
from policybot.evaluation.comparing import Comparison, QuestionDifference
from policybot.evaluation.page import Element, add, interval, new_page, shown_estimate, table, written
from policybot.evaluation.plots import interval_plot, line_plot

_SECONDS = (0.03, 0.1, 0.3, 1, 3, 10, 30, 100)

_DIFFERENCES = 50
"""Won and lost questions listed; the JSON has all."""


def answers_report(runs: Sequence[AnswerRun], comparisons: Sequence[Comparison[AnswerResult]] = ()) -> str:
    """The report.

    Args:
        runs: One or more; every answer of each is shown, what went wrong first.
        comparisons: Shown after the figures.
    """
    page, main = new_page(f"Answers to {runs[0].set_name}")
    add(
        main,
        "p",
        f"{len(runs[0].questions)} questions. Below each mean stands its 95 % confidence interval, bootstrapped over "
        "the questions. docs/evaluation.md defines every measure.",
    )
    _overview(main, runs)
    _groups(main, runs)
    for comparison in comparisons:
        _comparison(main, comparison)
    _all_measures(main, runs)
    _how_made(main, runs)
    for run in runs:
        _answers(main, run)
    return written(page)


def trouble(result: AnswerResult) -> list[str]:
    """What is wrong with an answer by the measures, the gravest first; empty when nothing is."""
    metrics = result.metrics
    found = []
    if metrics.get("refusal_recall", 1.0) < 1:
        found.append("answered what nothing answers")
    if metrics.get("quote_exact", 1.0) < 1:
        found.append("a quote is not exact")
    if metrics.get("correctness", 1.0) < 1:
        found.append("refused" if result.record.get("refused") else "not correct")
    if metrics.get("sentence_support", 1.0) < 1:
        found.append("a sentence is not borne by what was read")
    if metrics.get("citation_recall", 1.0) < 1:
        found.append("a sentence is not borne by its citations")
    elif metrics.get("citation_precision", 1.0) < 1:
        found.append("a citation bears nothing")
    return found


def _overview(main: Element, runs: Sequence[AnswerRun]) -> None:
    add(main, "h2", "Overview")
    shown = [name for name in HEADLINES if any(name in run.metrics for run in runs)]
    rows = [
        [name, *(shown_estimate(run.metrics.get(name)) + _of(run, name) for run in runs)] for name in shown
    ]  # fmt: skip
    rows += [
        [name, *(f"{run.seconds(name, 0.5):.2f} s\np95 {run.seconds(name, 0.95):.2f} s" for run in runs)]
        for name in TIMINGS
    ]
    table(main, "", ["measure", *(run.system for run in runs)], rows)
    main.append(
        interval_plot(
            "Headline measures with confidence intervals",
            {name: {run.system: interval(run.metrics[name]) for run in runs if name in run.metrics} for name in shown},
        )
    )
    by_kind = {
        kind: {run.system: interval(run.groups["kind"][kind].metrics[name]) for run in runs if _has(run, kind, name)}
        for kind in sorted({kind for run in runs for kind in run.groups["kind"]})
        for name in ("correctness", "refusal_recall")
        if any(_has(run, kind, name) for run in runs)
    }
    if by_kind:
        add(main, "h3", "Right by kind of question: correct, or refused where nothing answers")
        main.append(interval_plot("Right by kind of question", by_kind))
    add(main, "h3", "Share of answers that have come so far within a time")
    lines = {
        f"{run.system}: {name.removesuffix('_s').replace('_', ' ')}": _cumulative(run, name)
        for run in runs
        for name in TIMINGS
    }
    main.append(line_plot("Cumulative times", lines, x_label="seconds", y_label="share", ticks=_SECONDS))


def _of(run: AnswerRun, name: str) -> str:
    return f" of {run.metrics[name].n}" if name in run.metrics else ""


def _has(run: AnswerRun, kind: str, name: str) -> bool:
    group = run.groups["kind"].get(kind)
    return group is not None and name in group.metrics


def _cumulative(run: AnswerRun, name: str) -> list[tuple[float, float]]:
    shares = np.linspace(0.0, 1.0, 101)
    return [(max(run.seconds(name, float(share)), _SECONDS[0]), float(share)) for share in shares]


def _groups(main: Element, runs: Sequence[AnswerRun]) -> None:
    add(main, "h2", "By group of questions")
    shown = [name for name in HEADLINES if any(name in run.metrics for run in runs)]
    for grouping in runs[0].groups:
        rows = [
            [name, run.system, str(group.questions), *(shown_estimate(group.metrics.get(m)) for m in shown)]
            for name in sorted({name for run in runs for name in run.groups[grouping]})
            for run in runs
            if (group := run.groups[grouping].get(name)) is not None
        ]
        if rows:
            table(main, f"By {grouping}", [grouping, "system", "questions", *shown], rows)


def _comparison(main: Element, comparison: Comparison[AnswerResult]) -> None:
    before, after = comparison.before.system, comparison.after.system
    named = f"{after} against the earlier run of {before}" if before == after else f"{after} against {before}"
    add(main, "h2", f"Compared: {named}")
    add(
        main,
        "p",
        f"{comparison.shared} questions asked by both: {len(comparison.won)} won, {len(comparison.lost)} lost. A "
        f"question is won or lost by the first of these measures that differs: {', '.join(comparison.deciding)}.",
    )
    rows = [
        [name, f"{d.estimate.mean:+.3f}\n{d.estimate.low:+.3f} to {d.estimate.high:+.3f}", f"{d.p_value:.4f}"]
        for name in HEADLINES
        if (d := comparison.metrics.get(name)) is not None
    ]
    table(main, "Difference, paired by question", ["measure", "difference", "p (permutation)"], rows)
    for label, differences in (("Won", comparison.won), ("Lost", comparison.lost)):
        _differences(main, label, differences)


def _differences(main: Element, label: str, differences: Sequence[QuestionDifference[AnswerResult]]) -> None:
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
            str(d.before.record.get("answer", "")).replace("\n", " "),
            str(d.after.record.get("answer", "")).replace("\n", " "),
        ]
        for d in shown
    ]
    table(details, "", ["question", "change", "answer before", "answer after"], rows, text_columns=(0, 2, 3))


def _all_measures(main: Element, runs: Sequence[AnswerRun]) -> None:
    add(main, "h2", "All measures")
    names = list(dict.fromkeys(name for run in runs for name in run.metrics))
    rows = [[name, *(shown_estimate(run.metrics.get(name)) + _of(run, name) for run in runs)] for name in names]
    table(main, "", ["measure", *(run.system for run in runs)], rows)


def _how_made(main: Element, runs: Sequence[AnswerRun]) -> None:
    add(main, "h2", "How it was made")
    rows = [
        [
            run.system,
            str(run.indexing.passages),
            f"{run.indexing.seconds:.1f}",
            ", ".join(f"{name}={value}" for name, value in run.settings.items()),
        ]
        for run in runs
    ]
    table(main, "", ["system", "passages", "seconds to index", "settings"], rows, text_columns=(3,))


def _answers(main: Element, run: AnswerRun) -> None:
    """Every question with its answer, those with trouble first."""
    add(main, "h2", f"Every answer of {run.system}")
    troubled = [(result, found) for result in run.questions if (found := trouble(result))]
    fine = [result for result in run.questions if not trouble(result)]
    add(main, "p", f"By the measures something is wrong with {len(troubled)} of {len(run.questions)}; they come first.")
    for result, found in troubled:
        _answer(main, result, found)
    details = add(main, "details")
    add(details, "summary", f"The other {len(fine)}")
    for result in fine:
        _answer(details, result, [])


def _answer(parent: Element, result: AnswerResult, found: Sequence[str]) -> None:
    record = result.record
    article = add(parent, "article")
    add(article, "h3", result.question)
    facts = [result.id, result.kind, result.direction or result.language, str(record.get("status", ""))]
    facts += [str(record.get("answer_kind", "")), f"{result.timings['answer_s']:.1f} s", *found]
    add(article, "p", " · ".join(fact for fact in facts if fact)).set("class", "quiet")
    history: Sequence[Mapping[str, str]] = record.get("history") or ()
    if history:
        details = add(article, "details")
        add(details, "summary", f"{len(history)} messages before")
        for turn in history:
            add(details, "p", f"{turn['role']}: {turn['content']}")
    if record.get("key"):
        add(article, "p", f"Right: {record['key']}")
    add(article, "p", f"Answer: {record.get('answer', '')}")
    if record.get("correctness"):
        judged = record["correctness"]
        add(article, "p", f"{'correct' if judged['correct'] else 'not correct'}: {judged['reason']}").set(
            "class", "quiet"
        )
    _sentences(article, record)
    for citation in record.get("citations", ()):
        exact = "" if citation["exact"] else " (not exact)"
        add(article, "blockquote", f"[{citation['number']}] {citation['doc_id']}: {citation['quote']}{exact}")
    for rejected in record.get("rejected", ()):
        add(article, "p", f"Left out: {rejected['text']} ({rejected['reason']})").set("class", "quiet")


def _sentences(article: Element, record: Mapping[str, Any]) -> None:
    rows = [
        [
            sentence["text"],
            "".join(f"[{number}]" for number in sentence["citations"]) or "–",
            f"{sentence['verdict']}\n{sentence['reason']}",
            f"{sentence['borne_by_citations'] or 'uncited'}\n{sentence['borne_reason']}",
            sentence["borne_by_passages"],
        ]
        for sentence in record.get("sentences", ())
    ]
    if rows:
        header = ["sentence", "cites", "verdict shown", "borne by its citations", "borne by what was read"]
        table(article, "", header, rows, text_columns=(0, 2, 3))
