"""A scripted assistant behind the real page, and the Chromium that looks at it."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
import uvicorn
import yaml
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright
from starlette.types import ASGIApp

from policybot import PolicyBot, load_settings
from policybot.domain import (
    Answer,
    AnswerEvent,
    AnswerKind,
    AnswerLanguage,
    Citation,
    Delta,
    Document,
    DocumentSummary,
    Done,
    Filter,
    Found,
    Hit,
    Metadata,
    Passage,
    Sentence,
    Turn,
)
from policybot.errors import ChatModelError, OriginalGone, UnknownDocument
from policybot.reading import PageMark
from policybot.server import create_app, interfaces
from policybot.store.accounts import Accounts

PATIENCE_MS = 120_000
"""How long a test waits for what will happen: no law about speed, only an end for one that fails."""

expect.set_options(timeout=PATIENCE_MS)

DOCUMENTS = Path(__file__).parents[2] / "documents"
EVERYTHING = Filter()
EXPLAINER = "01-explainer-two-sessions-2024.md"
HARBIN = "04-xi-harbin-2023-zh.md"
STATISTICS = "13-sector-statistics.md"

ENGLISH = "Which new growth engines does the 2024 explainer name?"
CHINESE = "2023年哈尔滨座谈会点名了哪些产业？"
UNANSWERED = "What will the weather in Lima be tomorrow?"
FOLLOW_UP = "And the 2025 one?"
UNDERSTOOD = ENGLISH.replace("2024", "2025")
SLOW = "Tell me slowly"
FAILING = "Ask a model that is not there"
BREAKING = "Ask for a bug"
HOSTILE = '<script>window.hacked=1</script> "><img src=x onerror="window.hacked=1"> {{constructor}} ${window.hacked=1}'
MESSAGE = "This is said about the whole answer."
KINDS: dict[str, AnswerKind] = {
    f"Answer me in the way called {kind}": kind
    for kind in (
        "partial", "disagreement", "correction", "off_topic", "opinion", "harmful", "manipulation", "meta",
    )
}  # fmt: skip
ANSWERED = ("partial", "disagreement", "correction")
PARTLY = "Which sentence stands only in part?"
EXAMPLES = (ENGLISH, CHINESE, "How does the IMF judge industrial policy?")

QUOTES = (
    "three fields are named as new engines of growth, namely biomanufacturing, commercial spaceflight and "
    "the low-altitude economy.",
    "In the explainer, new quality productive forces are a contemporary and advanced kind of productive force.",
)
CHINESE_QUOTE = "他点名了四类要培育的战略性新兴产业：新能源、新材料、先进制造和电子信息。"

HOSTILE_TEXT = """# Hostile <script>window.hacked=1</script>

A quote with <img src=x onerror="window.hacked=1"> and ![a picture](http://example.com/track.png) and
[a link](javascript:window.hacked=1) and <a href="javascript:window.hacked=1">raw</a> and ${window.hacked=1}
and {{constructor.constructor('window.hacked=1')()}}.

<iframe src="http://example.com/frame"></iframe>
"""


def read(path: Path) -> Document:
    """A document of the collection, read the short way."""
    text = path.read_text(encoding="utf-8")
    body_start = text.index("\n---\n", 4) + len("\n---\n")
    front = yaml.safe_load(text[4:body_start].removesuffix("---\n"))
    metadata = Metadata(**{name: str(value) for name, value in front.items()})
    return Document(path.stem, path.name, text, "markdown", metadata, body_start)


class ScriptedBot:
    """Knows the real documents and one hostile one, and answers the questions above, always alike.

    Attributes:
        pace_s: Seconds between two events.
        closed: Set when an answer's generator was closed before its end.
        forgotten: The conversations that were forgotten.
        asked: Question and conversation of each call.
        filters: Filter of each call.
        languages: Answer language of each call.
        histories: History of each call.
        further: What it offers to go on with.
    """

    chat_model_name = "scripted"

    def __init__(self, *, pace_s: float = 0.05) -> None:
        self.pace_s = pace_s
        self.closed = threading.Event()
        self.forgotten: list[str] = []
        self.asked: list[tuple[str, str | None]] = []
        self.filters: list[Filter] = []
        self.languages: list[AnswerLanguage] = []
        self.histories: list[tuple[Turn, ...]] = []
        self.further: tuple[str, ...] = ()
        self._documents = {path.stem: read(path) for path in sorted(DOCUMENTS.glob("[0-9]*.md"))}
        hostile = Metadata(
            title='"><script>window.hacked=1</script>',
            publisher="<img src=x onerror=window.hacked=1>",
            published="2024",
            url="javascript:window.hacked=1",
            language='"><b>',
        )
        self._documents["hostile"] = Document("hostile", "hostile.md", HOSTILE_TEXT, "markdown", hostile)

    def fresh(self) -> None:
        """Forget what was noted."""
        self.closed.clear()
        for noted in (self.forgotten, self.asked, self.filters, self.languages, self.histories):
            noted.clear()
        self.further = ()

    def documents(self) -> tuple[DocumentSummary, ...]:
        """What `documents/` holds; the hostile one is not listed."""
        return tuple(
            DocumentSummary(d.id, d.name, d.metadata, d.version, 12, "2026-01-01T00:00:00Z")
            for d in self._documents.values()
            if d.id != "hostile"
        )

    def document(self, document_id: str, *, version: str | None = None) -> Document:
        """Any of them, whatever the version."""
        if document_id not in self._documents:
            raise UnknownDocument(f"No indexed document has the id {document_id!r}.")
        return self._documents[document_id]

    def forget(self, conversation: str) -> None:
        """Note the conversation."""
        self.forgotten.append(conversation)

    def page_mark(self, document_id: str, page: int, *, start: int, end: int, version: str | None = None) -> PageMark:
        """None of them has pages."""
        raise OriginalGone("There is no original.")

    def further_questions(self, answer: Answer) -> tuple[str, ...]:
        """The questions that the test wants offered."""
        return self.further

    def stream(
        self,
        question: str,
        *,
        conversation: str | None = None,
        history: Sequence[Turn] = (),
        filter: Filter = EVERYTHING,
        answer_language: AnswerLanguage = "auto",
    ) -> Iterator[AnswerEvent]:
        """Answer by script, whatever the filter, and note whether somebody stopped listening."""
        self.asked.append((question, conversation))
        self.languages.append(answer_language)
        self.filters.append(filter)
        self.histories.append(tuple(history))
        try:
            yield from self._events(question)
        except GeneratorExit:
            self.closed.set()
            raise

    def _events(self, question: str) -> Iterator[AnswerEvent]:
        time.sleep(self.pace_s)
        if question == FAILING:
            raise ChatModelError("The chat model at http://127.0.0.1:9 did not answer. Start it, then ask again.")
        if question == BREAKING:
            raise RuntimeError("secret detail of the bug")
        hits = tuple(
            self._hit(name, quote, rank)
            for rank, (name, quote) in enumerate(
                [(EXPLAINER, QUOTES[0]), (EXPLAINER, QUOTES[1]), (HARBIN, CHINESE_QUOTE)], start=1
            )
        )
        understood = UNDERSTOOD if question == FOLLOW_UP else ""
        yield Found(hits, understood)
        if question == UNANSWERED:
            message = "The documents do not say what the weather in Lima will be tomorrow."
            yield Done(Answer(question, "abstained", "en", message=message, hits=hits, chat_model="scripted"))
            return
        kind = KINDS.get(question, "full")
        if kind not in ("full", *ANSWERED):
            yield Done(
                Answer(question, "abstained", "en", message=MESSAGE, hits=hits, chat_model="scripted", kind=kind)
            )
            return
        sentences, citations = self._script(question)
        for sentence in sentences:
            time.sleep(self.pace_s)
            yield Delta(sentence, tuple(c for c in citations if c.number in sentence.citations))
            while question == SLOW:
                time.sleep(self.pace_s)
                yield Delta(Sentence(" Tick.", "supported", lead=" "), ())
        language = "zh" if question == CHINESE else "en"
        yield Done(
            Answer(
                question,
                "answered",
                language,
                sentences=tuple(sentences),
                citations=tuple(citations),
                message="" if kind == "full" else MESSAGE,
                rejected=(Sentence("Nobody said so.", "unsupported"),) if question == PARTLY else (),
                hits=hits,
                chat_model="scripted",
                kind=kind,
                understood=understood,
            )
        )

    def _script(self, question: str) -> tuple[Sequence[Sentence], Sequence[Citation]]:
        if question == CHINESE:
            text = "习近平点名了四类要培育的战略性新兴产业：新能源、新材料、先进制造和电子信息。"
            return [Sentence(text, "supported", (1,))], [self._citation(1, HARBIN, CHINESE_QUOTE)]
        if question == PARTLY:
            return [
                Sentence("The explainer names three new engines of growth.", "supported", (1,)),
                Sentence("They grow fast.", "partly", (1,), reason="0.52 of its words stand in <b>the evidence</b>"),
            ], [self._citation(1, EXPLAINER, QUOTES[0])]
        if question == HOSTILE:
            quote = HOSTILE_TEXT[HOSTILE_TEXT.index("A quote") : HOSTILE_TEXT.index("\n\n<iframe")]
            return [Sentence(f"{HOSTILE} **bold**", "supported", (1,))], [self._citation(1, "hostile.md", quote)]
        return [
            Sentence("The explainer names three new engines of growth.", "supported", (1,)),
            Sentence("Biomanufacturing.", "supported", (1,), lead="\n- "),
            Sentence("Commercial spaceflight.", "supported", (1,), lead="\n- "),
            Sentence("The low-altitude economy, **flying below 1,000 metres**.", "supported", (1, 3), lead="\n- "),
            Sentence(
                "It calls new quality productive forces a contemporary and advanced productive force.",
                "supported",
                (2,),
                lead="\n\n",
            ),
        ], [
            self._citation(1, EXPLAINER, QUOTES[0]),
            self._citation(2, EXPLAINER, QUOTES[1]),
            self._citation(3, HARBIN, CHINESE_QUOTE),
        ]

    def _citation(self, number: int, name: str, quote: str) -> Citation:
        document = next(d for d in self._documents.values() if d.name == name)
        start = document.text.index(quote)
        meta = document.metadata
        return Citation(
            number=number,
            quote=quote,
            start=start,
            end=start + len(quote),
            document=document.name,
            document_id=document.id,
            version=document.version,
            passage_id="0" * 32,
            title=meta.title,
            publisher=meta.publisher,
            published=meta.published,
            section="The seven key points",
            page=None,
            url=meta.url,
            language=meta.language,
        )

    def _hit(self, name: str, text: str, rank: int) -> Hit:
        citation = self._citation(rank, name, text)
        passage = Passage(
            id="0" * 32,
            document_id=citation.document_id,
            document=name,
            title=citation.title,
            text=text,
            start=citation.start,
            end=citation.end,
            section=("The seven key points",),
            page=None,
            language=citation.language,
            ordinal=rank,
        )
        metadata = self._documents[citation.document_id].metadata
        return Hit(passage, metadata, citation.version, rank, 1 / rank, 0.5)


class Server:
    """An application on a free port of 127.0.0.1, served from a thread."""

    def __init__(self, app: ASGIApp) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive(), "The server stopped at its start."
            time.sleep(0.02)

    def close(self) -> None:
        """Stop serving."""
        self._server.should_exit = True
        self._thread.join(timeout=10)


class Served(Server):
    """The page with a scripted assistant behind it."""

    def __init__(self, bot: ScriptedBot) -> None:
        self.bot = bot
        super().__init__(create_app(bot, examples=EXAMPLES))


class RealServed(Server):
    """Page and interfaces with a real assistant behind them, as `policybot serve` puts them together."""

    def __init__(self, bot: PolicyBot, *, accounts: Accounts | None = None) -> None:
        self.bot = bot
        programs = interfaces(bot)
        super().__init__(create_app(bot, accounts=accounts, settings=bot.settings, programs=programs))


@contextmanager
def really_serving(documents: Path, data_dir: Path, **settings: Any) -> Iterator[RealServed]:
    """The whole server over a folder of documents, with the real models, quoting."""
    with PolicyBot(load_settings(data_dir=data_dir, chat_model="none", **settings)) as bot:
        bot.index(documents)
        served = RealServed(bot)
        yield served
        served.close()


def find_chromium() -> str | None:
    """Path of the Chromium to drive: CHROMIUM, else the first that is installed."""
    names = ("chromium", "chromium-browser", "google-chrome")
    installed = (shutil.which(name) for name in names)
    return os.environ.get("CHROMIUM") or next((path for path in installed if path), None)


# Not for the session: Playwright keeps an event loop running, so that asyncio.run fails in every test meanwhile.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    executable = find_chromium()
    if executable is None:
        reason = "No Chromium found: install Debian's package `chromium`, or set CHROMIUM to its path."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    served = Served(ScriptedBot())
    yield served
    served.close()


@pytest.fixture
def bot(served: Served) -> ScriptedBot:
    served.bot.fresh()
    return served.bot


class Visitor:
    """Opens the page in tabs of its own and notes whatever wants to leave this machine."""

    def __init__(self, browser: Browser, served: Server) -> None:
        self._browser = browser
        self._served = served
        self._contexts: list[BrowserContext] = []
        self.left: list[str] = []

    def open(
        self,
        path: str = "/",
        *,
        width: int = 1280,
        height: int = 800,
        locale: str = "en-GB",
        scheme: str = "light",
        **more: Any,
    ) -> Page:
        """A fresh tab of a fresh browser on the page, once its header stands."""
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            locale=locale,
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(PATIENCE_MS)
        context.route("**/*", self._route)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.left.append(f"page error: {error}"))
        page.on("console", lambda m: self.left.append(m.text) if "Content Security Policy" in m.text else None)
        page.goto(f"{self._served.url}{path}")
        page.locator(".pb-header").wait_for()
        return page

    def _route(self, route: Route) -> None:
        if route.request.url.startswith(f"{self._served.url}/"):
            route.continue_()
        else:
            self.left.append(route.request.url)
            route.abort()

    def close(self) -> None:
        """Close every tab."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def visitor(browser: Browser, served: Served | RealServed) -> Iterator[Visitor]:
    if isinstance(served, Served):
        served.bot.fresh()
    visitor = Visitor(browser, served)
    yield visitor
    visitor.close()
    assert visitor.left == [], "The page asked for something beyond this machine, or a script failed."


@pytest.fixture
def page(visitor: Visitor) -> Page:
    return visitor.open()


_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def findings(page: Page) -> list[tuple[str, str, str]]:
    """What axe-core finds: impact, rule, first element."""
    page.evaluate(_AXE)
    violations = page.evaluate(
        """async () => (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }))
        .violations.map(v => [v.impact, v.id, v.nodes[0].html])"""
    )
    return [(impact, rule, html) for impact, rule, html in violations]


def ask(page: Page, question: str) -> None:
    """Type the question and press Enter."""
    page.locator("#pb-box textarea").fill(question)
    page.locator("#pb-box textarea").press("Enter")


def ask_and_wait(page: Page, question: str, stage: str = "done") -> None:
    """Ask and wait until the answer has come to that stage."""
    ask(page, question)
    # The last answer is still there for a moment: only this question's will do.
    page.locator(f'#pb-current [data-stage="{stage}"]', has_text=question).wait_for()


def ask_and_keep(page: Page, question: str) -> None:
    """Ask and wait until the answer is in the records, after which its exchange is not drawn again by itself."""
    ask_and_wait(page, question)
    page.locator('#pb-current [data-rating="up"]').wait_for()
