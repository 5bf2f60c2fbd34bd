"""Which addresses may be connected to: those of the public internet, and of networks that a setting allows."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit, urlunsplit

from policybot.errors import AddressRefused, FetchError

Resolver = Callable[[str, int], Sequence[str]]
"""Host and port -> its IP addresses as text."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_MAX_URL_CHARS = 4_000
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\x9f\\<>\"^`{|}]")

# A host whose last part is a number is an IPv4 address to every resolver, in whatever form (WHATWG URL, 3.5).
_NUMERIC_HOST = re.compile(r"(?:.*\.)?(?:\d+|0[xX][0-9a-fA-F]*)\.?")

# Public by their number, but never the web: the metadata services of Azure and of Alibaba Cloud.
_METADATA = frozenset({ipaddress.ip_address("168.63.129.16"), ipaddress.ip_address("100.100.100.200")})

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052


@dataclass(frozen=True, slots=True)
class Rules:
    """Which networks may be read beside the public internet.

    Attributes:
        allowed: Networks such as ``10.1.0.0/16`` or ``127.0.0.1/32``.
    """

    allowed: tuple[Network, ...] = ()

    @classmethod
    def allowing(cls, networks: Sequence[str]) -> Rules:
        """Rules from networks as text.

        Raises:
            ValueError: One is no network.
        """
        return cls(tuple(ipaddress.ip_network(each, strict=False) for each in networks))

    def check(self, address: str, *, url: str) -> None:
        """Refuse an address that may not be connected to.

        Raises:
            AddressRefused: It is private, of this machine, of a metadata service, or not of the public internet.
        """
        given = ipaddress.ip_address(address.split("%")[0])
        for each in _meant(given):
            if any(each.version == network.version and each in network for network in self.allowed):
                continue
            if each in _METADATA or not _is_public(each):
                raise AddressRefused(
                    f"{url}: leads to {address}, which is not of the public internet. To read from this network, "
                    f"add it to POLICYBOT_FETCH_NETWORKS."
                )


def parsed(url: str) -> SplitResult:
    """An address in its parts, the host as ASCII, the path quoted, the fragment gone.

    Raises:
        FetchError: It is no address of the web.
        AddressRefused: It is no http or https, names a user, or writes an IP address in a form that hides it.
    """
    shown = url[:200]
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as exc:
        raise FetchError(f"{shown}: this is no web address ({exc}). Write it in full, with https://.") from exc
    if len(url) > _MAX_URL_CHARS or _FORBIDDEN.search(url.strip()):
        raise FetchError(f"{shown}: a web address has no blanks or control characters, and at most 4,000 characters.")
    if parts.scheme not in ("http", "https"):
        raise AddressRefused(f"{shown}: only http and https are read. Write the address in full, with https://.")
    if parts.username is not None or parts.password is not None:
        raise AddressRefused(f"{shown}: the address names a user. Write it without `user:password@`.")
    if not host:
        raise FetchError(f"{shown}: the address names no host. Write it in full, with https://.")
    host = _ascii(host, shown)
    if _NUMERIC_HOST.fullmatch(host) and not _is_plain_ip(host):
        raise AddressRefused(f"{shown}: {host} hides an IP address. Write it as four numbers with dots.")
    netloc = f"[{host}]" if ":" in host else host
    netloc += f":{port}" if port else ""
    path = _quoted(parts.path or "/")
    return urlsplit(urlunsplit((parts.scheme, netloc, path, _quoted(parts.query), "")))


def system_resolver(host: str, port: int) -> Sequence[str]:
    """What the system resolves a name to."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _is_public(address: Address) -> bool:
    return address.is_global and not (
        address.is_multicast
        or address.is_reserved
        or address.is_link_local
        or address.is_loopback
        or address.is_unspecified
        or address.is_private
    )


def _meant(address: Address) -> tuple[Address, ...]:
    """The address itself, or the IPv4 address that it only writes otherwise; and those that a tunnel leads to."""
    if isinstance(address, ipaddress.IPv4Address):
        return (address,)
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address in _NAT64:
        return (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF),)
    tunnelled = (address.sixtofour, *(address.teredo or ()))
    return (address, *(each for each in tunnelled if each is not None))


def _ascii(host: str, shown: str) -> str:
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError as exc:
        raise FetchError(f"{shown}: {host!r} is no host name ({exc}). Check the address.") from exc


def _is_plain_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _quoted(part: str) -> str:
    return "".join(char if char.isascii() else "".join(f"%{byte:02X}" for byte in char.encode()) for char in part)
