"""What indexing changed, as values: which sections, which passages, and which earlier answers lost their ground.

Below ``domain``, whose IndexReport holds them; imports nothing but the standard library.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

ChangeKind = Literal["new", "changed", "moved", "deleted"]


@dataclass(frozen=True, slots=True)
class Move:
    """A file that lies elsewhere than before, with the same content.

    Attributes:
        before: Its name when it was indexed.
        name: Its name now.
    """

    before: str
    name: str


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section whose text is another one now.

    Attributes:
        section: The headings above it, outermost first; empty for what stands above the first heading.
        before: Its text before; empty when the section is new.
        after: Its text now; empty when the section is gone.
    """

    section: tuple[str, ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PassageChange:
    """A passage that came or went."""

    section: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class LostQuote:
    """An earlier answer that quoted what its document no longer says; the version it quoted says it still.

    Attributes:
        conversation: Id of the conversation in which the answer was given.
        version: The document's version that was quoted.
        answered_at: ISO time, UTC.
    """

    conversation: str
    question: str
    quote: str
    version: str
    answered_at: str


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """What became of one document.

    Attributes:
        before: Its name before, when it moved; else empty.
        before_version: Its version before; empty for a new one.
        version: Its version now; empty for a deleted one.
        sections: Sections that changed, in the order of the text. Of new and deleted documents: none, all of them did.
        came: Passages that came, of a changed document.
        went: Passages that went, of a changed document.
        came_count: How many passages came, of new documents too.
        went_count: How many passages went, of deleted documents too.
        kept_count: How many passages stayed; nothing of them was embedded again.
        lost_quotes: Earlier answers that quoted what is no longer there.
        at: ISO time, UTC.
    """

    document_id: str
    name: str
    kind: ChangeKind
    at: str
    before: str = ""
    before_version: str = ""
    version: str = ""
    sections: tuple[SectionChange, ...] = ()
    came: tuple[PassageChange, ...] = ()
    went: tuple[PassageChange, ...] = ()
    came_count: int = 0
    went_count: int = 0
    kept_count: int = 0
    lost_quotes: tuple[LostQuote, ...] = ()

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> DocumentChange:
        """The change that ``dataclasses.asdict`` turned into these values, possibly read from JSON."""
        return cls(
            **{
                **values,
                "sections": tuple(
                    SectionChange(tuple(each["section"]), each["before"], each["after"]) for each in values["sections"]
                ),
                "came": tuple(PassageChange(tuple(each["section"]), each["text"]) for each in values["came"]),
                "went": tuple(PassageChange(tuple(each["section"]), each["text"]) for each in values["went"]),
                "lost_quotes": tuple(LostQuote(**each) for each in values["lost_quotes"]),
            }
        )


@dataclass(frozen=True, slots=True)
class SameText:
    """Documents that say the same, whatever their names and formats.

    Attributes:
        names: Their names, sorted; two at least.
    """

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A passage that stands word for word in several documents.

    Attributes:
        text: The passage, as the first of the documents has it.
        names: The documents, sorted; three at least, unlike copies of whole documents.
    """

    text: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What is in the index more than once."""

    documents: tuple[SameText, ...] = ()
    passages: tuple[Boilerplate, ...] = ()
