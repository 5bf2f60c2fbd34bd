from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from policybot.fetching import Bounds, Fetcher, Rules

Talk = Callable[[socket.socket, str, str], None]


class Site:
    """A server on this machine that answers each path with bytes, or by a function that talks by itself."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes | Talk] = {}
        self.requests: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._serve, daemon=True).start()

    def page(self, path: str, body: bytes | str, *headers: str, status: str = "200 OK") -> None:
        data = body.encode() if isinstance(body, str) else body
        head = "".join(f"{each}\r\n" for each in headers or ("Content-Type: text/html; charset=utf-8",))
        self.answers[path] = f"HTTP/1.1 {status}\r\n{head}Content-Length: {len(data)}\r\n\r\n".encode() + data

    def redirect(self, path: str, target: str, status: str = "302 Found") -> None:
        self.page(path, b"", f"Location: {target}", status=status)

    def paths(self) -> list[str]:
        return [each.split(" ")[1] for each in self.requests]

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            request = b""
            while b"\r\n\r\n" not in request:
                block = connection.recv(4096)
                if not block:
                    return
                request += block
            text = request.decode("latin-1")
            self.requests.append(text)
            path = text.split(" ")[1]
            answer = self.answers.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            if isinstance(answer, bytes):
                connection.sendall(answer)
            else:
                answer(connection, path, text)


@pytest.fixture
def site() -> Iterator[Site]:
    """A site that has no pages yet."""
    made = Site()
    yield made
    made.close()


@pytest.fixture
def fetcher() -> Fetcher:
    """Reads from this machine, one megabyte at most, without pauses."""
    return Fetcher(
        rules=Rules.allowing(["127.0.0.1/32"]), bounds=Bounds(max_bytes=1_000_000, timeout_s=30.0, delay_s=0.0)
    )
