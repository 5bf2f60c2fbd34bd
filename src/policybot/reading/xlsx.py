"""XLSX -> Markdown: a section for each sheet, its tables with their columns' names."""

from __future__ import annotations

import datetime
import io
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

import openpyxl
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from policybot.errors import BrokenFile
from policybot.reading import packed, tables
from policybot.reading.characters import clean_text
from policybot.reading.content import Content, Source, all_from
from policybot.reading.office_properties import office_properties

_MAX_ROWS = 200_000
"""Rows of a sheet; what has more is a data base, and searching it by its rows would not answer anything."""
_MAX_COLUMNS = 1_000

_PERCENT = re.compile(r"0(?:\.(0+))?%")


def read_xlsx(source: Source) -> Content:
    """Read a workbook: what its cells show, with the results of formulas as they were last saved.

    Hidden sheets are left out; percentages and dates are written as such.

    Raises:
        BrokenFile: It is no workbook, damaged, protected by a password, larger than 200,000 rows in a sheet, or
            unpacks to too much.
    """
    packed.check(source, suffix=".xlsx", old=".xls")
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(source.data), read_only=True, data_only=True)
        sheets = [each for each in workbook.worksheets if each.sheet_state == "visible"]
        text = "\n\n".join(itertools.chain.from_iterable(_sheet(each, source.name) for each in sheets))
        stated = office_properties(workbook.properties, stem=source.stem)
    except BrokenFile:
        raise
    except Exception as exc:  # openpyxl throws KeyError, ValueError, TypeError and the parser's errors alike
        raise BrokenFile(
            f"{source.name}: this is no readable workbook ({type(exc).__name__}). "
            "Open it in Excel and save it again as .xlsx, or as .csv, or remove it."
        ) from exc
    return Content(clean_text(text), "markdown", stated=stated, origins=all_from("office-properties", stated))


def _sheet(sheet: ReadOnlyWorksheet, name: str) -> Iterator[str]:
    """Heading and content of a sheet; nothing when it is empty."""
    sheet.reset_dimensions()  # what a file says of its own size is not to be believed
    text = tables.grid(_rows(sheet, name))
    if text:
        yield f"## {' '.join(sheet.title.split())}"
        yield text


def _rows(sheet: ReadOnlyWorksheet, name: str) -> Iterator[list[str]]:
    for number, row in enumerate(sheet.iter_rows()):
        if number >= _MAX_ROWS:
            raise BrokenFile(
                f"{name}: the sheet {sheet.title!r} has more than {_MAX_ROWS:,} rows. "
                "Save the part that people ask about as a file of its own."
            )
        yield [_shown(cell.value, getattr(cell, "number_format", "")) for cell in _cells(row[:_MAX_COLUMNS])]


def _cells(row: Sequence[Any]) -> list[Any]:
    """The row's cells without the empty ones at its end."""
    cells = list(row)
    while cells and cells[-1].value is None:
        cells.pop()
    return cells


def _shown(value: object, number_format: str) -> str:
    """A value about as Excel shows it."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.datetime() | datetime.date() | datetime.time():
            return value.isoformat(" ") if isinstance(value, datetime.datetime) else value.isoformat()
        case int() | float():
            percent = _PERCENT.search(number_format or "")
            if percent:
                return f"{100 * value:.{len(percent[1] or '')}f}%"
            return str(value) if isinstance(value, int) else f"{value:.15g}"
        case _:
            return str(value)
