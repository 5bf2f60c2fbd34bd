"""The security headers of every response."""

from __future__ import annotations

import base64
import hashlib
import re

from starlette.types import Message, Send

_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)


class SecuredSend:
    """Sends a response with the security headers; a page is held back until its inline scripts are known.

    Gradio writes its configuration into scripts inside the page. Their hashes go into the policy, so that no
    other inline script and no event attribute ever runs, whatever gets into the page.

    Args:
        send: Where the response goes.
        secure: Whether it goes out by HTTPS.
        lasting: Whether the path names its content, as those of the page's scripts do, so that browsers may keep it.
    """

    def __init__(self, send: Send, *, secure: bool = False, lasting: bool = False) -> None:
        self._send = send
        self._secure = secure
        self._lasting = lasting
        self._page: Message | None = None
        self._body = b""
        self.started = False

    async def __call__(self, message: Message) -> None:
        """Send one piece of the response."""
        self.started = True
        if message["type"] == "http.response.start":
            types = [value for name, value in message["headers"] if name.lower() == b"content-type"]
            if types and types[0].startswith(b"text/html"):
                self._page = message
                return
            message = {**message, "headers": self._secured(message, "'none'")}
        elif self._page is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            hashes = (hashlib.sha256(script).digest() for script in _INLINE_SCRIPT.findall(self._body))
            sources = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in hashes)
            headers = self._secured(self._page, f"'self' 'unsafe-eval' {sources}")
            await self._send({**self._page, "headers": headers})
            message = {**message, "body": self._body}
        await self._send(message)

    def _secured(self, start: Message, scripts: str) -> list[tuple[bytes, bytes]]:
        own = {name.lower() for name, _ in start["headers"]}
        headers = [*start["headers"], *((k, v) for k, v in _security_headers(scripts) if k not in own)]
        if self._secure:
            headers.append((b"strict-transport-security", b"max-age=31536000"))
        if b"cache-control" not in own:
            # What one reader sees must not come out of a cache for another.
            kept = self._lasting and start["status"] == 200
            headers.append((b"cache-control", b"private, max-age=31536000, immutable" if kept else b"no-store"))
        return headers


def _security_headers(scripts: str) -> list[tuple[bytes, bytes]]:
    """Gradio compiles its templates with ``new Function`` and styles in attributes; the rest is closed."""
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )
    return [
        (b"content-security-policy", policy.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
        (b"x-frame-options", b"DENY"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    ]
