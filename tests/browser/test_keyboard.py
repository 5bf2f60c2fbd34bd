"""The keyboard alone reaches and does everything, and the focus is never lost when a part of the page is drawn anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from visiting import RealServed, ask_and_keep, really_serving

TREES = "How many trees does the council want to plant along the harbour by 2035?"
LINES = "How many ferry lines will run on batteries?"


@pytest.fixture(scope="module")
def served(folder: Path, module_data: Path) -> Iterator[RealServed]:
    with really_serving(folder, module_data) as served:
        yield served


def tab_to(page: Page, selector: str, *, back: bool = False) -> None:
    """Press Tab until the focus is there: whatever cannot be reached so fails."""
    for _ in range(120):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    pytest.fail(f"Tab does not come to {selector}.")


def focused(page: Page) -> str:
    """What has the focus, by the name it is read out with or its text."""
    return str(
        page.evaluate("(e => e.getAttribute('aria-label') ?? (e.textContent || e.tagName))(document.activeElement)")
    )


def test_chat(page: Page) -> None:
    """Ask, open a citation, go on to the next, come back, rate, comment, choose the answer's language."""
    page.keyboard.type(LINES)
    page.keyboard.press("Enter")
    page.locator('#pb-current [data-rating="up"]').wait_for()
    tab_to(page, ".pb-chip", back=True)
    page.keyboard.press("Enter")
    page.locator("#quote").wait_for()
    tab_to(page, ".pb-step:not([disabled])", back=True)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('#pb-talk [data-ref]')")
    tab_to(page, '[data-rating="up"]')
    page.keyboard.press("Enter")
    page.locator(".pb-comment").wait_for()
    assert focused(page) == "Helpful"
    tab_to(page, ".pb-comment textarea")
    page.keyboard.type("Good.")
    tab_to(page, "[data-with-comment]")
    page.keyboard.press("Enter")
    expect(page.locator(".pb-comment textarea")).to_have_value("Good.")
    tab_to(page, "#pb-speaking select")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#pb-speaking select")).to_have_value("en")
    assert page.evaluate("document.activeElement.matches('#pb-speaking select')")


def test_conversations(page: Page) -> None:
    """Open the list, find, rename, export, delete, and close it, after which the focus is on what opened it."""
    ask_and_keep(page, TREES)
    tab_to(page, "#pb-top [data-history]", back=True)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('#pb-history input[type=search]')")
    page.keyboard.type("trees")
    tab_to(page, "#pb-history summary")
    page.keyboard.press("Enter")
    tab_to(page, "#pb-history label input")
    page.keyboard.press("Control+A")
    page.keyboard.type("By keys")
    tab_to(page, '[data-event="rename_conversation"]')
    page.keyboard.press("Enter")
    expect(page.locator("#pb-history .pb-title").first).to_have_text("By keys")
    assert page.evaluate("document.activeElement.closest('#pb-history') !== null")
    tab_to(page, "#pb-history .pb-open")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('#pb-top [data-history]')")


def test_documents(page: Page) -> None:
    """Find, open, close, add, look for changes, think better of a removal, remove, and take in again."""
    tab_to(page, '#pb-top [data-view="documents"]', back=True)
    page.keyboard.press("Enter")
    page.locator("#pb-table tbody tr").first.wait_for()
    for place in ('input[type="file"]', "#pb-addresses", '[data-event="add_addresses"]', '[data-event="plan_index"]'):
        tab_to(page, place)
    page.keyboard.press("Enter")
    page.locator('#pb-work [data-event="dismiss"]').wait_for()
    tab_to(page, '#pb-work [data-event="dismiss"]')
    page.keyboard.press("Enter")
    expect(page.locator("#pb-work .pb-card-work")).to_have_count(0)
    assert page.evaluate("document.activeElement !== document.body")
    tab_to(page, '[data-narrow="text"]')
    page.keyboard.type("harbour")
    expect(page.locator("[data-shown]")).to_have_text("1 of 2 documents")
    tab_to(page, 'tbody [data-event="open_document"]')
    page.keyboard.press("Enter")
    page.locator("#pb-source [data-opened]").wait_for()
    tab_to(page, "#pb-source [data-back]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('[data-event=open_document]')")

    tab_to(page, 'tbody [data-event="ask_removal"]')
    page.keyboard.press("Enter")
    page.get_by_role("alertdialog").wait_for()
    assert focused(page) == "Keep it"
    page.keyboard.press("Enter")
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    assert page.evaluate("document.activeElement !== document.body")
    tab_to(page, 'tbody [data-event="ask_removal"]')
    page.keyboard.press("Enter")
    page.get_by_role("alertdialog").wait_for()
    tab_to(page, '[data-event="remove_document"]', back=True)
    page.keyboard.press("Enter")
    expect(page.locator('tr[data-state="left_out"]')).to_have_count(1)
    assert page.evaluate("document.activeElement !== document.body")
    tab_to(page, '[data-event="restore_document"]')
    page.keyboard.press("Enter")
    page.locator('[data-job-state="done"]').wait_for()
    expect(page.locator('tr[data-state="left_out"]')).to_have_count(0)
