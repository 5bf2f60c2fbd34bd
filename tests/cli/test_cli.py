"""The terminal: JSON for scripts, one message and an exit code for errors."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import policybot


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Path:
    """A data folder into which the two documents were indexed."""
    path = tmp_path_factory.mktemp("cli")
    done = policybot(path, "index", str(folder))
    assert done.returncode == 0, done.stderr
    return path


def test_ask_json_has_what_scripts_need(data: Path) -> None:
    """`ask --json` prints one JSON object with text, status, sentences, citations and timings."""
    values = json.loads(policybot(data, "ask", "--json", "How many trees does the council want to plant?").stdout)

    assert {"text", "status", "sentences", "citations", "timings"} <= values.keys()
    assert {
        "quote", "start", "end", "document", "title", "publisher", "published", "section", "page", "url",
    } <= values["citations"][0].keys()  # fmt: skip


def test_search_json_lists_the_passages_best_first(data: Path) -> None:
    """`search --json` prints the hits as plain values, no more than asked for, from what the filter allows."""
    question = "How many trees does the council want to plant?"

    hits = json.loads(policybot(data, "search", "--json", "--limit", "1", "--language", "en", question).stdout)

    assert [(hit["rank"], hit["passage"]["document"]) for hit in hits] == [(1, "harbour.md")]
    assert "4,200 trees" in hits[0]["passage"]["text"]
    assert {"passage", "metadata", "version", "rank", "score", "relevance", "also_in", "apart"} == hits[0].keys()


def test_search_sentences_prints_single_sentences(data: Path) -> None:
    """`search --sentences` prints each sentence with where it stands; with --json its text and offsets, best first."""
    question = "How many trees does the council want to plant?"

    printed = policybot(data, "search", "--sentences", "--limit", "2", question).stdout
    ranked = json.loads(policybot(data, "search", "--sentences", "--json", "--limit", "2", question).stdout)

    assert printed.startswith("[1] Harbour plan of Port Ellis\n") and "[2]" in printed
    assert " ".join(ranked[0]["text"].split()) in " ".join(printed.split())
    assert len(ranked) == 2 and "4,200 trees" in ranked[0]["text"]
    assert {"hit", "text", "start", "end", "score"} == ranked[0].keys()


def test_search_shows_where_each_passage_stands(data: Path) -> None:
    """`search` prints title, publisher, date, section and the first lines of each passage, and answers nothing."""
    printed = policybot(data, "search", "读者证押金是多少？", "--publisher", "海港市人民代表大会").stdout

    assert printed.startswith("[1] 海港市图书馆条例\n    海港市人民代表大会 · 2030-09-01 · 开放时间\n    ")
    assert "市图书馆每天开放十四小时" in printed
    assert "Port Ellis" not in printed


@pytest.mark.parametrize(
    "options",
    [("--document", "library.md"), ("--language", "ZH"), ("--to", "2030"), ("--from", "2030", "--to", "2030-09-01")],
    ids=["document", "language", "to", "from and to"],
)
def test_ask_keeps_to_the_filter(data: Path, options: tuple[str, ...]) -> None:
    """`ask` with a filter finds and cites allowed documents alone."""
    values = json.loads(
        policybot(data, "ask", "--json", *options, "How many trees does the council want to plant?").stdout
    )

    assert {hit["passage"]["document"] for hit in values["hits"]} == {"library.md"}
    assert {citation["document"] for citation in values["citations"]} <= {"library.md"}


def test_options_of_a_filter_repeat(data: Path) -> None:
    """A repeated option allows either value."""
    options = ("--document", "library.md", "--document", "harbour.md")

    hits = json.loads(policybot(data, "search", "--json", *options, "How many trees will be planted?").stdout)

    assert {hit["passage"]["document"] for hit in hits} == {"library.md", "harbour.md"}


def test_chat_keeps_to_the_filter(data: Path) -> None:
    """`chat` says that it filters, and every question of it is answered from the allowed documents."""
    printed = policybot(data, "chat", "--language", "zh", given="读者证押金是多少？\nHow many trees?\n\n").stdout

    assert "Only the documents that pass the filter are searched." in printed
    assert "一百元" in printed
    assert "4,200" not in printed


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--from", "March 2024"), "'March 2024' is none. Write it as 2024, 2024-03 or 2024-03-05."),
        (("--from", "2025", "--to", "2024"), "'2025', is after its last, '2024'"),
        (("--kind", "speech"), "No indexed document passes the filter: kinds 'speech'."),
    ],
    ids=["no date", "wrong way round", "nothing passes"],
)
@pytest.mark.parametrize("command", ["ask", "search"])
def test_wrong_filters_are_named(data: Path, command: str, options: tuple[str, ...], message: str) -> None:
    """A filter that cannot work is one message with its value and what to do."""
    done = policybot(data, command, *options, "How many trees?")

    assert (done.returncode, done.stdout) == (1, "")
    assert message in done.stderr


def test_only_the_named_folder_answers(data: Path) -> None:
    """After `index FOLDER` the answers come from that folder alone."""
    listed = json.loads(policybot(data, "documents", "--json").stdout)

    assert [document["name"] for document in listed] == ["harbour.md", "library.md"]


def test_document_text_is_what_offsets_count_in(data: Path, folder: Path) -> None:
    """`documents NAME` prints exactly the text that citations count in."""
    assert policybot(data, "documents", "harbour.md").stdout == (folder / "harbour.md").read_text(encoding="utf-8")


def test_errors_are_one_message_and_exit_code_one(tmp_path: Path) -> None:
    """A folder that does not exist is named, without a traceback, and nothing is written on standard output."""
    done = policybot(tmp_path, "index", str(tmp_path / "nowhere"))

    assert (done.returncode, done.stdout) == (1, "")
    assert "nowhere does not exist" in done.stderr
    assert "Traceback" not in done.stderr


def test_command_is_a_process_that_scripts_can_use(data: Path) -> None:
    """As a process, too, standard output is UTF-8 and holds the result alone, and an error is exit code 1."""
    environment = os.environ | {"POLICYBOT_DATA_DIR": str(data), "POLICYBOT_CHAT_MODEL": "none", "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "policybot", "search", "--json", "读者证押金是多少？"]

    found = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8")
    failed = subprocess.run([*command, "--from", "March"], env=environment, capture_output=True, encoding="utf-8")

    assert (found.returncode, found.stderr) == (0, "")
    assert "读者证押金" in json.loads(found.stdout)[0]["passage"]["text"]
    assert (failed.returncode, failed.stdout) == (1, "")
    assert "'March' is none" in failed.stderr


def test_wrong_setting_is_named(tmp_path: Path) -> None:
    """A setting out of range is one message that names the variable."""
    done = policybot(tmp_path, "documents", POLICYBOT_PORT="99999999")

    assert done.returncode == 1
    assert "POLICYBOT_PORT" in done.stderr


def test_terminal_speaks_chinese_in_a_chinese_locale(tmp_path: Path) -> None:
    """The locale chooses the language of the terminal's own words."""
    assert "尚未收录" in policybot(tmp_path, "documents", LANG="zh_CN.UTF-8").stdout


def test_edited_document_is_shown_side_by_side(tmp_path: Path, folder: Path) -> None:
    """`index` shows the old and the new text of an edit, `--dry-run` tells it before, `changes` after.

    `--dry-run` also tells when the settings ask for another index.
    """
    documents = tmp_path / "documents"
    shutil.copytree(folder, documents)
    data = tmp_path / "data"
    assert policybot(data, "index", str(documents)).returncode == 0
    path = documents / "harbour.md"
    path.write_text(path.read_text(encoding="utf-8").replace("4,200", "9,900"), encoding="utf-8")

    planned = json.loads(policybot(data, "index", "--dry-run", "--json", str(documents)).stdout)
    said = policybot(
        data, "index", "--dry-run", str(documents), POLICYBOT_EMBEDDING_MODEL="multilingual-e5-small"
    ).stdout
    shown = policybot(data, "index", str(documents)).stderr
    told = json.loads(policybot(data, "changes", "--json", "--limit", "1").stdout)

    assert (planned["changed"], planned["new"], planned["rebuild"]) == (["harbour.md"], [], False)
    assert "Changed: harbour.md" in said
    assert "a new one would be built beside the old one" in said
    assert "4,200" in shown
    assert "9,900" in shown
    assert [section["section"] for section in told[0]["sections"]] == [["Targets"]]


def test_backup_comes_back_by_command(data: Path, tmp_path: Path) -> None:
    """`backup` writes one file that `restore` puts into an empty data folder, and refuses to put into a full one."""
    file = tmp_path / "backup.zip"
    made = policybot(data, "backup", str(file))
    restored = policybot(tmp_path / "other", "restore", str(file))
    refused = policybot(data, "restore", str(file))

    assert (made.returncode, restored.returncode, refused.returncode) == (0, 0, 1)
    assert "--replace" in refused.stderr
    assert len(json.loads(policybot(tmp_path / "other", "documents", "--json").stdout)) == 2


def test_check_tells_what_was_compared(tmp_path: Path) -> None:
    """``policybot check`` says whether a file supports a claim, what was compared and what differs."""
    report = tmp_path / "fees.md"
    report.write_text("---\ntitle: Fees of 2034\n---\n\nThe quay fee rose by 12 crowns.\n", encoding="utf-8")
    claim = "The quay fee rose to 12 crowns."

    told = policybot(tmp_path / "data", "check", claim, "--against", str(report))
    chinese = policybot(tmp_path / "data", "check", claim, "--against", str(report), LANG="zh_CN.UTF-8")
    found = json.loads(policybot(tmp_path / "data", "check", claim, "--against", str(report), "--json").stdout)

    assert told.stdout.startswith("Not supported")
    assert "it says to '12 crowns' where the evidence says by '12 crowns'" in told.stdout
    assert chinese.stdout.startswith("不支持")
    assert (found["verdict"], found["differences"][0]["dimension"]) == ("unsupported", "figures")
    assert "figures" in found["compared"]


def test_check_names_a_missing_file(tmp_path: Path) -> None:
    """A file that is not there is one message and exit code 1."""
    done = policybot(tmp_path / "data", "check", "The fee is 12.", "--against", str(tmp_path / "none.md"))

    assert done.returncode == 1
    assert "none.md" in done.stderr
