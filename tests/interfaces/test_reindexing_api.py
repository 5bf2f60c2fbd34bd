"""What editors are told over HTTP about the index and its folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from running import Running

from policybot import PolicyBot, load_settings
from policybot.indexing import EmbeddingModels
from policybot.server.door import LOCAL
from policybot.server.door import editor as editor_only
from policybot.server.reindexing import reindexing
from policybot.testing import HashingEmbedder


@pytest.fixture
def routes(tmp_path: Path) -> Iterator[TestClient]:
    """The routes over a folder with an edited, a broken and a copied file."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.md").write_text("# A\n\nThe council plants 40 trees.\n", encoding="utf-8")
    (documents / "copy.txt").write_text("# A\n\nThe council plants 50 trees.\n", encoding="utf-8")
    (documents / "broken.md").write_text("---\ntitle: [\n---\nText.\n", encoding="utf-8")
    models = EmbeddingModels(HashingEmbedder(), {})
    settings = load_settings(data_dir=tmp_path / "data", documents_dir=documents, chat_model="none")
    with PolicyBot(settings, embedding_models=models) as bot:
        bot.index()
        (documents / "a.md").write_text("# A\n\nThe council plants 50 trees.\n", encoding="utf-8")
        bot.index()
        app = FastAPI()
        app.include_router(reindexing(bot, None))
        app.dependency_overrides[editor_only] = lambda: LOCAL
        yield TestClient(app)


def test_changes_stand_side_by_side(routes: TestClient) -> None:
    """The latest change comes first, with the old and the new text of its section."""
    change = routes.get("/changes", params={"limit": 1}).json()[0]

    assert (change["kind"], change["name"]) == ("changed", "a.md")
    assert [(s["before"], s["after"]) for s in change["sections"]] == [
        ("The council plants 40 trees.", "The council plants 50 trees.")
    ]


def test_failures_and_copies_are_named(routes: TestClient) -> None:
    """What could not be read is told with its reason, what is there twice with all its names."""
    failures, duplicates = routes.get("/failures").json(), routes.get("/duplicates").json()

    assert [failure["name"] for failure in failures] == ["broken.md"]
    assert duplicates["documents"] == [{"names": ["a.md", "copy.txt"]}]


def test_server_that_does_not_watch_says_so(client: httpx.Client) -> None:
    """Without a watcher its state is `stopped`, and every route answers."""
    assert client.get("/api/v1/watch").json()["state"] == "stopped"
    assert {client.get(f"/api/v1/{route}").status_code for route in ("changes", "failures", "duplicates")} == {200}


def test_changes_are_for_editors(closed: Running, keys: dict[str, str]) -> None:
    """Changes name conversations of others: a reader is refused."""
    for route in ("changes", "failures", "duplicates", "watch"):
        assert closed.client(keys["reader"]).get(f"/api/v1/{route}").status_code == 403
        assert closed.client(keys["editor"]).get(f"/api/v1/{route}").status_code == 200
