"""One thing that a sentence says otherwise than its evidence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is otherwise.

    Attributes:
        what: In English, with both values, for the record.
        fatal: Whether the sentence is unsupported for it; else it is partly supported at best.
    """

    what: str
    fatal: bool
