"""Topic of a lexicon: how the parts of a document are numbered and named: chapters, articles, items, annexes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Structure:
    """How parts of a document are named.

    Attributes:
        labels: Kind of a part -> pattern of its label, with ``{n}`` for its number: 第{n}条. The kinds are ``annex``,
            ``part``, ``chapter``, ``section``, ``article``, ``paragraph`` and ``item``.
        ordinals: Words for a number, in lower case -> the number: "second".
        joins: Pattern of what joins a part to the one around it: the "of" of "Article 2 of Chapter 1", 的.
        numerals: Characters of the language's own numbers of items, in brackets or before a mark: （三）, 三、.
        headings: Patterns of the labels of headings that have a number alone, the outermost first, with ``{n}``: {n}、.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    ordinals: Mapping[str, int] = field(default_factory=dict)
    joins: str = ""
    numerals: str = ""
    headings: tuple[str, ...] = ()
