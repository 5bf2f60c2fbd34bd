"""How the documents relate, as inline SVG: a time line by publisher, and a map of passages. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from policybot.domain import DocumentSummary, PassagePoint
from policybot.rendering import Language, escape, say, shortened

MOST_ROWS = 12
"""Publishers with a row of their own on the time line; those with fewer documents share the last row."""

_WIDTH = 720
_LABEL = 190
_ROW = 26
_MAP = 460
_GOLDEN_ANGLE = 137.508
"""Hues this far apart, in degrees, stay apart however many there are."""


def timeline_svg(documents: Sequence[DocumentSummary], language: Language) -> str:
    """Each document as a dot that opens it: date across, a row for each publisher, undated ones in front."""
    dated = {d.id: _year(d.metadata.published) for d in documents}
    years = [year for year in dated.values() if year is not None]
    if not documents:
        return ""
    first, last = (int(min(years)), int(max(years)) + 1) if years else (2000, 2001)
    rows = _rows(documents, language)
    height = _ROW * (len(rows) + 1) + 8
    left, right = _LABEL + 60, _WIDTH - 14

    def across(year: float | None) -> float:
        return _LABEL + 22 if year is None else left + (right - left) * (year - first) / (last - first)

    step = max(1, -(-(last - first) // 10))
    parts = [
        f'<line x1="{across(y):.1f}" x2="{across(y):.1f}" y1="18" y2="{height - 4}"/>'
        f'<text x="{across(y):.1f}" y="12" text-anchor="middle">{y}</text>'
        for y in range(first, last + 1, step)
    ]
    if None in dated.values():
        undated = escape(say(language, "timeline_undated"))
        parts.append(f'<text x="{_LABEL + 22}" y="12" text-anchor="middle">{undated}</text>')
    for number, (publisher, members) in enumerate(rows.items()):
        middle = 18 + _ROW * (number + 0.5)
        label = escape(shortened(publisher, 26))
        parts.append(
            f'<text x="{_LABEL - 6}" y="{middle + 4:.1f}" text-anchor="end">{label}'
            f"<title>{escape(publisher)}</title></text>"
        )
        taken: Counter[int] = Counter()
        for document in sorted(members, key=lambda d: dated[d.id] or 0):
            x = across(dated[document.id])
            # Dots of one month would cover each other.
            shift = taken[round(x / 7)]
            taken[round(x / 7)] += 1
            meta = document.metadata
            name = escape(f"{meta.title} · {meta.published}".rstrip(" ·"))
            parts.append(
                f'<a href="#" role="button" data-event="open_document" data-document="{escape(document.id)}" '
                f'aria-label="{name}"><circle cx="{x:.1f}" cy="{middle + (-1) ** shift * 5 * ((shift + 1) // 2):.1f}" '
                f'r="5"><title>{name}</title></circle></a>'
            )
    label = escape(say(language, "timeline"))
    return (
        f'<svg class="pb-chart" viewBox="0 0 {_WIDTH} {height}" role="group" aria-label="{label}" '
        f'preserveAspectRatio="xMinYMin">{"".join(parts)}</svg>'
    )


def _rows(documents: Sequence[DocumentSummary], language: Language) -> Mapping[str, list[DocumentSummary]]:
    """Documents by publisher, the ones with most first; the rest together."""
    counts = Counter(d.metadata.publisher or "–" for d in documents)
    own = [publisher for publisher, _ in counts.most_common(MOST_ROWS)]
    if len(counts) > MOST_ROWS:
        own = own[: MOST_ROWS - 1]
    rows: dict[str, list[DocumentSummary]] = {publisher: [] for publisher in own}
    for document in documents:
        publisher = document.metadata.publisher or "–"
        rows.setdefault(publisher if publisher in own else say(language, "others"), []).append(document)
    return rows


def _year(published: str) -> float | None:
    """``2024-07`` as 2024.5: how far into the years a date is; None for none."""
    parts = published.split("-")
    if not parts[0].isdecimal():
        return None
    month = int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() else 1
    day = int(parts[2]) if len(parts) > 2 and parts[2].isdecimal() else 1
    return int(parts[0]) + (month - 1) / 12 + (day - 1) / 366


def map_svg(points: Sequence[PassagePoint], titles: Mapping[str, str], language: Language) -> str:
    """Each passage as a dot in its document's colour, with a legend whose lines open the documents.

    Args:
        titles: Titles by document id, in the order in which colours are given.
    """
    if not points:
        return f'<p class="pb-note">{escape(say(language, "map_few"))}</p>'
    colours = {id_: _colour(number) for number, id_ in enumerate(titles)}
    middle, reach = _MAP / 2, _MAP / 2 - 10
    dots = "".join(
        f'<circle cx="{middle + reach * p.x:.1f}" cy="{middle - reach * p.y:.1f}" r="4" '
        f'fill="{colours.get(p.document_id, "currentColor")}" data-of="{escape(p.document_id)}">'
        f"<title>{escape(p.heading)}</title></circle>"
        for p in points
    )
    shown = {p.document_id for p in points}
    legend = "".join(
        f'<li><button type="button" data-event="open_document" data-document="{escape(id_)}">'
        f'<svg viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="5" fill="{colours[id_]}"/></svg>'
        f"{escape(shortened(title, 70))}</button></li>"
        for id_, title in titles.items()
        if id_ in shown
    )
    label = escape(say(language, "map"))
    return (
        f'<div class="pb-map"><svg class="pb-chart" viewBox="0 0 {_MAP} {_MAP}" role="img" aria-label="{label}">'
        f"{dots}</svg><ul>{legend}</ul></div>"
    )


def _colour(number: int) -> str:
    # Two lightnesses that both stand out from white and from black.
    return f"hsl({number * _GOLDEN_ANGLE % 360:.0f} 60% {'45' if number % 2 else '58'}%)"
