"""What the formats of OpenDocument have in common: the package, paragraphs, lists, tables and properties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from policybot.errors import BrokenFile
from policybot.reading import packed, tables
from policybot.reading.content import Source
from policybot.reading.office_properties import stated_by

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
PRESENTATION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"

# Deleted text, notes and comments, forms, and lists of contents.
_SKIPPED = frozenset(
    {
        f"{TEXT}{name}"
        for name in ("tracked-changes", "note", "table-of-content", "alphabetical-index", "sequence-decls")
    }
    | {f"{OFFICE}annotation", f"{OFFICE}forms"}
)
_MARKS = {f"{TEXT}tab": " ", f"{TEXT}line-break": "\n"}
_MAX_SPACES = 100  # a file may ask for any number of them
_MAX_HEADING = 6  # Markdown has no deeper one
_MAX_REPEATED = 50
_MAX_EMPTY = 1_000
"""Most cells of one content that a row may ask for by a number; empty ones at its end repeat by the thousand."""
_INDENT = "    "


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """What a file of these formats holds.

    Attributes:
        root: All of ``content.xml``: styles and body.
        body: The body's part that the format has: ``office:text``, ``office:spreadsheet`` or ``office:presentation``.
        stated: Fields of Metadata that its properties state.
    """

    root: etree._Element
    body: etree._Element
    stated: dict[str, str]


def opened(source: Source, *, suffix: str, kind: str) -> OpenDocument:
    """Unpack a file of these formats.

    Args:
        kind: Name of the body's part without its prefix: ``text``, ``spreadsheet``, ``presentation``.

    Raises:
        BrokenFile: It is no such file, damaged, protected by a password, or unpacks to too much.
    """
    with packed.opened(source, suffix=suffix) as archive:
        content = packed.part(archive, "content.xml")
        if content is None:
            raise ValueError("content.xml is missing in it")
        if b"encryption-data" in (packed.part(archive, "META-INF/manifest.xml") or b""):
            raise BrokenFile(f"{source.name}: the document is protected by a password. Save a copy without one.")
        root = packed.xml_root(content)
        body = root.find(f"{OFFICE}body/{OFFICE}{kind}")
        if body is None:
            raise ValueError(f"it holds no {kind}")
        return OpenDocument(root, body, _stated(packed.part(archive, "meta.xml"), source.stem))


def blocks(parent: etree._Element) -> Iterator[str]:
    """Headings, paragraphs, lists and tables of an element as Markdown, in their order."""
    for element in parent:
        if element.tag in _SKIPPED or not isinstance(element.tag, str):
            continue
        if element.tag == f"{TEXT}h":
            text = " ".join(text_of(element).split())
            yield f"{'#' * min(number(element.get(f'{TEXT}outline-level'), 1), _MAX_HEADING)} {text}" if text else ""
        elif element.tag == f"{TEXT}p":
            yield text_of(element).strip()
        elif element.tag == f"{TEXT}list":
            yield "\n".join(_items(element, 0))
        elif element.tag == f"{TABLE}table":
            yield tables.table(_rows(element))
        else:
            yield from blocks(element)  # sections, frames


def text_of(element: etree._Element) -> str:
    """What a paragraph says, without notes and comments."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _SKIPPED:
            if child.tag == f"{TEXT}s":
                parts.append(" " * min(number(child.get(f"{TEXT}c"), 1), _MAX_SPACES))
            else:
                parts.append(_MARKS.get(child.tag) or text_of(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _items(element: etree._Element, level: int) -> Iterator[str]:
    for item in element.iterchildren(f"{TEXT}list-item", f"{TEXT}list-header"):
        for child in item:
            if child.tag == f"{TEXT}list":
                yield from _items(child, level + 1)
            elif child.tag in (f"{TEXT}p", f"{TEXT}h"):
                text = " ".join(text_of(child).split())
                if text:
                    yield f"{_INDENT * level}- {text}"


def _rows(element: etree._Element) -> Iterator[list[str]]:
    for row in element.iter(f"{TABLE}table-row"):
        yield cells(row)


def cells(row: etree._Element) -> list[str]:
    """What the cells of a row show, without the empty ones at its end."""
    found: list[str] = []
    for cell in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
        text = " ".join(text_of(each) for each in _paragraphs(cell))
        most = _MAX_REPEATED if text else _MAX_EMPTY
        found += [text] * min(number(cell.get(f"{TABLE}number-columns-repeated"), 1), most)
    while found and not found[-1]:
        found.pop()
    return found


def _paragraphs(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a cell, not those of its comments."""
    for element in parent:
        if element.tag in (f"{TEXT}p", f"{TEXT}h"):
            yield element
        elif isinstance(element.tag, str) and element.tag not in _SKIPPED:
            yield from _paragraphs(element)


def _stated(meta: bytes | None, stem: str) -> dict[str, str]:
    if meta is None:
        return {}
    root = packed.xml_root(meta)

    def value(*names: str) -> str:
        found = (root.find(f".//{name}") for name in names)
        return next((each.text for each in found if each is not None and each.text), "")

    author = value(f"{_DC}creator", f"{_META}initial-creator")
    return stated_by(value(f"{_DC}title"), author, modified=value(f"{_DC}date"), stem=stem)


def number(value: str | None, default: int) -> int:
    """An attribute's number; the default when it is none, negative or absurd."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 9 else default
