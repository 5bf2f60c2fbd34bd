"""The page's filters in a real Chromium: choosing, what is asked with them, clearing, errors, both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from visiting import CHINESE, ENGLISH, ScriptedBot, Visitor, ask, ask_and_wait

from policybot.domain import Filter

EXPLAINER_TITLE = "How the 2024 Two Sessions explainer presents new quality productive forces"
IMF = "International Monetary Fund"


def unfold(page: Page) -> None:
    """Open the filters, or fold them away."""
    page.locator("#pb-filters > button").click()


def choose(page: Page, name: str, *labels: str) -> None:
    """Choose from a list as a reader does: by typing a part of what it shows."""
    field = page.locator(f"#pb-filter-{name} input")
    for label in labels:
        field.click()
        field.fill(label)
        page.get_by_role("listbox").get_by_role("option", name=label, exact=True).click()
    field.press("Escape")


def state(page: Page, name: str, date: str) -> None:
    page.locator(f"#pb-filter-{name} textarea").fill(date)


def test_folded_away_and_quiet(page: Page, bot: ScriptedBot) -> None:
    """Who wants no filter sees one word of it and asks everything."""
    ask_and_wait(page, ENGLISH)

    expect(page.locator("#pb-filters > button")).to_have_text("Filters ▼")
    expect(page.locator("#pb-filter-documents")).to_be_hidden()
    expect(page.locator(".pb-filtered")).to_have_count(0)
    assert bot.filters == [Filter()]


def test_what_is_chosen_is_asked_with(page: Page, bot: ScriptedBot) -> None:
    """Every field reaches the next question; a line says what is in force, folded or not."""
    unfold(page)
    choose(page, "documents", EXPLAINER_TITLE)
    choose(page, "publishers", IMF, "European Commission (summarized by WiseTech Academy)")
    choose(page, "kinds", "speech")
    choose(page, "languages", "Chinese")
    state(page, "published_from", "2024-03")
    state(page, "published_to", " 2025")
    said = "How the 2024 Two Sessions explainer pre… · 2 publishers · speech · Chinese · from 2024-03 · up to 2025"
    expect(page.locator(".pb-filtered")).to_contain_text(said)
    unfold(page)
    ask_and_wait(page, ENGLISH)

    expect(page.locator(".pb-filtered")).to_contain_text(said)
    assert bot.filters == [
        Filter(
            documents=("01-explainer-two-sessions-2024",),
            publishers=(IMF, "European Commission (summarized by WiseTech Academy)"),
            kinds=("speech",),
            languages=("zh",),
            published_from="2024-03",
            published_to="2025",
        )
    ]


def test_choices_are_those_of_the_documents(page: Page, bot: ScriptedBot) -> None:
    """A list offers each title, publisher, kind and language of the documents once."""
    unfold(page)
    offered = {}
    for name in ("documents", "publishers", "kinds", "languages"):
        page.locator(f"#pb-filter-{name} input").click()
        page.get_by_role("listbox").get_by_role("option").first.wait_for()
        offered[name] = [
            text.strip().removeprefix("✓").strip()
            for text in page.get_by_role("listbox").get_by_role("option").all_inner_texts()
        ]
        page.locator(f"#pb-filter-{name} input").press("Escape")
        expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(0)

    known = [summary.metadata for summary in bot.documents()]
    assert offered["documents"] == [each.title for each in known]
    assert sorted(offered["publishers"]) == sorted({each.publisher for each in known})
    assert offered["kinds"] == sorted({each.kind for each in known})
    assert offered["languages"] == ["English", "Chinese"]


def test_clearing_resets_every_field(page: Page, bot: ScriptedBot) -> None:
    """After clearing nothing is left out, the line is gone, and the box is ready for the question."""
    unfold(page)
    choose(page, "languages", "English")
    state(page, "published_to", "2024")
    expect(page.locator(".pb-filtered")).to_contain_text("Searching only: English · up to 2024")
    page.locator("[data-clear-filters]").click()
    expect(page.locator(".pb-filtered")).to_have_count(0)

    expect(page.locator("#pb-filter-published_to textarea")).to_have_value("")
    expect(page.locator("#pb-filter-languages .token")).to_have_count(0)
    expect(page.locator("#pb-box textarea")).to_be_focused()
    ask_and_wait(page, ENGLISH)
    assert bot.filters == [Filter()]


def test_filters_stay_for_later_questions_and_conversations(page: Page, bot: ScriptedBot) -> None:
    """What the line says is in force holds until it is cleared."""
    unfold(page)
    choose(page, "languages", "English")
    expect(page.locator(".pb-filtered")).to_be_visible()
    ask_and_wait(page, ENGLISH)
    page.locator("#pb-clear").click()
    page.locator("[data-example]").nth(1).click()
    page.locator('[data-stage="done"]').wait_for()

    assert [question for question, _ in bot.asked] == [ENGLISH, CHINESE]
    assert bot.filters == [Filter(languages=("en",))] * 2


def test_tabs_have_filters_of_their_own(visitor: Visitor, bot: ScriptedBot) -> None:
    """What one tab chose does not reach another's question."""
    first, second = visitor.open(), visitor.open()
    unfold(first)
    choose(first, "languages", "English")
    expect(first.locator(".pb-filtered")).to_be_visible()
    ask_and_wait(second, ENGLISH)

    assert bot.filters == [Filter()]


def test_wrong_date_is_an_error_like_others(page: Page, bot: ScriptedBot) -> None:
    """A wrong date is named in the answer's place, the question stays in the box, and nothing is searched."""
    unfold(page)
    state(page, "published_from", "March 2024")
    ask_and_wait(page, ENGLISH, "failed")

    expect(page.get_by_role("alert")).to_contain_text("'March 2024' is none. Write it as 2024, 2024-03 or 2024-03-05.")
    expect(page.locator("#pb-box textarea")).to_have_value(ENGLISH)
    assert bot.filters == []
    state(page, "published_from", "2024-03")
    page.locator("#pb-box textarea").press("Enter")
    page.locator('#pb-current [data-stage="done"]').wait_for()
    assert bot.filters == [Filter(published_from="2024-03")]


def test_chinese(visitor: Visitor, bot: ScriptedBot) -> None:
    """The filters speak the page's language, and switching it keeps what was chosen."""
    page = visitor.open(locale="zh-CN")
    expect(page.locator("#pb-filters > button")).to_contain_text("筛选")
    unfold(page)
    choose(page, "languages", "英文")
    state(page, "published_from", "2024")
    expect(page.locator(".pb-filtered")).to_contain_text("仅检索：英文 · 2024 起 清除筛选")
    page.locator('[data-language="en"]').click()

    expect(page.locator(".pb-filtered")).to_contain_text("Searching only: English · from 2024 Clear filters")
    expect(page.get_by_label("Published up to")).to_be_visible()
    ask(page, ENGLISH)
    page.locator('[data-stage="done"]').wait_for()
    assert bot.filters == [Filter(languages=("en",), published_from="2024")]


@pytest.mark.parametrize("width", [360, 390])
def test_narrow(visitor: Visitor, width: int) -> None:
    """On a phone the opened filters are no wider than the screen, and long titles do not push them out."""
    page = visitor.open(width=width, height=800)
    unfold(page)
    choose(page, "documents", EXPLAINER_TITLE)
    expect(page.locator(".pb-filtered")).to_be_visible()

    assert width >= page.evaluate("document.documentElement.scrollWidth")
    for place in ("documents", "publishers", "kinds", "languages", "published_from", "published_to"):
        box = page.locator(f"#pb-filter-{place}").bounding_box()
        assert box is not None
        assert (place, True) == (place, box["x"] >= 0 and box["x"] + box["width"] <= width)
