"""The page for everyone: axe-core finds nothing serious, nothing is wider than a phone, nothing jumps."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from visiting import ENGLISH, PARTLY, UNANSWERED, Visitor, ask, ask_and_wait, findings


@pytest.mark.parametrize(
    ("scheme", "locale", "width"),
    [("light", "en-GB", 1280), ("dark", "zh-CN", 360), ("light", "zh-CN", 360), ("dark", "en-GB", 1280)],
)
def test_axe_finds_nothing(visitor: Visitor, scheme: str, locale: str, width: int) -> None:
    """Light and dark, English and Chinese, wide and narrow: no finding in any view; axe-core finds what is wrong."""
    page = visitor.open(scheme=scheme, locale=locale, width=width, bypass_csp=True)
    assert findings(page) == []
    ask_and_wait(page, PARTLY)
    page.locator(".pb-why").click()
    page.locator(".pb-chip").first.click()
    page.locator("#quote").wait_for()
    assert findings(page) == []
    ask_and_wait(page, UNANSWERED)
    assert findings(page) == []
    page.locator("#pb-filters > button").click()
    page.locator("#pb-filter-documents input").wait_for()
    assert findings(page) == []
    page.locator("#pb-filters > button").click()
    page.locator("#pb-top [data-history]").click()
    page.locator(".pb-drawer").wait_for()
    assert findings(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(".pb-drawer")).to_be_hidden()
    page.locator('[data-view="documents"]').click()
    page.locator("#pb-adding h2").wait_for()
    assert findings(page) == []

    page.evaluate("document.querySelector('#pb-adding').innerHTML = '<img src=\"data:,\"><button></button>'")
    assert {rule for _, rule, _ in findings(page)} >= {"image-alt", "button-name"}


def test_nothing_jumps(page: Page) -> None:
    """While an answer is written and once it is there, what the reader has before the eyes stays where it was."""
    page.evaluate(
        """() => { window.shifts = 0;
        new PerformanceObserver(list => { for (const entry of list.getEntries())
            if (!entry.hadRecentInput) window.shifts += entry.value; }).observe({ type: 'layout-shift' }); }"""
    )
    ask(page, ENGLISH)
    page.locator('#pb-current [data-stage="done"]').wait_for()
    page.locator(".pb-chip").first.click()
    page.locator("#quote").wait_for()
    page.wait_for_timeout(300)

    # A page "needs improvement" from 0.1 on (https://web.dev/articles/cls).
    assert page.evaluate("window.shifts") < 0.1
