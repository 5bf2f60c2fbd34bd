"""Listening: a port is reserved before the work of a start, then served until Ctrl-C."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Sequence

import uvicorn
from starlette.types import ASGIApp

from policybot.errors import ServerError
from policybot.server.app import Interfaces, create_app
from policybot.server.door import is_this_computer
from policybot.settings import Settings
from policybot.store.accounts import Accounts
from policybot.ui import Assistant

SHUTDOWN_S = 3
"""How long open answers may go on after Ctrl-C, in seconds; the page keeps a connection open all the time."""

log = logging.getLogger(__name__)


def serve(
    bot: Assistant,
    *,
    place: socket.socket,
    on_ready: Callable[[str], None],
    examples: Sequence[str] = (),
    accounts: Accounts | None = None,
    settings: Settings | None = None,
    programs: Interfaces | None = None,
) -> None:
    """Serve the page, and what programs use, until Ctrl-C.

    Args:
        bot: Answers the questions; it is not closed.
        place: What ``reserve`` returned; closed at the end.
        on_ready: Called with the page's address as soon as it answers.
        examples: Questions offered on the empty page.
        accounts: See ``create_app``, as ``settings`` and ``programs``.

    Raises:
        ServerError: The address is not this computer's own and there are no users, or another program that had
            reserved the same port listens on it by now.
    """
    app = create_app(bot, examples=examples, accounts=accounts, settings=settings, programs=programs)
    listen(app, place=place, on_ready=on_ready, accounts=accounts, settings=settings)


def listen(
    app: ASGIApp,
    *,
    place: socket.socket,
    on_ready: Callable[[str], None],
    accounts: Accounts | None = None,
    settings: Settings | None = None,
) -> None:
    """Serve an application that stands behind a ``Door`` until Ctrl-C. Arguments and errors are those of ``serve``."""
    host, port = place.getsockname()[:2]
    try:
        check_door(host, accounts)
        try:
            place.listen(2048)
        except OSError as exc:
            raise _taken(host, port, exc) from exc
        shown = f"[{host}]" if ":" in host else host
        url = f"http://{shown}:{port}{settings.path_prefix if settings else ''}"
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=SHUTDOWN_S,
            forwarded_allow_ips=settings.trusted_proxies if settings else "127.0.0.1",
        )
        _Server(config, ready=lambda: on_ready(url)).run(sockets=[place])
    except KeyboardInterrupt:
        log.debug("Stopped by Ctrl-C")
    finally:
        place.close()


def check_door(host: str, accounts: Accounts | None) -> None:
    """Without users, nothing listens where others can reach it.

    Raises:
        ServerError: It would.
    """
    if not is_this_computer(host) and (accounts is None or not accounts.any_users()):
        raise ServerError(
            f"{host} can be reached by others, and no users are set up. Add one with `policybot users add NAME`, or "
            "listen on 127.0.0.1 (--host or POLICYBOT_HOST)."
        )


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


class _Server(uvicorn.Server):
    """Says when it is ready."""

    def __init__(self, config: uvicorn.Config, *, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()
