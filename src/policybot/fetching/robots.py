"""robots.txt: what a site lets programs read, as RFC 9309 says."""

from __future__ import annotations

import urllib.robotparser
from dataclasses import dataclass

AGENT = "policybot"
_MAX_CHARS = 500 * 1024  # RFC 9309, 2.5
_MAX_DELAY_S = 30.0


@dataclass(frozen=True, slots=True)
class Robots:
    """A site's rules for us.

    Attributes:
        parser: The rules; None when everything is allowed.
        is_closed: Whether nothing may be read, because the site cannot say now what it allows.
    """

    parser: urllib.robotparser.RobotFileParser | None = None
    is_closed: bool = False

    def allows(self, url: str) -> bool:
        """Whether the address may be read."""
        return not self.is_closed and (self.parser is None or self.parser.can_fetch(AGENT, url))

    @property
    def delay_s(self) -> float:
        """Pause between two requests that the site asks for, in seconds, 30 at most; 0 when it asks for none."""
        delay = self.parser.crawl_delay(AGENT) if self.parser else None
        return min(float(delay), _MAX_DELAY_S) if delay else 0.0


def robots_of(status: int, body: bytes) -> Robots:
    """The rules in an answer to ``/robots.txt``: an error of the server closes the site, a missing file opens it."""
    if status >= 500 or status == 429:
        return Robots(is_closed=True)
    if status != 200:
        return Robots()
    parser = urllib.robotparser.RobotFileParser()
    parser.parse(body[:_MAX_CHARS].decode("utf-8", "replace").splitlines())
    return Robots(parser)
