"""The page in a real Chromium, with a scripted assistant behind it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from visiting import (
    BREAKING,
    CHINESE,
    CHINESE_QUOTE,
    ENGLISH,
    EXAMPLES,
    FAILING,
    FOLLOW_UP,
    HOSTILE,
    QUOTES,
    SLOW,
    UNANSWERED,
    UNDERSTOOD,
    ScriptedBot,
    Visitor,
    ask,
    ask_and_wait,
)


def in_view(page: Page, selector: str) -> bool:
    """Whether the whole element can be seen without scrolling."""
    box = page.locator(selector).first.bounding_box()
    size = page.viewport_size
    assert box is not None
    assert size is not None
    return box["y"] >= 0 and box["y"] + box["height"] <= size["height"] and 0 <= box["x"] < size["width"]


def marked(page: Page) -> str:
    return "".join(page.locator(".pb-document mark").all_inner_texts())


def hacked(page: Page) -> object:
    return page.evaluate("window.hacked")


class TestAsking:
    """Questions, answers and their sources."""

    def test_answer_with_citations(self, page: Page) -> None:
        """An answer streams in, each sentence with its chips, the sources below it."""
        ask(page, ENGLISH)

        page.locator('[data-stage="reading"], [data-stage="writing"]').first.wait_for()
        page.locator('[data-stage="done"]').wait_for()
        assert [text.strip("[]") for text in page.locator(".pb-chip").all_text_contents()] == [
            "1",
            "1",
            "1",
            "1",
            "3",
            "2",
        ]
        assert page.locator("#pb-current .pb-sources li").count() == 3
        expect(page.locator("#pb-box textarea")).to_have_value("")

    def test_source_opens_beside_the_answer(self, page: Page) -> None:
        """A chip opens its passage with exactly the quote marked and in view."""
        ask_and_wait(page, ENGLISH)
        page.locator('.pb-chip[data-ref="m1:c1"]').first.click()
        page.locator("#quote").wait_for()

        assert QUOTES[0] == marked(page)
        assert in_view(page, "#quote")
        expect(page.locator(".pb-card")).to_contain_text("People's Daily Online")
        original = page.locator("a.pb-original")
        expect(original).to_have_attribute("rel", "noopener noreferrer nofollow")
        expect(original).to_have_attribute("target", "_blank")

    def test_previous_and_next(self, page: Page) -> None:
        """Next leads through the citations of the answer and ends at the last."""
        ask_and_wait(page, ENGLISH)
        page.locator('.pb-chip[data-ref="m1:c1"]').first.click()
        page.locator('[data-opened="m1:c1"]').wait_for()
        page.locator('[data-step="next"]').click()
        page.locator('[data-opened="m1:c2"]').wait_for()
        assert QUOTES[1] == marked(page)
        page.locator('[data-step="next"]').click()
        page.locator('[data-opened="m1:c3"]').wait_for()

        assert marked(page) == CHINESE_QUOTE
        assert in_view(page, "#quote")
        expect(page.get_by_role("button", name="Next")).to_be_disabled()

    def test_examples(self, page: Page, bot: ScriptedBot) -> None:
        """An example is asked with one click."""
        assert list(EXAMPLES) == page.locator("[data-example]").all_text_contents()
        page.locator("[data-example]").nth(1).click()
        page.locator('[data-stage="done"]').wait_for()

        assert bot.asked[0][0] == CHINESE

    def test_conversation(self, page: Page, bot: ScriptedBot) -> None:
        """Questions of one tab belong to one conversation, and old answers keep their sources."""
        ask_and_wait(page, ENGLISH)
        ask_and_wait(page, CHINESE)
        page.locator('#pb-past .pb-chip[data-ref="m1:c1"]').first.click()
        page.locator('[data-opened="m1:c1"]').wait_for()

        assert bot.asked[0][1] == bot.asked[1][1] != ""
        assert QUOTES[0] == marked(page)

    def test_understood(self, page: Page, bot: ScriptedBot) -> None:
        """A follow-up tells how it was understood, a question by itself does not; corrected, it is asked instead."""
        ask_and_wait(page, ENGLISH)
        expect(page.locator(".pb-understood")).to_have_count(0)
        ask_and_wait(page, FOLLOW_UP)
        expect(page.locator(".pb-understood")).to_contain_text(f"Understood as: {UNDERSTOOD}")
        page.locator('[data-language="zh"]').click()
        expect(page.locator(".pb-understood")).to_contain_text(f"理解为：{UNDERSTOOD}")

        page.locator(".pb-understood button").click()
        expect(page.locator("#pb-box textarea")).to_have_value(UNDERSTOOD)
        ask_and_wait(page, f"{UNDERSTOOD} Or in the 2026 one?")

        assert [asked for asked, _ in bot.asked] == [ENGLISH, FOLLOW_UP, f"{UNDERSTOOD} Or in the 2026 one?"]
        assert [turn.text for turn in bot.histories[-1] if turn.role == "user"] == [ENGLISH]

    def test_abstention(self, page: Page) -> None:
        """A refusal looks different, has no citations, and its nearest passages open like a source."""
        ask_and_wait(page, UNANSWERED)

        expect(page.locator(".pb-abstained")).to_contain_text("do not say what the weather in Lima")
        assert page.locator(".pb-chip").count() == 0
        page.locator('[data-ref="m1:h2"]').click()
        page.locator('[data-opened="m1:h2"]').wait_for()
        assert QUOTES[1] == marked(page)

    def test_tabs_are_apart(self, visitor: Visitor, bot: ScriptedBot) -> None:
        """Two tabs have two conversations, and one cannot open what the other was answered."""
        first, second = visitor.open(), visitor.open()
        ask_and_wait(first, ENGLISH)
        ask_and_wait(second, UNANSWERED)
        second.evaluate("document.querySelector('[data-ref]').dataset.ref = 'm1:c1'")
        second.locator('[data-ref="m1:c1"]').click()

        expect(second.locator("#pb-source .pb-note")).to_contain_text("can no longer be opened")
        assert bot.asked[0][1] != bot.asked[1][1]


class TestStopping:
    """Stop, a new conversation, a closed tab."""

    def test_stop(self, page: Page, bot: ScriptedBot) -> None:
        """Stop ends the answer, keeps what was written, and stops the model."""
        ask(page, SLOW)
        page.locator("#pb-current .pb-chip").first.wait_for()
        page.locator("#pb-stop").click()
        page.locator('[data-stage="stopped"]').wait_for()

        assert bot.closed.wait(5)
        expect(page.locator(".pb-answer")).to_contain_text("names three new engines")
        expect(page.locator("#pb-send")).to_be_visible()
        ask_and_wait(page, CHINESE)

    def test_sources_while_writing(self, page: Page) -> None:
        """A source can be read while the answer is still being written."""
        ask(page, SLOW)
        page.locator("#pb-current .pb-chip").first.click()
        page.locator("#quote").wait_for()

        assert QUOTES[0] == marked(page)
        page.locator("#pb-stop").click()
        page.locator('[data-stage="stopped"]').wait_for()

    def test_clear(self, page: Page, bot: ScriptedBot) -> None:
        """A new conversation empties the page and forgets the old one, even in the middle of an answer."""
        ask_and_wait(page, ENGLISH)
        page.locator(".pb-chip").first.click()
        page.locator("#quote").wait_for()
        ask(page, SLOW)
        page.locator('[data-stage="writing"]').wait_for()
        page.locator("#pb-clear").click()
        page.locator(".pb-welcome").wait_for()

        assert [bot.asked[0][1]] == bot.forgotten
        assert bot.closed.wait(5)
        expect(page.locator("#pb-source")).to_contain_text("Click a citation")
        ask_and_wait(page, ENGLISH)
        assert bot.asked[2][1] != bot.asked[0][1]
        expect(page.locator("#pb-current .pb-exchange")).to_have_attribute("data-turn", "m3")

    def test_closed_tab(self, page: Page, bot: ScriptedBot) -> None:
        """Closing the tab stops the model."""
        ask(page, SLOW)
        page.locator('[data-stage="writing"]').wait_for()
        page.close()

        assert bot.closed.wait(15)


class TestErrors:
    """What the page shows when something fails."""

    def test_deliberate(self, page: Page) -> None:
        """An error is shown as one, says what to do, and the question is back in the box."""
        ask_and_wait(page, FAILING, "failed")

        expect(page.get_by_role("alert")).to_contain_text("did not answer. Start it, then ask again.")
        expect(page.locator("#pb-box textarea")).to_have_value(FAILING)
        expect(page.locator("#pb-send")).to_be_visible()

    def test_unexpected(self, page: Page, caplog: pytest.LogCaptureFixture) -> None:
        """A bug is logged with its traceback; the page shows when it happened but no detail."""
        ask_and_wait(page, BREAKING, "broken")

        expect(page.get_by_role("alert")).to_contain_text(re.compile(r"internal error.*\d\d:\d\d:\d\d"))
        assert "secret detail" not in page.locator("body").inner_text()
        assert "RuntimeError: secret detail of the bug" in caplog.text

    def test_blank_question(self, page: Page, bot: ScriptedBot) -> None:
        """A blank question asks nothing."""
        ask(page, "   ")
        page.wait_for_timeout(300)

        assert bot.asked == []
        expect(page.locator(".pb-welcome")).to_be_visible()


class TestHostility:
    """Text that wants to be code."""

    def test_hostile_document_and_answer(self, page: Page) -> None:
        """Markup in questions, answers, metadata and documents is shown as text and does nothing."""
        ask_and_wait(page, HOSTILE)
        page.locator(".pb-chip").click()
        page.locator("#quote").wait_for()
        page.wait_for_timeout(300)

        assert hacked(page) is None
        assert page.locator(":is(#pb-current, #pb-source) :is(script, img, iframe, style)").count() == 0
        assert page.locator('#pb-source a[href^="javascript"]').count() == 0
        expect(page.locator("#pb-current .pb-question")).to_contain_text("<script>window.hacked=1</script>")
        expect(page.locator("#pb-source")).to_contain_text("{{constructor.constructor('window.hacked=1')()}}")

    def test_policy_holds_back_injected_scripts(self, page: Page, visitor: Visitor) -> None:
        """Even markup that got into the page would run nothing."""
        page.evaluate(
            """() => { const box = document.createElement('div');
            box.innerHTML = '<img src="x" onerror="window.hacked = 1">';
            document.body.append(box);
            const script = document.createElement('script');
            script.textContent = 'window.hacked = 1';
            document.body.append(script); }"""
        )
        page.wait_for_timeout(300)

        assert hacked(page) is None
        # Both were held back by the policy, as the browser says; nothing else went wrong.
        assert ["Content Security Policy" in said for said in visitor.left] == [True, True]
        visitor.left.clear()


class TestLanguages:
    """English and Chinese."""

    def test_follows_the_browser(self, visitor: Visitor) -> None:
        """A Chinese browser gets the Chinese page."""
        page = visitor.open(locale="zh-CN")
        ask_and_wait(page, CHINESE)
        page.locator(".pb-chip").click()
        page.locator("#quote").wait_for()

        assert marked(page) == CHINESE_QUOTE
        expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
        expect(page.locator("#pb-send")).to_have_text("提问")
        expect(page.locator("#pb-foot")).to_contain_text("24 份文件，288 个段落（英文、中文）")
        expect(page.locator(".pb-sources h3")).to_have_text("来源")

    def test_switch(self, page: Page) -> None:
        """Switching changes everything on the page, the open source included, and is remembered."""
        ask_and_wait(page, UNANSWERED)
        page.locator('[data-ref="m1:h1"]').click()
        page.locator("#quote").wait_for()
        page.locator('[data-language="zh"]').click()

        expect(page.locator("#pb-clear")).to_have_text("新对话")
        expect(page.locator(".pb-abstained .pb-kicker")).to_have_text("文件中没有答案")
        expect(page.locator(".pb-card .pb-kicker")).to_have_text("段落 1")
        page.reload()
        expect(page.locator(".pb-welcome h2")).to_have_text("您想了解什么？")


class TestForEveryone:
    """Keyboard, screen reader, phone, light and dark."""

    def test_keyboard_only(self, page: Page) -> None:
        """Asking, opening a source and coming back needs no mouse."""
        page.keyboard.type(ENGLISH)
        page.keyboard.press("Enter")
        page.locator('[data-stage="done"]').wait_for()
        for _ in range(12):
            page.keyboard.press("Shift+Tab")
            if page.evaluate("document.activeElement.dataset.ref") == "m1:c2":
                break
        page.keyboard.press("Enter")
        page.locator('[data-opened="m1:c2"]').wait_for()

        expect(page.locator(".pb-card h2")).to_be_focused()
        assert QUOTES[1] == marked(page)
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.dataset.ref") == "m1:c2"
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"

    def test_names_and_regions(self, page: Page) -> None:
        """Chips are buttons with names, the answer is a live region, the box has a label."""
        ask_and_wait(page, ENGLISH)

        chip = page.locator(".pb-chip").first
        assert chip.evaluate("e => e.tagName") == "BUTTON"
        expect(chip).to_have_attribute("aria-label", re.compile("^Source 1: How the 2024 Two Sessions"))
        expect(page.locator(".pb-answer")).to_have_attribute("aria-live", "polite")
        expect(page.get_by_role("textbox", name="Your question")).to_be_visible()
        expect(page.get_by_role("region", name="Source")).to_be_visible()

    @pytest.mark.parametrize("width", [360, 390])
    def test_narrow(self, visitor: Visitor, width: int) -> None:
        """On a phone nothing is wider than the screen, a source comes into view, and back leads back."""
        page = visitor.open(width=width, height=800)
        ask_and_wait(page, ENGLISH)
        page.locator('.pb-chip[data-ref="m1:c3"]').click()
        page.locator("#quote").wait_for()
        page.wait_for_timeout(200)

        assert in_view(page, "#quote")
        assert width >= page.evaluate("document.documentElement.scrollWidth")
        page.locator("[data-back]").click()
        page.wait_for_timeout(200)
        assert in_view(page, '.pb-chip[data-ref="m1:c3"]')

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_contrast(self, visitor: Visitor, scheme: str) -> None:
        """Text stands out from its background by the 4.5 to 1 that WCAG asks for."""
        page = visitor.open(scheme=scheme)
        ask_and_wait(page, ENGLISH)
        page.locator(".pb-chip").first.click()
        page.locator("#quote").wait_for()
        places = (".pb-question", ".pb-details", ".pb-chip:not([aria-current])", ".pb-chip[aria-current]")
        places += (".pb-status", ".pb-header p", ".pb-card dt", "#quote", "#pb-send", "#pb-clear")

        for place in places:
            assert (place, True) == (place, _contrast(page, place) >= 4.5)


def _contrast(page: Page, selector: str) -> float:
    """WCAG contrast of an element's text with the nearest background behind it."""
    ratio = page.locator(selector).first.evaluate(
        """element => {
            const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
            const luminance = ([r, g, b]) => [r, g, b]
                .map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
            let behind = element, back = [0, 0, 0, 0];
            while (behind) {
                back = numbers(getComputedStyle(behind).backgroundColor);
                if (back.length === 3 || back[3] === 1) break;
                behind = behind.parentElement;
            }
            const [light, dark] = [luminance(numbers(getComputedStyle(element).color)), luminance(back)]
                .sort((a, b) => b - a);
            return (light + 0.05) / (dark + 0.05);
        }"""
    )
    assert isinstance(ratio, (int, float))
    return float(ratio)
