"""Pages of the web added on the page: progress and result of each, cancelled one by one or all, by editors only."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from visiting import RealServed, Visitor, ask_and_keep, really_serving

PAGE = (
    "<html><head><title>{0}</title></head><body><article><h1>{0}</h1>"
    "<p>The wind park of {0} will have {1} turbines by 2034. Each stands in the sea.</p></article></body></html>"
)


class Site(ThreadingHTTPServer):
    """Serves two pages, and holds one back until it is let go."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.let_go = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        if self.path == "/slow":
            self.server.let_go.wait(timeout=600)
        pages = {"/orrin": ("Orrin", 61), "/vik": ("Vik", 27), "/slow": ("Slow", 3)}
        if self.path not in pages:
            self.send_error(404)
            return
        body = PAGE.format(*pages[self.path]).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield site
    site.let_go.set()
    site.shutdown()
    site.server_close()


@pytest.fixture(scope="module")
def served(folder: Path, module_data: Path) -> Iterator[RealServed]:
    local: dict[str, object] = {"fetch_networks": ("127.0.0.1/32",), "fetch_delay_s": 0}
    with really_serving(folder, module_data, **local) as served:
        yield served


@pytest.fixture
def page(visitor: Visitor) -> Page:
    page = visitor.open()
    page.locator('[data-view="documents"]').click()
    page.locator("#pb-table tbody tr").first.wait_for()
    return page


def add(page: Page, *addresses: str) -> None:
    """Add pages with the keyboard."""
    page.locator("#pb-addresses").fill("\n".join(addresses))
    page.locator("#pb-addresses").press("Tab")
    page.keyboard.press("Enter")


def test_each_address_has_its_result(visitor: Visitor, page: Page, site: Site, served: RealServed) -> None:
    """Of several addresses each is told what came of it; what could be read is found by the next question."""
    add(page, f"{site.url}/orrin", f"{site.url}/nowhere", "http://10.0.0.1/inside")
    expect(page.locator("[data-job-state]")).to_be_visible()
    lines = page.locator(".pb-places li")

    expect(lines).to_have_count(3)
    assert [line.get_attribute("data-result") for line in lines.all()] == ["done", "failed", "failed"]
    expect(lines.nth(0)).to_contain_text("New: 1")
    expect(lines.nth(1)).to_contain_text("404")
    expect(lines.nth(2)).to_contain_text("which is not of the public internet")
    expect(page.locator("tbody tr", has_text=f"{site.url}/orrin")).to_have_count(1)
    expect(page.locator("#pb-addresses")).to_have_value("")
    asking = visitor.open()
    ask_and_keep(asking, "How many turbines will the wind park of Orrin have by 2034?")
    expect(asking.locator(".pb-answer")).to_contain_text("61 turbines")
    served.bot.remove(next(d.id for d in served.bot.documents() if "orrin" in d.name))


def test_one_address_is_cancelled_alone_and_all_together(page: Page, site: Site) -> None:
    """Cancelling an address that waits leaves the others; cancelling all ends the job; the focus is kept."""
    add(page, f"{site.url}/slow", f"{site.url}/vik", f"{site.url}/orrin")
    waiting = page.locator(".pb-places li", has_text="/vik")
    expect(waiting).to_have_attribute("data-result", "waiting")
    waiting.get_by_role("button").focus()
    page.keyboard.press("Enter")
    site.let_go.set()
    expect(page.locator('[data-job-state="done"]')).to_be_visible()
    results = [line.get_attribute("data-result") for line in page.locator(".pb-places li").all()]

    assert results[:2] == ["done", "cancelled"]
    expect(page.locator("tbody tr", has_text="/vik")).to_have_count(0)

    site.let_go.clear()
    page.locator('#pb-work [data-event="dismiss"]').click()
    add(page, f"{site.url}/vik", f"{site.url}/slow")
    expect(page.locator('.pb-places li[data-result="running"]', has_text="/slow")).to_be_visible()
    page.get_by_role("button", name="Cancel all").click()
    site.let_go.set()
    expect(page.locator('[data-job-state="cancelled"]')).to_contain_text("Cancelled. What was indexed so far stays.")
    expect(page.locator(".pb-places li", has_text="/slow")).to_have_attribute("data-result", "cancelled")


@pytest.mark.parametrize(
    ("given", "said"),
    [("", "There is no address."), ("ftp://example.org/x report.pdf", "These are no addresses: ftp://example.org/x")],
    ids=["none", "not of the web"],
)
def test_what_is_no_address_is_said(page: Page, given: str, said: str) -> None:
    """Nothing is begun for what cannot be fetched, and it stays to be mended."""
    add(page, given)

    expect(page.locator("#pb-work")).to_contain_text(said)
    expect(page.locator("#pb-addresses")).to_have_value(given)


def test_chinese_readers_are_told_in_chinese(visitor: Visitor) -> None:
    """What went wrong with an address is told in the language of the page, with the address."""
    page = visitor.open(locale="zh-CN")
    page.locator('[data-view="documents"]').click()
    page.locator("#pb-addresses").fill("http://10.0.0.1/inside")
    page.get_by_role("button", name="添加网页").click()

    expect(page.locator(".pb-places li")).to_contain_text("不允许读取这个地址")
    expect(page.locator(".pb-places li")).to_contain_text("10.0.0.1")
