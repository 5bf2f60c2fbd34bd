"""A page of a PDF as a picture, with a quote from it marked where it stands."""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ctypes import byref, c_int
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray
from PIL import Image

from policybot.errors import BrokenFile, PolicybotError
from policybot.reading.pdf import PDFIUM

PAGE_WIDTH = 1200
"""Pixels of a page's width: sharp in a panel of 46 rem on a screen of twice the usual density, about 200 kB as PNG."""

_TALLEST = 4000
"""Pixels of a page's height: a page that is a long strip must not fill the memory."""

_MARK = (253, 226, 120)
"""Colour that the quote is multiplied with, as a highlighter would: black text stays black."""

_MARGIN = 1.0
"""PDF units (1/72 inch) by which a mark is larger than the text's own box."""

_SHORTEST_RUN = 8
"""Letters of the shortest run of a quote that is marked apart from the rest: fewer may stand on a page by chance."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in PDF units."""


@dataclass(frozen=True, slots=True)
class PageMark:
    """Size of a page's picture, and where the quote begins on it.

    Attributes:
        width: Pixels, as ``height``.
        top: Share of the height above the quote, 0..1; None when the page does not hold it.
    """

    width: int
    height: int
    top: float | None


def page_mark(path: Path, *, name: str, page: int, quote: str) -> PageMark:
    """Where ``page_picture`` will mark the quote, without drawing; its arguments and errors are the same."""
    with _sheet(path, name, page) as sheet:
        width, height = _size(sheet)
        tops = [_on_screen(sheet, box, width, height)[1] for box in _boxes(sheet.get_textpage(), quote)]
        return PageMark(width, height, min(tops) / height if tops else None)


def page_picture(path: Path, *, name: str, page: int, quote: str) -> bytes:
    """A page as PNG with the quote marked; without a mark when the page does not hold it.

    Args:
        path: The PDF.
        name: The document's name, for messages.
        page: From 1.
        quote: Text as the reader extracted it; only its letters and digits are looked for, because the reader
            joins lines and words.

    Raises:
        BrokenFile: It cannot be drawn, or has no such page.
    """
    with _sheet(path, name, page) as sheet:
        drawn = sheet.render(scale=_scale(sheet), rev_byteorder=True)
        pixels = drawn.to_numpy()[:, :, :3].copy()
        for box in _boxes(sheet.get_textpage(), quote):
            _mark(pixels, _on_screen(sheet, box, pixels.shape[1], pixels.shape[0]))
    out = io.BytesIO()
    # Most pages are black, white and the mark: 64 colours halve the size and are not seen.
    Image.fromarray(pixels).quantize(64, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


@contextmanager
def _sheet(path: Path, name: str, page: int) -> Iterator[pypdfium2.PdfPage]:
    """The page, while no other thread uses PDFium."""
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(path)
            try:
                if not 1 <= page <= len(document):
                    raise BrokenFile(f"{name}: there is no page {page}; it has {len(document)}.")
                yield document[page - 1]
            finally:
                document.close()
        except PolicybotError:
            raise
        except Exception as exc:  # PDFium's wrapper throws its own and index errors
            raise BrokenFile(f"{name}: page {page} cannot be drawn ({exc}). Open the file in a viewer.") from exc


def _scale(sheet: pypdfium2.PdfPage) -> float:
    """Pixels for each PDF unit."""
    width, height = sheet.get_size()
    # PDFium's wrapper rounds up, so that a hair less than the width gives exactly the width.
    return float(min((PAGE_WIDTH - 0.01) / max(width, 1.0), (_TALLEST - 0.01) / max(height, 1.0)))


def _size(sheet: pypdfium2.PdfPage) -> tuple[int, int]:
    """Width and height of the picture in pixels."""
    width, height = sheet.get_size()
    scale = _scale(sheet)
    return math.ceil(width * scale), math.ceil(height * scale)


def _boxes(text: pypdfium2.PdfTextPage, quote: str) -> list[Box]:
    """Where the quote stands, a box for each line of each of its runs."""
    characters = [chr(pdfium.FPDFText_GetUnicode(text, i)) for i in range(text.count_chars())]
    shown, places = _letters(characters)
    text.count_rects()  # PDFium wants to have been asked for all before it tells some
    boxes: list[Box] = []
    for at, length in _runs([_letters(word)[0] for word in quote.split()], shown):
        first, last = places[at], places[at + length - 1]
        boxes += [text.get_rect(i) for i in range(text.count_rects(first, last - first + 1))]
    return boxes


def _runs(words: Sequence[str], shown: str) -> list[tuple[int, int]]:
    """Where the words stand in what is shown, as starts and lengths: in one run, or in as few as can be.

    A file may hold the columns and cells of a page in another order than the reader read them. Runs too short to
    stand for themselves are left out; when more than half of the letters are, so is everything.
    """
    total = sum(map(len, words))
    runs: list[tuple[int, int]] = []
    first = 0
    while first < len(words):
        last, at = first, -1
        while last < len(words) and (found := shown.find("".join(words[first : last + 1]))) >= 0:
            at = found
            last += 1
        length = sum(map(len, words[first:last]))
        if at >= 0 and length and (length >= min(_SHORTEST_RUN, total)):
            runs.append((at, length))
        first = max(last, first + 1)
    return runs if 2 * sum(length for _, length in runs) > total else []


def _letters(characters: Sequence[str]) -> tuple[str, list[int]]:
    """Letters and digits in one form, and which character each came from."""
    found: list[str] = []
    places: list[int] = []
    for place, character in enumerate(characters):
        for letter in unicodedata.normalize("NFKC", character).casefold():
            if letter.isalnum():
                found.append(letter)
                places.append(place)
    return "".join(found), places


def _on_screen(sheet: pypdfium2.PdfPage, box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    """The box in pixels: left, top, right and bottom; PDFium knows of the page's rotation and crop."""
    left, bottom, right, top = box
    corners = [
        _pixel(sheet, x, y, width, height)
        for x, y in ((left - _MARGIN, top + _MARGIN), (right + _MARGIN, bottom - _MARGIN))
    ]
    (x0, y0), (x1, y1) = corners
    return (
        max(min(x0, x1), 0),
        max(min(y0, y1), 0),
        min(max(x0, x1), width),
        min(max(y0, y1), height),
    )


def _pixel(sheet: pypdfium2.PdfPage, x: float, y: float, width: int, height: int) -> tuple[int, int]:
    to_x, to_y = c_int(), c_int()
    pdfium.FPDF_PageToDevice(sheet, 0, 0, width, height, 0, x, y, byref(to_x), byref(to_y))
    return to_x.value, to_y.value


def _mark(pixels: NDArray[np.uint8], area: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = area
    part = pixels[top:bottom, left:right].astype(np.uint16)
    pixels[top:bottom, left:right] = (part * np.array(_MARK, dtype=np.uint16) // 255).astype(np.uint8)
