"""How the page comes to the browser: its script once, for good, text compressed, streams as they are."""

from __future__ import annotations

import re

import httpx
from running import QUESTION, Running

from policybot import PolicyBot
from policybot.ui import SCRIPT, SCRIPT_PATH


def test_the_script_comes_once_and_stays(client: httpx.Client) -> None:
    """The document only names the script; its address changes with it, so that it may be kept without asking."""
    document = client.get("/").text
    script = client.get(f"/{SCRIPT_PATH}")

    assert "querySelector" not in document
    assert SCRIPT_PATH in document
    assert script.text == SCRIPT
    assert script.headers["content-type"].startswith("text/javascript")
    assert "immutable" in script.headers["cache-control"]


def test_what_names_its_content_is_kept_and_nothing_else(client: httpx.Client) -> None:
    """Gradio's scripts, whose names hold a hash, are kept by the browser; the page and what is not there are not."""
    document = client.get("/")
    script = re.search(r"\./(assets/index-[\w-]+\.js)", document.text)
    assert script is not None

    assert "immutable" in client.get(f"/{script[1]}").headers["cache-control"]
    assert document.headers["cache-control"] == "no-store"
    assert "immutable" not in client.get("/assets/index-00000000.js").headers["cache-control"]


def test_text_is_compressed_and_streams_are_not(client: httpx.Client) -> None:
    """A page is sent compressed to whoever takes it so; an answer's events leave one by one."""
    page = client.get("/", headers={"accept-encoding": "gzip"})
    plain = client.get("/", headers={"accept-encoding": "identity"})
    stream = client.post("/api/v1/ask", json={"question": QUESTION, "stream": True})

    assert page.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert int(page.headers["content-length"]) * 4 < int(plain.headers["content-length"])
    assert page.text.count("<script") == plain.text.count("<script")
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert "content-encoding" not in stream.headers


def test_the_script_is_found_behind_a_proxy(quoting_bot: PolicyBot) -> None:
    """With a path in front, the document names the script there, and there it is."""
    settings = quoting_bot.settings.model_copy(update={"path_prefix": "/policy"})
    running = Running(quoting_bot, settings=settings)
    with running.client() as client:
        named = f"/policy/{SCRIPT_PATH}" in client.get("/").text
        found = httpx.get(f"http://127.0.0.1:{running.port}/policy/{SCRIPT_PATH}").text
    running.close()

    assert named
    assert found == SCRIPT
