"""What all commands share: output, progress bars, errors as one line and an exit code."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape as escape_markup
from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from policybot.cli.strings import say
from policybot.domain import OnProgress, Progress
from policybot.errors import PolicybotError
from policybot.text.plain import escaped_hidden, visible

OUT = Console(highlight=False, soft_wrap=True)
ERR = Console(stderr=True, highlight=False, soft_wrap=True)


def escape(text: str) -> str:
    """Text for a console: what it holds is no markup of the console's and steers no terminal."""
    return escape_markup(visible(text))


@contextmanager
def reported_errors() -> Iterator[None]:
    """Turn policybot's own errors into one message and exit code 1; anything else is a bug and shows itself."""
    try:
        yield
    except PolicybotError as exc:
        ERR.print(f"[bold red]{say('error')}[/] {escape(str(exc))}")
        raise typer.Exit(1) from exc
    except KeyboardInterrupt as exc:
        ERR.print(say("stopped"))
        raise typer.Exit(130) from exc


def quiet_libraries() -> None:
    """Keep libraries' warnings out of the terminal; policybot's own warnings stay."""
    logging.basicConfig(level=logging.ERROR, format="%(name)s: %(message)s", stream=sys.stderr)
    logging.getLogger("policybot").setLevel(logging.WARNING)


def print_json(value: Any) -> None:
    """JSON on standard output, and nothing else: for scripts."""
    sys.stdout.write(escaped_hidden(json.dumps(value, ensure_ascii=False, indent=2)) + "\n")


@contextmanager
def progress_bars() -> Iterator[OnProgress]:
    """Progress bars on standard error, one for each kind of work; none when it is not a terminal."""
    with Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
        console=ERR,
        transient=True,
        disable=not ERR.is_terminal,
    ) as bar:
        tasks: dict[str, TaskID] = {}

        def show(progress: Progress) -> None:
            if progress.what not in tasks:
                tasks[progress.what] = bar.add_task(say(f"progress_{progress.what}"), total=progress.total or None)
            bar.update(tasks[progress.what], completed=progress.done, total=progress.total or None)

        yield show
