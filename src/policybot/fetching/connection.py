"""One HTTP exchange over a connection to an address that was checked, within a deadline for all of it."""

from __future__ import annotations

import concurrent.futures
import contextlib
import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult

from policybot.errors import AddressRefused, FetchError
from policybot.fetching.addresses import Resolver, Rules

_BLOCK = 64 * 1024
_CONNECT_S = 10.0


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered.

    Attributes:
        headers: By name in lower case; of several the first.
        body: Unpacked if it came packed.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Exchange:
    """How one exchange is made.

    Attributes:
        max_bytes: Largest body, packed and unpacked.
        timeout_s: Longest exchange, from resolving the name to the last byte.
    """

    rules: Rules
    resolver: Resolver
    max_bytes: int
    timeout_s: float

    def get(self, parts: SplitResult, headers: Mapping[str, str]) -> Response:
        """Fetch an address; redirects are answers like others.

        Raises:
            AddressRefused: One of the host's addresses may not be connected to.
            FetchError: The server cannot be reached, breaks off, takes too long, sends too much or nothing of HTTP.
        """
        url = parts.geturl()
        deadline = time.monotonic() + self.timeout_s
        addresses = self._addresses(parts, deadline)
        connection = _Connection(parts, addresses, self.rules, deadline)
        alarm = threading.Timer(max(0.0, deadline - time.monotonic()), connection.abort)
        alarm.daemon = True
        alarm.start()
        try:
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", target, headers=dict(headers))
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in reversed(answer.getheaders())}
            response = Response(answer.status, found, self._body(answer, found, url))
            if connection.is_aborted:  # to http.client the end of a broken connection is that of the page
                raise self._too_slow(url)
            return response
        except FetchError as exc:
            if connection.is_aborted and not isinstance(exc, AddressRefused):
                raise self._too_slow(url) from exc
            raise
        except (http.client.HTTPException, OSError, ValueError, zlib.error) as exc:
            if connection.is_aborted or isinstance(exc, TimeoutError):
                raise self._too_slow(url) from exc
            reason = str(exc) or type(exc).__name__
            raise FetchError(f"{url}: cannot be fetched ({reason[:200]}). Check the address, or try again.") from exc
        finally:
            alarm.cancel()
            connection.close()

    def _too_slow(self, url: str) -> FetchError:
        return FetchError(
            f"{url}: took longer than {self.timeout_s:.0f} s and was stopped. Try again later, or raise "
            "POLICYBOT_FETCH_TIMEOUT_S."
        )

    def _addresses(self, parts: SplitResult, deadline: float) -> list[str]:
        """The host's addresses, every one of them allowed."""
        url, host = parts.geturl(), str(parts.hostname)
        pool = concurrent.futures.ThreadPoolExecutor(max_workers=1)
        try:
            asked = pool.submit(self.resolver, host, _port(parts))
            found = list(dict.fromkeys(asked.result(max(0.0, deadline - time.monotonic()))))
        except (OSError, UnicodeError, concurrent.futures.TimeoutError) as exc:
            raise FetchError(f"{url}: the host {host} cannot be found ({exc}). Check the address.") from exc
        finally:
            pool.shutdown(wait=False)
        if not found:
            raise FetchError(f"{url}: the host {host} has no address. Check it.")
        for each in found:
            self.rules.check(each, url=url)
        return found

    def _body(self, answer: http.client.HTTPResponse, headers: Mapping[str, str], url: str) -> bytes:
        packing = headers.get("content-encoding", "identity").strip().lower()
        if packing not in ("identity", "", "gzip", "x-gzip", "deflate"):
            raise FetchError(f"{url}: comes packed as {packing[:40]!r}, which was not asked for. Save it by hand.")
        is_packed = packing not in ("identity", "")
        unpacker = zlib.decompressobj(47 if "gzip" in packing else 15) if is_packed else None
        body = bytearray()
        received = 0
        while block := answer.read(_BLOCK):
            received += len(block)
            body += unpacker.decompress(block, self.max_bytes + 1 - len(body)) if unpacker else block
            if max(received, len(body)) > self.max_bytes:
                raise FetchError(
                    f"{url}: holds more than {self.max_bytes / 1e6:.0f} MB and was stopped. Save it as a file, or "
                    "raise POLICYBOT_FETCH_MAX_MB."
                )
        # Without a stated length only the server's silence says that this was all.
        if answer.length or (unpacker is not None and received and not unpacker.eof):
            raise FetchError(f"{url}: broke off after {received} bytes. Try again.")
        return bytes(body)


class _Connection(http.client.HTTPConnection):
    """A connection to one of the checked addresses, under the name of the host."""

    def __init__(self, parts: SplitResult, addresses: list[str], rules: Rules, deadline: float) -> None:
        super().__init__(str(parts.hostname), _port(parts))
        self._parts = parts
        self._addresses = addresses
        self._rules = rules
        self._deadline = deadline
        self._lock = threading.Lock()
        self.is_aborted = False

    def connect(self) -> None:
        self.sock = self._opened()
        self._rules.check(str(self.sock.getpeername()[0]), url=self._parts.geturl())
        if self._parts.scheme == "https":
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock.do_handshake()

    def abort(self) -> None:
        """Break the exchange off from another thread: whatever waits for the server fails at once."""
        self.is_aborted = True
        with contextlib.suppress(OSError, AttributeError):  # not connected yet, or already closed
            self.sock.shutdown(socket.SHUT_RDWR)

    def _opened(self) -> socket.socket:
        failure: OSError = OSError("no address answers")
        for address in self._addresses:
            left = self._deadline - time.monotonic()
            if left <= 0:
                self.is_aborted = True
                break
            try:
                # The address itself, not the name: a second look-up could lead elsewhere.
                connected = socket.create_connection((address, self.port), min(left, _CONNECT_S))
            except OSError as exc:
                failure = exc
                continue
            connected.settimeout(max(0.1, self._deadline - time.monotonic()))
            return connected
        raise failure


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)
