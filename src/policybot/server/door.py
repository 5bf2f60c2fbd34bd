"""Who may come in: paths, hosts, sign-in, API keys, limits. Everything that is served stands behind the ``Door``."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from policybot.errors import NotAllowed, NotSignedIn, PolicybotError, TooLarge, TooManyRequests
from policybot.server.errors import error_response
from policybot.server.headers import SecuredSend
from policybot.server.limits import RateLimit
from policybot.store.accounts import KEY_PREFIX, Accounts, Role

SESSION_COOKIE = "policybot_session"

LARGEST_BODY = 1_000_000
"""Bytes of the largest request: the longest question with the longest history is a tenth of it."""

# Gradio also offers uploads, a proxy, files by path and URL, an editor and an API description. The page needs
# none of them, so only what it needs is let through.
_PAGE = (
    r"/|/config/?|/theme\.css|/(?:assets|static)/.+"
    r"|/gradio_api/(?:queue/(?:join|data)|cancel|reset/?|startup-events|app_id|heartbeat/[a-z0-9]+)"
)
_PUBLIC = r"/healthz|/readyz|/sign-in|/favicon\.ico|/robots\.txt|/manifest\.json"
_PROGRAMS = r"/sign-out|/metrics|/api/v1/.+|/v1/(?:models(?:/[A-Za-z0-9._-]+)?|chat/completions)|/mcp"
_UPLOADS = "/api/v1/documents"
_LASTING = "/assets/"
"""Scripts and styles, Gradio's and the page's own: a hash of what they hold is part of their names."""

_SERVED = re.compile(f"{_PAGE}|{_PUBLIC}|{_PROGRAMS}")
_OPEN_TO_ALL = re.compile(_PUBLIC)
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Principal:
    """Who sent a request.

    Attributes:
        name: ``user:`` or ``key:`` and the name, or ``local`` for whoever sits at this computer.
    """

    name: str
    role: Role


LOCAL = Principal("local", "editor")
"""Whoever sends a request while there are no users, and the server therefore listens on this computer only."""


def principal(request: Request) -> Principal:
    """Who sent the request."""
    found: Principal = request.scope["policybot.principal"]
    return found


def editor(request: Request) -> Principal:
    """Who sent the request, when the role is editor.

    Raises:
        NotAllowed: It is not.
    """
    found = principal(request)
    if found.role != "editor":
        raise NotAllowed("Only an editor may do this. Ask whoever runs this server for the role.")
    return found


class Door:
    """ASGI middleware around everything: lets through what is served to whom it is served, with the security headers.

    Without users, requests are answered only when they come from this computer and are addressed to it, so that no
    web page can reach the server under a name of its own (DNS rebinding). With users, they need a session or an
    API key.

    Args:
        app: What stands behind the door.
        accounts: Users, keys and sessions; None when there never are any.
        requests_per_minute: Most requests of one user or key in a minute.
        prefix: Path that a reverse proxy puts in front, stripped or not; empty for none.
        upload_bytes: Largest file that editors may add.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        accounts: Accounts | None,
        requests_per_minute: int = 600,
        prefix: str = "",
        upload_bytes: int = 0,
    ) -> None:
        self._app = app
        self._accounts = accounts
        self._limit = RateLimit(requests_per_minute)
        self._prefix = prefix
        self._upload_bytes = upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        path = scope["path"]
        if self._prefix and (path == self._prefix or path.startswith(f"{self._prefix}/")):
            path = path[len(self._prefix) :] or "/"
        # Applications take the prefix off the path themselves.
        scope = {**scope, "path": self._prefix + path, "root_path": self._prefix}
        scope["raw_path"] = scope["path"].encode("utf-8", "surrogateescape")
        secured = SecuredSend(send, secure=scope["scheme"] == "https", lasting=path.startswith(_LASTING))
        try:
            refusal = self._refusal(scope, path, headers)
        except PolicybotError as exc:
            refusal = error_response(exc)
        if refusal is not None:
            await refusal(scope, receive, secured)
            return
        try:
            await self._app(scope, _bounded(receive, self._largest(scope, path)), secured)
        except TooLarge as exc:
            if secured.started:
                raise
            await error_response(exc)(scope, receive, secured)

    def _largest(self, scope: Scope, path: str) -> int:
        """Bytes of the largest body that this request may have; a file only from an editor."""
        who = scope.get("policybot.principal")
        uploads = scope["method"] == "POST" and path == _UPLOADS and who is not None and who.role == "editor"
        return max(self._upload_bytes, LARGEST_BODY) if uploads else LARGEST_BODY

    def _refusal(self, scope: Scope, path: str, headers: Headers) -> Response | None:
        """What is answered instead of the request; None lets it through, with its principal in the scope."""
        if not _SERVED.fullmatch(path):
            return PlainTextResponse("Not found", status_code=404)
        if scope["method"] not in _SAFE_METHODS and _foreign(headers):
            raise NotAllowed("The request comes from a page of another site. Use this server's own page or an API key.")
        found = self._principal(scope, headers)
        if found is None and not _OPEN_TO_ALL.fullmatch(path):
            if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
                return RedirectResponse(f"{self._prefix}/sign-in", status_code=303)
            raise NotSignedIn("Sign in, or send an API key as `Authorization: Bearer pb_...`.")
        scope["policybot.principal"] = found
        largest = self._largest(scope, path)
        if int(length if (length := headers.get("content-length", "0")).isdigit() else 0) > largest:
            raise _too_large(largest)
        if found is not None and found != LOCAL and (wait := self._limit.take(found.name)):
            raise TooManyRequests(
                f"{found.name} sent too many requests. Wait {wait:.0f} s, or raise POLICYBOT_REQUESTS_PER_MINUTE.",
                retry_after_s=wait,
            )
        return None

    def _principal(self, scope: Scope, headers: Headers) -> Principal | None:
        """Who sent a request; None when that is required and not shown."""
        key = headers.get("authorization", "").removeprefix("Bearer ").strip()
        if self._accounts is not None and key.startswith(KEY_PREFIX):
            account = self._accounts.key(key)
            if account is None:
                raise NotSignedIn("This API key is not known, or was revoked. `policybot keys list` shows which are.")
            return Principal(f"key:{account.name}", account.role)
        if self._accounts is None or not self._accounts.any_users():
            client = scope.get("client") or ("",)
            if not (is_this_computer(_host(headers.get("host", ""))) and is_this_computer(client[0])):
                raise NotAllowed(
                    "No users are set up, so only this computer is served. Add one with `policybot users add NAME`."
                )
            return LOCAL
        token = session_token(headers)
        account = self._accounts.user_of_session(token) if token else None
        return None if account is None else Principal(f"user:{account.name}", account.role)


def session_token(headers: Headers) -> str:
    """The session in the request's cookies; empty when there is none."""
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookies[SESSION_COOKIE].value if SESSION_COOKIE in cookies else ""


def is_this_computer(host: str) -> bool:
    """Whether an address or a host name means the computer itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _host(header: str) -> str:
    """The host of a Host header, without its port."""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def _foreign(headers: Headers) -> bool:
    """Whether a browser says that a page of another site sends the request."""
    if site := headers.get("sec-fetch-site"):
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is None:
        return False
    named = (headers.get("host", ""), headers.get("x-forwarded-host", ""))
    return not (own := origin.partition("://")[2]) or own not in named


def _bounded(receive: Receive, largest: int) -> Receive:
    """Count a body that states no length, or a wrong one."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > largest:
            raise _too_large(largest)
        return message

    return counted


def _too_large(largest: int) -> TooLarge:
    return TooLarge(f"The request is larger than {largest:,} bytes. Send less.")
