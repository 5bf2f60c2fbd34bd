"""``policybot eval answers``: asks every question of a set and measures the answers."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.table import Table

from policybot.bot.bot import PolicyBot
from policybot.cli.evaluating import show_comparisons, write_report
from policybot.cli.strings import say
from policybot.cli.terminal import OUT, escape, print_json, progress_bars, reported_errors
from policybot.evaluation import (
    DECIDING_ANSWERS,
    HEADLINES,
    TIMINGS,
    AnswerResult,
    AnswerRun,
    Comparison,
    EvaluationSet,
    Examiner,
    answering_system_named,
    answers_report,
    check_comparable,
    compare,
    evaluate_answers,
    indexed_corpus,
    judge_named,
    read_answers,
    read_set,
)
from policybot.models.embedding import E5Small
from policybot.models.matching import ColbertSmall
from policybot.settings import Settings, load_settings


def answers(
    folder: Annotated[
        Path,
        typer.Argument(
            help="Folder of the set (questions.jsonl, and corpus.jsonl if it has one), or a file of questions."
        ),
    ],
    documents: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help="Folder of the documents, for a set without corpus.jsonl; else those of the index."),
    ] = None,
    systems: Annotated[
        str, typer.Option(help="Systems to measure, with commas between them: policybot, tutorial.")
    ] = "policybot",
    limit: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=1, help="Ask only so many questions, spread evenly over the set."),
    ] = None,
    kinds: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Ask only questions of these kinds, with commas between them."),
    ] = None,
    negatives: Annotated[
        bool,
        typer.Option("--negatives", help="Give each question only its own negatives: the right reply is to refuse."),
    ] = False,
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
    chat_model: Annotated[
        str | None,
        typer.Option(help="Chat model that writes the answers: none, local, or provider:model; else the settings'."),
    ] = None,
    judge: Annotated[
        str | None,
        typer.Option(help="Chat model that judges the answers as well: local, or provider:model."),
    ] = None,
) -> None:
    """Ask the questions of a set and measure the answers."""
    with reported_errors(), ExitStack() as opened:
        settings = load_settings(**({} if chat_model is None else {"chat_model": chat_model}))
        own = documents is None and not (folder / "corpus.jsonl").exists()
        indexed = opened.enter_context(PolicyBot(settings)) if own and folder.exists() else None
        asked = read_set(
            folder,
            documents=documents,
            indexed=None if indexed is None else indexed_corpus(indexed),
            negatives=negatives,
        )
        asked = asked.of_kinds(_listed(kinds)) if kinds else asked
        asked = asked.sample(limit) if limit else asked
        asked = asked.with_needed_documents() if negatives else asked
        names = _listed(systems)
        # What cannot work is found out before the work of minutes.
        earlier = [] if compare_with is None else [read_answers(compare_with, system=name) for name in names]
        for run in earlier:
            check_comparable(run, asked)
        runs = _runs(names, asked, settings, data_dir or settings.cache_dir / "evaluation", indexed, judge)
        # Each with its earlier run, or the first system with each of the others.
        pairs = zip(earlier, runs, strict=True) if earlier else ((other, runs[0]) for other in runs[1:])
        comparisons = [compare(before, after, deciding=DECIDING_ANSWERS) for before, after in pairs]
        if json:
            print_json(_plain(runs, comparisons))
        else:
            _show(runs)
            show_comparisons(comparisons)
        if html is not None:
            write_report(html, answers_report(runs, comparisons))


def _listed(names: str) -> list[str]:
    """Names with commas between them, each once."""
    return list(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))


def _runs(
    names: list[str],
    asked: EvaluationSet,
    settings: Settings,
    data_dir: Path,
    indexed: PolicyBot | None,
    judge: str | None,
) -> list[AnswerRun]:
    with ExitStack() as opened, progress_bars() as show:
        judging = None if judge is None else judge_named(judge, settings=settings, on_progress=show)
        matcher = ColbertSmall(settings.cache_dir)
        examiner = Examiner.offline(E5Small(settings.cache_dir), matcher=matcher, judge=judging)
        found = [
            answering_system_named(name, settings=settings, data_dir=data_dir, indexed=indexed, on_progress=show)
            for name in names
        ]
        for system in found:
            opened.callback(system.close)
        return [evaluate_answers(system, asked, examiner, on_progress=show) for system in found]


def _plain(runs: list[AnswerRun], comparisons: list[Comparison[AnswerResult]]) -> dict[str, object]:
    """One run stands at the top level, several under ``runs``; comparisons beside them."""
    values: dict[str, object] = runs[0].as_dict() if len(runs) == 1 else {"runs": [run.as_dict() for run in runs]}
    if comparisons:
        values["comparisons"] = [comparison.as_dict() for comparison in comparisons]
    return values


def _show(runs: list[AnswerRun]) -> None:
    table = Table(say("column_measure"), title=escape(runs[0].set_name))
    for run in runs:
        table.add_column(escape(run.system), justify="right", no_wrap=True)
    for name in dict.fromkeys([*HEADLINES, *(name for run in runs for name in run.metrics)]):
        if any(name in run.metrics for run in runs):
            table.add_row(name, *(_estimate(run, name) for run in runs))
    for name in TIMINGS:
        seconds = (f"{run.seconds(name, 0.5):.1f} s\np95 {run.seconds(name, 0.95):.1f} s" for run in runs)
        table.add_row(say(name), *seconds)
    OUT.print(table)


def _estimate(run: AnswerRun, name: str) -> str:
    found = run.metrics.get(name)
    return "–" if found is None else f"{found.mean:.3f} (n={found.n})\n{found.low:.3f}–{found.high:.3f}"
