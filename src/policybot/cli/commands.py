"""Each command, in the order a new user meets them.

What a command needs is imported in it, so that ``--help`` and completion answer at once.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.table import Table

import policybot
from policybot.cli.access import KEYS, USERS
from policybot.cli.completing import document_names
from policybot.cli.evaluating import EVAL
from policybot.cli.filtering import filtered
from policybot.cli.indexing import backup, changes, index, restore, tell, watch, watcher_of
from policybot.cli.protocol import mcp
from policybot.cli.strings import say, terminal_language
from policybot.cli.terminal import ERR, OUT, escape, print_json, progress_bars, quiet_libraries, reported_errors
from policybot.domain import AnswerLanguage, Filter
from policybot.text.plain import visible

_APP = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Answers questions about policy documents and cites every sentence.",
)
_APP.add_typer(EVAL, name="eval")
_APP.command("mcp")(mcp)
_APP.command("index")(index)
_APP.command("watch")(watch)
_APP.command("changes")(changes)
_APP.command("backup")(backup)
_APP.command("restore")(restore)
_APP.add_typer(USERS, name="users")
_APP.add_typer(KEYS, name="keys")

_EXAMPLES = 4
"""Questions offered on the empty page: as many as a phone shows without scrolling."""

_HITS = 10
"""Passages that a search prints: as many as an answer is made from."""

_Question = Annotated[str, typer.Argument(help="The question; - reads it from standard input.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
_AnswerLanguage = Annotated[
    AnswerLanguage, typer.Option(help="Language of the answer; auto: that of the question. Quotes keep their own.")
]


def main() -> None:
    """Run the command line."""
    quiet_libraries()
    with reported_errors():
        _APP(prog_name="policybot")


@_APP.command()
def serve(
    host: Annotated[Optional[str], typer.Option(help="Address to listen on.")] = None,  # noqa: UP045
    port: Annotated[Optional[int], typer.Option(help="Port to listen on.")] = None,  # noqa: UP045
    watch: Annotated[bool, typer.Option("--watch", help="Index what is saved in the folders while serving.")] = False,
) -> None:
    """Bring the index up to date and open the chat page."""
    with reported_errors():
        from policybot import server
        from policybot.store.accounts import Accounts

        given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
        settings = policybot.load_settings(**given)
        place = server.reserve(settings.host, settings.port)
        accounts = Accounts(settings.data_dir)
        server.check_door(place.getsockname()[0], accounts)
        if not accounts.any_users():
            ERR.print(say("local_only"))
        with policybot.PolicyBot(settings) as bot:
            paths = bot.indexed_paths() or (settings.documents_dir,)
            for path in paths:
                with progress_bars() as show:
                    tell(bot.index(path, on_progress=show))
        with progress_bars() as show, policybot.PolicyBot(settings, on_progress=show) as bot:
            ERR.print(say("loading"))
            bot.warm_up()
            examples = bot.example_questions(_EXAMPLES)
            watcher = watcher_of(bot, paths) if watch else None
            if watcher is not None:
                watcher.start()
            server.serve(
                bot,
                place=place,
                examples=examples,
                accounts=accounts,
                settings=settings,
                programs=server.interfaces(bot, watcher),
                on_ready=lambda url: OUT.print(say("serving", url=url)),
            )


@_APP.command()
@filtered
def ask(
    question: _Question,
    *,
    answer_language: _AnswerLanguage = "auto",
    json: _Json = False,
    why: Annotated[bool, typer.Option("--why", help="Print what each stage decided, too.")] = False,
    filter: Filter,
) -> None:
    """Answer one question with citations."""
    from policybot.rendering import as_text, decisions_as_text

    with reported_errors(), progress_bars() as show, policybot.PolicyBot(on_progress=show) as bot:
        answer = bot.ask(_read(question), filter=filter, answer_language=answer_language)
        if json:
            print_json(answer.as_dict())
        else:
            OUT.print(escape(as_text(answer, width=_width())), end="")
            if why:
                OUT.print(escape(f"\n{decisions_as_text(answer)}"), end="")


@_APP.command()
@filtered
def search(
    question: _Question,
    *,
    json: _Json = False,
    limit: Annotated[int, typer.Option(min=1, help="Print at most so many passages, or sentences.")] = _HITS,
    sentences: Annotated[bool, typer.Option("--sentences", help="Print single sentences, not passages.")] = False,
    filter: Filter,
) -> None:
    """Print the passages that a question finds, best first, without answering it."""
    from policybot.rendering import hits_as_text, sentences_as_text

    with reported_errors(), progress_bars() as show, policybot.PolicyBot(on_progress=show) as bot:
        asked, language, width = _read(question), terminal_language(), _width()
        if sentences:
            ranked = bot.sentences(asked, filter=filter, limit=limit)
            values, text = [asdict(each) for each in ranked], sentences_as_text(ranked, language=language, width=width)
        else:
            hits = bot.search(asked, filter=filter, limit=limit)
            values, text = [asdict(hit) for hit in hits], hits_as_text(hits, language=language, width=width)
        if json:
            print_json(values)
        elif values:
            OUT.print(escape(text), end="")
        else:
            OUT.print(say("nothing_found"))


@_APP.command()
def check(
    claim: Annotated[str, typer.Argument(help="The claim; - reads it from standard input.")],
    against: Annotated[Path, typer.Option(help="File with the text that it is held against, of any format.")],
    json: _Json = False,
) -> None:
    """Say whether a text supports a claim, what was compared and what differs."""
    from policybot import reading
    from policybot.rendering import check_as_text

    with reported_errors(), policybot.PolicyBot(policybot.load_settings(chat_model="none")) as bot:
        most = bot.settings.max_file_mb * 1_000_000
        document = reading.read(against, name=against.name, document_id="", max_bytes=most)
        found = bot.check(_read(claim), document)
        if json:
            print_json(asdict(found))
        else:
            OUT.print(escape(check_as_text(found, language=terminal_language(), width=_width())), end="")


@_APP.command()
@filtered
def chat(
    conversation: Annotated[str | None, typer.Option(help="Id of a conversation to go on with.")] = None,
    *,
    answer_language: _AnswerLanguage = "auto",
    json: Annotated[bool, typer.Option("--json", help="Answer each line of input with a line of JSON.")] = False,
    filter: Filter,
) -> None:
    """Ask one question after another; each is understood with what came before. /open 2 shows where [2] stands."""
    from policybot.cli.chatting import Chat, remembered_lines

    with reported_errors(), progress_bars() as show, policybot.PolicyBot(on_progress=show) as bot:
        bot.warm_up()
        talk = Chat(
            bot,
            bot.conversation(conversation, answer_language=answer_language),
            filter=filter,
            width=_width(),
            json=json,
        )
        if json:
            talk.run()
            return
        OUT.print(say("chat_welcome", documents=len(bot.documents())))
        if filter:
            OUT.print(say("chat_filtered"))
        with remembered_lines(bot.settings.data_dir / "chat-history") if sys.stdin.isatty() else nullcontext():
            talk.run()


@_APP.command()
def documents(
    name: Annotated[
        str | None,
        typer.Argument(
            help="Print the text of this document, the one citations count in.", autocompletion=document_names
        ),
    ] = None,
    json: _Json = False,
) -> None:
    """List what is indexed, or print one document's text."""
    with reported_errors(), policybot.PolicyBot() as bot:
        if name is not None:
            document = bot.document(name)
            text = visible(document.text) if sys.stdout.isatty() else document.text
            print_json(asdict(document)) if json else sys.stdout.write(text)
            return
        summaries = bot.documents()
        if json:
            print_json([asdict(summary) for summary in summaries])
            return
        if not summaries:
            OUT.print(say("no_documents"))
            return
        table = Table(
            *(say(f"column_{c}") for c in ("name", "title", "publisher", "published", "language", "passages"))
        )
        for s in summaries:
            m = s.metadata
            table.add_row(
                *(escape(v) for v in (s.name, m.title, m.publisher, m.published, m.language, str(s.passages)))
            )
        OUT.print(table)


@_APP.command()
def doctor(json: _Json = False) -> None:
    """Check models, hashes, data folder, disk and port, and say what to do."""
    from policybot.cli.doctor import run_checks

    with reported_errors():
        checks = run_checks(policybot.load_settings())
    failed = [check for check in checks if not check.passed]
    if json:
        print_json([asdict(check) for check in checks])
    else:
        for check in checks:
            mark = "[green]✓[/]" if check.passed else "[bold red]✗[/]"
            OUT.print(f"{mark} {escape(check.name)}: {escape(check.found)}")
        OUT.print(say("some_failed", count=len(failed)) if failed else say("all_well"))
    if failed:
        raise typer.Exit(1)


def _read(question: str) -> str:
    return sys.stdin.read() if question == "-" else question


def _width() -> int:
    """Characters of a line of text: no longer than is read with ease."""
    return min(OUT.width, 100)
