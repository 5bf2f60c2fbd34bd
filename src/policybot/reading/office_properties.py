"""Properties of an Office file, as Word, PowerPoint and Excel keep them -> fields of Metadata."""

from __future__ import annotations

import datetime

from policybot.reading.characters import clean_line
from policybot.reading.titles import is_title

_MAX_CHARS = 300

# What libraries and templates write where a person's name belongs.
_PROGRAMS = frozenset({"python-docx", "openpyxl", "steve canny", "apache poi", "un-named", "user", "administrator"})


def office_properties(properties: object, *, stem: str) -> dict[str, str]:
    """Title, author and date of the last change; only those that a person or the program's clock set.

    Args:
        properties: Object with ``title``, ``author`` or ``creator``, and ``modified``, as python-docx, python-pptx
            and openpyxl offer it.
        stem: The file's name without suffix.
    """
    title = str(getattr(properties, "title", None) or "")
    author = str(getattr(properties, "author", None) or getattr(properties, "creator", None) or "")
    return stated_by(title, author, modified=getattr(properties, "modified", None), stem=stem)


def stated_by(title: str, author: str, *, modified: object, stem: str) -> dict[str, str]:
    """The same from single values; ``modified`` counts when it is a date or begins with one in ISO form."""
    author = clean_line(author, limit=_MAX_CHARS)
    values = {
        "title": title if is_title(title, stem=stem) else "",
        "author": "" if author.lower() in _PROGRAMS else author,
        "modified": iso_day(modified),
    }
    return {key: value for key, value in values.items() if value}


def iso_day(value: object) -> str:
    """The day of a date, or of a time stamp in ISO form; else empty."""
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value.strip()[:10]).isoformat()
        except ValueError:
            return ""
    return ""
