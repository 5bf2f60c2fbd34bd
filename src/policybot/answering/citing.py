"""Sentences and the evidence that supports them -> numbered citations; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from policybot.domain import Citation, Document, Evidence
from policybot.language import phrases
from policybot.text.plain import visible, without_markup

_NUMBERS = r"[ \t]*\d{1,3}(?:[ \t]*[,，、–-][ \t]*\d{1,3})*[ \t]*"
_MARKER = phrases(
    lambda lexicon: lexicon.statements.citation_word,
    form=r"[ \t]*[\[【［〔⟦〖〚]{1,2}(?:\^|†|{})?"
    + _NUMBERS
    + r"(?:†[^\]】]{0,40})?[\]】］〕⟧〗〛]{1,2}"
    + rf"|[ \t]*<(?P<tag>sup|sub|cite)\b[^<>]*>\W{{0,2}}{_NUMBERS}\W{{0,2}}</(?P=tag)>"
    # Raised digits behind a word or a full stop; those of 10⁶ and m² are none.
    + r"|(?:(?<=[^\W\d_])[¹⁰⁴-⁹]|(?<=[.。,，;；])[⁰¹²³⁴-⁹])[⁰¹²³⁴-⁹]*(?=[.。,，;；\s]|$)",
)
"""A citation marker: "[1]", "[^2]", "¹" or "<sup>3</sup>"."""
_LIST_MARK = re.compile(r"(?:[-*+•]|\d{1,3}[.)、])[ \t]+|#{1,6}[ \t]+|>[ \t]?")


def without_markers(text: str) -> tuple[str, tuple[str, ...]]:
    """A sentence as plain text without citation markers, and the markers it had.

    The chat model is not asked for markers, so those it writes say nothing about the sentence's source, nor do those of
    a quoted document. Images, links, tags and hidden characters are removed as well.
    """
    text = visible(text)
    markers = tuple(match.group().strip() for match in _MARKER.finditer(text))
    return without_markup(_MARKER.sub("", text)).strip(), markers


def quote_span(evidence: Evidence) -> tuple[int, int]:
    """Offsets in the document of the quote: the evidence sentence without its list, heading or quotation mark."""
    mark = _LIST_MARK.match(evidence.text)
    return evidence.start + (mark.end() if mark else 0), evidence.end


class Numbering:
    """Numbers each quoted span of text once, in the order of first use."""

    def __init__(self) -> None:
        self._citations: dict[tuple[str, int, int], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations so far, in the order of their numbers."""
        return tuple(self._citations.values())

    def cite(self, sources: Sequence[tuple[Evidence, Document]], *, apart: Callable[[str], str]) -> tuple[int, ...]:
        """The citation numbers of these sentences, ascending; new citations are added.

        Args:
            sources: Each evidence sentence with its document.
            apart: What tells a document apart from others with its title, by its id.
        """
        numbers = set()
        for evidence, document in sources:
            start, end = quote_span(evidence)
            key = (document.id, start, end)
            if key not in self._citations:
                self._citations[key] = _citation(
                    len(self._citations) + 1, evidence, document, start, end, apart(document.id)
                )
            numbers.add(self._citations[key].number)
        return tuple(sorted(numbers))


def _citation(number: int, evidence: Evidence, document: Document, start: int, end: int, apart: str) -> Citation:
    metadata, passage = document.metadata, evidence.hit.passage
    return Citation(
        number=number,
        quote=document.text[start:end],
        start=start,
        end=end,
        document=document.name,
        document_id=document.id,
        version=document.version,
        passage_id=passage.id,
        title=metadata.title,
        publisher=metadata.publisher,
        published=metadata.published,
        section=" > ".join(passage.section),
        page=document.page_at(start),
        url=metadata.url,
        language=passage.language,
        also_in=evidence.hit.also_in,
        apart=apart,
    )
