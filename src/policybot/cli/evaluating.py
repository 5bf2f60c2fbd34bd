"""``policybot eval``: measures a system over a set of questions and compares runs."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any, Optional

import typer
from rich.table import Table

from policybot.cli.strings import say
from policybot.cli.terminal import ERR, OUT, escape, print_json, progress_bars, reported_errors
from policybot.errors import EvaluationError
from policybot.evaluation import (
    Comparison,
    QuestionResult,
    RetrievalRun,
    check_comparable,
    compare,
    evaluate,
    html_report,
    read_run,
    read_set,
    system_named,
)
from policybot.settings import load_settings

EVAL = typer.Typer(no_args_is_help=True, help="Measure policybot over a set of questions.")

_SHOWN = ("evidence_recall@1", "evidence_recall@5", "recall@5", "hit@1", "ndcg@10", "mrr@10")


@EVAL.command()
def retrieval(
    folder: Annotated[Path, typer.Argument(help="Folder of the set: questions.jsonl, and corpus.jsonl.")],
    documents: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help="Folder of the documents, for a set without corpus.jsonl."),
    ] = None,
    system: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(help="policybot, bm25-words, bm25-bigrams, tutorial, or a baseline with +history; repeatable."),
    ] = None,
    limit: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=1, help="Ask only so many questions, spread evenly over the set."),
    ] = None,
    compare_with: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--compare", help="An earlier run, printed with --json, to compare with."),
    ] = None,
    html: Annotated[Optional[Path], typer.Option(help="Write a report with plots to this file.")] = None,  # noqa: UP045
    json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
    data_dir: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help="Folder that keeps the indexes of sets; else evaluation/ in the user's cache folder."),
    ] = None,
) -> None:
    """Measure what search finds for the questions of a set."""
    with reported_errors():
        settings = load_settings(chat_model="none")  # A search needs none.
        evaluation_set = read_set(folder, documents=documents)
        asked = evaluation_set.sample(limit) if limit else evaluation_set
        names = list(dict.fromkeys(system or ["policybot"]))
        # What cannot work is found out before the work of minutes.
        earlier = [] if compare_with is None else [read_run(compare_with, system=name) for name in names]
        for run in earlier:
            check_comparable(run, asked)
        with ExitStack() as opened, progress_bars() as show:
            kept = data_dir or settings.cache_dir / "evaluation"
            systems = [system_named(name, settings=settings, data_dir=kept) for name in names]
            for each in systems:
                opened.callback(each.close)
            runs = [evaluate(each, asked, on_progress=show) for each in systems]
        # Each with its earlier run, or the first system with each of the others.
        pairs = zip(earlier, runs, strict=True) if earlier else ((other, runs[0]) for other in runs[1:])
        comparisons = [compare(before, after) for before, after in pairs]
        if json:
            print_json(_plain(runs, comparisons))
        else:
            _show(runs, comparisons)
        if html is not None:
            write_report(html, html_report(asked, runs, comparisons))


def write_report(path: Path, report: str) -> None:
    """Write a report and say where it is.

    Raises:
        EvaluationError: The file cannot be written.
    """
    try:
        path.write_text(report, encoding="utf-8")
    except OSError as exc:
        raise EvaluationError(
            f"The report cannot be written to {path}: {exc.strerror or exc}. Name another file with --html."
        ) from exc
    ERR.print(say("report_written", path=escape(str(path))))


def _plain(runs: list[RetrievalRun], comparisons: list[Comparison[QuestionResult]]) -> dict[str, object]:
    """One run stands at the top level, several under ``runs``; comparisons beside them."""
    values: dict[str, object] = runs[0].as_dict() if len(runs) == 1 else {"runs": [run.as_dict() for run in runs]}
    if comparisons:
        values["comparisons"] = [comparison.as_dict() for comparison in comparisons]
    return values


def _show(runs: list[RetrievalRun], comparisons: list[Comparison[QuestionResult]]) -> None:
    table = Table(say("column_measure"), title=escape(runs[0].set_name))
    for run in runs:
        table.add_column(escape(run.system), justify="right", no_wrap=True)
    for name in _SHOWN:
        if any(name in run.metrics for run in runs):
            table.add_row(name, *(_estimate(run, name) for run in runs))
    for quantile in (0.5, 0.95):
        milliseconds = (f"{run.latency_s(quantile) * 1000:.0f} ms" for run in runs)
        table.add_row(say("latency", percent=round(quantile * 100)), *milliseconds)
    OUT.print(table)
    show_comparisons(comparisons)


def show_comparisons(comparisons: Sequence[Comparison[Any]]) -> None:
    """One line for each comparison: how many questions were won and lost."""
    for comparison in comparisons:
        OUT.print(
            say(
                "compared",
                before=escape(comparison.before.system),
                after=escape(comparison.after.system),
                won=len(comparison.won),
                lost=len(comparison.lost),
                questions=comparison.shared,
            )
        )


def _estimate(run: RetrievalRun, name: str) -> str:
    found = run.metrics.get(name)
    return "–" if found is None else f"{found.mean:.3f}\n{found.low:.3f}–{found.high:.3f}"
