"""What can be opened beside an answer: a citation or a passage that the search found, seen alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from policybot.domain import Citation, Hit, full_title
from policybot.rendering.strings import Language, say

Kind = Literal["citation", "hit"]

_NAMED = 3
"""Other documents of the same text that are named in a line; JSON has more of them."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A stretch of a document that a reader can open.

    Attributes:
        kind: Whether an answer cites it or the search only found it.
        number: The citation's number or the hit's rank, from 1.
        quote: The text at ``start:end`` of that version of the document.
        also_in: Names of other documents that hold the same text.
    """

    kind: Kind
    number: int
    quote: str
    start: int
    end: int
    document_id: str
    version: str
    title: str
    publisher: str
    published: str
    section: str
    page: int | None
    url: str
    language: str
    also_in: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Short name within one answer: ``c1`` is citation 1, ``h2`` the hit of rank 2."""
        return f"{self.kind[0]}{self.number}"

    @property
    def byline(self) -> str:
        """Title, publisher and date in one line, as far as they are known."""
        return " · ".join(part for part in (self.title, self.publisher, self.published) if part)


def cited(citation: Citation) -> Reference:
    """The citation as a reference."""
    return Reference(
        kind="citation",
        number=citation.number,
        quote=citation.quote,
        start=citation.start,
        end=citation.end,
        document_id=citation.document_id,
        version=citation.version,
        title=full_title(citation.title, citation.apart),
        publisher=citation.publisher,
        published=citation.published,
        section=citation.section,
        page=citation.page,
        url=citation.url,
        language=citation.language,
        also_in=citation.also_in,
    )


def found(hit: Hit) -> Reference:
    """The found passage as a reference."""
    passage = hit.passage
    return Reference(
        kind="hit",
        number=hit.rank,
        quote=passage.text,
        start=passage.start,
        end=passage.end,
        document_id=passage.document_id,
        version=hit.version,
        title=full_title(passage.title, hit.apart),
        publisher=hit.metadata.publisher,
        published=hit.metadata.published,
        section=" > ".join(passage.section),
        page=passage.page,
        url=hit.metadata.url,
        language=passage.language,
        also_in=hit.also_in,
    )


def other_origins(reference: Reference, language: Language) -> str:
    """The other documents that hold the same text, in one line; empty for none."""
    if not reference.also_in:
        return ""
    names = say(language, "between_names").join(reference.also_in[:_NAMED])
    more = len(reference.also_in) - _NAMED
    return f"{names} {say(language, 'also_in_more', count=more)}" if more > 0 else names


def by_document(references: Sequence[Reference]) -> list[Reference]:
    """The first reference of each document, in order."""
    first: dict[str, Reference] = {}
    for reference in references:
        first.setdefault(reference.document_id, reference)
    return list(first.values())


def web_address(url: str) -> str:
    """The address when it is a plain http or https one, else empty: nothing else becomes a link."""
    if any(character.isspace() or ord(character) < 32 for character in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""
