"""Documents, what is known of them, and the passages they are split into."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

Markup = Literal["markdown", "plain"]
Origin = Literal[
    "front-matter",
    "json-ld",
    "html-meta",
    "html-title",
    "html-text",
    "pdf-properties",
    "office-properties",
    "book-properties",
    "rtf-properties",
    "mail-header",
    "json-keys",
    "http-header",
    "feed",
    "address",
    "heading",
    "file-name",
    "file-date",
    "detected",
]
"""Where a field of Metadata was read from."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a document beside its text.

    Attributes:
        title: Never empty: front matter, else the file's own title, else its first heading, else its name.
        publisher: Who published the original; empty when unknown.
        published: ISO date, ``2024-03-07``, or only ``2024-03`` or ``2024``; empty when unknown.
        url: Address of the original; empty when unknown; always http or https.
        language: ISO 639-1 code of the text, ``en`` or ``zh`` for example.
        original_language: ISO 639-1 code of the original that the text summarises; empty when unknown.
        kind: What sort of document it is, ``government-report`` for example; empty when unknown.
        summary_of: Title of the original that the text summarises; empty when it is no summary.
        author: Who wrote it, as the file's properties say; empty when unknown.
        modified: ISO date of the last change, from the file's properties, else of the file itself; it says little
            about when the document was published.
        origins: Where each field that is not empty was read from.
    """

    title: str
    publisher: str = ""
    published: str = ""
    url: str = ""
    language: str = ""
    original_language: str = ""
    kind: str = ""
    summary_of: str = ""
    author: str = ""
    modified: str = ""
    origins: Mapping[str, Origin] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Document:
    r"""One file or page, read.

    Attributes:
        id: Stable identity: the same file keeps it over all its versions.
        name: Path below the indexed folder with ``/`` between parts, or the URL.
        text: Everything that can be cited. For Markdown and plain text it is the file's own text (front matter
            included, byte-order mark dropped, line ends as ``\\n``); for other formats what the reader extracted.
        markup: How headings, lists and tables stand in ``text``.
        body_start: Offset where the front matter ends and the content begins.
        page_starts: For paged formats the offset at which each page begins, ascending; else empty.
        metadata: Title, publisher, date and so on.
    """

    id: str
    name: str
    text: str
    markup: Markup
    metadata: Metadata
    body_start: int = 0
    page_starts: tuple[int, ...] = ()

    @property
    def version(self) -> str:
        """First 12 hex digits of the SHA-256 of the text: which text a citation was read from."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def page_at(self, offset: int) -> int | None:
        """Page (1-based) on which the character at ``offset`` stands, None for formats without pages."""
        return max(bisect_right(self.page_starts, offset), 1) if self.page_starts else None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that is embedded, searched and cited as one.

    Attributes:
        id: Hash of the passage's place (document, title, section path, occurrence) and text, 32 hex digits.
        section: Headings above the passage, outermost first, without the document's own title.
        page: 1-based page on which the passage begins; None for formats without pages.
        language: ISO 639-1 code of this passage's text.
    """

    id: str
    document_id: str
    document: str
    title: str
    text: str
    start: int
    end: int
    section: tuple[str, ...]
    page: int | None
    language: str
    ordinal: int

    @property
    def heading(self) -> str:
        """Title and section path in one line: what stands in front of the text when it is embedded."""
        return " > ".join(part for part in (self.title, *self.section) if part)

    @property
    def text_with_heading(self) -> str:
        """What is embedded and indexed for keywords: title and section path in front of the text.

        Titles in front lift evidence recall@5 from 0.81 to 0.87 over 250 public-service questions
        (docs/architecture.md).
        """
        return f"{self.heading}\n{self.text}"


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One line of the list of indexed documents."""

    id: str
    name: str
    metadata: Metadata
    version: str
    passages: int
    indexed_at: str


def told_apart(documents: Iterable[DocumentSummary]) -> dict[str, str]:
    """What tells documents of one title apart, by id: date, publisher or folder where all have another, else the name.

    Two "Work report" of 2025 and 2026 -> "2025", "2026". A document whose title no other has is missing.
    """
    titled: dict[str, list[DocumentSummary]] = {}
    for document in documents:
        titled.setdefault(document.metadata.title, []).append(document)
    found: dict[str, str] = {}
    for same in titled.values():
        if len(same) > 1:
            ways = (
                [each.metadata.published for each in same],
                [each.metadata.publisher for each in same],
                [each.name.rpartition("/")[0] for each in same],
                [each.name for each in same],
            )
            # One publisher in two writings tells nobody anything.
            way = next(
                (way for way in ways if all(way) and len({each.casefold() for each in way}) == len(way)), ways[-1]
            )
            found.update(zip((each.id for each in same), way, strict=True))
    return found


def full_title(title: str, apart: str) -> str:
    """A title with what tells its document apart from others of that title: "Work report (2026)"."""
    return f"{title} ({apart})" if apart else title


@dataclass(frozen=True, slots=True)
class PassagePoint:
    """A passage on the map of all passages: near are those that are about the same.

    Attributes:
        heading: Title and section path.
        x: -1..1, as ``y``.
    """

    document_id: str
    heading: str
    x: float
    y: float


def own_fields(kind: type[Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Of the values, those that the dataclass knows."""
    return {each.name: values[each.name] for each in fields(kind) if each.name in values}
