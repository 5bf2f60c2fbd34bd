"""Around the chat, against the whole server with a real quoting assistant: again, edited, rated, kept, taken away."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect
from visiting import RealServed, Visitor, ask_and_keep, really_serving

TREES = "How many trees does the council want to plant along the harbour by 2035?"
LINES = "How many ferry lines will run on batteries?"
QUAYS = "How many crowns will it spend on new quays?"


@pytest.fixture(scope="module")
def served(folder: Path, module_data: Path) -> Iterator[RealServed]:
    with really_serving(folder, module_data) as served:
        yield served


def questions(page: Page) -> list[str]:
    return [text.split(": ", 1)[1] for text in page.locator(".pb-question").all_text_contents()]


def open_history(page: Page) -> None:
    page.locator("#pb-top [data-history]").click()
    page.locator(".pb-drawer").wait_for()


class TestAskingAgain:
    """Retry, edit, copy."""

    def test_edit_replaces_the_question_and_what_follows(self, page: Page, served: RealServed) -> None:
        """The edited question takes the place of the old one on the page, in the records and in the memory."""
        ask_and_keep(page, TREES)
        ask_and_keep(page, LINES)
        page.locator('#pb-past [data-event="edit"]').click()
        expect(page.locator("#pb-editing")).to_contain_text("replaces this one and what follows it: How many trees")
        expect(page.locator("#pb-box textarea")).to_have_value(TREES)
        ask_and_keep(page, QUAYS)

        assert questions(page) == [QUAYS]
        expect(page.locator("#pb-editing p")).to_have_count(0)
        conversation = page.url.split("?c=")[1]
        kept = [turn.text for turn in served.bot.turns(conversation) if turn.role == "user"]
        assert kept == [QUAYS]
        page.reload()
        expect(page.locator(".pb-question")).to_have_count(1)
        assert questions(page) == [QUAYS]

    def test_what_is_kept_is_remembered(self, page: Page, served: RealServed) -> None:
        """After an edit of the second question the first is still part of the conversation."""
        ask_and_keep(page, TREES)
        ask_and_keep(page, LINES)
        page.locator('#pb-current [data-event="edit"]').click()
        expect(page.locator("#pb-box textarea")).to_have_value(LINES)
        ask_and_keep(page, QUAYS)

        conversation = page.url.split("?c=")[1]
        assert [turn.text for turn in served.bot.turns(conversation) if turn.role == "user"] == [TREES, QUAYS]

    def test_edit_can_be_given_up(self, page: Page) -> None:
        """Keeping the answers empties the box, and the next question follows them."""
        ask_and_keep(page, TREES)
        page.locator('[data-event="edit"]').click()
        expect(page.locator("#pb-box textarea")).to_have_value(TREES)
        page.locator('[data-event="stop_editing"]').click()
        expect(page.locator("#pb-box textarea")).to_have_value("")
        ask_and_keep(page, LINES)

        assert questions(page) == [TREES, LINES]

    def test_ask_again(self, page: Page) -> None:
        """Asking again answers the same question once more in its place, and only the new answer is kept."""
        ask_and_keep(page, TREES)
        address = page.url.replace("/?c=", "/api/v1/conversations/")
        before = page.request.get(address).json()["answers"]
        page.locator('[data-event="retry"]').click()
        page.wait_for_function("() => document.querySelector('#pb-current [data-stage]').dataset.stage !== 'done'")
        page.locator('#pb-current [data-turn="m1"][data-stage="done"] [data-rating="up"]').wait_for()

        assert questions(page) == [TREES]
        after = page.request.get(address).json()["answers"]
        assert [len(before), len(after)] == [1, 1]
        assert before[0]["id"] != after[0]["id"]

    def test_copy_brings_the_citations_along(self, visitor: Visitor) -> None:
        """What is copied holds the answer's sentences with their numbers, and the sources with their quotes."""
        page = visitor.open(permissions=["clipboard-read", "clipboard-write"])
        ask_and_keep(page, TREES)
        # The word stands for a moment only: on a busy machine it may be gone before anybody looks.
        page.locator("[data-copy]").evaluate(
            "button => new MutationObserver(() => { window.said = (window.said ?? '') + button.textContent; })"
            ".observe(button, { childList: true })"
        )
        page.locator("[data-copy]").click()
        page.wait_for_function("() => (window.said ?? '').startsWith('Copied')")

        copied = page.evaluate("navigator.clipboard.readText()")
        assert "4,200 trees along the harbour by 2035. [1]" in copied
        assert "Harbour plan of Port Ellis" in copied
        assert "https://example.org/harbour" in copied


class TestKeeping:
    """The list of conversations, links, ratings, exports."""

    def test_list(self, visitor: Visitor) -> None:
        """Conversations are listed, found by their questions, renamed, opened again and deleted."""
        page = visitor.open()
        ask_and_keep(page, TREES)
        ask_and_keep(page, LINES)
        page.locator("#pb-clear").click()
        page.locator(".pb-welcome").wait_for()
        open_history(page)
        first = page.locator("#pb-history li").first
        expect(first).to_contain_text(TREES)
        page.locator("#pb-history input[type=search]").fill("BATTERIES zzz")
        expect(page.locator("#pb-history")).to_contain_text("No conversation holds these words.")
        page.locator("#pb-history input[type=search]").fill("BATTERIES")
        expect(page.locator("#pb-history li").first).to_contain_text(TREES)
        first.locator("summary").click()
        first.locator("label input").fill("Trees <b>and</b> lines")
        first.locator('[data-event="rename_conversation"]').click()
        expect(first.locator(".pb-title")).to_have_text("Trees <b>and</b> lines")
        first.locator(".pb-open").click()
        expect(page.locator(".pb-question")).to_have_count(2)
        assert questions(page) == [TREES, LINES]
        page.locator('.pb-chip[data-ref$=":c1"]').first.click()
        page.locator("#quote").wait_for()

        open_history(page)
        first.locator("summary").click()
        first.locator('[data-event="delete_conversation"]').click()
        page.locator(".pb-welcome").wait_for()
        expect(page.locator("#pb-history", has_text="Trees <b>and</b> lines")).to_have_count(0)

    def test_list_drawn_anew(self, visitor: Visitor) -> None:
        """What is open in the list stays open when it is drawn anew, with the focus and what was being typed."""
        page = visitor.open()
        ask_and_keep(page, TREES)
        open_history(page)
        page.locator("#pb-history li").first.locator("summary").click()
        title = page.locator("#pb-history li").first.locator("label input")
        title.fill("Half a tit")
        search = page.locator("#pb-history input[type=search]")
        search.evaluate("field => { field.value = 'trees'; field.dispatchEvent(new Event('input', {bubbles: true})); }")
        expect(search).to_have_attribute("value", "trees")
        expect(title).to_have_value("Half a tit")
        expect(title).to_be_focused()

    def test_link_reopens_after_a_restart(self, browser: Browser, served: RealServed, visitor: Visitor) -> None:
        """The page's address opens the conversation again, also when the server was started anew, and it goes on."""
        page = visitor.open()
        ask_and_keep(page, TREES)
        link = page.url.removeprefix(served.url)
        again = RealServed(served.bot)
        other = Visitor(browser, again)
        page = other.open(link)
        expect(page.locator(".pb-question")).to_have_count(1)
        ask_and_keep(page, LINES)
        now = questions(page)
        other.close()
        again.close()

        assert now == [TREES, LINES]

    def test_unknown_link(self, visitor: Visitor) -> None:
        """A link to no conversation of one's own says so and shows nothing of anybody."""
        page = visitor.open("/?c=00000000-0000-0000-0000-000000000000")

        expect(page.get_by_role("alert")).to_contain_text("There is no conversation of yours under this link.")
        expect(page.locator(".pb-exchange")).to_have_count(0)

    def test_link_prefills_but_does_not_ask(self, visitor: Visitor) -> None:
        """A link may put a question into the box; only the reader asks it."""
        page = visitor.open("/?q=How%20many%20trees%3F%20%3Cb%3E")
        expect(page.locator("#pb-box textarea")).to_have_value("How many trees? <b>")
        page.wait_for_timeout(300)

        expect(page.locator(".pb-exchange")).to_have_count(0)

    def test_rating_with_a_comment(self, page: Page, served: RealServed) -> None:
        """A rating is kept with its comment, shown again when the conversation is opened again, and exportable."""
        ask_and_keep(page, TREES)
        page.locator('[data-rating="down"]').first.click()
        page.locator(".pb-comment textarea").fill("The <year> is missing.")
        page.locator("[data-with-comment]").click()
        page.wait_for_timeout(300)
        page.reload()

        expect(page.locator('[data-rating="down"][aria-pressed]')).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".pb-comment textarea")).to_have_value("The <year> is missing.")
        feedback = page.request.get(f"{served.url}/api/v1/feedback").json()
        assert [(f["question"], f["rating"], f["comment"]) for f in feedback] == [
            (TREES, "down", "The <year> is missing.")
        ]

    def test_exports(self, page: Page) -> None:
        """A conversation is taken away as Markdown with footnotes, as JSON and as a Word document."""
        ask_and_keep(page, TREES)
        open_history(page)
        item = page.locator("#pb-history li").first
        item.locator("summary").click()
        files = {}
        for name in ("Markdown", "JSON", "Word"):
            with page.expect_download() as download:
                item.get_by_role("link", name=name).click()
            files[name] = Path(download.value.path()).read_bytes()

        markdown = files["Markdown"].decode()
        assert markdown.startswith(f"# {TREES}\n\n## {TREES}\n\n")
        assert "4,200 trees along the harbour by 2035.[^1-1]" in markdown
        assert "[^1-1]: [Harbour plan of Port Ellis](<https://example.org/harbour>)" in markdown
        assert json.loads(files["JSON"])["answers"][0]["citations"][0]["publisher"] == "Port Ellis Council"
        paragraphs = [p.text for p in docx.Document(io.BytesIO(files["Word"])).paragraphs]
        assert any("4,200 trees along the harbour by 2035.[1]" in text for text in paragraphs)
        assert any(text.startswith("[1] Harbour plan of Port Ellis") for text in paragraphs)
