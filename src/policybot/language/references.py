"""Topic of a lexicon: how a text refers to a provision, an annex or a class by its label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class References:
    """References with a label, which is another one's when it differs: Article 6(1)(f), 乙类, Class B.

    Attributes:
        kinds: What is referred to -> pattern of its words. One name for one kind in every language: a provision is an
            ``article``, what it is divided into a ``paragraph`` and an ``item``.
        letters: Labels in order -> the Latin letter of the same place: 甲 is a.
        labelled: Patterns with groups ``kind`` and ``label``; ``further`` holds a number behind the label (20条之一),
            ``inner`` what stands behind it in brackets, a paragraph and an item: (1)(f). Case counts.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    labelled: tuple[str, ...] = ()
