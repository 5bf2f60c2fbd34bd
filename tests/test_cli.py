"""The terminal: JSON for scripts, one message and an exit code for errors. Each runs as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def _run(data: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "policybot", *arguments],
        env=os.environ
        | {"POLICYBOT_DATA_DIR": str(data), "POLICYBOT_CHAT_MODEL": "none", "LANG": "C.UTF-8"}
        | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Path:
    """A data folder into which the two documents were indexed."""
    path = tmp_path_factory.mktemp("cli")
    done = _run(path, "index", str(folder))
    assert done.returncode == 0, done.stderr
    return path


def test_ask_json_has_what_scripts_need(data: Path) -> None:
    """`ask --json` prints one JSON object with text, status, sentences, citations and timings."""
    values = json.loads(_run(data, "ask", "--json", "How many trees does the council want to plant?").stdout)

    assert {"text", "status", "sentences", "citations", "timings"} <= values.keys()
    assert {
        "quote", "start", "end", "document", "title", "publisher", "published", "section", "page", "url",
    } <= values["citations"][0].keys()  # fmt: skip


def test_only_the_named_folder_answers(data: Path) -> None:
    """After `index FOLDER` the answers come from that folder alone."""
    listed = json.loads(_run(data, "documents", "--json").stdout)

    assert [document["name"] for document in listed] == ["harbour.md", "library.md"]


def test_document_text_is_what_offsets_count_in(data: Path, folder: Path) -> None:
    """`documents NAME` prints exactly the text that citations count in."""
    assert _run(data, "documents", "harbour.md").stdout == (folder / "harbour.md").read_text(encoding="utf-8")


def test_errors_are_one_message_and_exit_code_one(tmp_path: Path) -> None:
    """A folder that does not exist is named, without a traceback, and nothing is written on standard output."""
    done = _run(tmp_path, "index", str(tmp_path / "nowhere"))

    assert (done.returncode, done.stdout) == (1, "")
    assert "nowhere does not exist" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_setting_is_named(tmp_path: Path) -> None:
    """A setting out of range is one message that names the variable."""
    done = _run(tmp_path, "documents", POLICYBOT_PORT="99999999")

    assert done.returncode == 1
    assert "POLICYBOT_PORT" in done.stderr


def test_terminal_speaks_chinese_in_a_chinese_locale(tmp_path: Path) -> None:
    """The locale chooses the language of the terminal's own words."""
    assert "尚未收录" in _run(tmp_path, "documents", LANG="zh_CN.UTF-8").stdout
