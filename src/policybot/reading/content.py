"""What goes into a reader and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from policybot.domain import Markup


@dataclass(frozen=True, slots=True)
class Source:
    """A file's bytes, as every reader takes them.

    Attributes:
        name: The document's name; every error message carries it.
        max_bytes: Largest file that is read; readers of packed formats bound the unpacked size by it.
    """

    name: str
    data: bytes
    max_bytes: int

    @property
    def stem(self) -> str:
        """The file's own name without folder and suffix."""
        return PurePosixPath(self.name).stem


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader found in a file.

    Attributes:
        stated: What the file itself says about the document: fields of Metadata by name, only those known.
        language_hint: Language that the file declares without much reliability, as ``<html lang>`` does.
        body_start: Offset in ``text`` where the front matter ends.
        page_starts: Offset at which each page begins, for paged formats.
    """

    text: str
    markup: Markup
    stated: Mapping[str, str] = field(default_factory=dict)
    language_hint: str = ""
    body_start: int = 0
    page_starts: tuple[int, ...] = ()
