"""Dates as documents state them -> the ISO form that Metadata promises."""

from __future__ import annotations

import datetime
import re

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_LOOSE = re.compile(r"\s*(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?)?(?!\d)", re.ASCII)

# A day written without separators stands alone: longer figures are numbers of something else.
_IN_NAME = (
    re.compile(r"(?<!\d)((?:19|20)\d{2})([01]\d)([0-3]\d)(?!\d)", re.ASCII),
    re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.年]([01]?\d)[-_.月]([0-3]?\d)(?!\d)", re.ASCII),
    re.compile(r"(?<!\d)((?:19|20)\d{2})年([01]?\d)月()(?!\d)", re.ASCII),
)


def iso_date(value: str) -> str:
    """``value`` when it is a real date as YYYY, YYYY-MM or YYYY-MM-DD; else empty."""
    return _checked(_ISO.fullmatch(value))


def date_in(value: str) -> str:
    """The date at the beginning of a time stamp or of ``2024/3/7`` or ``2024年3月7日``; else empty."""
    return _checked(_LOOSE.match(value))


def date_in_name(stem: str) -> str:
    """The day or month that a file name states, ``2024-03-07``, ``20240307``, ``2024年3月``; else empty.

    A year alone says too little: it may be the plan's, not the document's. Neither does ``2011-12``, which may be
    two years.
    """
    for pattern in _IN_NAME:
        for match in pattern.finditer(stem):
            date = _checked(match)
            if date:
                return date
    return ""


def _checked(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    year, month, day = match.groups()
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join(part.zfill(2) for part in (year, month, day) if part)
