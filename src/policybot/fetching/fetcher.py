"""Fetching addresses: redirects, conditions, robots.txt and the pace."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin

from policybot.errors import AddressRefused, FetchError, SettingsError
from policybot.fetching.addresses import Resolver, Rules, parsed, system_resolver
from policybot.fetching.connection import Exchange, Response
from policybot.fetching.robots import AGENT, Robots, robots_of
from policybot.settings import Settings

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_REDIRECTS = 10
_ROBOTS_BYTES = 1_000_000
_ROBOTS_S = 15.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much and how fast is fetched.

    Attributes:
        max_bytes: Largest body.
        timeout_s: Longest exchange with a server, in seconds.
        delay_s: Shortest pause between two requests to a host, in seconds.
    """

    max_bytes: int = 50_000_000
    timeout_s: float = 60.0
    delay_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said about a version of a page, to ask it for a newer one only.

    Attributes:
        etag: Its ``ETag``; empty when it sent none.
        last_modified: Its ``Last-Modified``; empty when it sent none.
    """

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address delivered.

    Attributes:
        url: Where it came from in the end, after redirects.
        body: Its bytes; empty when ``is_unchanged``.
        content_type: As the server calls it, in lower case without parameters; empty when it does not say.
        charset: Encoding that the server names; empty when none.
        is_unchanged: Whether the server says that nothing changed since the validators.
    """

    url: str
    body: bytes
    content_type: str
    charset: str
    validators: Validators
    is_unchanged: bool = False


class Fetcher:
    """Fetches addresses one after the other, at a pace, and remembers what each site allows.

    Threads may share it; requests to one host wait for each other.
    """

    def __init__(
        self,
        *,
        rules: Rules | None = None,
        bounds: Bounds | None = None,
        obey_robots: bool = True,
        resolver: Resolver = system_resolver,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Set the rules.

        Args:
            rules: Which networks may be read; only the public internet when None.
            bounds: How much and how fast.
            obey_robots: Whether to keep to robots.txt.
            resolver: Looks names up.
            clock: Seconds that pass.
            sleep: Waits for so many seconds.
        """
        self._rules = rules or Rules()
        self._bounds = bounds or Bounds()
        self._obeys = obey_robots
        self._resolver = resolver
        self._clock = clock
        self._sleep = sleep
        self._robots: dict[str, Robots] = {}
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    @classmethod
    def configured(cls, settings: Settings) -> Fetcher:
        """A fetcher by the settings.

        Raises:
            SettingsError: One of the allowed networks is none.
        """
        try:
            rules = Rules.allowing(settings.fetch_networks)
        except ValueError as exc:
            raise SettingsError(
                f"Wrong setting: POLICYBOT_FETCH_NETWORKS={list(settings.fetch_networks)}: {exc}. Write networks as "
                '["10.1.0.0/16"].'
            ) from exc
        bounds = Bounds(settings.fetch_max_mb * 1_000_000, settings.fetch_timeout_s, settings.fetch_delay_s)
        return cls(rules=rules, bounds=bounds, obey_robots=settings.fetch_robots)

    def fetch(self, url: str, *, validators: Validators | None = None) -> Fetched:
        """Fetch an address, following redirects; each step is checked like the first.

        Args:
            url: The address.
            validators: Of the version that is known: if nothing changed since, nothing is sent.

        Raises:
            AddressRefused: It, or where it redirects to, may not be read.
            FetchError: It cannot be reached, or delivers an error, too much, too slowly, or redirects for ever.
        """
        parts = parsed(url)
        seen: set[str] = set()
        for _ in range(_MAX_REDIRECTS + 1):
            here = parts.geturl()
            if here in seen:
                raise FetchError(f"{url}: redirects in a circle, by {here}. Check the address in a browser.")
            seen.add(here)
            self._check_robots(parts)
            response = self._exchange(parts, self._bounds, _headers(validators))
            if response.status not in _REDIRECTS:
                return _fetched(response, here)
            target = response.headers.get("location", "")
            if not target:
                raise FetchError(f"{here}: redirects to nowhere. Check the address in a browser.")
            parts = _onward(here, target)
        raise FetchError(f"{url}: redirects more than {_MAX_REDIRECTS} times. Check the address in a browser.")

    def _check_robots(self, parts: SplitResult) -> None:
        if not self._obeys:
            return
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = self._asked(origin)
        robots = self._robots[origin]
        if not robots.allows(parts.geturl()):
            reason = "cannot be read now, so nothing is allowed" if robots.is_closed else "forbids it"
            if robots.is_closed:
                del self._robots[origin]  # it may answer the next time
            raise AddressRefused(
                f"{parts.geturl()}: the site's robots.txt {reason}. Ask its owner, or set POLICYBOT_FETCH_ROBOTS=false "
                "for a site of your own."
            )

    def _asked(self, origin: str) -> Robots:
        bounds = Bounds(_ROBOTS_BYTES, min(_ROBOTS_S, self._bounds.timeout_s), self._bounds.delay_s)
        parts = parsed(f"{origin}/robots.txt")
        for _ in range(_MAX_REDIRECTS):
            response = self._exchange(parts, bounds, _headers(None))
            target = response.headers.get("location", "")
            if response.status not in _REDIRECTS or not target:
                return robots_of(response.status, response.body)
            parts = _onward(parts.geturl(), target)
        return Robots()  # as for a missing file (RFC 9309, 2.3.1.2)

    def _exchange(self, parts: SplitResult, bounds: Bounds, headers: dict[str, str]) -> Response:
        with self._lock:
            host = str(parts.hostname)
            wait = self._next.get(host, 0.0) - self._clock()
            if wait > 0:
                self._sleep(wait)
            exchange = Exchange(self._rules, self._resolver, bounds.max_bytes, bounds.timeout_s)
            try:
                return exchange.get(parts, headers)
            finally:
                robots = self._robots.get(f"{parts.scheme}://{parts.netloc}", Robots())
                self._next[host] = self._clock() + max(self._bounds.delay_s, robots.delay_s)


def _onward(here: str, target: str) -> SplitResult:
    """Where a redirect leads, checked as an address that was asked for."""
    try:
        return parsed(urljoin(here, _as_text(target)))
    except ValueError as exc:
        raise FetchError(f"{here}: redirects to {target[:100]!r}, which is no address ({exc}).") from exc


def _headers(validators: Validators | None) -> dict[str, str]:
    headers = {
        "User-Agent": f"{AGENT} (+https://pypi.org/project/policybot/)",
        "Accept": "text/html, application/xhtml+xml, application/pdf, application/rss+xml, application/atom+xml, "
        "*/*;q=0.5",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    if validators and validators.etag:
        headers["If-None-Match"] = validators.etag
    if validators and validators.last_modified:
        headers["If-Modified-Since"] = validators.last_modified
    return headers


def _fetched(response: Response, url: str) -> Fetched:
    headers = response.headers
    validators = Validators(_header_safe(headers.get("etag", "")), _header_safe(headers.get("last-modified", "")))
    if response.status == 304:
        return Fetched(url, b"", "", "", validators, is_unchanged=True)
    if response.status != 200:
        later = headers.get("retry-after", "")
        when = f" Try again after {later[:40]} (seconds, or the time given)." if later else " Check the address."
        raise FetchError(f"{url}: the server answers {response.status}.{when}")
    kind, _, parameters = headers.get("content-type", "").partition(";")
    charset = ""
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip("\"'").lower()
    return Fetched(url, response.body, kind.strip().lower(), charset, validators)


def _header_safe(value: str) -> str:
    """A header's value that can be sent back; empty when it would break the request."""
    return value if len(value) <= 500 and value.isascii() and value.isprintable() else ""


def _as_text(header: str) -> str:
    """A header's value, which http.client reads as Latin-1, as the UTF-8 that servers write."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header
