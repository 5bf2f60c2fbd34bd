"""What the server lets through, says and refuses."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import textwrap
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from visiting import ScriptedBot, Served

from policybot.errors import ServerError
from policybot.server import reserve, serve

HERE = Path(__file__).parent


def get(served: Served, path: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body; the path goes out as it is, unnormalised."""
    connection = http.client.HTTPConnection(urlsplit(served.url).netloc, timeout=600)
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, {name.lower(): value for name, value in response.getheaders()}, body


def test_health(served: Served) -> None:
    """The health check counts the documents."""
    status, _, body = get(served, "/healthz")

    assert (status, json.loads(body)) == (200, {"status": "ok", "documents": 24})


def test_headers(served: Served) -> None:
    """Every answer carries the security headers; the page's scripts are named by hash."""
    _, page, _ = get(served, "/")
    _, health, _ = get(served, "/healthz")

    assert "'sha256-" in page["content-security-policy"]
    scripts = next(part for part in page["content-security-policy"].split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in scripts
    assert "http" not in page["content-security-policy"]
    for headers in (page, health):
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=pyproject.toml",
        "/gradio_api/file=" + quote(str(HERE / "conftest.py")),
        "/gradio_api/file=http://example.org/",
        "/file=/etc/passwd",
        "/gradio_api/proxy=http://example.org/",
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/upload",
        "/gradio_api/runs",
        "/gradio_api/vibe-code",
        "/gradio_api/deep_link",
        "/monitoring",
        "/docs",
        "/openapi.json",
        "/static/../../../../../../etc/passwd",
        "/assets/..%2f..%2f..%2f..%2fetc/passwd",
        "/assets//etc/passwd",
    ],
)
def test_refused(served: Served, path: str) -> None:
    """Files, uploads, proxy and API description are not served."""
    status, _, body = get(served, path)

    assert status in (403, 404)
    assert b"root:" not in body
    assert b"[project]" not in body


def test_port_is_taken() -> None:
    """A taken port is named together with the way out."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServerError, match=rf"Port {port} on 127\.0\.0\.1 is taken .*--port or POLICYBOT_PORT"):
            reserve("127.0.0.1", port)


def test_unknown_host() -> None:
    """An address that this computer does not have is refused by name."""
    with pytest.raises(ServerError, match=r"192\.0\.2\.1"):
        reserve("192.0.2.1", 0)


def test_without_users_nothing_listens_where_others_reach_it() -> None:
    """Listening beyond this computer is refused until there is a user, and the way out is named."""
    with pytest.raises(ServerError, match=r"0\.0\.0\.0 can be reached by others.*policybot users add"):
        serve(ScriptedBot(), place=reserve("0.0.0.0", 0), on_ready=print)


def test_interrupt_stops_cleanly() -> None:
    """Ctrl-C ends the server without a traceback; nothing but the ready line is printed."""
    program = textwrap.dedent(
        f"""
        import sys
        sys.path.insert(0, {str(HERE)!r})
        from visiting import ScriptedBot
        from policybot.server import reserve, serve
        serve(ScriptedBot(), place=reserve("127.0.0.1", 0), on_ready=lambda url: print(url, flush=True))
        """
    )
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    url = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=600)

    assert url.startswith("http://127.0.0.1:")
    assert (output, errors, process.returncode) == ("", "", 0)
