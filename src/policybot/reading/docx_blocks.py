"""The body of a Word document as blocks of Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table
from docx.text.paragraph import Paragraph

from policybot.reading import tables
from policybot.reading.docx_lists import Lists, Styles

_CONTAINERS = frozenset(qn(tag) for tag in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag"))
# What was deleted, and boxes: they float, so their place in the text says nothing.
_SKIPPED = frozenset(qn(tag) for tag in ("w:del", "w:moveFrom", "w:drawing", "w:pict", "w:object", "w:pPr", "w:rPr"))
_MARKS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_TEXT = qn("w:t")
_MAX_HEADING = 6  # Markdown has no deeper one


def markdown_blocks(document: Document) -> Iterator[str]:
    """Paragraphs, lists and tables in document order, a list as one block; without the table of contents."""
    styles = Styles(document)
    lists = Lists(document, styles)
    has_title = any(styles.is_title(paragraph) for paragraph in document.paragraphs)
    items: list[str] = []
    for block in _blocks(document.element.body, document):
        text = _table(block) if isinstance(block, Table) else _text(block._p).strip()
        if not text or (isinstance(block, Paragraph) and styles.is_contents(block)):
            continue
        item = lists.item(block, text) if isinstance(block, Paragraph) else ""
        if items and not item:
            yield "\n".join(items)
            items = []
        if item:
            items.append(item)
        else:
            yield _headed(block, text, styles, has_title=has_title)
    if items:
        yield "\n".join(items)


def _blocks(parent: BaseOxmlElement, document: Document) -> Iterator[Paragraph | Table]:
    for child in parent.iterchildren():
        if child.tag == qn("w:p"):
            yield Paragraph(child, document)
        elif child.tag == qn("w:tbl"):
            yield Table(child, document)
        elif child.tag in _CONTAINERS:
            yield from _blocks(child, document)


def _headed(block: Paragraph | Table, text: str, styles: Styles, *, has_title: bool) -> str:
    """The text with the marks of its heading level, if it is one; below a title all others go one deeper."""
    if isinstance(block, Table):
        return text
    stated = styles.heading_level(block)
    level = 1 if styles.is_title(block) else stated and min(stated + has_title, _MAX_HEADING)
    return f"{'#' * level} {' '.join(text.split())}" if level else text


def _text(element: BaseOxmlElement) -> str:
    """Text of a paragraph with tracked insertions and links, without what was deleted."""
    parts = []
    for child in element.iterchildren():
        if child.tag == _TEXT:
            parts.append(child.text or "")
        elif child.tag in _MARKS:
            parts.append(_MARKS[child.tag])
        elif child.tag not in _SKIPPED:
            parts.append(_text(child))
    return "".join(parts)


def _table(table: Table) -> str:
    """A pipe table with the first row as its header; of one with a single column, a frame, the text."""
    return tables.table(_row([cell._tc for cell in row.cells]) for row in table.rows)


def _row(cells: list[BaseOxmlElement]) -> list[str]:
    """Texts of a row's cells; a cell merged over columns stands in the first of them."""
    texts = []
    for before, cell in zip([None, *cells], cells, strict=False):
        paragraphs = [] if cell is before else [_text(p) for p in cell.iter(qn("w:p"))]
        texts.append(" ".join(paragraphs))
    return texts
