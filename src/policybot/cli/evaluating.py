"""``policybot eval``: measures what is found for the questions of a set, or answered to them, and compares runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer
from rich.table import Table

import policybot
from policybot import evaluation
from policybot.cli.strings import say
from policybot.cli.terminal import ERR, OUT, escape, print_json, progress_bars, reported_errors
from policybot.domain import OnProgress
from policybot.errors import EvaluationError

if TYPE_CHECKING:
    from policybot.evaluation import Comparison, EvaluationSet, MeasureSet, QuestionDifference, Run

EVAL = typer.Typer(no_args_is_help=True, help="Measure policybot over a set of questions.")

_Limit = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(min=1, help="Ask only so many questions, spread evenly over the set."),
]
_CompareWith = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--compare", help="An earlier run, printed with --json, to compare with."),
]
_Html = Annotated[Optional[Path], typer.Option(help="Write a report with plots to this file.")]  # noqa: UP045
_Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
_DataDir = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(help="Folder that keeps the indexes of sets; else evaluation/ in the user's cache folder."),
]


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
    limit: _Limit = None,
    sentences: Annotated[
        bool, typer.Option("--sentences/--no-sentences", help="Measure ranked sentences, too: it takes longer.")
    ] = True,
    compare_with: _CompareWith = None,
    html: _Html = None,
    json: _Json = False,
    data_dir: _DataDir = None,
    chat_model: Annotated[
        str,
        typer.Option(
            help="Chat model that puts questions into the documents' language: none, local, or provider:model."
        ),
    ] = "none",
) -> None:
    """Measure what search finds for the questions of a set."""
    with reported_errors():
        settings = policybot.load_settings(chat_model=chat_model, translate_questions="always")
        evaluation_set = evaluation.read_set(folder, documents=documents)
        asked = evaluation_set.sample(limit) if limit else evaluation_set
        kept = data_dir or settings.cache_dir / "evaluation"
        names = list(dict.fromkeys(system or ["policybot"]))

        def evaluated(opened: ExitStack, show: OnProgress) -> list[Run]:
            systems = [
                opened.enter_context(closing(evaluation.search_system(name, settings=settings, data_dir=kept)))
                for name in names
            ]
            return [
                evaluation.evaluate_retrieval(each, asked, sentences=sentences, on_progress=show) for each in systems
            ]

        runs, comparisons = _compared(evaluation.RETRIEVAL, asked, names, compare_with, evaluated)
        _show(runs, comparisons, _retrieval_table, json=json)
        if html is not None:
            _write_report(html, evaluation.retrieval_report(asked, runs, comparisons))


@EVAL.command()
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
    limit: _Limit = None,
    kinds: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Ask only questions of these kinds, with commas between them."),
    ] = None,
    negatives: Annotated[
        bool,
        typer.Option("--negatives", help="Give each question only its own negatives: the right reply is to refuse."),
    ] = False,
    compare_with: _CompareWith = None,
    html: _Html = None,
    json: _Json = False,
    data_dir: _DataDir = None,
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
        settings = policybot.load_settings(**({} if chat_model is None else {"chat_model": chat_model}))
        own = documents is None and not (folder / "corpus.jsonl").exists()
        indexed = opened.enter_context(policybot.PolicyBot(settings)) if own and folder.exists() else None
        asked = evaluation.read_set(
            folder,
            documents=documents,
            indexed=None if indexed is None else evaluation.indexed_corpus(indexed),
            negatives=negatives,
        )
        asked = asked.of_kinds(_listed(kinds)) if kinds else asked
        asked = asked.sample(limit) if limit else asked
        asked = asked.with_needed_documents() if negatives else asked
        kept = data_dir or settings.cache_dir / "evaluation"
        names = _listed(systems)

        def evaluated(opened: ExitStack, show: OnProgress) -> list[Run]:
            from policybot.models.embedding import E5Small
            from policybot.models.matching import ColbertSmall

            judging = None if judge is None else evaluation.judge_named(judge, settings=settings, on_progress=show)
            matcher = ColbertSmall(settings.cache_dir)
            examiner = evaluation.Examiner.offline(E5Small(settings.cache_dir), matcher=matcher, judge=judging)
            made = (
                evaluation.answering_system(name, settings=settings, data_dir=kept, indexed=indexed, on_progress=show)
                for name in names
            )
            found = [opened.enter_context(closing(system)) for system in made]
            return [evaluation.evaluate_answers(each, asked, examiner, on_progress=show) for each in found]

        runs, comparisons = _compared(evaluation.ANSWERS, asked, names, compare_with, evaluated)
        _show(runs, comparisons, _answers_table, json=json)
        if html is not None:
            _write_report(html, evaluation.answers_report(runs, comparisons))


@EVAL.command()
def compare(
    before: Annotated[Path, typer.Argument(help="The earlier run, printed with --json.")],
    after: Annotated[Path, typer.Argument(help="The later run, of the same set.")],
    system: Annotated[str, typer.Option(help="Which system's runs, where a file holds several.")] = "policybot",
    json: _Json = False,
) -> None:
    """Compare two runs of a set question by question."""
    with reported_errors():
        runs = [
            evaluation.read_run(path, evaluation.ANSWERS, evaluation.RETRIEVAL, system=system)
            for path in (before, after)
        ]
        comparison = evaluation.compare(*runs)
        if json:
            print_json(comparison.as_dict())
            return
        OUT.print(_differences_table(comparison))
        if comparison.outcomes:
            OUT.print(_outcomes_table(comparison))
        for name, differences in (("won", comparison.won), ("lost", comparison.lost)):
            if differences:
                OUT.print(_questions_table(say(name), differences))
        _print_compared(comparison)


@EVAL.command()
def pairs(
    folder: Annotated[Path, typer.Argument(help="Folder of the set: pairs.jsonl, claims with what they are held to.")],
    system: Annotated[str, typer.Option(help="What checks: policybot, or a check that another package brings.")] = (
        "policybot"
    ),
    kinds: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Check only pairs of these kinds, with commas between them."),
    ] = None,
    compare_with: _CompareWith = None,
    json: _Json = False,
) -> None:
    """Hold the claims of a set against their evidence and measure the check."""
    with reported_errors():
        settings = policybot.load_settings(chat_model="none")  # A check needs none.
        held = evaluation.read_pairs(folder)
        held = held.of_kinds(_listed(kinds)) if kinds else held
        earlier = None if compare_with is None else evaluation.read_run(compare_with, evaluation.PAIRS, system=system)
        with progress_bars() as show:
            run = evaluation.evaluate_pairs(evaluation.claim_check(system, settings=settings), held, on_progress=show)
        comparisons = [] if earlier is None else [evaluation.compare(earlier, run)]
        _show([run], comparisons, _pairs_table, json=json)


def _listed(names: str) -> list[str]:
    """Names with commas between them, each once."""
    return list(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))


def _compared(
    measures: MeasureSet,
    asked: EvaluationSet,
    names: Sequence[str],
    compare_with: Path | None,
    evaluated: Callable[[ExitStack, OnProgress], list[Run]],
) -> tuple[list[Run], list[Comparison]]:
    """The runs of the systems of these names, and each compared with its earlier run, or the first with the others."""
    # What cannot work is found out before the work of minutes.
    earlier = (
        [] if compare_with is None else [evaluation.read_run(compare_with, measures, system=name) for name in names]
    )
    for run in earlier:
        evaluation.check_comparable(run, asked)
    with ExitStack() as opened, progress_bars() as show:
        runs = evaluated(opened, show)
    pairs = zip(earlier, runs, strict=True) if earlier else ((other, runs[0]) for other in runs[1:])
    return runs, [evaluation.compare(before, after) for before, after in pairs]


def _show(
    runs: Sequence[Run],
    comparisons: Sequence[Comparison],
    table: Callable[[Sequence[Run]], Table],
    *,
    json: bool,
) -> None:
    """Print the figures; how many questions failed goes to standard error, beside JSON for scripts."""
    for run in runs:
        if run.failed:
            system = escape(run.system)
            ERR.print(say("questions_failed", system=system, failed=len(run.failed), questions=len(run.results)))
    if json:
        # One run stands at the top level, several under ``runs``; comparisons beside them.
        values: dict[str, object] = runs[0].as_dict() if len(runs) == 1 else {"runs": [run.as_dict() for run in runs]}
        print_json(values | ({"comparisons": [each.as_dict() for each in comparisons]} if comparisons else {}))
        return
    OUT.print(table(runs))
    for comparison in comparisons:
        _print_compared(comparison)


def _print_compared(comparison: Comparison) -> None:
    """How many questions were won and lost."""
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


def _write_report(path: Path, report: str) -> None:
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


def _retrieval_table(runs: Sequence[Run]) -> Table:
    table = _table(runs, evaluation.RETRIEVAL.headlines, counted=False)
    for percent in (50, 95):
        milliseconds = (f"{run.seconds(evaluation.LATENCY, percent / 100) * 1000:.0f} ms" for run in runs)
        table.add_row(say("latency", percent=percent), *milliseconds)
    return table


def _answers_table(runs: Sequence[Run]) -> Table:
    table = _table(runs, [*evaluation.ANSWERS.headlines, *(name for run in runs for name in run.metrics)], counted=True)
    for name in evaluation.TIMINGS:
        seconds = (f"{run.seconds(name, 0.5):.1f} s\np95 {run.seconds(name, 0.95):.1f} s" for run in runs)
        table.add_row(say(name), *seconds)
    return table


def _pairs_table(runs: Sequence[Run]) -> Table:
    """The measures over all pairs, then those of each group of kind and language."""
    headlines = evaluation.PAIRS.headlines
    table = _table(runs, headlines, counted=True)
    for run in runs:
        for groups in run.groups.values():
            for name, group in groups.items():
                found = (
                    f"{measure} {group.metrics[measure].mean:.3f} (n={group.metrics[measure].n})"
                    for measure in headlines
                    if measure in group.metrics
                )
                table.add_row(escape(name), "\n".join(found))
    return table


def _table(runs: Sequence[Run], names: Sequence[str], *, counted: bool) -> Table:
    """A row for each of these measures that some run has, a column for each run.

    Args:
        counted: Show over how many questions, sentences or citations a mean goes.
    """

    def cell(run: Run, name: str) -> str:
        found = run.metrics.get(name)
        if found is None:
            return "–"
        count = f" (n={found.n})" if counted else ""
        return f"{found.mean:.3f}{count}\n{found.low:.3f}–{found.high:.3f}"

    table = Table(say("column_measure"), title=escape(runs[0].set_name))
    for run in runs:
        table.add_column(escape(run.system), justify="right", no_wrap=True)
    for name in dict.fromkeys(names):
        if any(name in run.metrics for run in runs):
            table.add_row(name, *(cell(run, name) for run in runs))
    return table


def _differences_table(comparison: Comparison) -> Table:
    """Each measure of both runs, and the difference over the questions for which both have it."""
    table = Table(say("column_measure"), title=escape(comparison.after.set_name))
    for name in ("column_before", "column_after", "column_difference"):
        table.add_column(say(name), justify="right", no_wrap=True)
    table.add_column("p", justify="right")
    for name, difference in comparison.metrics.items():
        found = difference.estimate
        table.add_row(
            name,
            *(
                f"{run.metrics[name].mean:.3f} (n={run.metrics[name].n})"
                for run in (comparison.before, comparison.after)
            ),
            f"{found.mean:+.3f} (n={found.n})\n{found.low:+.3f} … {found.high:+.3f}",
            f"{difference.p_value:.4f}",
        )
    return table


def _outcomes_table(comparison: Comparison) -> Table:
    table = Table(say("column_before"), say("column_after"))
    table.add_column(say("column_questions"), justify="right")
    for (before, after), ids in comparison.outcomes.items():
        table.add_row(before, after, str(len(ids)))
    return table


def _questions_table(title: str, differences: Sequence[QuestionDifference]) -> Table:
    """The questions that were won, or lost: what came of each before and after, and the measure that decided."""
    table = Table(say("column_question"), say("column_before"), say("column_after"), say("column_change"), title=title)
    for each in differences:
        table.add_row(
            escape(f"{each.after.id}  {each.after.question}"),
            each.before.outcome or "–",
            each.after.outcome or "–",
            f"{each.metric} {each.change:+.2f}",
        )
    return table
