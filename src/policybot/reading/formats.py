"""The table of formats: which reader reads which suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import PurePath

from policybot.errors import UnsupportedFormat
from policybot.reading.content import Content, Source

Reader = Callable[[Source], Content]

_READERS: Mapping[str, str] = {
    ".md": "plain:read_markdown",
    ".markdown": "plain:read_markdown",
    ".txt": "plain:read_text",
    ".html": "html:read_html",
    ".htm": "html:read_html",
    ".xhtml": "html:read_html",
    ".pdf": "pdf:read_pdf",
    ".docx": "docx:read_docx",
    ".pptx": "pptx:read_pptx",
    ".xlsx": "xlsx:read_xlsx",
    ".csv": "delimited:read_delimited",
    ".tsv": "delimited:read_delimited",
    ".epub": "epub:read_epub",
    ".rtf": "rtf:read_rtf",
    ".odt": "odt:read_odt",
    ".ods": "ods:read_ods",
    ".odp": "odp:read_odp",
    ".eml": "mail:read_eml",
    ".json": "records:read_json",
    ".jsonl": "records:read_json_lines",
    ".ndjson": "records:read_json_lines",
}
"""Module of this package and function, by suffix: imported when a file of the kind is read."""

SUFFIXES: frozenset[str] = frozenset(_READERS)
"""Lower-case suffixes that can be read."""

ARCHIVES: frozenset[str] = frozenset({".zip"})
"""Suffixes of files that hold documents."""

ADVICE: Mapping[str, str] = {
    ".doc": ".docx", ".dot": ".docx", ".wps": ".docx", ".pages": ".docx", ".wpd": ".docx", ".docm": ".docx",
    ".xls": ".xlsx", ".et": ".xlsx", ".numbers": ".xlsx", ".xlsm": ".xlsx",
    ".ppt": ".pptx", ".dps": ".pptx", ".key": ".pptx", ".pptm": ".pptx",
    ".msg": ".eml", ".mht": ".html", ".mhtml": ".html", ".mobi": ".epub", ".azw3": ".epub", ".chm": ".html",
    ".xps": ".pdf", ".djvu": ".pdf", ".ofd": ".pdf", ".ps": ".pdf", ".caj": ".pdf",
    ".rar": ".zip", ".7z": ".zip", ".tar": ".zip", ".tgz": ".zip", ".gz": ".zip",
    ".tif": ".pdf", ".tiff": ".pdf",
}  # fmt: skip
"""Suffixes of documents that cannot be read, and as what to save them."""


def reader_for(path: PurePath, *, name: str) -> Reader:
    """The reader of this kind of file.

    Raises:
        UnsupportedFormat: No reader knows the suffix.
    """
    place = _READERS.get(path.suffix.lower())
    if place is None:
        raise unsupported(path, name=name)
    return _imported(place)


def import_readers() -> None:
    """Import every reader now, for a process whose memory is bounded while it reads."""
    for place in _READERS.values():
        _imported(place)


def _imported(place: str) -> Reader:
    module, _, function = place.partition(":")
    reader: Reader = getattr(import_module(f"policybot.reading.{module}"), function)
    return reader


def unsupported(path: PurePath, *, name: str) -> UnsupportedFormat:
    """The error about a kind of file that no reader knows."""
    suffix = path.suffix.lower()
    kind = f"{path.suffix} files" if path.suffix else "files without a suffix"
    wanted = ADVICE.get(suffix) or f"one of {', '.join(sorted(SUFFIXES))}"
    return UnsupportedFormat(f"{name}: {kind} cannot be read. Save it as {wanted}, or remove it.")
