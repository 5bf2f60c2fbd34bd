"""The web server: the page, its health check, and the headers and limits that stand in front of both."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import logging
import re
import socket
from collections.abc import Callable, Sequence

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from policybot.errors import PolicybotError, ServerError
from policybot.ui import CSS, Assistant, build_page, theme

SHUTDOWN_S = 3
"""How long open answers may go on after Ctrl-C, in seconds; the page keeps a connection open all the time."""

# Gradio also offers uploads, a proxy, files by path and URL, an editor and an API description. The page needs
# none of them, so only what it needs is let through.
_SERVED = re.compile(
    r"/|/healthz|/config/?|/theme\.css|/favicon\.ico|/robots\.txt|/manifest\.json|/(?:assets|static)/.+"
    r"|/gradio_api/(?:queue/(?:join|data)|cancel|reset/?|startup-events|app_id|heartbeat/[a-z0-9]+)"
)
_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)

log = logging.getLogger(__name__)


def create_app(bot: Assistant, *, examples: Sequence[str] = ()) -> FastAPI:
    """The ASGI app: the page at ``/``, ``/healthz`` for whoever watches it.

    Args:
        bot: Answers the questions.
        examples: Questions offered on the empty page.
    """
    app = FastAPI(title="policybot", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    async def healthz() -> JSONResponse:
        try:
            documents = await run_in_threadpool(bot.documents)
        except PolicybotError as exc:
            return JSONResponse({"status": "failed", "reason": str(exc)}, status_code=503)
        return JSONResponse({"status": "ok", "documents": len(documents)})

    page = build_page(bot, examples=examples)
    page.queue(api_open=False, max_size=None)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=theme(),
        css=CSS,
        footer_links=[],
        run_history=False,
        show_error=False,
        allowed_paths=[],
        max_file_size=1,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
    )
    app.add_middleware(_Guard)
    return app


def serve(
    bot: Assistant,
    *,
    place: socket.socket,
    on_ready: Callable[[str], None],
    examples: Sequence[str] = (),
) -> None:
    """Serve the page until Ctrl-C.

    Args:
        bot: Answers the questions; it is not closed.
        place: What ``reserve`` returned; closed at the end.
        on_ready: Called with the page's address as soon as it answers.
        examples: Questions offered on the empty page.

    Raises:
        ServerError: Another program that had reserved the same port listens on it by now.
    """
    host, port = place.getsockname()[:2]
    try:
        place.listen(2048)
    except OSError as exc:
        place.close()
        raise _taken(host, port, exc) from exc
    if not _is_loopback(host):
        log.warning(
            "The page listens on %s, so others on the network can use it, and there is no sign-in yet. "
            "Listen on 127.0.0.1 (--host or POLICYBOT_HOST) to keep it to this computer.",
            host,
        )
    shown = f"[{host}]" if ":" in host else host
    url = f"http://{shown}:{port}"
    config = uvicorn.Config(
        create_app(bot, examples=examples),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_S,
    )
    try:
        _Server(config, ready=lambda: on_ready(url)).run(sockets=[place])
    except KeyboardInterrupt:
        log.debug("Stopped by Ctrl-C")
    finally:
        place.close()


def reserve(host: str, port: int) -> socket.socket:
    """A socket bound to the port, so that a taken one shows before the work of a start, not after it.

    Args:
        host: Address to listen on.
        port: Port to listen on; 0 takes a free one.

    Raises:
        ServerError: The port is taken, or the address cannot be listened on.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        place = socket.socket(family, socket.SOCK_STREAM)
    except OSError as exc:
        raise ServerError(
            f"{host!r} is no address of this computer: {exc}. Choose one with --host or POLICYBOT_HOST, "
            "127.0.0.1 for example."
        ) from exc
    try:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        place.bind(address)
    except PermissionError as exc:
        place.close()
        raise ServerError(
            f"Port {port} on {host} may not be used without administrator rights. "
            "Choose one above 1023 with --port or POLICYBOT_PORT."
        ) from exc
    except OSError as exc:
        place.close()
        raise _taken(host, port, exc) from exc
    return place


def _taken(host: str, port: int, exc: OSError) -> ServerError:
    return ServerError(
        f"Port {port} on {host} is taken or cannot be used ({exc.strerror}). Choose another with --port "
        "or POLICYBOT_PORT, or stop the other program."
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Server(uvicorn.Server):
    """Says when it is ready."""

    def __init__(self, config: uvicorn.Config, *, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()


class _Guard:
    """Lets through what the page needs and adds the security headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = _Headers(send)
        if _SERVED.fullmatch(scope["path"]):
            await self._app(scope, receive, guarded)
        else:
            await PlainTextResponse("Not found", status_code=404)(scope, receive, guarded)


class _Headers:
    """Sends a response with the security headers; a page is held back until its inline scripts are known.

    Gradio writes its configuration into scripts inside the page. Their hashes go into the policy, so that no
    other inline script and no event attribute ever runs, whatever gets into the page.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._page: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            types = [value for name, value in message["headers"] if name.lower() == b"content-type"]
            if types and types[0].startswith(b"text/html"):
                self._page = message
                return
            message["headers"] = [*message["headers"], *_security_headers("'none'")]
        elif self._page is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            hashes = (hashlib.sha256(script).digest() for script in _INLINE_SCRIPT.findall(self._body))
            sources = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in hashes)
            headers = [*self._page["headers"], *_security_headers(f"'self' 'unsafe-eval' {sources}")]
            await self._send({**self._page, "headers": headers})
            message = {**message, "body": self._body}
        await self._send(message)


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
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
    return [
        (b"content-security-policy", policy.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
        (b"x-frame-options", b"DENY"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    ]
