"""PPTX -> Markdown: a page for each slide, with its title as a heading, its lists, tables and notes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

import pptx
from pptx.shapes.base import BaseShape
from pptx.slide import Slide

from policybot.errors import BrokenFile
from policybot.reading import packed, tables
from policybot.reading.characters import clean_text
from policybot.reading.content import Content, Source, all_from
from policybot.reading.office_properties import office_properties
from policybot.reading.pages import joined_pages

_MAX_GROUPS = 20
"""How deep groups of shapes may lie in each other; PowerPoint itself gives up far earlier."""

_SAME_ROW = 360_000  # English Metric Units (914,400 an inch): shapes whose tops differ by less than 1 cm

# Date, footer and number of a slide: the same on each.
_REPEATED = frozenset({"DATE", "FOOTER", "SLIDE_NUMBER", "HEADER"})


def read_pptx(source: Source) -> Content:
    """Read a presentation; hidden slides, and pictures without words, are left out.

    Raises:
        BrokenFile: It is no presentation, damaged, protected by a password, or unpacks to too much.
    """
    packed.check(source, suffix=".pptx", old=".ppt")
    try:
        presentation = pptx.Presentation(io.BytesIO(source.data))
        pages = [clean_text("\n\n".join(_blocks(slide))) for slide in presentation.slides]
        stated = office_properties(presentation.core_properties, stem=source.stem)
    except Exception as exc:  # python-pptx throws KeyError, ValueError and lxml's errors alike
        raise BrokenFile(
            f"{source.name}: this is no readable presentation ({type(exc).__name__}). "
            "Open it in PowerPoint and save it again as .pptx, or remove it."
        ) from exc
    text, starts = joined_pages(pages)
    return Content(text, "markdown", stated=stated, origins=all_from("office-properties", stated), page_starts=starts)


def _blocks(slide: Slide) -> Iterator[str]:
    if slide._element.get("show") == "0":
        return
    title = slide.shapes.title
    heading = " ".join(title.text_frame.text.split()) if title is not None else ""
    if heading:
        yield f"## {heading}"
    for shape in _in_order(slide.shapes):
        if title is not None and shape.shape_id == title.shape_id:
            continue
        block = _block(shape)
        if block:
            yield block
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        notes = slide.notes_slide.notes_text_frame.text.strip()
        if notes:
            yield f"Notes: {notes}"


def _in_order(shapes: Iterable[BaseShape], depth: int = 0) -> Iterator[BaseShape]:
    """Shapes as they are read, from the top, in a row from the left; groups stay together."""
    for shape in sorted(shapes, key=lambda each: ((each.top or 0) // _SAME_ROW, each.left or 0)):
        if hasattr(shape, "shapes"):
            if depth < _MAX_GROUPS:
                yield from _in_order(shape.shapes, depth + 1)
        elif not _is_repeated(shape):
            yield shape


def _is_repeated(shape: BaseShape) -> bool:
    return bool(shape.is_placeholder) and shape.placeholder_format.type.name in _REPEATED


def _block(shape: Any) -> str:
    if getattr(shape, "has_table", False):
        return tables.table([cell.text for cell in row.cells] for row in shape.table.rows)
    if getattr(shape, "has_chart", False):
        return _chart(shape)
    if not shape.has_text_frame:
        return ""
    paragraphs = [(p.level, " ".join(p.text.split())) for p in shape.text_frame.paragraphs]
    paragraphs = [(level, text) for level, text in paragraphs if text]
    if len(paragraphs) <= 1:
        return "".join(text for _, text in paragraphs)
    return "\n".join(f"{'    ' * level}- {text}" for level, text in paragraphs)


def _chart(shape: Any) -> str:
    """The figures behind a chart as a table: categories down, series across."""
    chart = shape.chart
    plot = next(iter(chart.plots), None)
    if plot is None:
        return ""
    series = list(plot.series)
    rows = [["", *(str(each.name) for each in series)]]
    for i, category in enumerate(plot.categories):
        rows.append(
            [
                str(category),
                *("" if i >= len(s.values) or s.values[i] is None else f"{s.values[i]:.15g}" for s in series),
            ]
        )
    title = chart.chart_title.text_frame.text.strip() if chart.has_title and chart.chart_title.has_text_frame else ""
    return "\n\n".join(part for part in (title, tables.table(rows)) if part)
