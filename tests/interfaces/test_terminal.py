"""The terminal's chat, accounts and completion."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import PASSWORD, QUESTION
from terminal import policybot

from policybot import PolicyBot
from policybot.store.accounts import Accounts


@pytest.fixture(scope="module")
def data(quoting_bot: PolicyBot) -> Path:
    """A data folder with two documents indexed."""
    return quoting_bot.settings.data_dir


def test_chat_opens_citations_and_shows_what_was_said(data: Path) -> None:
    lines = [QUESTION, "/open 1", "/open 9", "/history", "/nonsense", " ".join(["x"] * 4001), "/new", "/history", ""]

    done = policybot(data, "chat", given="\n".join(lines))

    assert done.returncode == 0
    assert "[1] Harbour plan of Port Ellis · Port Ellis Council · 2031-04-02" in done.stdout
    assert "## Targets" in done.stdout, "/open shows what stands around the quote."
    assert "'9'" in done.stderr
    assert f"You: {QUESTION}" in done.stdout
    assert "/open 2 shows" in done.stderr
    assert "the most is 4000" in done.stderr, "A question that cannot be asked does not end the chat."
    assert done.stdout.count(QUESTION) == 1, "/new has nothing to show."


def test_chat_json_answers_each_line_with_a_line_and_goes_on_later(data: Path) -> None:
    first = policybot(data, "chat", "--json", given=f"What does the harbour plan say about trees?\n{QUESTION}\n")
    answers = [json.loads(line) for line in first.stdout.splitlines()]
    again = policybot(
        data, "chat", "--json", "--conversation", answers[0]["conversation"], given="And what will it spend on quays?\n"
    )

    assert [answer["status"] for answer in answers] == ["answered", "answered"]
    assert answers[0]["conversation"] == answers[1]["conversation"]
    assert "12.5 million" in json.loads(again.stdout)["text"]


def test_users_and_keys_are_managed_from_the_terminal(tmp_path: Path) -> None:
    added = policybot(tmp_path, "users", "add", "ada", "--role", "editor", "--password-stdin", given=f"{PASSWORD}\n")
    refused = policybot(tmp_path, "users", "add", "bo", "--password-stdin", given="short\n")
    listed = json.loads(policybot(tmp_path, "users", "list", "--json").stdout)
    key = policybot(tmp_path, "keys", "add", "robot").stdout.strip()

    assert (added.returncode, refused.returncode) == (0, 1)
    assert "5 characters" in refused.stderr
    assert [(user["name"], user["role"]) for user in listed] == [("ada", "editor")]
    with Accounts(tmp_path) as accounts:
        assert accounts.user_with_password("ada", PASSWORD) is not None
        assert accounts.user_with_password("ada", PASSWORD + "!") is None
        assert accounts.key(key) is not None


def test_serving_the_network_without_users_is_refused_before_any_work(tmp_path: Path) -> None:
    done = policybot(tmp_path, "serve", "--host", "0.0.0.0", "--port", "0")

    assert done.returncode == 1
    assert "policybot users add" in done.stderr
    assert not list(tmp_path.glob("vectors*"))


@pytest.mark.parametrize("words", ["policybot documents har", "policybot ask why --document har"])
def test_the_shell_completes_names_of_documents(data: Path, words: str) -> None:
    count = len(words.split())
    done = policybot(
        data,
        _POLICYBOT_COMPLETE="complete_bash",
        _TYPER_COMPLETE_ARGS=words,
        COMP_WORDS=words,
        COMP_CWORD=f"{count - 1}",
    )

    assert done.stdout.split() == ["harbour.md"]
