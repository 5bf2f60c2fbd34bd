"""The commands that keep the index: index, watch, changes, backup, restore."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import policybot
from policybot.cli.strings import say, terminal_language
from policybot.cli.terminal import ERR, OUT, escape, print_json, progress_bars, reported_errors
from policybot.domain import IndexPlan, IndexReport
from policybot.text.plain import visible

if TYPE_CHECKING:
    from policybot import PolicyBot
    from policybot.indexing.watching import Watcher

_MOST_SHOWN = 10
"""Changed documents that `policybot index` shows side by side; `policybot changes` shows all."""

_MOST_NAMED = 50
"""Documents of a kind that `policybot index --dry-run` names; JSON has all."""

_Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
_Places = Annotated[
    list[str] | None, typer.Argument(help="Folders, files or addresses (https://…); else the settings' folder.")
]
_Paths = Annotated[list[Path] | None, typer.Argument(help="Folders or files; else the settings' folder.")]


def index(
    places: _Places = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, change nothing.")] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Read every file again and build a new index beside the old one.")
    ] = False,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="Forget the documents of a folder that holds nothing any more.")
    ] = False,
    json: _Json = False,
) -> None:
    """Bring the index up to date with folders, files or pages of the web."""
    give_way()
    with reported_errors(), policybot.PolicyBot() as bot:
        wanted: Sequence[str | None] = places or [None]
        if dry_run:
            plans = [bot.plan(path, allow_empty=allow_empty) for path in wanted]
            if json:
                print_json(asdict(plans[0]) if len(plans) == 1 else [asdict(plan) for plan in plans])
                return
            for plan in plans:
                tell_plan(plan)
            return
        reports = []
        for number, path in enumerate(wanted):
            with progress_bars() as show:
                report = bot.index(path, rebuild=rebuild and not number, allow_empty=allow_empty, on_progress=show)
            reports.append(report)
            tell(report)
        if json:
            print_json(asdict(reports[0]) if len(reports) == 1 else [asdict(report) for report in reports])
        if not reports[-1].documents:
            raise typer.Exit(1)


def watch(paths: _Paths = None) -> None:
    """Follow folders: what is saved, moved or deleted there is indexed at once, until Ctrl-C."""
    give_way()
    with reported_errors(), policybot.PolicyBot() as bot:
        folders = paths or bot.indexed_paths() or (bot.settings.documents_dir,)
        watcher = watcher_of(bot, folders, tells=True)
        watcher.start()
        ERR.print(escape(say("watching", folders=", ".join(map(str, folders)))))
        try:
            watcher.wait()
        finally:
            watcher.close()


def watcher_of(bot: PolicyBot, folders: Sequence[Path], *, tells: bool = False) -> Watcher:
    """A watcher that indexes into the bot's data folder.

    Args:
        tells: Whether what it does is told on standard error.
    """
    from policybot.indexing.watching import Watcher

    settings = bot.settings

    def told(report: IndexReport) -> None:
        if tells and (report.changes or report.plan.failed):
            tell(report)

    return Watcher(
        partial(bot.index, background=True),
        folders,
        polling=settings.watch_polling,
        poll_s=settings.watch_poll_s,
        on_report=told,
    )


def changes(
    document: Annotated[str | None, typer.Argument(help="Only this document, by name or id.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="The latest so many.")] = 20,
    json: _Json = False,
) -> None:
    """Print what indexing changed, the latest first: sections side by side, and answers that lost their ground."""
    from policybot.rendering import changes_as_text

    with reported_errors(), policybot.PolicyBot() as bot:
        document_id = None if document is None else bot.document(document).id
        found = bot.changes(document_id=document_id, limit=limit)
        if json:
            print_json([asdict(change) for change in found])
        elif found:
            OUT.print(escape(changes_as_text(found, language=terminal_language(), width=OUT.width)), end="")
        else:
            OUT.print(say("no_changes"))


def backup(file: Annotated[Path, typer.Argument(help="Where to; one file.")], json: _Json = False) -> None:
    """Write the whole data folder into one file and verify it: index, conversations, users."""
    from policybot.indexing import backups

    with reported_errors():
        found = backups.backup(policybot.load_settings().data_dir, file)
    if json:
        print_json(asdict(found))
        return
    OUT.print(escape(say("backed_up", path=file, files=found.files, megabytes=found.bytes / 1e6)))


def restore(
    file: Annotated[Path, typer.Argument(help="What `policybot backup` wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Set a data folder that holds something aside, under another name.")
    ] = False,
    json: _Json = False,
) -> None:
    """Put a backup back, after all of it is verified. Stop `policybot serve` first."""
    from policybot.indexing import backups

    with reported_errors():
        folder = policybot.load_settings().data_dir
        found = backups.restore(file, folder, replace=replace)
    if json:
        print_json(asdict(found))
        return
    OUT.print(escape(say("restored", files=found.files, at=found.created_at, folder=folder)))


def give_way() -> None:
    """Let a server on the same machine answer first; alone, indexing is as fast as ever."""
    with suppress(OSError, AttributeError):
        os.nice(5)


def tell_plan(plan: IndexPlan) -> None:
    """What indexing would do, on standard output; what cannot be read, on standard error."""
    from policybot.rendering import say as texts

    kinds = ("new", "changed", "moved", "deleted", "unchanged")
    OUT.print(say("planned", **{kind: len(getattr(plan, kind)) for kind in kinds}))
    if plan.rebuild:
        OUT.print(say("planned_rebuild"))
    language = terminal_language()
    moved = [f"{move.before} → {move.name}" for move in plan.moved]
    for kind, names in (("new", plan.new), ("changed", plan.changed), ("moved", moved), ("deleted", plan.deleted)):
        for name in names[:_MOST_NAMED]:
            OUT.print(escape(visible(f"{texts(language, kind)}: {name}")))
        if len(names) > _MOST_NAMED:
            OUT.print(texts(language, "and_more", count=len(names) - _MOST_NAMED))
    for failure in plan.failed:
        ERR.print(f"[bold red]{say('not_indexed')}[/] {escape(failure.reason)}")


def tell(report: IndexReport) -> None:
    """What indexing did, on standard error, so that standard output stays for results."""
    from policybot.rendering import changes_as_text, duplicates_as_text

    plan = report.plan
    if not (report.changes or report.embedded or report.rebuilt):
        ERR.print(say("up_to_date"))
    else:
        kinds = ("new", "changed", "moved", "deleted", "unchanged")
        counts = {kind: len(getattr(plan, kind)) for kind in kinds}
        ERR.print(say("changes", **counts, embedded=report.embedded, seconds=report.seconds))
    language = terminal_language()
    shown = [change for change in report.changes if change.kind != "new"][:_MOST_SHOWN]
    if shown:
        ERR.print(escape(changes_as_text(shown, language=language, width=ERR.width)), end="")
    if report.changes and (report.duplicates.documents or report.duplicates.passages):
        ERR.print(escape(duplicates_as_text(report.duplicates, language=language, width=ERR.width)), end="")
    if report.rebuilt:
        ERR.print(say("rebuilt"))
    if report.pruned:
        ERR.print(say("pruned", count=report.pruned))
    ERR.print(say("indexed", documents=report.documents, passages=report.passages))
    for failure in plan.failed:
        ERR.print(f"[bold red]{say('not_indexed')}[/] {escape(failure.reason)}")
