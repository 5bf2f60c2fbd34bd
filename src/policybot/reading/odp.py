"""ODP -> Markdown: a page for each slide, with its title as a heading, its texts, tables and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from policybot.reading import opendocument
from policybot.reading.characters import clean_text
from policybot.reading.content import Content, Source, all_from
from policybot.reading.opendocument import DRAW, PRESENTATION, STYLE, SVG
from policybot.reading.pages import joined_pages

# Date, footer and number of a slide: the same on each.
_REPEATED = frozenset({"date-time", "footer", "page-number", "header"})

_LENGTH = re.compile(r"(-?\d{1,7}(?:\.\d{1,7})?)(cm|mm|in|pt|pc|px)")
_CM = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72, "pc": 2.54 / 6, "px": 2.54 / 96}


def read_odp(source: Source) -> Content:
    """Read an OpenDocument presentation; hidden slides, and pictures without words, are left out.

    Raises:
        BrokenFile: It is no such presentation, damaged, protected by a password, or unpacks to too much.
    """
    found = opendocument.opened(source, suffix=".odp", kind="presentation")
    hidden = {
        style.get(f"{STYLE}name")
        for style in found.root.iter(f"{STYLE}style")
        if any(
            each.get(f"{PRESENTATION}visibility") == "hidden" for each in style.iter(f"{STYLE}drawing-page-properties")
        )
    }
    pages = [
        "" if slide.get(f"{DRAW}style-name") in hidden else clean_text("\n\n".join(_blocks(slide)))
        for slide in found.body.iterchildren(f"{DRAW}page")
    ]
    text, starts = joined_pages(pages)
    origins = all_from("office-properties", found.stated)
    return Content(text, "markdown", stated=found.stated, origins=origins, page_starts=starts)


def _blocks(slide: etree._Element) -> Iterator[str]:
    notes = list(slide.iterchildren(f"{PRESENTATION}notes"))
    shapes = [each for each in slide if isinstance(each.tag, str) and each not in notes and not _is_repeated(each)]
    title = next((each for each in shapes if each.get(f"{PRESENTATION}class") == "title"), None)
    if title is not None:
        heading = " ".join(" ".join(opendocument.blocks(title)).split())
        if heading:
            yield f"## {heading}"
    for shape in sorted(shapes, key=_place):
        if shape is not title:
            yield from (block for block in opendocument.blocks(shape) if block.strip())
    for each in notes:
        said = "\n\n".join(
            block
            for shape in each
            if isinstance(shape.tag, str) and not _is_repeated(shape)
            for block in opendocument.blocks(shape)
            if block.strip()
        )
        if said:
            yield f"Notes: {said}"


def _is_repeated(shape: etree._Element) -> bool:
    return shape.get(f"{PRESENTATION}class") in _REPEATED


def _place(shape: etree._Element) -> tuple[int, float]:
    """Where a shape stands, for reading from the top, in a row from the left; rows are one centimetre high."""
    return int(_cm(shape.get(f"{SVG}y"))), _cm(shape.get(f"{SVG}x"))


def _cm(length: str | None) -> float:
    match = _LENGTH.fullmatch(length or "")
    return float(match[1]) * _CM[match[2]] if match else 0.0
