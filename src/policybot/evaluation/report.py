"""What the report of every kind of run has: one HTML page without script or network, all text of sets escaped."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from policybot.evaluation.comparing import Comparison, QuestionDifference
from policybot.evaluation.metrics import Estimate
from policybot.evaluation.page import Element, add, interval, shown_estimate, table
from policybot.evaluation.plots import interval_plot
from policybot.evaluation.run import Result, Run

_DIFFERENCES = 50
"""Won and lost questions listed; the JSON has all."""


def headline_plot(main: Element, runs: Sequence[Run], names: Sequence[str]) -> None:
    """Each measure with its interval, the runs beside each other."""
    rows = {name: {run.system: interval(run.metrics[name]) for run in runs if name in run.metrics} for name in names}
    main.append(interval_plot("Headline measures with confidence intervals", rows))


def cumulative(run: Run, timing: str, *, unit_s: float, least: float) -> list[tuple[float, float]]:
    """How much time a share of the questions took at most, as points (time, share) of a curve.

    Args:
        unit_s: Seconds of the unit of the times: 0.001 for milliseconds.
        least: The smallest time that is shown, in that unit.
    """
    return [(max(run.seconds(timing, s) / unit_s, least), s) for s in np.linspace(0.0, 1.0, 101).tolist()]


def add_failures(main: Element, runs: Sequence[Run]) -> None:
    """How many questions failed with an error, and each of them; nothing when none did."""
    rows = [
        [f"{result.question}\n{result.id}", run.system, f"{result.failure.error}\n{result.failure.message}"]
        for run in runs
        for result in run.failed
        if result.failure is not None
    ]
    if rows:
        counts = ", ".join(f"{len(run.failed)} of {len(run.results)} of {run.system}" for run in runs if run.failed)
        add(main, "h2", "Questions that failed")
        add(main, "p", f"The system raised an error: {counts}. They are measured as questions without a reply.")
        table(main, "", ["question", "system", "error"], rows, text_columns=(0, 2))


def add_groups(main: Element, heading: str, runs: Sequence[Run], names: Sequence[str]) -> None:
    """A table for each grouping of the questions."""
    add(main, "h2", heading)
    for grouping in runs[0].groups:
        rows = [
            [name, run.system, str(group.questions), *(shown_estimate(group.metrics.get(m)) for m in names)]
            for name in sorted({name for run in runs for name in run.groups[grouping]})
            for run in runs
            if (group := run.groups[grouping].get(name)) is not None
        ]
        if rows:
            table(main, f"By {grouping}", [grouping, "system", "questions", *names], rows)


def add_comparison(main: Element, comparison: Comparison, what: str, shown: Callable[[Result], str]) -> None:
    """The difference of each headline measure, and the questions won and lost.

    Args:
        what: What ``shown`` shows of a result: ``answer`` for example.
    """
    before, after = comparison.before.system, comparison.after.system
    named = f"{after} against the earlier run of {before}" if before == after else f"{after} against {before}"
    add(main, "h2", f"Compared: {named}")
    measures = comparison.after.measures
    add(
        main,
        "p",
        f"{comparison.shared} questions asked by both: {len(comparison.won)} won, {len(comparison.lost)} lost. A "
        f"question is won or lost by the first of these measures that differs: {', '.join(measures.deciding)}.",
    )
    rows = [
        [name, f"{d.estimate.mean:+.3f}\n{d.estimate.low:+.3f} to {d.estimate.high:+.3f}", f"{d.p_value:.4f}"]
        for name in measures.headlines
        if (d := comparison.metrics.get(name)) is not None
    ]
    table(main, "Difference, paired by question", ["measure", "difference", "p (permutation)"], rows)
    moved = [[*pair, str(len(ids))] for pair, ids in comparison.outcomes.items()]
    if moved:
        table(main, "What came of the questions", ["before", "after", "questions"], moved)
    for label, differences in (("Won", comparison.won), ("Lost", comparison.lost)):
        _differences(main, label, differences, what, shown)


def _differences(
    main: Element,
    label: str,
    differences: Sequence[QuestionDifference],
    what: str,
    shown: Callable[[Result], str],
) -> None:
    if not differences:
        return
    listed = differences[:_DIFFERENCES]
    details = add(main, "details")
    cut = f", the clearest {len(listed)} of them" if len(listed) < len(differences) else ""
    add(details, "summary", f"{label}: {len(differences)} questions{cut}")
    rows = [
        [f"{d.after.question}\n{d.after.id}", f"{d.change:+.2f}\n{d.metric}", shown(d.before), shown(d.after)]
        for d in listed
    ]
    table(details, "", ["question", "change", f"{what} before", f"{what} after"], rows, text_columns=(0, 2, 3))


def add_all_measures(
    main: Element, runs: Sequence[Run], cell: Callable[[Estimate | None], str] = shown_estimate
) -> None:
    """Every measure of every run."""
    add(main, "h2", "All measures")
    names = list(dict.fromkeys(name for run in runs for name in run.metrics))
    rows = [[name, *(cell(run.metrics.get(name)) for run in runs)] for name in names]
    table(main, "", ["measure", *(run.system for run in runs)], rows)


def add_how_made(main: Element, runs: Sequence[Run]) -> None:
    """What indexing took, and the settings."""
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


def add_history(article: Element, turns: Sequence[tuple[str, str]]) -> None:
    """What was said before a question, folded away: role and text of each message, oldest first."""
    if turns:
        details = add(article, "details")
        add(details, "summary", f"{len(turns)} messages before")
        for role, text in turns:
            add(details, "p", f"{role}: {text}")
