"""Documents and conversations as files over HTTP: who may, how large, and what comes."""

from __future__ import annotations

import io

import docx
import httpx
from running import QUESTION, Running

from policybot import PolicyBot
from policybot.server.door import LARGEST_BODY


def bearer(keys: dict[str, str], role: str) -> dict[str, str]:
    return {"authorization": f"Bearer {keys[role]}"}


def test_only_editors_add_and_remove(closed: Running, keys: dict[str, str]) -> None:
    """A reader's key adds and removes nothing, and is told why."""
    with closed.client() as client:
        added = client.post("/api/v1/documents?name=a.md", content=b"# A", headers=bearer(keys, "reader"))
        removed = client.delete("/api/v1/documents/x", headers=bearer(keys, "reader"))

    assert [r.json()["error"]["type"] for r in (added, removed)] == ["NotAllowed", "NotAllowed"]


def test_added_files_are_bounded_in_size_and_kind(quoting_bot: PolicyBot) -> None:
    """What is larger than the setting allows, or no document, is refused; a name that is a path is cut to its end."""
    bot = quoting_bot
    running = Running(bot, settings=bot.settings.model_copy(update={"upload_mb": 2}))
    with running.client() as client:
        large = client.post("/api/v1/documents?name=a.txt", content=b"x" * 2_000_001)
        wrong = client.post("/api/v1/documents?name=a.exe", content=b"MZ")
        nameless = client.post("/api/v1/documents?name=...", content=b"x")
        good = client.post("/api/v1/documents?name=..%2F..%2Fb.md", content=b"# B\n" + b"b" * LARGEST_BODY)
    running.close()

    assert [r.status_code for r in (large, wrong, nameless, good)] == [413, 422, 422, 201]
    assert good.json() == {"name": "b.md", "replaced": False}
    (bot.added_dir / "b.md").unlink()


def test_only_adding_may_be_large(client: httpx.Client) -> None:
    """The larger bound is for files alone."""
    response = client.post("/api/v1/ask", content=b"x" * (LARGEST_BODY + 1))

    assert response.status_code == 413


def test_export(client: httpx.Client) -> None:
    """A conversation comes as Markdown, JSON and Word, under its own title."""
    conversation = client.post("/api/v1/conversations").json()["id"]
    client.post("/api/v1/ask", json={"question": QUESTION, "conversation": conversation})
    files = {f: client.get(f"/api/v1/conversations/{conversation}/export?format={f}") for f in ("md", "json", "docx")}

    assert f"## {QUESTION}" in files["md"].text
    assert "[^1-1]: " in files["md"].text
    assert files["json"].json()["answers"][0]["question"] == QUESTION
    assert docx.Document(io.BytesIO(files["docx"].content)).paragraphs[0].text == QUESTION
    assert all("attachment" in response.headers["content-disposition"] for response in files.values())


def test_nobody_exports_what_is_somebody_elses(closed: Running, keys: dict[str, str]) -> None:
    """Another's conversation is unknown."""
    with closed.client() as client:
        conversation = client.post("/api/v1/conversations", headers=bearer(keys, "editor")).json()["id"]
        response = client.get(f"/api/v1/conversations/{conversation}/export", headers=bearer(keys, "reader"))

    assert response.status_code == 404


def test_a_document_without_pages_has_no_picture(client: httpx.Client) -> None:
    """What is no PDF cannot be drawn, and the answer says so."""
    document = client.get("/api/v1/documents").json()["documents"][0]["id"]
    response = client.get(f"/api/v1/documents/{document}/pages/1.png")

    assert (response.status_code, response.json()["error"]["type"]) == (404, "UnknownDocument")
