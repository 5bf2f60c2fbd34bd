"""What a web page states about itself: JSON-LD, meta tags, title, canonical link."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag

from policybot.reading.characters import clean_line
from policybot.reading.dates import date_in
from policybot.reading.language import normalise
from policybot.reading.web_address import is_web_address

_TITLES = ("og:title", "citation_title", "dc.title", "dcterms.title", "articletitle", "twitter:title")
_PUBLISHERS = (
    "publisher", "citation_publisher", "dc.publisher", "dcterms.publisher", "og:site_name", "contentsource",
    "sitename", "author",
)  # fmt: skip
_DATES = (
    "article:published_time", "citation_publication_date", "datepublished", "dcterms.issued",
    "dc.date.issued", "dc.date", "dcterms.date", "pubdate", "publishdate", "date",
)  # fmt: skip

_MAX_CHARS = 500
_MAX_JSON_CHARS = 200_000
_SITE_SEPARATOR = re.compile(r"\s*[|_\-–—·:]\s*")


def stated_metadata(soup: BeautifulSoup) -> dict[str, str]:
    """Title, publisher, date of publication and address as the page states them; only those known."""
    metas = _metas(soup)
    articles = list(_linked_data(soup))
    publisher = _first([_name(article.get("publisher")) for article in articles] + [metas.get(k) for k in _PUBLISHERS])
    site = _first([publisher, metas.get("og:site_name")])
    titles = [article.get("headline") for article in articles] + [metas.get(k) for k in _TITLES]
    title = _first([*titles, soup.title.get_text() if soup.title else ""])
    values = {
        "title": _without_site(title, site),
        "publisher": publisher,
        "published": _published(soup, articles, metas),
        "url": _address(soup, metas),
    }
    return {key: value for key, value in values.items() if value}


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


def _first(candidates: list[Any]) -> str:
    """The first candidate that is text and no address."""
    lines = (clean_line(value, limit=_MAX_CHARS) for value in candidates if isinstance(value, str))
    return next((line for line in lines if line and not is_web_address(line)), "")


def _published(soup: BeautifulSoup, articles: list[dict[str, Any]], metas: dict[str, str]) -> str:
    stated = [article.get("datePublished") for article in articles] + [metas.get(key) for key in _DATES]
    marked = soup.select("[itemprop=datePublished], time[pubdate], article time, main time, time")
    shown = [element.get("datetime") or element.get("content") or element.get_text() for element in marked]
    dates = (date_in(value) for value in (*stated, *shown) if isinstance(value, str))
    return next((date for date in dates if date), "")


def _address(soup: BeautifulSoup, metas: dict[str, str]) -> str:
    link = soup.find("link", rel="canonical")
    canonical = str(link.get("href") or "") if isinstance(link, Tag) else ""
    addresses = (clean_line(value, limit=_MAX_CHARS * 4) for value in (canonical, metas.get("og:url", "")))
    return next((address for address in addresses if is_web_address(address)), "")


def _without_site(title: str, site: str) -> str:
    """The title without the site's name at its end: ``A plan`` for ``A plan - Ministry``."""
    if not site or not title.lower().endswith(site.lower()):
        return title
    head = title[: -len(site)]
    separators = list(_SITE_SEPARATOR.finditer(head))
    has_separator = bool(separators) and separators[-1].end() == len(head) and separators[-1].start() > 0
    return head[: separators[-1].start()] if has_separator else title
