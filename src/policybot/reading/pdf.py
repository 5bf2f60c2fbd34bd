"""PDF -> plain text, page by page, with the pages' offsets kept."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pypdfium2

from policybot.errors import BrokenFile, EmptyDocument
from policybot.reading.characters import clean_text
from policybot.reading.content import Content, Source
from policybot.reading.paragraphs import rejoined
from policybot.reading.titles import is_title

PDFIUM = threading.Lock()
"""PDFium may be called by one thread at a time in the whole process."""

_WRONG_PASSWORD = 4  # FPDF_ERR_PASSWORD in PDFium's fpdfview.h
_PAGE_GAP = "\n\n"

# PDFium's marks for a hyphen at which a word was broken over two lines: U+FFFE today, U+0002 in older builds.
_BROKEN_WORD = str.maketrans({"\ufffe": "-\n", "\x02": "-\n"})


@dataclass(frozen=True, slots=True)
class _Extract:
    """What PDFium hands over: raw text by page, and the title property."""

    pages: list[str]
    title: str


def read_pdf(source: Source) -> Content:
    """Read a PDF; its wrapped lines become paragraphs.

    The date of publication stays unknown: the date on which a PDF was made says little about it.

    Raises:
        BrokenFile: It is no PDF, damaged, or protected by a password.
        EmptyDocument: No page holds text, as in a scan.
    """
    extract = _extracted(source)
    pages = [rejoined(clean_text(page.translate(_BROKEN_WORD))) for page in extract.pages]
    if not any(pages):
        raise EmptyDocument(
            f"{source.name}: no text on any of its {len(pages)} pages, so it seems to be a scan. "
            "Run it through text recognition (OCR) first, or remove it."
        )
    stated = {"title": extract.title} if is_title(extract.title, stem=source.stem) else {}
    return Content(_PAGE_GAP.join(pages), "plain", stated=stated, page_starts=_starts(pages))


def _starts(pages: list[str]) -> tuple[int, ...]:
    starts = [0]
    for page in pages[:-1]:
        starts.append(starts[-1] + len(page) + len(_PAGE_GAP))
    return tuple(starts)


def _extracted(source: Source) -> _Extract:
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(source.data)
            try:
                title = document.get_metadata_value("Title")
                return _Extract([_page_text(document, number) for number in range(len(document))], title)
            finally:
                document.close()
        except Exception as exc:  # PDFium's wrapper throws its own, Unicode and index errors
            raise _translated(exc, source.name) from exc


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        return str(page.get_textpage().get_text_range())
    finally:
        page.close()  # closes its text page too; a long document would hold all of them otherwise


def _translated(exc: Exception, name: str) -> BrokenFile:
    if getattr(exc, "err_code", None) == _WRONG_PASSWORD or "password" in str(exc).lower():
        return BrokenFile(f"{name}: the PDF is protected by a password. Save a copy without one, or remove it.")
    return BrokenFile(f"{name}: this is no readable PDF ({exc}). Open it in a viewer and save it again, or remove it.")
