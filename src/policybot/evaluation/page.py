"""Elements that the reports are made of; all text is escaped when a page is written."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from xml.etree import ElementTree

from policybot.evaluation.metrics import Estimate
from policybot.evaluation.plots import Interval

Element = ElementTree.Element


def new_page(title: str) -> tuple[Element, Element]:
    """A page with its style and title, and its main element."""
    page = ElementTree.Element("html", lang="en")
    head = add(page, "head")
    ElementTree.SubElement(head, "meta", charset="utf-8")
    ElementTree.SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    add(head, "title", title)
    add(head, "style", resources.files("policybot.evaluation").joinpath("report.css").read_text(encoding="utf-8"))
    main = add(add(page, "body"), "main")
    add(main, "h1", title)
    return page, main


def written(page: Element) -> str:
    """The page as HTML."""
    return "<!DOCTYPE html>\n" + ElementTree.tostring(page, encoding="unicode", method="html") + "\n"


def table(
    parent: Element,
    caption: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    text_columns: Sequence[int] = (),
) -> None:
    """A table. ``text_columns`` hold prose and wrap; what follows a line end in a cell stands below, smaller."""
    frame = add(parent, "div")
    frame.set("class", "scroll")
    found = add(frame, "table")
    if caption:
        add(found, "caption", caption)
    _row(add(found, "thead"), "th", header, text_columns)
    body = add(found, "tbody")
    for cells in rows:
        _row(body, "td", cells, text_columns)


def _row(parent: Element, tag: str, cells: Sequence[str], text_columns: Sequence[int]) -> None:
    row = add(parent, "tr")
    for i, text in enumerate(cells):
        first, _, below = text.partition("\n")
        cell = add(row, tag, first)
        if below:
            add(cell, "div", below).set("class", "quiet")
        if i in text_columns:
            cell.set("class", "text")


def shown_estimate(estimate: Estimate | None) -> str:
    """The mean, and below it its interval."""
    return "–" if estimate is None else f"{estimate.mean:.3f}\n{estimate.low:.3f}–{estimate.high:.3f}"


def interval(estimate: Estimate) -> Interval:
    """The estimate as a plot takes it."""
    return Interval(estimate.mean, estimate.low, estimate.high)


def add(parent: Element, tag: str, text: str = "") -> Element:
    """A new last child with a text, which is escaped when the page is written."""
    child = ElementTree.SubElement(parent, tag)
    child.text = text
    return child
