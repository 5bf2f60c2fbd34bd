"""What the shell offers behind Tab."""

from __future__ import annotations

from pathlib import Path

import pytest

from policybot import PolicyBot, load_settings
from policybot.cli.completing import document_names
from policybot.indexing import EmbeddingModels
from policybot.testing import HashingEmbedder


def test_names_are_those_of_the_index_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a rebuild, after it, and when the old index has been removed."""
    monkeypatch.setenv("POLICYBOT_DATA_DIR", str(tmp_path / "data"))
    documents = tmp_path / "documents"
    documents.mkdir()
    offered = [document_names("har")]
    with PolicyBot(load_settings(chat_model="none"), embedding_models=EmbeddingModels(HashingEmbedder(), {})) as bot:
        for name in ("harbour", "harvest", "harmony"):
            (documents / f"{name}.md").write_text(f"# {name}\n\nText.\n", encoding="utf-8")
            bot.index(documents, rebuild=True)
            offered.append(document_names("har"))

    assert offered == [
        [],
        ["harbour.md"],
        ["harbour.md", "harvest.md"],
        ["harbour.md", "harmony.md", "harvest.md"],
    ]
