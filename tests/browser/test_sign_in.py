"""Signing in, in a real browser, with and without a path prefix; the page works behind the door."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, expect
from visiting import EXAMPLES, PATIENCE_MS, ScriptedBot, findings

from policybot import load_settings
from policybot.server import create_app
from policybot.store.accounts import Accounts

PASSWORD = "correct horse battery"


@pytest.fixture(params=["", "/policy"], ids=["no-prefix", "prefix"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A server with the user ada."""
    with Accounts(tmp_path) as accounts:
        accounts.add_user("ada", PASSWORD)
        settings = load_settings(data_dir=tmp_path, path_prefix=request.param)
        app = create_app(ScriptedBot(), examples=EXAMPLES, accounts=accounts, settings=settings)
        place = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, args=([place],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{place.getsockname()[1]}{request.param}"
        server.should_exit = True
        thread.join(timeout=10)


def test_a_reader_signs_in_asks_and_signs_out(browser: Browser, address: str) -> None:
    """The form refuses a wrong password, lets the right one to the page, which answers, until signing out."""
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda m: problems.append(m.text) if "Content Security Policy" in m.text else None)

    page.goto(f"{address}/")
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill("wrong password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("No user has this name and this password")

    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    page.locator(".pb-header").wait_for()
    page.locator("#pb-box textarea").fill("What are the new engines of growth?")
    page.locator("#pb-box textarea").press("Enter")
    page.locator('#pb-current [data-stage="done"]').wait_for()

    page.get_by_role("link", name="Sign out (ada)").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password")).to_be_visible()
    page.goto(f"{address}/")
    expect(page.get_by_label("Password")).to_be_visible()
    context.close()

    assert problems == []


@pytest.mark.parametrize(("scheme", "locale", "width"), [("light", "zh-CN", 360), ("dark", "en-GB", 1280)])
def test_axe_finds_nothing(browser: Browser, address: str, scheme: str, locale: str, width: int) -> None:
    """The form, and what it says of a wrong password, in light and dark, English and Chinese, wide and narrow."""
    context = browser.new_context(
        locale=locale,
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 700},
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(f"{address}/")
    before = findings(page)
    page.locator("#name").fill("ada")
    page.locator("#password").fill("wrong password")
    page.locator("#password").press("Enter")
    page.get_by_role("alert").wait_for()
    after = findings(page)
    context.close()

    assert (before, after) == ([], [])
