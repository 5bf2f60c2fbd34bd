"""Real servers on free ports of 127.0.0.1: one on its own computer, one with users."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from running import PASSWORD, Running

from policybot import PolicyBot, load_settings
from policybot.store.accounts import Accounts


@pytest.fixture(scope="session")
def local(quoting_bot: PolicyBot) -> Iterator[Running]:
    """A server without users."""
    running = Running(quoting_bot)
    yield running
    running.close()


@pytest.fixture
def client(local: Running) -> Iterator[httpx.Client]:
    """Whoever sits at the computer."""
    with local.client() as client:
        yield client


@pytest.fixture(scope="session")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Accounts]:
    """Users ada (editor) and bo (reader)."""
    with Accounts(tmp_path_factory.mktemp("accounts")) as accounts:
        accounts.add_user("ada", PASSWORD, role="editor")
        accounts.add_user("bo", PASSWORD)
        yield accounts


@pytest.fixture(scope="session")
def keys(accounts: Accounts) -> dict[str, str]:
    """An API key of each role."""
    return {"editor": accounts.add_key("robot", role="editor"), "reader": accounts.add_key("script")}


@pytest.fixture(scope="session")
def closed(quoting_bot: PolicyBot, accounts: Accounts) -> Iterator[Running]:
    """A server with users."""
    running = Running(quoting_bot, accounts=accounts)
    yield running
    running.close()


@pytest.fixture
def other_data(tmp_path: Path, folder: Path) -> Iterator[PolicyBot]:
    """A bot with a data folder of its own, nothing indexed, that quotes."""
    with PolicyBot(load_settings(data_dir=tmp_path, documents_dir=folder, chat_model="none")) as bot:
        yield bot
