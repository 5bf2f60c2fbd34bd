"""The table of formats: which reader reads which suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath

from policybot.errors import UnsupportedFormat
from policybot.reading import docx, html, pdf, plain
from policybot.reading.content import Content, Source

Reader = Callable[[Source], Content]

READERS: Mapping[str, Reader] = {
    ".md": plain.read_markdown,
    ".markdown": plain.read_markdown,
    ".txt": plain.read_text,
    ".html": html.read_html,
    ".htm": html.read_html,
    ".pdf": pdf.read_pdf,
    ".docx": docx.read_docx,
}

SUFFIXES: frozenset[str] = frozenset(READERS)
"""Lower-case suffixes that can be read."""


def reader_for(path: PurePath, *, name: str) -> Reader:
    """The reader of this kind of file.

    Raises:
        UnsupportedFormat: No reader knows the suffix.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        kind = f"{path.suffix} files" if path.suffix else "files without a suffix"
        raise UnsupportedFormat(
            f"{name}: {kind} cannot be read. Save it as one of {', '.join(sorted(SUFFIXES))}, or remove it."
        )
    return reader
