"""Pages of the web in the index, from a server on this machine."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from indexed_folder import IndexedFolder


class _Site(ThreadingHTTPServer):
    """Serves the pages that it is given, with ETags."""

    pages: dict[str, str]
    sent: list[str]


class _Handler(BaseHTTPRequestHandler):
    server: _Site

    def do_GET(self) -> None:
        text = self.server.pages.get(self.path)
        if text is None:
            self.send_error(404)
            return
        etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:8]}"'
        if self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.send_header("ETag", etag)
            self.end_headers()
            return
        self.server.sent.append(self.path)
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def site() -> Iterator[_Site]:
    server = _Site(("127.0.0.1", 0), _Handler)
    server.pages, server.sent = {}, []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def _page(text: str) -> str:
    return (
        f"<html><head><title>Harbour</title></head><body><article><h1>Harbour</h1><p>{text}</p></article></body></html>"
    )


def test_page_is_followed_through_its_versions(site: _Site, tmp_path: Path) -> None:
    """A page is indexed, asked for again without being sent, and its edit replaces it with the change told."""
    with IndexedFolder(tmp_path, fetch_networks=("127.0.0.1/32",), fetch_delay_s=0) as indexed:
        url = f"http://127.0.0.1:{site.server_address[1]}/harbour"
        site.pages["/harbour"] = _page("The council plants 4,200 trees along the harbour by 2035.")
        first = indexed.bot.index(url)
        sent = len([path for path in site.sent if path == "/harbour"])
        again = indexed.bot.index(url)
        sent_again = len([path for path in site.sent if path == "/harbour"])
        site.pages["/harbour"] = _page("The council plants 9,900 trees along the harbour by 2035.")
        edited = indexed.bot.index(url)

        assert (first.plan.new, again.plan.unchanged, edited.plan.changed) == ((url,), (url,), (url,))
        assert (sent, sent_again, again.embedded) == (1, 1, 0)
        assert "9,900" in indexed.bot.document(url).text
        assert "4,200" in edited.changes[0].sections[0].before
        assert (indexed.bot.indexed_addresses(), indexed.bot.indexed_paths()) == ((url,), ())
        assert indexed.is_whole()


def test_page_that_cannot_be_read_stays_as_it_was(site: _Site, tmp_path: Path) -> None:
    """A page that is away is named with its reason, and what was read of it goes on answering."""
    with IndexedFolder(tmp_path, fetch_networks=("127.0.0.1/32",), fetch_delay_s=0) as indexed:
        url = f"http://127.0.0.1:{site.server_address[1]}/harbour"
        site.pages["/harbour"] = _page("The council plants 4,200 trees along the harbour by 2035.")
        indexed.bot.index(url)
        del site.pages["/harbour"]

        report = indexed.bot.index(url)

        assert [failure.name for failure in report.plan.failed] == [url]
        assert (report.documents, report.plan.deleted) == (1, ())
        assert "4,200" in indexed.bot.document(url).text


def test_private_network_is_not_fetched_from_unless_allowed(site: _Site, indexed: IndexedFolder) -> None:
    """Without the setting, an address of this machine is refused and never connected to."""
    site.pages["/harbour"] = _page("The council plants trees.")

    report = indexed.bot.index(f"http://127.0.0.1:{site.server_address[1]}/harbour")

    assert (len(report.plan.failed), report.documents, site.sent) == (1, 0, [])
