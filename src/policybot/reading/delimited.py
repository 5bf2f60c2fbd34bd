"""CSV and TSV -> a Markdown table with its columns' names."""

from __future__ import annotations

import csv
import io

from policybot.errors import BrokenFile
from policybot.reading import tables
from policybot.reading.characters import clean_text
from policybot.reading.content import Content, Source
from policybot.reading.encoding import decode

_SAMPLED = 64 * 1024
_DELIMITERS = ",;\t|"
_MAX_COLUMNS = 2_000
_MAX_FIELD = 1_000_000  # characters of one cell; the csv module's own limit is an eighth of it


def read_delimited(source: Source) -> Content:
    """Read a table whose cells are parted by commas, semicolons, tabs or bars; its first row names the columns.

    Raises:
        BrokenFile: It is no text, has more than 2,000 columns, or a cell of more than a million characters, as when
            a quotation mark is never closed.
    """
    text = decode(source.data, name=source.name)
    csv.field_size_limit(_MAX_FIELD)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as exc:
        raise BrokenFile(
            f"{source.name}: this is no proper table of comma-separated values ({exc}). "
            "Save it again as .csv or .xlsx, or as .txt."
        ) from exc
    widest = max(map(len, rows), default=0)
    if widest > _MAX_COLUMNS:
        raise BrokenFile(
            f"{source.name}: a row of this table has {widest:,} cells, more than {_MAX_COLUMNS:,}. "
            "Save the columns that people ask about as a file of their own."
        )
    return Content(clean_text(tables.grid(rows)), "markdown")


def _delimiter(text: str) -> str:
    """The mark that parts every one of the first lines into the same number of cells, and the most of them."""
    lines = [line for line in text[:_SAMPLED].split("\n") if line.strip()][:50]
    if len(lines) > 1 and len(text) > _SAMPLED:
        lines = lines[:-1]  # it may be cut off

    def score(mark: str) -> tuple[float, float]:
        counts = [len(row) for row in csv.reader(lines, delimiter=mark)]
        usual = max(set(counts), key=counts.count)
        return (counts.count(usual) / len(counts) if usual > 1 else 0.0, usual)

    try:
        return max(_DELIMITERS, key=score) if lines else ","
    except csv.Error:
        return ","
