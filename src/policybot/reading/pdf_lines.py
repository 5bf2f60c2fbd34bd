"""A page of a PDF -> its lines of text with their places, and the rules drawn on it."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2
import pypdfium2.raw as pdfium

_MAX_DRAWN = 3_000
"""Drawn objects of a page that are looked at; more are a picture, not a table."""

_LINE = re.compile("[^\r\n\ufffe\x02]+")
# PDFium's marks for a hyphen at which a word was broken over two lines: U+FFFE today, U+0002 in older builds.
_BROKEN = ("\ufffe", "\x02")

BROKEN_WORD = "\ufffe"
"""Stands at the end of a word that goes on in the cell's next line."""

_BEYOND_BMP = re.compile("[\ud800-\udfff\U00010000-\U0010ffff]")

_THIN = 2.5  # points: what is thinner is a rule, not a box


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text and where it lies, in points from the page's upper left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Height of its characters, ascenders and descenders included."""
        return max(self.bottom - self.top, 1.0)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as PDFium reads it: mostly one of the page, sometimes one of a column or a cell.

    Attributes:
        span: Its text and place.
        is_broken: Whether it ends in the middle of a word; a hyphen stands at its end then.
        first: Index of its first character on the page.
    """

    span: Span
    is_broken: bool
    first: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line that is drawn on the page."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def is_upright(self) -> bool:
        """Whether it goes from top to bottom."""
        return self.bottom - self.top > self.right - self.left


class Page:
    """One page while it is read."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        """Read the page's lines; the page must stay open."""
        self.width, self.height = page.get_size()
        self._page = page
        self._text_page = page.get_textpage()
        self._box = pdfium.FS_RECTF()
        self._characters = self._read_characters()
        self.lines: list[Line] = list(self._read_lines())

    def words(self, line: Line) -> list[Span]:
        """The line's words with their places; of a broken line the last ends in BROKEN_WORD."""
        end = line.first
        while end < len(self._characters) and self._characters[end] not in ("\r", "\n", *_BROKEN):
            end += 1
        text = self._characters[line.first : end]
        found = [self._span(line.first + m.start(), line.first + m.end()) for m in re.finditer(r"\S+", text)]
        if line.is_broken and found:
            found[-1] = replace(found[-1], text=found[-1].text + BROKEN_WORD)
        return found

    def rules(self) -> list[Rule]:
        """The straight lines drawn on the page, boxes as their four sides; none when too much is drawn."""
        found: list[Rule] = []
        kinds = (pdfium.FPDF_PAGEOBJ_PATH,)
        for number, drawn in enumerate(self._page.get_objects(filter=kinds, max_depth=3)):
            if number >= _MAX_DRAWN:
                return []
            left, bottom, right, top = drawn.get_bounds()
            rule = Rule(left, right, self.height - top, self.height - bottom)
            width, height = right - left, top - bottom
            if width < _THIN or height < _THIN:
                found.append(rule)
            else:
                found += (
                    Rule(rule.left, rule.right, rule.top, rule.top),
                    Rule(rule.left, rule.right, rule.bottom, rule.bottom),
                    Rule(rule.left, rule.left, rule.top, rule.bottom),
                    Rule(rule.right, rule.right, rule.top, rule.bottom),
                )
        return [rule for rule in found if max(rule.right - rule.left, rule.bottom - rule.top) > 2 * _THIN]

    def has_pictures(self) -> bool:
        """Whether the page shows anything but text."""
        kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING)
        return any(True for _ in self._page.get_objects(filter=kinds, max_depth=3))

    def close(self) -> None:
        """Free what PDFium holds of the page's text."""
        self._text_page.close()

    def _read_characters(self) -> str:
        """One character for each of PDFium's, so that its indexes are those of the text."""
        count = self._text_page.count_chars()
        text = str(self._text_page.get_text_range()) if count > 0 else ""
        if len(text) == count and not _BEYOND_BMP.search(text):
            return text
        read = pdfium.FPDFText_GetUnicode
        return "".join(chr(min(read(self._text_page.raw, i), 0x10FFFF)) for i in range(count))

    def _read_lines(self) -> Iterator[Line]:
        text = self._characters
        for match in _LINE.finditer(text):
            start, end = match.span()
            while start < end and text[start].isspace():
                start += 1
            while end > start and text[end - 1].isspace():
                end -= 1
            if start == end:
                continue
            is_broken = text[match.end() : match.end() + 1] in _BROKEN if match.end() < len(text) else False
            span = self._span(start, end)
            yield Line(replace(span, text=span.text + "-") if is_broken else span, is_broken, start)

    def _span(self, start: int, end: int) -> Span:
        first, last = self._rectangle(start), self._rectangle(end - 1)
        text = self._characters[start:end].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return Span(
            text,
            min(first[0], last[0]),
            max(first[1], last[1]),
            self.height - max(first[2], last[2]),
            self.height - min(first[3], last[3]),
        )

    def _rectangle(self, index: int) -> tuple[float, float, float, float]:
        """Left, right, top and bottom of a character, in points from the lower left corner."""
        box = self._box
        pdfium.FPDFText_GetLooseCharBox(self._text_page.raw, index, ctypes.byref(box))
        return box.left, box.right, box.top, box.bottom
