"""EPUB -> Markdown: the book's chapters in their reading order, each read as a web page."""

from __future__ import annotations

import posixpath
import zipfile
from urllib.parse import unquote

from lxml import etree

from policybot.errors import BrokenFile
from policybot.reading import packed
from policybot.reading.characters import clean_line
from policybot.reading.content import Content, Source, all_from
from policybot.reading.encoding import decode
from policybot.reading.html import markdown_of
from policybot.text.dates import iso_date_at_start
from policybot.text.detecting import normalise

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html"})
_MAX_CHARS = 500


def read_epub(source: Source) -> Content:
    """Read an electronic book; its table of contents (the nav document) is left out.

    Raises:
        BrokenFile: It is no EPUB, damaged, copy-protected, or unpacks to too much.
    """
    with packed.opened(source, suffix=".epub") as archive:
        package_path = _package_path(archive)
        package = packed.xml_root(_needed(archive, package_path))
        stated = _stated(package)
        hint = normalise(_first(package, "language"))
        chapters = [
            markdown_of(decode(_needed(archive, path), name=f"{source.name} ({path})"), name=source.name)
            for path in _chapters(package, posixpath.dirname(package_path))
        ]
        text = "\n\n".join(chapter for chapter in chapters if chapter)
        if not text and packed.part(archive, _ENCRYPTION) is not None:
            raise BrokenFile(f"{source.name}: the book is copy-protected. Use a copy without protection, or remove it.")
    return Content(
        text,
        "markdown",
        stated=stated,
        origins=all_from("book-properties", stated),
        language_hint=hint,
        hint_origin="book-properties",
    )


def _package_path(archive: zipfile.ZipFile) -> str:
    root = packed.xml_root(_needed(archive, _CONTAINER))
    paths = [each.get("full-path") for each in root.iter("{*}rootfile")]
    if not paths or not paths[0]:
        raise ValueError("its container names no package")
    return str(paths[0])


def _needed(archive: zipfile.ZipFile, path: str) -> bytes:
    data = packed.part(archive, path)
    if data is None:
        raise ValueError(f"{clean_line(path, limit=100)} is missing in it")
    return data


def _chapters(package: etree._Element, folder: str) -> list[str]:
    """Paths of the pages in reading order, each once."""
    pages = {
        each.get("id"): str(each.get("href") or "")
        for each in package.iterfind("{*}manifest/{*}item")
        if each.get("media-type") in _PAGES and "nav" not in str(each.get("properties") or "").split()
    }
    order = [pages.get(each.get("idref"), "") for each in package.iterfind("{*}spine/{*}itemref")]
    hrefs = dict.fromkeys(unquote(href.split("#")[0]) for href in order if href)
    return [posixpath.normpath(posixpath.join(folder, href)) for href in hrefs]


def _stated(package: etree._Element) -> dict[str, str]:
    values = {
        "title": _first(package, "title"),
        "author": _first(package, "creator"),
        "publisher": _first(package, "publisher"),
        "published": iso_date_at_start(_first(package, "date")),
        "modified": iso_date_at_start(_modified(package)),
    }
    return {key: value for key, value in values.items() if value}


def _modified(package: etree._Element) -> str:
    metas = package.iterfind("{*}metadata/{*}meta")
    return next((each.text or "" for each in metas if each.get("property") == "dcterms:modified"), "")


def _first(package: etree._Element, name: str) -> str:
    """Text of the first Dublin Core element of this name in one line."""
    element = package.find(f"{{*}}metadata/{{http://purl.org/dc/elements/1.1/}}{name}")
    return clean_line("".join(element.itertext()), limit=_MAX_CHARS) if element is not None else ""
