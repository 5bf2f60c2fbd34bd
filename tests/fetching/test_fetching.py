from __future__ import annotations

import gzip
import socket
import time
import zlib

import pytest

from policybot.errors import AddressRefused, FetchError, SettingsError
from policybot.fetching import Bounds, Fetcher, Rules, Validators
from policybot.settings import load_settings

LOCAL = Rules.allowing(["127.0.0.1/32"])


def test_page(site, fetcher) -> None:
    """A page comes with its kind, its encoding and the server's validators."""
    site.page(
        "/a?b=1",
        "Plan",
        'ETag: "x1"',
        "Last-Modified: Tue, 05 Mar 2024 08:00:00 GMT",
        "Content-Type: Text/HTML; Charset=GBK",
    )

    found = fetcher.fetch(f"{site.url}/a?b=1#part")

    assert (found.url, found.body, found.content_type, found.charset) == (
        f"{site.url}/a?b=1",
        b"Plan",
        "text/html",
        "gbk",
    )
    assert found.validators == Validators('"x1"', "Tue, 05 Mar 2024 08:00:00 GMT")


def test_conditional(site, fetcher) -> None:
    """With validators the server is asked for changes only, and says that there are none."""
    site.answers["/a"] = b'HTTP/1.1 304 Not Modified\r\nETag: "x1"\r\n\r\n'

    found = fetcher.fetch(f"{site.url}/a", validators=Validators('"x1"', "Tue, 05 Mar 2024 08:00:00 GMT"))

    assert (found.is_unchanged, found.body) == (True, b"")
    assert 'If-None-Match: "x1"' in site.requests[-1]
    assert "If-Modified-Since: Tue, 05 Mar 2024 08:00:00 GMT" in site.requests[-1]


def test_redirects(site, fetcher) -> None:
    """Redirects are followed, relative and with other characters, and the last address counts."""
    site.redirect("/a", "/b", "301 Moved Permanently")
    site.redirect("/b", f"{site.url}/%E6%96%B0", "308 Permanent Redirect")
    site.page("/%E6%96%B0", "Plan")

    assert fetcher.fetch(f"{site.url}/a").url == f"{site.url}/%E6%96%B0"


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.2/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://10.0.0.1/", "file:///etc/passwd",
     "http://2130706434/", "http://[::ffff:10.0.0.1]/", "ftp://127.0.0.1/"],
)  # fmt: skip
def test_redirect_inside(site, fetcher, target: str) -> None:
    """A redirect into a network that is not allowed is refused as if it had been asked for."""
    site.redirect("/a", target)

    with pytest.raises(AddressRefused):
        fetcher.fetch(f"{site.url}/a")


def test_rebinding(site) -> None:
    """A name that resolves to another address the second time leads nowhere: each connection's own is checked."""
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["10.0.0.7"]])
    fetcher = Fetcher(rules=LOCAL, bounds=Bounds(delay_s=0), resolver=lambda host, port: next(answers))
    site.redirect("/a", "/b")
    site.page("/b", "secret")

    with pytest.raises(AddressRefused, match=r"10\.0\.0\.7"):
        fetcher.fetch(f"http://rebind.example:{site.port}/a")


def test_connects_to_what_was_checked(site) -> None:
    """The connection goes to the checked address without looking the name up again; the Host is the name."""
    asked = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["203.0.113.9"]

    site.page("/a", "Plan")
    fetcher = Fetcher(rules=LOCAL, resolver=resolver, obey_robots=False)

    assert fetcher.fetch(f"http://once.example:{site.port}/a").body == b"Plan"
    assert asked == ["once.example"]
    assert f"Host: once.example:{site.port}" in site.requests[-1]


def test_redirect_circle(site, fetcher) -> None:
    """Redirects in a circle end with an error."""
    site.redirect("/a", "/b")
    site.redirect("/b", "/a")

    with pytest.raises(FetchError, match="circle"):
        fetcher.fetch(f"{site.url}/a")


def test_endless_redirects(site, fetcher) -> None:
    """Redirects that never repeat end as well."""

    def onward(connection: socket.socket, path: str, request: str) -> None:
        connection.sendall(f"HTTP/1.1 302 Found\r\nLocation: {path}x\r\nContent-Length: 0\r\n\r\n".encode())

    site.answers = {f"/{'x' * n}": onward for n in range(1, 30)}

    with pytest.raises(FetchError, match="more than 10 times"):
        fetcher.fetch(f"{site.url}/x")


def _endless_body(connection: socket.socket, path: str, request: str) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        connection.sendall(b"a" * 65536)


def _endless_chunks(connection: socket.socket, path: str, request: str) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"10000\r\n" + b"a" * 65536 + b"\r\n")


def _bomb(connection: socket.socket, path: str, request: str) -> None:
    body = gzip.compress(b"0" * 50_000_000)
    connection.sendall(
        f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    )


def _zlib_bomb(connection: socket.socket, path: str, request: str) -> None:
    body = zlib.compress(b"0" * 50_000_000)
    connection.sendall(
        f"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    )


def _lying_length(connection: socket.socket, path: str, request: str) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n")
    while True:
        connection.sendall(b"a" * 65536)


@pytest.mark.parametrize("talk", [_endless_body, _endless_chunks, _bomb, _zlib_bomb, _lying_length])
def test_too_much(site, fetcher, talk) -> None:
    """What never ends, or unpacks to too much, is broken off at the limit."""
    site.answers["/a"] = talk

    with pytest.raises(FetchError, match="more than 1 MB"):
        fetcher.fetch(f"{site.url}/a")


def _drip(connection: socket.socket, path: str, request: str) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        connection.sendall(b"a")
        time.sleep(0.1)


def _drip_head(connection: socket.socket, path: str, request: str) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        connection.sendall(b"a")
        time.sleep(0.1)


def _silence(connection: socket.socket, path: str, request: str) -> None:
    time.sleep(20)


@pytest.mark.parametrize("talk", [_drip, _drip_head, _silence])
def test_too_slow(site, talk) -> None:
    """A server that sends a byte now and then, or none, is left at the deadline for the whole exchange."""
    site.answers["/a"] = talk
    fetcher = Fetcher(rules=LOCAL, bounds=Bounds(timeout_s=0.5, delay_s=0), obey_robots=False)

    with pytest.raises(FetchError, match="POLICYBOT_FETCH_TIMEOUT_S"):
        fetcher.fetch(f"{site.url}/a")


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"\x00\xff\x00\xff" * 100, b"HTTP/9.9 what\r\n\r\n", b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1_000_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbroken off",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 4\r\n\r\nnope",
        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n",
    ],
    ids=[
        "nothing", "binary", "version", "ssh", "many-headers", "huge-header", "cut", "bad-chunk", "no-gzip", "brotli",
        "redirect-nowhere", "redirect-nonsense", "500", "404",
    ],
)  # fmt: skip
def test_broken_answers(site, fetcher, answer: bytes) -> None:
    """Whatever a server answers is a page or an error that names the address."""
    site.answers["/a"] = answer

    with pytest.raises(FetchError, match=r"127\.0\.0\.1"):
        fetcher.fetch(f"{site.url}/a")


def test_gzip(site, fetcher) -> None:
    """A packed page is unpacked."""
    site.page("/a", gzip.compress(b"Plan"), "Content-Encoding: gzip", "Content-Type: text/html")

    assert fetcher.fetch(f"{site.url}/a").body == b"Plan"


def test_nobody_there() -> None:
    """A port that nobody listens on is an error, not a wait."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(FetchError, match="cannot be fetched"):
        Fetcher(rules=LOCAL, obey_robots=False).fetch(f"http://127.0.0.1:{port}/")


def test_no_such_host() -> None:
    """A name that cannot be looked up is an error that names it."""

    def resolver(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(FetchError, match=r"gone\.example cannot be found"):
        Fetcher(resolver=resolver).fetch("https://gone.example/")


def test_robots(site, fetcher) -> None:
    """robots.txt is read once for a site and kept to, for what a redirect leads to as well."""
    site.page("/robots.txt", "User-agent: *\nDisallow: /private/\n", "Content-Type: text/plain")
    site.page("/open", "Plan")
    site.redirect("/way", "/private/b")

    fetcher.fetch(f"{site.url}/open")
    for path in ("/private/a", "/way"):
        with pytest.raises(AddressRefused, match=r"robots\.txt forbids it"):
            fetcher.fetch(f"{site.url}{path}")
    assert site.paths() == ["/robots.txt", "/open", "/way"]


def test_robots_out_of_order(site, fetcher) -> None:
    """A site whose robots.txt fails is left alone until it can be read."""
    site.page("/robots.txt", "", status="503 Busy")
    site.page("/a", "Plan")

    with pytest.raises(AddressRefused, match="cannot be read now"):
        fetcher.fetch(f"{site.url}/a")
    site.page("/robots.txt", "", status="404 Not Found")

    assert fetcher.fetch(f"{site.url}/a").body == b"Plan"


def test_pace(site) -> None:
    """Between two requests to a host lies the pause that we or the site want, whichever is longer."""
    now = [100.0]
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(round(seconds, 3))
        now[0] += seconds

    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 5\n", "Content-Type: text/plain")
    site.page("/a", "Plan")
    fetcher = Fetcher(rules=LOCAL, bounds=Bounds(delay_s=2.0), clock=lambda: now[0], sleep=sleep)
    for _ in range(3):
        fetcher.fetch(f"{site.url}/a")

    assert waits == [2.0, 5.0, 5.0]


def test_cookies_and_referrers_stay(site, fetcher) -> None:
    """A request carries nothing but what it needs."""
    site.page("/a", "Plan", "Set-Cookie: a=b")
    fetcher.fetch(f"{site.url}/a")
    fetcher.fetch(f"{site.url}/a")

    names = {line.split(":")[0] for line in site.requests[-1].split("\r\n")[1:] if line}
    assert names == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


def test_settings(site) -> None:
    """The settings say which networks may be read; one that is none is named."""
    site.page("/a", "Plan")

    fetcher = Fetcher.configured(load_settings(fetch_networks=["127.0.0.0/8"], fetch_delay_s=0))
    assert fetcher.fetch(f"{site.url}/a").body == b"Plan"
    with pytest.raises(SettingsError, match="POLICYBOT_FETCH_NETWORKS"):
        Fetcher.configured(load_settings(fetch_networks=["somewhere"]))
