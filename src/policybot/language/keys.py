"""Topic of a lexicon: how those who write evaluation sets put what an answer must not state."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Keys:
    """How an entry of ``must_not`` is put. Fields are sources of regular expressions, matched ignoring case.

    Attributes:
        judges: The beginning of an entry that judges an answer: "accepts", 认可.
        any_value: The beginning of an entry that means every value: "any rate", 给出.
        role: What parts a value and the role in which it must not stand: "as the", 作为.
    """

    judges: str = ""
    any_value: str = ""
    role: str = ""
