from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybot.errors import AddressRefused, FetchError
from policybot.fetching import Fetcher, Rules
from policybot.fetching.addresses import parsed

REFUSED = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "100.100.100.200", "168.63.129.16", "192.0.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a00:1::1",
    "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_refused_networks(address: str) -> None:
    """Nothing but the public internet may be connected to, however the address is written."""
    with pytest.raises(AddressRefused, match="POLICYBOT_FETCH_NETWORKS"):
        Rules().check(address, url="http://a.example/")


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public(address: str) -> None:
    """Public addresses may be connected to, those of IPv4 in IPv6 as well."""
    Rules().check(address, url="http://a.example/")


def test_allowed_network() -> None:
    """A setting allows a network and no other."""
    rules = Rules.allowing(["10.1.0.0/16", "fd00::/8"])

    rules.check("10.1.2.3", url="u")
    rules.check("fd00::1", url="u")
    with pytest.raises(AddressRefused):
        rules.check("10.2.0.1", url="u")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://a.example/", "gopher://a.example/", "//a.example/x", "a.example",
        "http://user@a.example/", "http://user:pw@a.example/", "http://2130706433/", "http://0x7f000001/",
        "http://0x7f.1/", "http://127.1/", "http://0177.0.0.1/", "http://1.2.3.0x4/", "http://127.0.0.1./",
        "javascript:alert(1)", "data:text/html,x",
    ],
)  # fmt: skip
def test_refused_forms(url: str) -> None:
    """Other schemes, users and hidden numbers are refused before anything is looked up."""
    with pytest.raises(AddressRefused):
        parsed(url)


@pytest.mark.parametrize(
    "url",
    ["http://", "http://[::1", "http://a b/", "http://a\n.example/", "http://a.example:99999/", "http://" + "a" * 5000],
)
def test_no_address(url: str) -> None:
    """What is no address is an error that shows it."""
    with pytest.raises(FetchError):
        parsed(url)


def test_normal_form() -> None:
    """A host becomes ASCII, a path is quoted, the fragment goes."""
    assert parsed("HTTPS://Ministerium.Bücher.example/ä?q=新#x").geturl() == (
        "https://ministerium.xn--bcher-kva.example/%C3%A4?q=%E6%96%B0"
    )


@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    """Any text is an address of the web or refused with an error of ours."""
    for url in (text, f"http://{text}", f"http://a.example/{text}"):
        try:
            assert parsed(url).scheme in ("http", "https")
        except FetchError:
            continue


def test_every_address_counts() -> None:
    """A name with one private address among public ones is refused: which one is used is nobody's choice."""
    fetcher = Fetcher(resolver=lambda host, port: ["93.184.216.34", "127.0.0.1"], obey_robots=False)

    with pytest.raises(AddressRefused, match=r"127\.0\.0\.1"):
        fetcher.fetch("http://a.example/")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_this_machine(host: str) -> None:
    """This machine is refused by every name it has."""
    resolver = {"localhost": ["127.0.0.1", "::1"]}
    fetcher = Fetcher(resolver=lambda name, port: resolver.get(name, [name]), obey_robots=False)

    with pytest.raises(AddressRefused):
        fetcher.fetch(f"http://{host}:8080/")
