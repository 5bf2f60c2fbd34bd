"""Styles and lists of a Word document: which paragraph is a heading, which an item and with what number."""

from __future__ import annotations

import re
from typing import Literal

from docx.document import Document
from docx.text.paragraph import Paragraph

ListKind = Literal["bullet", "number"]

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_LIST = re.compile(r"list (bullet|number)(?: (\d))?", re.IGNORECASE)
_CONTENTS = re.compile(r"toc(?: heading| ?\d)", re.IGNORECASE)

_MAX_BASES = 10
"""How far a style is followed to those it is based on: damaged files may base styles on each other."""

_MAX_LEVEL = 8  # Word's lists have nine levels
_INDENT = "    "


class Styles:
    """Names of the styles of a document, each with those it is based on; looked up once."""

    def __init__(self, document: Document) -> None:
        self._names = {style.style_id: _names(style) for style in document.styles}

    def names(self, paragraph: Paragraph) -> tuple[str, ...]:
        """Names of the paragraph's style and of its bases, nearest first; empty for running text."""
        return self._names.get(paragraph._p.style or "", ())

    def is_title(self, paragraph: Paragraph) -> bool:
        """Whether the paragraph is the document's title."""
        return "Title" in self.names(paragraph)

    def is_contents(self, paragraph: Paragraph) -> bool:
        """Whether the paragraph is a line of the table of contents."""
        return any(_CONTENTS.match(name) for name in self.names(paragraph))

    def heading_level(self, paragraph: Paragraph) -> int:
        """1 to 9; 0 for what is no heading."""
        found = (_HEADING.fullmatch(name) for name in self.names(paragraph))
        return next((int(match[1]) for match in found if match), 0)


class Lists:
    """Writes list items with their running numbers, which Word keeps nowhere in the text."""

    def __init__(self, document: Document, styles: Styles) -> None:
        self._document = document
        self._styles = styles
        self._numbers: dict[int, int] = {}

    def item(self, paragraph: Paragraph, text: str) -> str:
        """The paragraph as a Markdown list item; empty when it is none: the next list then begins at 1."""
        kind = self._kind(paragraph)
        if kind is None:
            self._numbers = {}
            return ""
        level = self._level(paragraph)
        self._numbers = {above: number for above, number in self._numbers.items() if above <= level}
        self._numbers[level] = self._numbers.get(level, 0) + 1 if kind == "number" else 0
        marker = "-" if kind == "bullet" else f"{self._numbers[level]}."
        return f"{_INDENT * level}{marker} {' '.join(text.split())}"

    def _kind(self, paragraph: Paragraph) -> ListKind | None:
        """How the paragraph is listed: by its style's name, else by its numbering; headings are no items."""
        if self._styles.heading_level(paragraph) or self._styles.is_title(paragraph):
            return None
        for name in self._styles.names(paragraph):
            match = _LIST.match(name)
            if match:
                return "bullet" if match[1].lower() == "bullet" else "number"
        numbering = paragraph._p.xpath("./w:pPr/w:numPr/w:numId/@w:val")
        return self._kind_of_numbering(str(numbering[0]), self._level(paragraph)) if numbering else None

    def _level(self, paragraph: Paragraph) -> int:
        """Depth of the item, 0 for the outermost: from its numbering, else its style, ``List Bullet 2``."""
        stated = paragraph._p.xpath("./w:pPr/w:numPr/w:ilvl/@w:val")
        if stated and str(stated[0]).isdigit():
            return min(int(stated[0]), _MAX_LEVEL)
        matches = (_LIST.fullmatch(name) for name in self._styles.names(paragraph))
        return next((int(match[2] or 1) - 1 for match in matches if match), 0)

    def _kind_of_numbering(self, number_id: str, level: int) -> ListKind | None:
        """Whether a numbering shows bullets or numbers at a level; None when it is switched off."""
        if number_id == "0" or not number_id.isdigit():
            return None
        root = self._document.part.numbering_part.element
        abstract = root.xpath(f"./w:num[@w:numId='{number_id}']/w:abstractNumId/@w:val")
        if not abstract or not str(abstract[0]).isdigit():
            return "bullet"
        level_path = f"./w:abstractNum[@w:abstractNumId='{abstract[0]}']/w:lvl[@w:ilvl='{level}']"
        forms = root.xpath(f"{level_path}/w:numFmt/@w:val")
        return "number" if forms and forms[0] not in ("bullet", "none") else "bullet"


def _names(style: object) -> tuple[str, ...]:
    names: list[str] = []
    while style is not None and len(names) < _MAX_BASES:
        names.append(getattr(style, "name", None) or "")
        style = getattr(style, "base_style", None)
    return tuple(names)
