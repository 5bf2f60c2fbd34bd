"""Plots as SVG elements: intervals, lines. Text follows the page's colour, so they work on light and dark."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
"""Okabe and Ito's colours, told apart with any colour vision; they repeat after six series."""

_WIDTH = 760
_LEFT, _RIGHT, _TOP, _BOTTOM = 170, 20, 14, 40
_LINE_LEFT, _LINE_HEIGHT, _LABEL = 60, 300, 18
_ROW, _DOT_GAP = 16, 14  # pixels around a row of the interval plot, and between its dots


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its confidence interval, all 0..1."""

    value: float
    low: float
    high: float


def interval_plot(title: str, rows: Mapping[str, Mapping[str, Interval]]) -> ElementTree.Element:
    """Dots with whiskers on a scale from 0 to 1.

    Args:
        title: Read to those who cannot see the plot.
        rows: Row -> series -> interval; a series has one colour in all rows.
    """
    series = list(dict.fromkeys(name for row in rows.values() for name in row))
    heights = {label: _ROW + _DOT_GAP * max(len(row), 1) for label, row in rows.items()}
    legend = _legend_height(series)
    height = _TOP + legend + sum(heights.values()) + _BOTTOM
    svg = _svg(title, height)
    _legend(svg, series, _LEFT)
    scale = _WIDTH - _LEFT - _RIGHT
    bottom = height - _BOTTOM
    for tick in range(0, 11, 2):
        x = _LEFT + scale * tick / 10
        _line(svg, (x, _TOP + legend), (x, bottom), "grid")
        _text(svg, f"{tick / 10:.1f}", (x, bottom + 18), anchor="middle")
    y = float(_TOP + legend)
    for label, row in rows.items():
        _text(svg, label, (_LEFT - 10, y + heights[label] / 2 + 4), anchor="end")
        for i, (name, interval) in enumerate(row.items()):
            colour = COLOURS[series.index(name) % len(COLOURS)]
            at = y + _ROW / 2 + _DOT_GAP * (i + 0.5)
            mark = ElementTree.SubElement(svg, "g", stroke=colour, fill=colour)
            told = ElementTree.SubElement(mark, "title")
            told.text = f"{name}: {interval.value:.3f} [{interval.low:.3f}, {interval.high:.3f}]"
            _line(mark, (_LEFT + scale * interval.low, at), (_LEFT + scale * interval.high, at), "whisker")
            _dot(mark, (_LEFT + scale * interval.value, at))
        y += heights[label]
    return svg


def line_plot(
    title: str,
    lines: Mapping[str, Sequence[tuple[float, float]]],
    *,
    x_label: str,
    y_label: str,
    ticks: Sequence[float],
) -> ElementTree.Element:
    """Lines over a logarithmic x axis, y from 0 to 1.

    Args:
        title: Read to those who cannot see the plot.
        lines: Series -> points, by growing x above 0.
        ticks: Marked values of x above 0, growing; the axis goes from the first to the last.
    """
    series = list(lines)
    legend = _legend_height(series)
    top = _TOP + legend + _LABEL
    bottom = top + _LINE_HEIGHT
    svg = _svg(title, bottom + _BOTTOM + 16)
    _legend(svg, series, _LINE_LEFT)
    width = _WIDTH - _LINE_LEFT - _RIGHT
    span = math.log(ticks[-1] / ticks[0])

    def place(x: float, y: float) -> tuple[float, float]:
        share = math.log(min(max(x, ticks[0]), ticks[-1]) / ticks[0]) / span
        return _LINE_LEFT + width * share, bottom - _LINE_HEIGHT * y

    for tick in range(0, 11, 2):
        _line(svg, place(ticks[0], tick / 10), place(ticks[-1], tick / 10), "grid")
        x, y = place(ticks[0], tick / 10)
        _text(svg, f"{tick / 10:.1f}", (x - 8, y + 4), anchor="end")
    for value in ticks:
        x, y = place(value, 0)
        _text(svg, f"{value:g}", (x, y + 18), anchor="middle")
    _text(svg, x_label, (_LINE_LEFT + width / 2, bottom + 38), anchor="middle")
    _text(svg, y_label, (_LINE_LEFT - 30, top - 12), anchor="start")
    for i, points in enumerate(lines.values()):
        colour = COLOURS[i % len(COLOURS)]
        placed = [place(x, y) for x, y in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        ElementTree.SubElement(svg, "polyline", {"points": path, "stroke": colour, "class": "line"})
        if len(placed) <= len(ticks):
            dots = ElementTree.SubElement(svg, "g", fill=colour)
            for point in placed:
                _dot(dots, point)
    return svg


def _svg(title: str, height: float) -> ElementTree.Element:
    svg = ElementTree.Element(
        "svg", {"viewBox": f"0 0 {_WIDTH} {height:g}", "role": "img", "aria-label": title, "class": "plot"}
    )
    ElementTree.SubElement(svg, "title").text = title
    return svg


_LEGEND_ROW = 22
_CHARACTER = 8  # pixels that a character of a series' name takes at most


def _legend_height(series: Sequence[str]) -> int:
    """One series needs no legend: the heading names it."""
    return _LEGEND_ROW * math.ceil(len(series) / _legend_columns(series)) if len(series) > 1 else 0


def _legend_columns(series: Sequence[str]) -> int:
    return max((_WIDTH - _LEFT) // _legend_width(series), 1)


def _legend_width(series: Sequence[str]) -> int:
    return _CHARACTER * max(map(len, series)) + 40


def _legend(svg: ElementTree.Element, series: Sequence[str], left: float) -> None:
    if len(series) < 2:
        return
    columns = _legend_columns(series)
    for i, name in enumerate(series):
        row, column = divmod(i, columns)
        x, y = left + column * _legend_width(series), _TOP + _LEGEND_ROW * row
        group = ElementTree.SubElement(svg, "g", fill=COLOURS[i % len(COLOURS)])
        _dot(group, (x + 5, y))
        _text(svg, name, (x + 16, y + 4), anchor="start")


def _line(parent: ElementTree.Element, start: tuple[float, float], end: tuple[float, float], kind: str) -> None:
    ElementTree.SubElement(
        parent,
        "line",
        {"x1": f"{start[0]:.1f}", "y1": f"{start[1]:.1f}", "x2": f"{end[0]:.1f}", "y2": f"{end[1]:.1f}", "class": kind},
    )


def _dot(parent: ElementTree.Element, at: tuple[float, float]) -> None:
    ElementTree.SubElement(parent, "circle", {"cx": f"{at[0]:.1f}", "cy": f"{at[1]:.1f}", "r": "4.5"})


def _text(parent: ElementTree.Element, text: str, at: tuple[float, float], *, anchor: str) -> None:
    where = {"x": f"{at[0]:.1f}", "y": f"{at[1]:.1f}", "text-anchor": anchor}
    ElementTree.SubElement(parent, "text", where).text = text
