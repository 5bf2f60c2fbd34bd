"""A real server on a free port of 127.0.0.1."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpx
import uvicorn

from policybot import PolicyBot
from policybot.server import create_app, interfaces
from policybot.settings import Settings
from policybot.store.accounts import Accounts

PASSWORD = "correct horse battery"
QUESTION = "How many trees will the council plant along the harbour by 2035?"


class Running:
    """A server, answered by a thread of its own."""

    def __init__(self, bot: PolicyBot, *, accounts: Accounts | None = None, settings: Settings | None = None) -> None:
        settings = settings or bot.settings
        app = create_app(bot, accounts=accounts, settings=settings, programs=interfaces(bot))
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}{settings.path_prefix}"
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive(), "The server stopped at its start."
            time.sleep(0.02)

    def client(self, key: str = "") -> httpx.Client:
        """A client of the server, with an API key when one is given."""
        headers = {"authorization": f"Bearer {key}"} if key else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=600)

    def close(self) -> None:
        """Stop serving."""
        self._server.should_exit = True
        self._thread.join(timeout=10)


def events_of(lines: Iterable[str]) -> list[tuple[str, Any]]:
    """The events of a stream, each with its name, empty when it has none."""
    events: list[tuple[str, Any]] = []
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            data = line.removeprefix("data: ")
            events.append((name, data if data == "[DONE]" else json.loads(data)))
            name = ""
    return events
