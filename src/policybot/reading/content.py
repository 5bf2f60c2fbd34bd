"""What goes into a reader and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from policybot.domain import Markup, Origin

MoreTime = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A file's bytes, as every reader takes them.

    Attributes:
        name: The document's name; every error message carries it.
        max_bytes: Largest file that is read; readers of packed formats bound the unpacked size by it.
        more_time: To be told how many seconds a slow step may take, before it begins; None forbids slow steps.
    """

    name: str
    data: bytes
    max_bytes: int
    more_time: MoreTime | None = None

    @property
    def stem(self) -> str:
        """The file's own name without folder and suffix."""
        return PurePosixPath(self.name).stem


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader found in a file.

    Attributes:
        stated: What the file itself says about the document: fields of Metadata by name, only those known.
        origins: Where each of these was read from.
        language_hint: Language that the file declares without much reliability, as ``<html lang>`` does.
        hint_origin: Where it declares it.
        body_start: Offset in ``text`` where the front matter ends.
        page_starts: Offset at which each page begins, for paged formats.
    """

    text: str
    markup: Markup
    stated: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    language_hint: str = ""
    hint_origin: Origin = "html-meta"
    body_start: int = 0
    page_starts: tuple[int, ...] = ()


def all_from(origin: Origin, stated: Mapping[str, str]) -> dict[str, Origin]:
    """Origins of values that were all read from one place."""
    return dict.fromkeys(stated, origin)
