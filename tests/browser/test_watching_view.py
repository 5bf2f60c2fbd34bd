"""What the Documents view says of a watched folder, against the whole server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from visiting import RealServed, Server, Visitor

from policybot import PolicyBot, load_settings
from policybot.domain import IndexFailure
from policybot.indexing import EmbeddingModels
from policybot.indexing.watching import Watcher, WatchState, WatchTrouble
from policybot.rendering import Language
from policybot.server import create_app, interfaces
from policybot.testing import HashingEmbedder
from policybot.ui.watching import watching_html

BROKEN = "---\ntitle: [\n---\n\nText.\n"
HOSTILE = '<img src=x onerror="window.hacked=1">\u202e.md: cannot be read.'


class WatchedServed(RealServed):
    """The same server, following a folder."""

    def __init__(self, bot: PolicyBot, watcher: Watcher) -> None:
        self.bot = bot
        programs = interfaces(bot, watcher)
        Server.__init__(self, create_app(bot, settings=bot.settings, programs=programs))


@pytest.fixture
def folder_watched(browser: Browser, tmp_path: Path) -> Iterator[tuple[Path, Visitor]]:
    """A folder with a good and a broken file, and somebody who looks at the page."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "good.md").write_text("# Good\n\nThe council plants trees.\n", encoding="utf-8")
    (documents / "broken.md").write_text(BROKEN, encoding="utf-8")
    settings = load_settings(data_dir=tmp_path / "data", documents_dir=documents, chat_model="none")
    with PolicyBot(settings, embedding_models=EmbeddingModels(HashingEmbedder(), {})) as bot:
        watcher = Watcher(bot.index, [documents])
        watcher.start()
        served = WatchedServed(bot, watcher)
        visitor = Visitor(browser, served)
        yield documents, visitor
        visitor.close()
        served.close()
        watcher.close()


def test_failed_file_is_shown_until_it_is_mended(folder_watched: tuple[Path, Visitor]) -> None:
    """The page names what failed, why and when it is tried again, and by itself no longer when it was mended."""
    documents, visitor = folder_watched
    page = visitor.open()
    page.locator('[data-view="documents"]').click()
    watched = page.locator("#pb-watched")
    expect(watched).to_contain_text(re.compile(r"Watched folders: 1.*Cannot be read: 1"))
    watched.locator("summary").click()
    expect(watched.locator("li")).to_contain_text(re.compile(r"broken\.md.*tried \d times, again at \d\d:\d\d:\d\d"))

    (documents / "broken.md").write_text("# Mended\n\nFerries run.\n", encoding="utf-8")

    expect(watched.locator("li")).to_have_count(0)
    expect(watched).to_contain_text("Watched folders: 1")
    assert visitor.left == []


@pytest.mark.parametrize(("language", "words"), [("en", "tried 2 times"), ("zh", "已尝试 2 次")])
def test_failures_are_text(language: Language, words: str) -> None:
    """Names of files are text: no markup, no hidden characters; what the watcher tells is not told twice."""
    trouble = WatchTrouble("/f", "a.md", HOSTILE, 2, "2031-04-02T03:04:05+00:00")
    state = WatchState("watching", ("/f",), ("/f",), 3, "2031-04-02T03:04:00+00:00", (trouble,))

    html = watching_html(state, [IndexFailure("a.md", HOSTILE), IndexFailure("b.md", "b.md: is a scan.")], language)

    assert "<img" not in html
    assert "\u202e" not in html
    assert words in html
    assert html.count("<li>") == 2
    assert "03:04:05 UTC" in html


def test_nothing_is_said_of_nothing() -> None:
    """Without a watcher and without failures there is no line at all."""
    assert watching_html(WatchState(), (), "en") == ""
