"""Tables of a page: rows and columns found by the rules drawn around them, or by the gaps between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from policybot.reading.pdf_lines import Line, Page, Rule, Span

_GAP = 0.9
"""Width of a gap between two columns, in heights of a line; blanks of justified text are narrower."""

_WIDE = 1.1
"""How much wider a character of a line is than usual on its page, from which on gaps are looked for in it."""

_JOINED = 3.0  # points between two ends of rules that meet
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|·{4,}")
_MARKER = re.compile(
    r"[•●○▪■◆‣➢–—*·-]|[(（]?(?:\d{1,3}|[ivx]{1,4}|[A-Za-z])[.)）:、]?|\d{1,2}(?:\.\d{1,2})+\.?|\[\w{1,12}\]"
)
_MIN_ROWS = 3  # of a table without rules
_MAX_RULES = 600


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows, and which of the page's lines it is made of."""

    rows: list[list[str]]
    lines: frozenset[int]


def tables_of(page: Page) -> list[Table]:
    """The tables of a page that is still open, in reading order; no line is in two of them."""
    lines = page.lines
    found = _ruled(page, lines)
    taken = frozenset().union(*(table.lines for table in found)) if found else frozenset()
    found += _aligned(page, lines, taken)
    return sorted(found, key=lambda table: min(table.lines))


def _ruled(page: Page, lines: Sequence[Line]) -> list[Table]:
    """Tables with rules between their rows and between their columns."""
    rules = page.rules()
    if not 4 <= len(rules) <= _MAX_RULES:
        return []
    found = []
    for box in _groups(rules):
        upright = [rule for rule in box if rule.is_upright]
        flat = [rule for rule in box if not rule.is_upright]
        if not upright or not flat:
            continue
        # Many tables have no rules at their sides: there the others end.
        columns = _edges([rule.left for rule in upright] + [e for rule in flat for e in (rule.left, rule.right)])
        rows = _edges([rule.top for rule in flat] + [e for rule in upright for e in (rule.top, rule.bottom)])
        if len(columns) < 3 or len(rows) < 3:
            continue
        inside = [
            i
            for i, line in enumerate(lines)
            if rows[0] - 1 <= line.span.middle <= rows[-1] + 1
            and columns[0] - 2 <= line.span.left
            and line.span.right <= columns[-1] + 2
        ]
        cells: dict[tuple[int, int], list[str]] = {}
        for i in inside:
            for word in page.words(lines[i]):
                cells.setdefault((_slot(rows, word.middle), _slot(columns, word.left + 1)), []).append(word.text)
        grid = [[" ".join(cells.get((r, c), [])) for c in range(len(columns) - 1)] for r in range(len(rows) - 1)]
        filled = [row for row in grid if any(row)]
        if len(filled) >= 2 and max(sum(map(bool, row)) for row in filled) >= 2:
            found.append(Table(filled, frozenset(inside)))
    return found


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules that meet, directly or by others."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda each: each.top):
        meeting = [group for group in groups if any(_meet(rule, other) for other in group)]
        groups = [group for group in groups if not any(group is each for each in meeting)]
        groups.append([rule, *(each for group in meeting for each in group)])
    return groups


def _meet(a: Rule, b: Rule) -> bool:
    return (
        a.left <= b.right + _JOINED
        and b.left <= a.right + _JOINED
        and a.top <= b.bottom + _JOINED
        and b.top <= a.bottom + _JOINED
    )


def _edges(places: list[float]) -> list[float]:
    """Places in order, those of one rule drawn in several strokes as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _JOINED:
            found.append(place)
    return found


def _slot(edges: list[float], place: float) -> int:
    return max(0, min(len(edges) - 2, sum(1 for edge in edges[1:-1] if edge <= place)))


def _aligned(page: Page, lines: Sequence[Line], taken: frozenset[int]) -> list[Table]:
    """Tables without rules: neighbouring lines whose words stand below each other, with gaps between."""
    cells = _cells(page, lines, taken)
    found: list[Table] = []
    i = 0
    while i < len(lines):
        if len(cells.get(i, ())) < 2:
            i += 1
            continue
        run = _run(lines, cells, i, taken)
        table = _as_table(run, lines, cells)
        if table is not None:
            found.append(table)
            i = max(table.lines) + 1
        else:
            i += 1
    return found


def _cells(page: Page, lines: Sequence[Line], taken: frozenset[int]) -> dict[int, list[Span]]:
    """The lines that gaps part, as their cells."""
    widths = {i: _character_width(line.span) for i, line in enumerate(lines) if i not in taken}
    # Not the middle one: most of a page may be a table.
    usual = sorted(widths.values())[len(widths) // 5] if widths else 0.0
    found = {}
    for i, width in widths.items():
        span = lines[i].span
        if width < _WIDE * usual or " " not in span.text or _LEADERS.search(span.text):
            continue
        parts = _parted(page.words(lines[i]), _GAP * span.height)
        if len(parts) == 2 and _MARKER.fullmatch(parts[0].text):
            continue  # an item of a list, or a heading with its number
        if len(parts) > 1:
            found[i] = parts
    return found


def _character_width(span: Span) -> float:
    columns = sum(2 if char >= "\u2e80" else 1 for char in span.text)
    return (span.right - span.left) / max(columns, 1) / span.height


def _parted(words: Sequence[Span], gap: float) -> list[Span]:
    parts: list[Span] = []
    for word in words:
        if parts and -gap < word.left - parts[-1].right < gap:
            last = parts.pop()
            word = Span(
                f"{last.text} {word.text}",
                last.left,
                word.right,
                min(last.top, word.top),
                max(last.bottom, word.bottom),
            )
        parts.append(word)
    return parts


def _run(lines: Sequence[Line], cells: dict[int, list[Span]], start: int, taken: frozenset[int]) -> list[int]:
    """Lines from here on that may be one table: parted ones, and ones between that fit below one of their cells."""
    run = [start]
    for i in range(start + 1, len(lines)):
        above, here = lines[run[-1]].span, lines[i].span
        is_near = -0.5 * above.height <= here.top - above.bottom <= 1.5 * above.height
        if i in taken or not is_near:
            break
        if i not in cells and not any(_fits(here, cell) for each in run if each in cells for cell in cells[each]):
            break
        run.append(i)
    while run and run[-1] not in cells and len(run) > 1:
        last = lines[run[-1]].span
        if any(
            cell.left - 2 <= last.left <= cell.left + 2 for each in run if each in cells for cell in cells[each][1:]
        ):
            break  # the rest of a cell that is not the first
        run.pop()
    return run


def _fits(span: Span, cell: Span) -> bool:
    return abs(span.left - cell.left) <= 2.5 and span.right <= cell.right + 3 * span.height


def _as_table(run: Sequence[int], lines: Sequence[Line], cells: dict[int, list[Span]]) -> Table | None:
    counts = Counter(len(cells[i]) for i in run if i in cells)
    columns, rows = max(counts.items(), key=lambda item: (item[1], item[0]))
    if rows < (_MIN_ROWS if columns == 2 else 2):
        return None
    regular = [cells[i] for i in run if len(cells.get(i, ())) == columns]
    lefts = [min(row[c].left for row in regular) for c in range(columns)]
    rights = [max(row[c].right for row in regular) for c in range(columns)]
    if any(rights[c] >= lefts[c + 1] for c in range(columns - 1)):
        return None
    grid: list[list[str]] = []
    for i in run:
        parts = cells.get(i)
        row = [""] * columns
        for part in parts or [lines[i].span]:
            c = max(0, sum(1 for left in lefts if left - 3 <= part.left) - 1)
            row[c] = f"{row[c]} {part.text}".strip()
        if grid and not row[0] and (parts is None or len(parts) < columns):
            grid[-1] = [f"{above} {below}".strip() for above, below in zip(grid[-1], row, strict=True)]
        else:
            grid.append(row)
    return Table(grid, frozenset(run))
