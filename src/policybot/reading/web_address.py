"""What counts as the address of an original: it becomes a link on the page, so nothing but the web."""

from __future__ import annotations

import re
from urllib.parse import urlsplit


def is_web_address(value: str) -> bool:
    """Whether the value is an http or https address with a host and without blanks."""
    try:
        parts = urlsplit(value)
    except ValueError:  # "http://[" is no address
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"[\s<>\"]", value)
