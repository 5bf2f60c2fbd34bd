"""The transcripts of docs/interfaces.md, made anew: runs its curl commands and Python blocks against a server.

    python benchmarks/transcripts.py [documents/]

Prints each block with what it prints. The server and the embedded bots quote (no chat model), over the documents that
come with the project, so that what is shown there can be compared by eye after a change. Exits with 1 when one fails.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_DOCS = _ROOT / "docs" / "interfaces.md"
_ADDRESS = "http://127.0.0.1:7860"
_BLOCK = re.compile(r"^```(python|console)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"^\$ (curl (?:.*\\\n)*.*)", re.MULTILINE)

_MODEL = """
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

class Scripted(GenericFakeChatModel):
    def bind_tools(self, tools, **_):
        return self

_call = {"name": "ask_policy_documents", "args": {"question": "How many hydrogen vehicles by 2025?"}, "id": "1"}
_call["type"] = "tool_call"
model = Scripted(messages=iter([AIMessage("", tool_calls=[_call]), AIMessage("About 50,000, says the plan [1].")]))
"""
"""The scripted model of the LangChain block, which any chat model that calls tools can stand in for."""

_CELL = re.compile(r"^(bot\.ask\(.*\))$", re.MULTILINE)
"""The last line of a notebook's cell, which shows its value as HTML."""


def pieces() -> list[tuple[str, str]]:
    """What can be run, in its order: language and source."""
    found: list[tuple[str, str]] = []
    for language, source in _BLOCK.findall(_DOCS.read_text(encoding="utf-8")):
        if language == "python":
            shown = _CELL.sub(r"print(\1._repr_html_())", source)
            found.append((language, _MODEL + shown if "create_agent" in source else shown))
        else:
            found += [("console", command) for command in _COMMAND.findall(source)]
    return found


def main() -> int:
    """Serve, run, print."""
    failed = 0
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as temporary:
        environment = os.environ | {
            # The MCP client starts `policybot` by its name.
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "POLICYBOT_DATA_DIR": f"{temporary}/data",
            "POLICYBOT_DOCUMENTS_DIR": str(Path(sys.argv[1] if len(sys.argv) > 1 else _ROOT / "documents").resolve()),
            "POLICYBOT_CHAT_MODEL": "none",
            "LANG": "C.UTF-8",
        }
        serving = [sys.executable, "-m", "policybot", "serve", "--port", str(port)]
        server = subprocess.Popen(serving, env=environment, stdout=subprocess.PIPE, text=True, cwd=temporary)
        try:
            assert server.stdout is not None
            if "ready" not in server.stdout.readline():
                raise SystemExit("The server did not start; what it said stands above.")
            for language, source in pieces():
                text = source.replace(_ADDRESS, f"http://127.0.0.1:{port}")
                # The official MCP client passes few variables on to what it starts.
                text = text.replace('args=["mcp"])', 'args=["mcp"], env=dict(__import__("os").environ))')
                command = [sys.executable, "-c", text] if language == "python" else ["bash", "-c", text]
                done = subprocess.run(
                    command, env=environment, capture_output=True, text=True, timeout=300, cwd=temporary
                )
                failed += done.returncode != 0
                sys.stdout.write(f"--- {language}\n{source.strip()}\n--- gives\n{done.stdout}")
                if done.returncode:
                    sys.stdout.write(f"--- FAILED\n{done.stderr[-2000:]}")
        finally:
            server.terminate()
            server.wait()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
