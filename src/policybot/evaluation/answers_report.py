"""Runs of answers as one HTML page: the overview, right by kind, times, and every answer, what went wrong first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from policybot.evaluation.answer_metrics import FAULTS
from policybot.evaluation.answers import ANSWERS, TIMINGS
from policybot.evaluation.comparing import Comparison
from policybot.evaluation.metrics import Estimate
from policybot.evaluation.page import Element, add, interval, new_page, shown_estimate, table, written
from policybot.evaluation.plots import interval_plot, line_plot
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
from policybot.evaluation.run import Result, Run

_SECONDS = (0.03, 0.1, 0.3, 1, 3, 10, 30, 100)


def answers_report(runs: Sequence[Run], comparisons: Sequence[Comparison] = ()) -> str:
    """The report.

    Args:
        runs: One or more; every answer of each is shown, what went wrong first.
        comparisons: Shown after the figures.
    """
    page, main = new_page(f"Answers to {runs[0].set_name}")
    add(
        main,
        "p",
        f"{len(runs[0].results)} questions. Below each mean stands its 95 % confidence interval, bootstrapped over "
        "the questions. docs/evaluation.md defines every measure.",
    )
    shown = [name for name in ANSWERS.headlines if any(name in run.metrics for run in runs)]
    _overview(main, runs, shown)
    add_failures(main, runs)
    _faults(main, runs)
    add_groups(main, "By group of questions", runs, shown)
    for comparison in comparisons:
        add_comparison(main, comparison, "answer", _shown_answer)
    add_all_measures(main, runs, _counted)
    add_how_made(main, runs)
    for run in runs:
        _answers(main, run)
    return written(page)


def trouble(result: Result) -> list[str]:
    """What is wrong with an answer by the measures, the gravest first; empty when nothing is."""
    if result.failure is not None:
        return [f"failed: {result.failure.message}"]
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


def _overview(main: Element, runs: Sequence[Run], shown: Sequence[str]) -> None:
    add(main, "h2", "Overview")
    rows = [[name, *(_counted(run.metrics.get(name)) for run in runs)] for name in shown]
    rows += [
        [name, *(f"{run.seconds(name, 0.5):.2f} s\np95 {run.seconds(name, 0.95):.2f} s" for run in runs)]
        for name in TIMINGS
    ]
    table(main, "", ["measure", *(run.system for run in runs)], rows)
    headline_plot(main, runs, shown)
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
        f"{run.system}: {name.removesuffix('_s').replace('_', ' ')}": cumulative(run, name, unit_s=1, least=_SECONDS[0])
        for run in runs
        for name in TIMINGS
    }
    main.append(line_plot("Cumulative times", lines, x_label="seconds", y_label="share", ticks=_SECONDS))


def _faults(main: Element, runs: Sequence[Run]) -> None:
    """Each kind of fault apart, over all questions, by kind and by the languages of question and documents."""
    names = [name for name in FAULTS if any(name in run.metrics for run in runs)]
    if not names:
        return
    add(main, "h2", "Faults")
    add(main, "p", "Shares of the questions of which each can be said; the lower the better.")
    header = ["system", *(name.replace("_", " ") for name in names)]
    rows = [[run.system, *(_counted(run.metrics.get(name)) for name in names)] for run in runs]
    table(main, "", header, rows)
    for grouping in ("kind", "languages"):
        groups = sorted({group for run in runs for group in run.groups[grouping]})
        rows = [
            [group, run.system, *(_counted(found.metrics.get(name)) for name in names)]
            for group in groups
            for run in runs
            if (found := run.groups[grouping].get(group)) is not None
        ]
        table(main, f"By {grouping}", [grouping, *header], rows)


def _counted(estimate: Estimate | None) -> str:
    """The mean, and below it its interval and of how many questions, sentences or citations."""
    return shown_estimate(estimate) + ("" if estimate is None else f" of {estimate.n}")


def _has(run: Run, kind: str, name: str) -> bool:
    group = run.groups["kind"].get(kind)
    return group is not None and name in group.metrics


def _shown_answer(result: Result) -> str:
    return str(result.record.get("answer", "")).replace("\n", " ")


def _answers(main: Element, run: Run) -> None:
    """Every question with its answer, those with trouble first."""
    add(main, "h2", f"Every answer of {run.system}")
    troubled = [(result, found) for result in run.results if (found := trouble(result))]
    fine = [result for result in run.results if not trouble(result)]
    add(main, "p", f"By the measures something is wrong with {len(troubled)} of {len(run.results)}; they come first.")
    for result, found in troubled:
        _answer(main, result, found)
    details = add(main, "details")
    add(details, "summary", f"The other {len(fine)}")
    for result in fine:
        _answer(details, result, [])


def _answer(parent: Element, result: Result, found: Sequence[str]) -> None:
    record = result.record
    article = add(parent, "article")
    add(article, "h3", result.question)
    took = f"{record['timings']['answer_s']:.1f} s" if record["timings"] else ""
    facts = [result.id, record["kind"], record["direction"] or record["language"], str(record.get("status", ""))]
    facts += [str(record.get("answer_kind", "")), took, *found]
    add(article, "p", " · ".join(fact for fact in facts if fact)).set("class", "quiet")
    add_history(article, [(turn["role"], turn["content"]) for turn in record.get("history") or ()])
    if record.get("key"):
        add(article, "p", f"Right: {record['key']}")
    add(article, "p", f"Answer: {record.get('answer', '')}")
    if record.get("correctness"):
        judged = record["correctness"]
        add(article, "p", f"{'correct' if judged['correct'] else 'not correct'}: {judged['reason']}").set(
            "class", "quiet"
        )
    lacking = [each["point"] for each in record.get("key_points", ()) if not each["held_by"]]
    if lacking:
        add(article, "p", f"Key points that it lacks: {'; '.join(lacking)}").set("class", "quiet")
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
