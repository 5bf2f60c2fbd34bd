"""What stands at the head and foot of every page: running titles and page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache

from policybot.language import others, phrases
from policybot.language.script import fold_script
from policybot.reading.pdf_lines import Line

_BAND = 0.12
"""Share of the page's height at its top and at its bottom in which such lines stand."""

_DEEP = 3  # how many lines from the edge are looked at
_SAME_PLACE = 6.0  # points
_NEAR = 3
"""Pages between two of the same: left and right pages alternate, and a chapter begins with none."""

_MIN_PAGES = 3

_MOST = 0.4  # share of the pages: chapters begin without a head, and left and right pages may differ
_APART = 0.6
"""Height of the gap below a head, in heights of its line; between lines of text lies a fifth or less."""
_LARGER = 1.05  # a slide's title is larger than its text

_FIGURES = re.compile(r"\d+")


@cache
def _number() -> re.Pattern[str]:
    page = phrases(lambda lexicon: lexicon.pages.page).source
    of = phrases(lambda lexicon: lexicon.pages.of_pages).source
    numbered = phrases(lambda lexicon: lexicon.pages.numbered).source
    return re.compile(
        rf"[-–—·|\s]*(?:{page}|{others.PAGE})?\s*(?:\d{{1,4}}|[ivxl]{{1,8}}|[A-Z]-\d{{1,3}})"
        rf"(?:\s*(?:/|{of}|{others.OF_PAGES})\s*\d{{1,4}})?[-–—·|\s]*|{numbered}",
        re.IGNORECASE,
    )


def furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[frozenset[int]]:
    """Running heads and feet: for each page the indexes of its lines that are.

    A line is one when it stands near the edge of its page, outside of it stand only such lines, and one of these
    holds: it is the page's number; the same line, figures apart, stands in the same place on at least two pages near
    by; it is the outermost line, not larger than others, in the place where most pages have theirs, apart from what
    follows.

    Args:
        pages: Lines of each page.
        heights: Height of each page, in points.
    """
    edges = [_edges(lines, height) for lines, height in zip(pages, heights, strict=True)]
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, outer in enumerate(edges):
        for i, _ in outer:
            span = pages[number][i].span
            places[_likeness(span.text)].append((number, span.middle))
    heads = _usual_heads(pages, edges)
    found = []
    for number, lines in enumerate(pages):
        dropped: set[int] = set()
        is_open = {"top": True, "bottom": True}
        for i, edge in edges[number]:
            if is_open[edge] and (_is_repeated(lines[i], number, places) or (number, i) in heads):
                dropped.add(i)
            else:
                is_open[edge] = False
        found.append(frozenset(dropped))
    return found


def _usual_heads(pages: Sequence[Sequence[Line]], edges: Sequence[Sequence[tuple[int, str]]]) -> set[tuple[int, int]]:
    """Page and index of the lines at the top, whatever they say, where most pages have theirs."""
    apart: list[tuple[int, int, float]] = []
    for number, lines in enumerate(pages):
        outer = [i for i, edge in edges[number] if edge == "top"]
        if not outer or len(lines) < 4:
            continue
        first = lines[outer[0]].span
        level = [i for i in outer if abs(lines[i].span.middle - first.middle) < first.height / 2]
        below = min((line.span.top for line in lines if line.span.top > first.middle), default=0.0)
        usual = sorted(line.span.height for line in lines)[len(lines) // 2]
        if first.height <= _LARGER * usual and below - first.bottom >= _APART * first.height:
            apart += [(number, i, first.middle) for i in level]
    counts = Counter(round(middle / _SAME_PLACE) for _, _, middle in {(n, 0, m) for n, _, m in apart})
    wanted = max(_MIN_PAGES, len(pages) * _MOST)
    return {(number, i) for number, i, middle in apart if counts[round(middle / _SAME_PLACE)] >= wanted}


def _edges(lines: Sequence[Line], height: float) -> list[tuple[int, str]]:
    """Indexes of the outermost lines, from each edge inwards; lines of one height count as one."""
    found: list[tuple[int, str]] = []
    for edge, order in (
        ("top", sorted(range(len(lines)), key=lambda i: lines[i].span.middle)),
        ("bottom", sorted(range(len(lines)), key=lambda i: -lines[i].span.middle)),
    ):
        levels: list[float] = []
        for i in order:
            middle = lines[i].span.middle
            is_inside = middle > _BAND * height if edge == "top" else middle < (1 - _BAND) * height
            if not levels or abs(middle - levels[-1]) > lines[i].span.height / 2:
                levels.append(middle)
            if is_inside or len(levels) > _DEEP:
                break
            found.append((i, edge))
    return found


def _is_repeated(line: Line, number: int, places: dict[str, list[tuple[int, float]]]) -> bool:
    text = line.span.text
    if _number().fullmatch(fold_script(text)):
        return True
    same = {
        page
        for page, middle in places[_likeness(text)]
        if page != number and abs(page - number) <= _NEAR and abs(middle - line.span.middle) <= _SAME_PLACE
    }
    return len(same) >= _MIN_PAGES - 1


def _likeness(text: str) -> str:
    return _FIGURES.sub("#", " ".join(text.split()))
