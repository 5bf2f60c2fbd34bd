"""What a web page states about itself: JSON-LD, meta tags, title, canonical link."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from bs4 import BeautifulSoup, Tag

from policybot.domain import Origin
from policybot.reading.characters import clean_line
from policybot.reading.web_address import is_web_address
from policybot.text.dates import iso_date_at_start
from policybot.text.detecting import normalise

_TITLES = ("og:title", "citation_title", "dc.title", "dcterms.title", "articletitle", "twitter:title")
_PUBLISHERS = (
    "publisher", "citation_publisher", "dc.publisher", "dcterms.publisher", "og:site_name", "contentsource",
    "sitename", "author",
)  # fmt: skip
_DATES = (
    "article:published_time", "citation_publication_date", "datepublished", "dcterms.issued",
    "dc.date.issued", "dc.date", "dcterms.date", "pubdate", "publishdate", "date",
)  # fmt: skip

_AUTHORS = ("citation_author", "dc.creator", "dcterms.creator", "article:author", "author")
_CHANGES = ("article:modified_time", "datemodified", "dcterms.modified", "last-modified")

_MAX_CHARS = 500
_MAX_JSON_CHARS = 200_000
_SITE_SEPARATOR = re.compile(r"\s*[|_\-–—·:]\s*")


class Stated(NamedTuple):
    """A value and where it was read from."""

    value: str
    origin: Origin


def stated_metadata(soup: BeautifulSoup) -> tuple[dict[str, str], dict[str, Origin]]:
    """Title, publisher, author, dates and address as the page states them, and where; only those known."""
    metas = _metas(soup)
    articles = list(_linked_data(soup))
    heading = soup.title.get_text() if soup.title else ""
    found: dict[str, Stated] = {
        "title": _first(
            *(("json-ld", article.get("headline")) for article in articles),
            *(("html-meta", metas.get(key)) for key in _TITLES),
            ("html-title", heading),
        ),
        "publisher": _first(
            *(("json-ld", _name(article.get("publisher"))) for article in articles),
            *(("html-meta", metas.get(key)) for key in _PUBLISHERS),
        ),
        "author": _first(
            *(("json-ld", _name(article.get("author"))) for article in articles),
            *(("html-meta", metas.get(key)) for key in _AUTHORS),
        ),
        "published": _published(soup, articles, metas),
        "modified": _first(
            *(("json-ld", _day(article.get("dateModified"))) for article in articles),
            *(("html-meta", _day(metas.get(key))) for key in _CHANGES),
        ),
        "url": _address(soup, metas),
    }
    site = found["publisher"].value or _first(("html-meta", metas.get("og:site_name"))).value
    found["title"] = found["title"]._replace(value=_without_site(found["title"].value, site))
    known = {key: stated for key, stated in found.items() if stated.value}
    return {key: stated.value for key, stated in known.items()}, {key: stated.origin for key, stated in known.items()}


def declared_language(soup: BeautifulSoup) -> str:
    """ISO 639-1 code of ``<html lang>``; empty when it states none."""
    root = soup.find("html")
    return normalise(str(root.get("lang") or root.get("xml:lang") or "")) if isinstance(root, Tag) else ""


def _metas(soup: BeautifulSoup) -> dict[str, str]:
    """Contents of the meta tags by name or property in lower case; of several the first."""
    metas: dict[str, str] = {}
    for meta in soup.find_all("meta"):
        key = str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if key and meta.get("content"):
            metas.setdefault(key, str(meta["content"]))
    return metas


def _linked_data(soup: BeautifulSoup) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe the page: those with a headline or a date of publication."""
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            found = json.loads(script.get_text()[:_MAX_JSON_CHARS], strict=False)
        except (ValueError, RecursionError):
            continue  # the page is readable without it
        graph = found.get("@graph", found) if isinstance(found, dict) else found
        for item in graph if isinstance(graph, list) else [graph]:
            if isinstance(item, dict) and ("headline" in item or "datePublished" in item):
                yield item


def _name(value: object) -> object:
    """The name of a JSON-LD organisation, which may stand alone, in an object or in a list."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return value.get("name") if isinstance(value, dict) else value


def _first(*candidates: tuple[Origin, object]) -> Stated:
    """The first candidate that is text and no address."""
    for origin, value in candidates:
        line = clean_line(value, limit=_MAX_CHARS) if isinstance(value, str) else ""
        if line and not is_web_address(line):
            return Stated(line, origin)
    return Stated("", "html-meta")


def _day(value: object) -> str:
    return iso_date_at_start(value) if isinstance(value, str) else ""


def _published(soup: BeautifulSoup, articles: list[dict[str, Any]], metas: dict[str, str]) -> Stated:
    marked = soup.select("[itemprop=datePublished], time[pubdate], article time, main time, time")
    shown = [element.get("datetime") or element.get("content") or element.get_text() for element in marked]
    return _first(
        *(("json-ld", _day(article.get("datePublished"))) for article in articles),
        *(("html-meta", _day(metas.get(key))) for key in _DATES),
        *(("html-text", _day(value)) for value in shown),
    )


def _address(soup: BeautifulSoup, metas: dict[str, str]) -> Stated:
    link = soup.find("link", rel="canonical")
    canonical = str(link.get("href") or "") if isinstance(link, Tag) else ""
    addresses = (clean_line(value, limit=_MAX_CHARS * 4) for value in (canonical, metas.get("og:url", "")))
    return Stated(next((address for address in addresses if is_web_address(address)), ""), "html-meta")


def _without_site(title: str, site: str) -> str:
    """The title without the site's name at its end: ``A plan`` for ``A plan - Ministry``."""
    if not site or not title.lower().endswith(site.lower()):
        return title
    head = title[: -len(site)]
    separators = list(_SITE_SEPARATOR.finditer(head))
    has_separator = bool(separators) and separators[-1].end() == len(head) and separators[-1].start() > 0
    return head[: separators[-1].start()] if has_separator else title
