"""Rows of cells -> Markdown tables; a long one names its columns again every few rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from policybot.text.tokens import token_count

_PART_TOKENS = 260
"""Size of a part of a long table, in estimated tokens, columns' names included: it fits a passage of the default
size (340) together with a sentence above it."""

_MAX_CELL_CHARS = 20_000


def table(rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table whose first row names the columns; of one with a single column, the text.

    Rows and columns without any text are left out. Empty when nothing is left.
    """
    filled = [[cell_text(cell) for cell in row] for row in rows]
    filled = [row for row in filled if any(row)]
    columns = sorted({i for row in filled for i, cell in enumerate(row) if cell})
    filled = [[row[i] if i < len(row) else "" for i in columns] for row in filled]
    if len(columns) <= 1:
        return "\n\n".join(row[0] for row in filled)
    return "\n\n".join(_parts(filled, len(columns)))


def plain_table(rows: Iterable[Sequence[str]]) -> str:
    """The same for a text without markup: a line for each row, cells parted by bars."""
    lines = table(rows).split("\n")
    shown = (line.strip("| ").replace(" |  | ", " | – | ") for line in lines if not line.startswith("| ---"))
    return "\n".join(shown).replace("\\|", "|")


def grid(rows: Iterable[Sequence[str]]) -> str:
    """What stands on a sheet, in order: titles and notes as paragraphs, tables where rows have several cells.

    Rows that are empty part one table from the next.
    """
    blocks: list[str] = []
    block: list[Sequence[str]] = []
    for row in [*rows, []]:
        if any(cell.strip() for cell in row):
            block.append(row)
        elif block:
            blocks += _titled(block)
            block = []
    return "\n\n".join(each for each in blocks if each)


def cell_text(text: str) -> str:
    """A cell's text in one line that cannot break its table."""
    return " ".join(text[:_MAX_CELL_CHARS].split()).replace("|", "\\|")


def _titled(block: list[Sequence[str]]) -> Iterator[str]:
    """A stretch of rows as its titles above, its table, and its notes below: rows with a single cell."""
    sizes = [sum(1 for cell in row if cell.strip()) for row in block]
    if max(sizes) <= 1:
        yield table(block)
        return
    first = next(i for i, size in enumerate(sizes) if size > 1)
    last = max(i for i, size in enumerate(sizes) if size > 1)
    for row in block[:first]:
        yield " ".join(" ".join(row).split())
    yield table(block[first : last + 1])
    for row in block[last + 1 :]:
        yield " ".join(" ".join(row).split())


def _parts(rows: list[list[str]], columns: int) -> Iterator[str]:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    head = [lines[0], f"|{' --- |' * columns}"]
    head_tokens = token_count(lines[0])
    part, tokens = list(head), head_tokens
    for line in lines[1:]:
        size = token_count(line)
        if len(part) > len(head) and tokens + size > _PART_TOKENS:
            yield "\n".join(part)
            part, tokens = list(head), head_tokens
        part.append(line)
        tokens += size
    yield "\n".join(part)
