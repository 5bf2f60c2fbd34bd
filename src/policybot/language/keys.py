"""Topic of a lexicon: how those who write evaluation sets put what an answer must and must not state."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Keys:
    """How a key point and an entry of ``must_not`` are put.

    Fields are sources of regular expressions, matched ignoring case.

    Attributes:
        judges: The beginning of an entry that judges an answer: "accepts", 认可.
        any_value: The beginning of an entry that means every value: "any rate", 给出.
        role: What parts a value and the role in which it must not stand: "as the", 作为.
        contrast: Behind a comma, the beginning of what a point denies for contrast: "not raise", 不是….
        number_sign: What stands before a number and, elsewhere, negates: "No.".
    """

    judges: str = ""
    any_value: str = ""
    role: str = ""
    contrast: str = ""
    number_sign: str = ""
