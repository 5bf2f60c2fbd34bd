"""``policybot mcp``: the documents as tools for agents."""

from __future__ import annotations

from typing import Annotated

import typer

import policybot
from policybot.cli.strings import say
from policybot.cli.terminal import ERR, progress_bars, reported_errors
from policybot.errors import MissingExtra

MCP_PORT = 7861
"""Port of ``policybot mcp --http``: the one behind the page's."""


def mcp(
    http: Annotated[bool, typer.Option("--http", help="Listen for streamable HTTP instead of using stdio.")] = False,
    host: Annotated[str, typer.Option(help="Address to listen on, with --http.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on, with --http.")] = MCP_PORT,
) -> None:
    """Serve the documents to agents by the Model Context Protocol; nothing can be changed through it."""
    with reported_errors():
        try:
            from policybot.server import mcp
        except ModuleNotFoundError as exc:
            raise MissingExtra(f"policybot mcp needs the package {exc.name}: pip install 'policybot[mcp]'") from exc
        settings = policybot.load_settings()
        if not http:
            with policybot.PolicyBot(settings) as bot:
                mcp.mcp_server(bot).run("stdio")
            return

        from policybot import server
        from policybot.store.accounts import Accounts

        place = server.reserve(host, port)
        with Accounts(settings.data_dir) as accounts, progress_bars() as show:
            server.check_door(place.getsockname()[0], accounts)
            with policybot.PolicyBot(settings, on_progress=show) as bot:
                app = server.Door(
                    mcp.mcp_app(mcp.mcp_server(bot)),
                    accounts=accounts,
                    requests_per_minute=settings.requests_per_minute,
                    prefix=settings.path_prefix,
                )
                server.listen(
                    app,
                    place=place,
                    accounts=accounts,
                    settings=settings,
                    on_ready=lambda url: ERR.print(say("serving_mcp", url=f"{url}/mcp")),
                )
