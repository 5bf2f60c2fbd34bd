"""The official MCP client talks to policybot, by stdio and by streamable HTTP."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, TextContent
from running import QUESTION

from policybot import PolicyBot
from policybot.server import Door
from policybot.server.mcp import mcp_app, mcp_server
from policybot.store.accounts import Accounts


def told(result: CallToolResult) -> str:
    """What an error says."""
    assert result.is_error
    return "".join(part.text for part in result.content if isinstance(part, TextContent))


def given(result: CallToolResult) -> Any:
    """What a call brought."""
    assert not result.is_error, result.content
    assert result.structured_content is not None
    return result.structured_content


async def through_every_tool(client: Client) -> None:
    """Ask, search, read, list: what each brings fits together."""
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == {"ask", "search", "read_passage", "list_documents"}
    for tool in tools.values():
        assert tool.description
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint

    answer = given(await client.call_tool("ask", {"question": QUESTION}))
    assert answer["status"] == "answered"
    assert "4,200 trees" in answer["text"]

    cited = answer["citations"][0]
    passage = given(await client.call_tool("read_passage", {"passage_id": cited["passage_id"], "around": 20}))
    assert cited["quote"] in passage["text"]
    assert len(passage["before"]) <= 20

    passages = given(await client.call_tool("search", {"question": "图书馆每天开放多久？", "limit": 1}))["passages"]
    assert [p["document"] for p in passages] == ["library.md"]

    listed = given(await client.call_tool("list_documents", {"limit": 1, "offset": 1}))
    assert (listed["total"], [d["name"] for d in listed["documents"]]) == (2, ["library.md"])


def connected(server: Any, talk: Callable[[Client], Awaitable[None]]) -> None:
    async def run() -> None:
        async with Client(server) as client:
            await talk(client)

    asyncio.run(asyncio.wait_for(run(), timeout=600))


@pytest.fixture
def speaking(quoting_bot: PolicyBot, accounts: Accounts) -> Iterator[Callable[[bool], str]]:
    """Starts servers: given whether the door is closed, the address of one."""
    servers: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(closed: bool) -> str:
        place = socket.create_server(("127.0.0.1", 0))
        app = Door(mcp_app(mcp_server(quoting_bot)), accounts=accounts if closed else None)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, args=([place],), daemon=True)
        thread.start()
        servers.append((server, thread))
        while not server.started:
            time.sleep(0.02)
        return f"http://127.0.0.1:{place.getsockname()[1]}/mcp"

    yield start
    for server, thread in servers:
        server.should_exit = True
        thread.join(timeout=10)


def test_every_tool_works_by_streamable_http(speaking: Callable[[bool], str]) -> None:
    connected(speaking(False), through_every_tool)


def test_every_tool_works_by_stdio_and_nothing_else_is_on_standard_output(
    quoting_bot: PolicyBot, tmp_path: Path
) -> None:
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "POLICYBOT_DATA_DIR": str(quoting_bot.settings.data_dir),
        "POLICYBOT_CACHE_DIR": str(quoting_bot.settings.cache_dir),
        "POLICYBOT_CHAT_MODEL": "none",
    }
    parameters = StdioServerParameters(
        command=sys.executable, args=["-m", "policybot", "mcp"], env=environment, cwd=str(tmp_path)
    )

    connected(parameters, through_every_tool)


def test_the_tools_change_nothing(quoting_bot: PolicyBot) -> None:
    names = {tool.name for tool in asyncio.run(mcp_server(quoting_bot).list_tools())}

    assert not {name for name in names if any(verb in name for verb in ("add", "index", "delete", "write", "forget"))}


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("ask", {"question": " "}, "The question is empty"),
        ("ask", {"question": "x" * 4001}, "at most 4000"),
        ("ask", {"question": "x", "documents": ["../../etc/passwd"]}, "No indexed document passes the filter"),
        ("search", {"question": "x", "limit": 21}, "less than or equal to 20"),
        ("read_passage", {"passage_id": "none"}, "No indexed passage has the id 'none'"),
        ("read_passage", {"passage_id": "none", "around": 10**9}, "less than or equal to 4000"),
    ],
)
def test_bad_arguments_are_explained_to_the_calling_model(
    quoting_bot: PolicyBot, tool: str, arguments: dict[str, Any], says: str
) -> None:
    async def talk(client: Client) -> None:
        assert says in told(await client.call_tool(tool, arguments))

    connected(mcp_server(quoting_bot), talk)


def test_a_question_that_the_documents_do_not_answer_abstains(quoting_bot: PolicyBot) -> None:
    async def talk(client: Client) -> None:
        answer = given(await client.call_tool("ask", {"question": "Who won the football world cup in 1974?"}))
        assert (answer["status"], answer["citations"]) == ("abstained", [])
        assert answer["text"]

    connected(mcp_server(quoting_bot), talk)


def test_behind_a_closed_door_a_key_is_needed(speaking: Callable[[bool], str], keys: dict[str, str]) -> None:
    url = speaking(True)
    body = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
    }
    headers = {"accept": "application/json, text/event-stream", "authorization": f"Bearer {keys['reader']}"}

    refused = httpx.post(url, json=body)
    served = httpx.post(url, json=body, headers=headers)

    assert (refused.status_code, refused.json()["error"]["type"]) == (401, "NotSignedIn")
    assert json.loads(served.text)["result"]["serverInfo"]["name"] == "policybot"


def test_a_foreign_page_cannot_reach_it(speaking: Callable[[bool], str]) -> None:
    with closing(httpx.Client()) as client:
        by_name = client.post(speaking(False), json={}, headers={"host": "evil.example"})

    assert by_name.status_code == 403
