"""ODS -> Markdown: a section for each sheet, its tables with their columns' names."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from lxml import etree

from policybot.errors import BrokenFile
from policybot.reading import opendocument, tables
from policybot.reading.characters import clean_text
from policybot.reading.content import Content, Source, all_from
from policybot.reading.opendocument import STYLE, TABLE

_MAX_ROWS = 200_000
_MAX_COLUMNS = 1_000
"""Rows and columns of a sheet, as many as of a workbook of Excel (``xlsx``)."""

_MAX_REPEATED_ROWS = 1_000  # of the same content; empty ones at a sheet's end repeat by the million


def read_ods(source: Source) -> Content:
    """Read an OpenDocument spreadsheet: what its cells show; hidden sheets, notes and comments are left out.

    Raises:
        BrokenFile: It is no such spreadsheet, damaged, protected by a password, larger than 200,000 rows in a sheet,
            or unpacks to too much.
    """
    found = opendocument.opened(source, suffix=".ods", kind="spreadsheet")
    hidden = {
        style.get(f"{STYLE}name")
        for style in found.root.iter(f"{STYLE}style")
        if any(each.get(f"{TABLE}display") == "false" for each in style.iter(f"{STYLE}table-properties"))
    }
    sheets = [each for each in found.body.iterchildren(f"{TABLE}table") if each.get(f"{TABLE}style-name") not in hidden]
    text = "\n\n".join(itertools.chain.from_iterable(_sheet(each, source.name) for each in sheets))
    origins = all_from("office-properties", found.stated)
    return Content(clean_text(text).strip(), "markdown", stated=found.stated, origins=origins)


def _sheet(sheet: etree._Element, name: str) -> Iterator[str]:
    """Heading and content of a sheet; nothing when it is empty."""
    text = tables.grid(_rows(sheet, name))
    if text:
        yield f"## {' '.join((sheet.get(f'{TABLE}name') or '').split()) or 'Sheet'}"
        yield text


def _rows(sheet: etree._Element, name: str) -> Iterator[list[str]]:
    count = 0
    for row in sheet.iter(f"{TABLE}table-row"):
        cells = opendocument.cells(row)[:_MAX_COLUMNS]
        times = opendocument.number(row.get(f"{TABLE}number-rows-repeated"), 1)
        for _ in range(min(times, _MAX_REPEATED_ROWS) if cells else 1):
            count += 1
            if count > _MAX_ROWS:
                raise BrokenFile(
                    f"{name}: the sheet {sheet.get(f'{TABLE}name')!r} has more than {_MAX_ROWS:,} rows. "
                    "Save the part that people ask about as a file of its own."
                )
            yield cells
