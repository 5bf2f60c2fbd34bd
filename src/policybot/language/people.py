"""Topic of a lexicon: names of people and of bodies, and what stands around them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class People:
    """Names of people and bodies in a script without capitals; empty where capitals show a name.

    Attributes:
        before_name: Pattern of a title right before a person's name.
        behind_name: Pattern of a title or a word of saying right behind a person's name.
        body: Pattern of the name of a public body, company or school.
        long_kinds: Last words of such a name that are of two characters: 大学.
    """

    before_name: str
    behind_name: str
    body: str
    long_kinds: frozenset[str]
