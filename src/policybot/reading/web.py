"""Addresses on the web -> Documents: pages, files, what a page links as PDF, what feeds and sitemaps list."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from policybot.domain import Document, Origin
from policybot.errors import ReadingError, UnsupportedFormat
from policybot.fetching import Entry, Fetched, Fetcher, Validators, entries_of
from policybot.reading.encoding import decode
from policybot.reading.html import encoding_named
from policybot.reading.worker import Worker
from policybot.text.dates import iso_date_at_start

MAX_PAGES = 500
"""Addresses that are followed from one."""

_SUFFIX_OF = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/json": ".json",
    "application/ld+json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/epub+zip": ".epub",
    "message/rfc822": ".eml",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
_UNSURE = frozenset({"", "application/octet-stream", "binary/octet-stream", "text/plain", "application/x-download"})
_TEXTS = frozenset({".html", ".txt", ".md", ".csv", ".tsv", ".json", ".jsonl"})
_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|<head|<\?xml[^>]{0,200}\?>\s*<!doctype html)", re.IGNORECASE)
_LINK = re.compile(r"<a\s[^>]{0,500}?href\s*=\s*[\"']?([^\"'<>\s]{1,2000})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WebPage:
    """What came of an address.

    Attributes:
        url: The address as it was named or listed: the document's name.
        document: What was read; None when nothing changed, or on failure.
        validators: To be kept, and given back the next time.
        reason: Why it could not be read; empty otherwise.
        kind: Class of that error.
        is_unchanged: Whether it is as it was when the validators were kept.
    """

    url: str
    document: Document | None
    validators: Validators
    reason: str = ""
    is_unchanged: bool = False
    kind: str = ""


def web_document_id(url: str) -> str:
    """The identity that the document at an address keeps: 16 hex digits."""
    return hashlib.sha256(f"url\0{url}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read_url(
    url: str,
    *,
    fetcher: Fetcher,
    worker: Worker,
    max_bytes: int,
    known: Mapping[str, Validators] | None = None,
    max_pages: int = MAX_PAGES,
) -> Iterator[WebPage]:
    """Read what an address leads to, one document after the other.

    A page or a file is one document, and so is each PDF that the page links. Of a feed or a sitemap, each page it
    lists is one; a sitemap of sitemaps is followed one step. What cannot be read is named, and the rest goes on.

    Args:
        url: A page, a file, a feed or a sitemap.
        fetcher: Fetches, and keeps to the rules.
        worker: Reads in a process of its own.
        max_bytes: Largest document, in bytes.
        known: Validators of what this address led to, as they were kept the last time. If the page at the address
            itself is unchanged, the others are asked for by these.
        max_pages: Most documents.
    """
    known = known or {}
    waiting = [Entry(url)]
    seen: set[str] = set()
    documents = 0
    while waiting and documents < max_pages:
        entry = waiting.pop(0)
        if entry.url in seen:
            continue
        seen.add(entry.url)
        depth_left = entry.url == url or entry.is_list
        try:
            fetched = fetcher.fetch(entry.url, validators=known.get(entry.url))
            listed = entries_of(fetched.body, url=fetched.url) if depth_left else None
            if listed is not None:
                waiting += listed
                continue
            page = _page(entry, fetched, worker, max_bytes)
        except ReadingError as exc:
            page = WebPage(entry.url, None, Validators(), str(exc), kind=type(exc).__name__)
            fetched = None
        documents += 1
        yield page
        if fetched is not None and entry.url == url:
            waiting += [Entry(address) for address in (known if page.is_unchanged else _linked_pdfs(fetched))]


def _page(entry: Entry, fetched: Fetched, worker: Worker, max_bytes: int) -> WebPage:
    if fetched.is_unchanged:
        return WebPage(entry.url, None, fetched.validators, is_unchanged=True)
    suffix = _suffix(fetched, worker.readers.suffixes)
    data = fetched.body
    if suffix in _TEXTS:
        declared = encoding_named(fetched.charset) or fetched.charset
        # The server's word on the encoding would be lost in a file; UTF-8 with its mark is what every reader takes.
        data = decode(data, name=entry.url, declared=declared).encode("utf-8-sig") if declared else data
    with tempfile.TemporaryDirectory(prefix="policybot-") as folder:
        path = Path(folder, f"page{suffix}")
        path.write_bytes(data)
        document = worker.read(path, name=entry.url, document_id=web_document_id(entry.url), max_bytes=max_bytes)
    return WebPage(entry.url, _completed(document, entry, fetched), fetched.validators)


def _suffix(fetched: Fetched, readable: Collection[str]) -> str:
    """What the bytes are: by their own beginning, the server's word, and the address, in this order."""
    if fetched.body.lstrip()[:5] == b"%PDF-":
        return ".pdf"
    ending = PurePosixPath(unquote(urlsplit(fetched.url).path)).suffix.lower()
    if fetched.content_type in _UNSURE:
        if _PAGE.match(fetched.body[:1024]):
            return ".html"
        if ending in readable:
            return ending
    suffix = _SUFFIX_OF.get(fetched.content_type, "")
    if not suffix:
        kind = fetched.content_type[:80] or "nothing that the server names"
        raise UnsupportedFormat(f"{fetched.url}: delivers {kind}, which cannot be read. Name another address.")
    return suffix


def _completed(document: Document, entry: Entry, fetched: Fetched) -> Document:
    """The document with what only the web knows about it."""
    metadata = document.metadata
    origins: dict[str, Origin] = dict(metadata.origins)
    values: dict[str, str] = {}
    host = urlsplit(fetched.url).hostname or ""

    def fill(field: str, value: str, origin: Origin) -> None:
        if value and (not getattr(metadata, field) or origins.get(field) in ("file-name", "file-date")):
            values[field] = value
            origins[field] = origin

    fill("title", " ".join(entry.title.split())[:300], "feed")
    fill("published", _day(entry.published), "feed")
    fill("modified", _day(fetched.validators.last_modified), "http-header")
    fill("publisher", host.removeprefix("www."), "address")
    if "modified" not in values and origins.get("modified") == "file-date":
        values["modified"] = ""  # the file was ours
        del origins["modified"]
    # A page may call any address its own; one of another host would send the reader there.
    if urlsplit(metadata.url).hostname != host:
        values["url"] = fetched.url
        origins["url"] = "address"
    if origins.get("title") == "file-name":
        values["title"] = unquote(fetched.url)[:300]
        origins["title"] = "address"
    return replace(document, metadata=replace(metadata, **values, origins=origins))


def _day(value: str) -> str:
    """A time of a feed or of HTTP as an ISO date; empty when it is none."""
    day = iso_date_at_start(value)
    if day or not value:
        return day
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, OverflowError):
        return ""


def _linked_pdfs(fetched: Fetched) -> list[str]:
    """Addresses of the PDFs that a page links, each once."""
    if fetched.content_type not in ("text/html", "application/xhtml+xml"):
        return []
    text = fetched.body.decode("utf-8", "replace")
    found = []
    for match in _LINK.finditer(text):
        try:
            link = urljoin(fetched.url, unescape(match[1])).split("#")[0]
            if urlsplit(link).path.lower().endswith(".pdf"):
                found.append(link)
        except ValueError:
            continue  # no address: "http://["
    return list(dict.fromkeys(found))
