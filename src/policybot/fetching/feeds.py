"""RSS and Atom feeds and sitemaps -> the addresses that they list."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree

_MAX_BYTES = 50_000_000  # of a sitemap, unpacked (sitemaps.org)
_MAX_ENTRIES = 50_000  # likewise
_LISTS = frozenset({"rss", "feed", "RDF", "urlset", "sitemapindex"})
_ROOT = re.compile(rb"<(?:[\w.-]{1,40}:)?(rss|feed|RDF|urlset|sitemapindex)\b")
_SEARCHED = 4096


@dataclass(frozen=True, slots=True)
class Entry:
    """An address that a feed or a sitemap lists.

    Attributes:
        title: As the feed calls it; empty in sitemaps.
        published: The time that the feed or the sitemap states, as it is written; empty when none.
        is_list: Whether it is a sitemap itself.
    """

    url: str
    title: str = ""
    published: str = ""
    is_list: bool = False


def entries_of(body: bytes, *, url: str) -> list[Entry] | None:
    """What a feed or a sitemap lists, each address once; None when the bytes are neither.

    Args:
        body: What an address delivered, packed by gzip or not.
        url: The address; those listed may be relative to it.
    """
    if body.startswith(b"\x1f\x8b"):
        unpacked = _unpacked(body)
        if unpacked is None:
            return None
        body = unpacked
    if not _ROOT.search(body[:_SEARCHED]):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return None
    if root is None or etree.QName(root).localname not in _LISTS:
        return None
    is_index = etree.QName(root).localname == "sitemapindex"
    found: dict[str, Entry] = {}
    for item in root.iter("{*}item", "{*}entry", "{*}url", "{*}sitemap"):
        address = _joined(url, _address(item))
        if address.startswith(("http://", "https://")) and len(found) < _MAX_ENTRIES:
            published = _text(item, "pubDate", "published", "date", "updated", "lastmod")
            found.setdefault(address, Entry(address, _text(item, "title"), published, is_list=is_index))
    return list(found.values())


def _unpacked(body: bytes) -> bytes | None:
    unpacker = zlib.decompressobj(47)
    try:
        data = unpacker.decompress(body, _MAX_BYTES)
    except zlib.error:
        return None
    return data if unpacker.eof else None


def _joined(url: str, address: str) -> str:
    try:
        return urljoin(url, address)
    except ValueError:
        return ""  # no address: "http://["


def _address(item: etree._Element) -> str:
    """Where an entry leads: a sitemap's ``loc``, a feed's ``link`` as text or as attribute, or an address as guid."""
    for link in item.iterchildren("{*}link"):
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return str(link.get("href")).strip()
    stated = _text(item, "loc", "link")
    guid = _text(item, "guid")
    return stated or (guid if guid.startswith(("http://", "https://")) else "")


def _text(item: etree._Element, *names: str) -> str:
    for name in names:
        for child in item.iterchildren(f"{{*}}{name}"):
            text = "".join(child.itertext()).strip()
            if text:
                return text
    return ""
