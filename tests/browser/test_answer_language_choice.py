"""The answer's language on the page: chosen, kept with the conversation, followed; errors follow the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from visiting import RealServed, Visitor, ask_and_keep, really_serving

FOREIGN = "Who won the football world cup in 1998?"


@pytest.fixture(scope="module")
def served(folder: Path, module_data: Path) -> Iterator[RealServed]:
    with really_serving(folder, module_data) as served:
        yield served


def choose(page: Page, name: str) -> None:
    page.get_by_label("Answer in").select_option(label=name)


def test_choice_is_followed_and_kept_with_the_conversation(visitor: Visitor) -> None:
    """The next answer is in the chosen language; the conversation's link brings the choice back, a new tab has none."""
    page = visitor.open()
    choose(page, "中文")
    ask_and_keep(page, FOREIGN)
    expect(page.locator(".pb-message")).to_contain_text("已收录的文件")
    link = page.url
    page.reload()
    expect(page.locator(".pb-question")).to_have_count(1)
    expect(page.get_by_label("Answer in")).to_have_value("zh")
    choose(page, "English")
    page.wait_for_timeout(300)
    page.reload()
    expect(page.locator(".pb-question")).to_have_count(1)
    expect(page.get_by_label("Answer in")).to_have_value("en")
    page.locator("#pb-clear").click()
    page.locator(".pb-welcome").wait_for()
    expect(page.get_by_label("Answer in")).to_have_value("en")

    other = visitor.open()
    expect(other.get_by_label("Answer in")).to_have_value("auto")
    other.goto(link)
    expect(other.get_by_label("Answer in")).to_have_value("en")


def test_errors_follow_the_page(visitor: Visitor) -> None:
    """A failure is told in the page's language, and told again when the page is switched."""
    page = visitor.open(locale="zh-CN")
    page.locator("#pb-filters > button").click()
    page.locator("#pb-filter-published_from input, #pb-filter-published_from textarea").first.fill("soon")
    page.locator("#pb-box textarea").fill(FOREIGN)
    page.locator("#pb-box textarea").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("筛选日期“soon”不是日期")
    page.locator('[data-language="en"]').click()

    expect(page.get_by_role("alert")).to_contain_text("The filter's date 'soon' is none")
