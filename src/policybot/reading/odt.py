"""ODT -> Markdown: headings, lists and tables in the order of the document."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from policybot.errors import BrokenFile
from policybot.reading import packed, tables
from policybot.reading.characters import clean_text
from policybot.reading.content import Content, Source, all_from
from policybot.reading.office_properties import stated_by

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"

# Deleted text, notes and comments, forms, and lists of contents.
_SKIPPED = frozenset(
    {
        f"{_TEXT}{name}"
        for name in ("tracked-changes", "note", "table-of-content", "alphabetical-index", "sequence-decls")
    }
    | {f"{_OFFICE}annotation", f"{_OFFICE}forms"}
)
_MARKS = {f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"}
_MAX_SPACES = 100  # a file may ask for any number of them
_MAX_HEADING = 6  # Markdown has no deeper one
_MAX_REPEATED = 50  # cells that a row may repeat; empty ones at its end repeat by the thousand
_INDENT = "    "


def read_odt(source: Source) -> Content:
    """Read an OpenDocument text; deleted text, notes, comments, headers and footers are left out.

    Raises:
        BrokenFile: It is no such text, damaged, protected by a password, or unpacks to too much.
    """
    with packed.opened(source, suffix=".odt") as archive:
        content = packed.part(archive, "content.xml")
        if content is None:
            raise ValueError("content.xml is missing in it")
        if b"encryption-data" in (packed.part(archive, "META-INF/manifest.xml") or b""):
            raise BrokenFile(f"{source.name}: the document is protected by a password. Save a copy without one.")
        body = packed.xml_root(content).find(f"{_OFFICE}body/{_OFFICE}text")
        if body is None:
            raise ValueError("it holds no text document")
        text = "\n\n".join(block for block in _blocks(body) if block.strip())
        stated = _stated(packed.part(archive, "meta.xml"), source.stem)
    return Content(clean_text(text).strip(), "markdown", stated=stated, origins=all_from("office-properties", stated))


def _blocks(parent: etree._Element) -> Iterator[str]:
    for element in parent:
        if element.tag in _SKIPPED or not isinstance(element.tag, str):
            continue
        if element.tag == f"{_TEXT}h":
            text = " ".join(_text(element).split())
            yield f"{'#' * min(_number(element.get(f'{_TEXT}outline-level'), 1), _MAX_HEADING)} {text}" if text else ""
        elif element.tag == f"{_TEXT}p":
            yield _text(element).strip()
        elif element.tag == f"{_TEXT}list":
            yield "\n".join(_items(element, 0))
        elif element.tag == f"{_TABLE}table":
            yield tables.table(_rows(element))
        else:
            yield from _blocks(element)  # sections, frames


def _text(element: etree._Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _SKIPPED:
            if child.tag == f"{_TEXT}s":
                parts.append(" " * min(_number(child.get(f"{_TEXT}c"), 1), _MAX_SPACES))
            else:
                parts.append(_MARKS.get(child.tag) or _text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _items(element: etree._Element, level: int) -> Iterator[str]:
    for item in element.iterchildren(f"{_TEXT}list-item", f"{_TEXT}list-header"):
        for child in item:
            if child.tag == f"{_TEXT}list":
                yield from _items(child, level + 1)
            elif child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                text = " ".join(_text(child).split())
                if text:
                    yield f"{_INDENT * level}- {text}"


def _rows(element: etree._Element) -> Iterator[list[str]]:
    for row in element.iter(f"{_TABLE}table-row"):
        cells: list[str] = []
        for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            text = " ".join(_text(each) for each in cell.iter(f"{_TEXT}p", f"{_TEXT}h"))
            times = _number(cell.get(f"{_TABLE}number-columns-repeated"), 1)
            cells += [text] * min(times, _MAX_REPEATED)
        yield cells


def _stated(meta: bytes | None, stem: str) -> dict[str, str]:
    if meta is None:
        return {}
    root = packed.xml_root(meta)

    def value(*names: str) -> str:
        found = (root.find(f".//{name}") for name in names)
        return next((each.text for each in found if each is not None and each.text), "")

    author = value(f"{_DC}creator", f"{_META}initial-creator")
    return stated_by(value(f"{_DC}title"), author, modified=value(f"{_DC}date"), stem=stem)


def _number(value: str | None, default: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 9 else default
