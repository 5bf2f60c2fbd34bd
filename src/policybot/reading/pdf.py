"""PDF -> plain text, page by page, with the pages' offsets kept."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass

import pypdfium2

from policybot.errors import BrokenFile, EmptyDocument, ReadingError, ScannedDocument
from policybot.reading import scans
from policybot.reading.characters import clean_line, clean_text
from policybot.reading.content import Content, Source, all_from
from policybot.reading.office_properties import stated_by
from policybot.reading.pages import joined_pages
from policybot.reading.paragraphs import rejoined
from policybot.reading.pdf_furniture import furniture
from policybot.reading.pdf_lines import BROKEN_WORD, Line, Page
from policybot.reading.pdf_tables import Table, tables_of
from policybot.reading.tables import plain_table
from policybot.text.detecting import normalise

PDFIUM = threading.Lock()
"""PDFium may be called by one thread at a time in the whole process."""

_WRONG_PASSWORD = 4  # FPDF_ERR_PASSWORD in PDFium's fpdfview.h
_MAX_PAGES = 20_000
_LAID_OUT_PAGES = 1_500
"""Pages whose tables are looked for; of what has more, a data base printed out, only the lines are read."""

_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True)
class _Extract:
    """What PDFium hands over.

    Attributes:
        pages: Paragraphs and tables of each page.
        scanned: Numbers of the pages, from 0, that hold a picture and no text.
        properties: Properties of the document by name.
    """

    pages: list[str]
    scanned: list[int]
    properties: dict[str, str]


def read_pdf(source: Source) -> Content:
    """Read a PDF; its wrapped lines become paragraphs, its tables rows of cells parted by bars.

    Running heads and feet are left out. The text of scanned pages is recognised when tesseract is installed and the
    caller allows slow steps. The date of publication stays unknown: the date on which a PDF was made says little
    about it.

    Raises:
        BrokenFile: It is no PDF, damaged, protected by a password, or has more than 20,000 pages.
        ScannedDocument: Its pages are pictures, and their text cannot be recognised here.
        EmptyDocument: No page holds anything.
    """
    extract = _extracted(source)
    if not any(extract.pages):
        _refuse_empty(extract, source)
    text, starts = joined_pages(extract.pages)
    stated = stated_by(
        extract.properties.get("Title", ""),
        extract.properties.get("Author", ""),
        modified=_day(extract.properties.get("ModDate", "") or extract.properties.get("CreationDate", "")),
        stem=source.stem,
    )
    return Content(
        text,
        "plain",
        stated=stated,
        origins=all_from("pdf-properties", stated),
        language_hint=normalise(clean_line(extract.properties.get("Lang", ""), limit=40)),
        hint_origin="pdf-properties",
        page_starts=starts,
    )


def _extracted(source: Source) -> _Extract:
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(source.data)
            try:
                if len(document) > _MAX_PAGES:
                    raise BrokenFile(
                        f"{source.name}: the PDF has {len(document)} pages, more than {_MAX_PAGES}. Split it."
                    )
                return _read(document, source)
            finally:
                document.close()
        except ReadingError:
            raise
        except Exception as exc:  # PDFium's wrapper throws its own, Unicode and index errors
            raise _translated(exc, source.name) from exc


def _read(document: pypdfium2.PdfDocument, source: Source) -> _Extract:
    """Lines of all pages first, since only together they show what stands on each of them; then page by page."""
    lines: list[list[Line]] = []
    tables: list[list[Table]] = []
    heights: list[float] = []
    scanned: list[int] = []
    for number in range(len(document)):
        page = document[number]
        laid_out = Page(page)
        lines.append(laid_out.lines)
        heights.append(laid_out.height)
        tables.append(tables_of(laid_out) if len(document) <= _LAID_OUT_PAGES else [])
        if not laid_out.lines and laid_out.has_pictures():
            scanned.append(number)
        laid_out.close()
        page.close()  # a long document would hold all of them otherwise
    recognised = scans.recognised(document, scanned, source)
    surplus = furniture(lines, heights)
    compounds = _compounds(lines)
    pages = [
        recognised.get(number) or _page_text(lines[number], tables[number], surplus[number], compounds)
        for number in range(len(lines))
    ]
    properties = {
        name: str(document.get_metadata_value(name) or "") for name in ("Title", "Author", "ModDate", "CreationDate")
    }
    return _Extract(pages, [number for number in scanned if number not in recognised], properties)


def _page_text(lines: list[Line], tables: list[Table], surplus: frozenset[int], compounds: frozenset[str]) -> str:
    """Paragraphs and tables of a page, without the lines that are surplus."""
    blocks: list[str] = []
    waiting: list[Line] = []
    starts = {min(table.lines): table for table in tables}
    inside = {i for table in tables for i in table.lines}
    for i, line in enumerate(lines):
        if i in starts:
            blocks += (_paragraphs(waiting, compounds), clean_text(_table(starts[i])))
            waiting = []
        if i not in inside and i not in surplus:
            waiting.append(line)
    blocks.append(_paragraphs(waiting, compounds))
    return "\n\n".join(block for block in blocks if block.strip())


def _table(table: Table) -> str:
    return plain_table(table.rows).replace(f"{BROKEN_WORD} ", "").replace(BROKEN_WORD, "-")


def _paragraphs(lines: list[Line], compounds: frozenset[str]) -> str:
    text = "\n".join(line.span.text for line in lines)
    return rejoined(clean_text(text), is_compound=lambda word: word.lower() in compounds)


def _compounds(pages: list[list[Line]]) -> frozenset[str]:
    """Words with a hyphen inside of a line, in small letters: broken at it, they keep it."""
    return frozenset(
        match[0].lower()
        for lines in pages
        for line in lines
        for match in re.finditer(r"[^\W\d_]+-[^\W\d_]+", line.span.text)
    )


def _refuse_empty(extract: _Extract, source: Source) -> None:
    if not extract.scanned:
        raise EmptyDocument(f"{source.name}: none of its {len(extract.pages)} pages holds text. Fill it or remove it.")
    missing = scans.missing(source)
    raise ScannedDocument(
        f"{source.name}: {len(extract.scanned)} of its {len(extract.pages)} pages are scans without text. {missing}"
    )


def _day(value: str) -> str:
    match = _DATE.match(value)
    return "-".join(match.groups()) if match else ""


def _translated(exc: Exception, name: str) -> BrokenFile:
    if getattr(exc, "err_code", None) == _WRONG_PASSWORD or "password" in str(exc).lower():
        return BrokenFile(f"{name}: the PDF is protected by a password. Save a copy without one, or remove it.")
    return BrokenFile(f"{name}: this is no readable PDF ({exc}). Open it in a viewer and save it again, or remove it.")
