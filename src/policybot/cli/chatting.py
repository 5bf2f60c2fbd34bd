"""``policybot chat``: what each line typed there does."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.text import Text

from policybot.bot.bot import PolicyBot
from policybot.bot.conversation import Conversation
from policybot.cli.strings import say
from policybot.cli.terminal import ERR, OUT, escape
from policybot.domain import ANSWER_LANGUAGES, Answer, Delta, Done, Filter
from policybot.errors import QuestionError
from policybot.rendering import as_text, cited
from policybot.text.plain import escaped_hidden, visible

AROUND = 600
"""Characters of text before and after an opened quote: about a screen with it."""

_REMEMBERED_LINES = 1000


class Chat:
    """A conversation in the terminal.

    Args:
        bot: Answers.
        talk: The conversation to go on with.
        filter: Which documents may be searched.
        width: Characters of a line.
        json: Print one JSON object a line for each answer, and nothing else.
    """

    def __init__(self, bot: PolicyBot, talk: Conversation, *, filter: Filter, width: int, json: bool) -> None:
        self._bot = bot
        self._talk = talk
        self._filter = filter
        self._width = width
        self._json = json
        self._answer: Answer | None = None

    def run(self) -> None:
        """Answer line by line until an empty one, ``/quit`` or the end of the input."""
        while True:
            try:
                line = self._read().strip()
            except EOFError:
                return
            if not line or line == "/quit":
                return
            if line.startswith("/"):
                self._command(*line.split(maxsplit=1))
                continue
            try:
                self._ask(line)
            except QuestionError as exc:
                # The next question may be a better one; every other error ends the chat.
                ERR.print(f"[bold red]{say('error')}[/] {escape(str(exc))}")

    def _read(self) -> str:
        if self._json:
            line = sys.stdin.readline()
            if not line:
                raise EOFError
            return line
        return OUT.input(f"\n[bold]{say('you')}:[/] ")

    def _ask(self, question: str) -> None:
        for event in self._talk.stream(question, filter=self._filter):
            if isinstance(event, Delta) and not self._json:
                ERR.print("·", end="", style="dim")
            elif isinstance(event, Done):
                self._answer = event.answer
                if self._json:
                    values = {"conversation": self._talk.id, **event.answer.as_dict()}
                    sys.stdout.write(escaped_hidden(json.dumps(values, ensure_ascii=False)) + "\n")
                    sys.stdout.flush()
                else:
                    ERR.print()
                    OUT.print(escape(as_text(event.answer, width=self._width)), end="")

    def _command(self, command: str, argument: str = "") -> None:
        match command:
            case "/new":
                self._talk = self._bot.conversation(answer_language=self._talk.answer_language)
                self._answer = None
                ERR.print(say("chat_new")) if self._json else OUT.print(say("chat_new"))
            case "/history":
                self._history()
            case "/open":
                self._open(argument)
            case "/language":
                self._choose_language(argument)
            case _:
                ERR.print(say("chat_help"))

    def _choose_language(self, name: str) -> None:
        """Answer in this language from now on."""
        chosen = next((each for each in ANSWER_LANGUAGES if each == name.strip()), None)
        if chosen is None:
            ERR.print(say("chat_no_language", name=escape(name)))
            return
        self._talk.answer_language = chosen
        show = ERR.print if self._json else OUT.print
        show(say(f"chat_language_{chosen}"))

    def _history(self) -> None:
        """What was said, and the id to come back by."""
        show = ERR.print if self._json else OUT.print
        show(say("chat_id", id=self._talk.id))
        for turn in self._talk.turns:
            who = say("you") if turn.role == "user" else "policybot"
            show(f"[bold]{who}:[/] {escape(turn.text)}")

    def _open(self, number: str) -> None:
        """The text around a citation of the last answer, its quote marked."""
        citations = self._answer.citations if self._answer else ()
        citation = next((c for c in citations if str(c.number) == number.strip("[] ")), None)
        if citation is None:
            ERR.print(say("chat_no_citation", number=escape(number), count=len(citations)))
            return
        document = self._bot.document(citation.document_id, version=citation.version)
        text = document.text
        # A quote may stand in the front matter itself.
        first = min(max(document.body_start, citation.start - AROUND), citation.start)
        shown = Text("…" if first > document.body_start else "").append(visible(text[first : citation.start]))
        shown.append(visible(citation.quote), style="bold reverse")
        shown.append(visible(text[citation.end : citation.end + AROUND])).append(
            "…" if citation.end + AROUND < len(text) else ""
        )
        show = ERR.print if self._json else OUT.print
        show(f"[bold]\\[{citation.number}] {escape(cited(citation).byline)}[/]")
        if citation.url:
            show(escape(citation.url))
        show()
        show(shown)


@contextlib.contextmanager
def remembered_lines(path: Path) -> Iterator[None]:
    """Arrow keys and Ctrl-R bring back earlier questions, of earlier chats too, where the terminal can."""
    try:
        import readline
    except ModuleNotFoundError:  # Not on every system.
        yield
        return
    with contextlib.suppress(FileNotFoundError):
        readline.read_history_file(path)
    try:
        yield
    finally:
        readline.set_history_length(_REMEMBERED_LINES)
        readline.write_history_file(path)
        path.chmod(0o600)
