"""One difference between a sentence and its evidence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between a sentence and its evidence.

    Attributes:
        what: The difference in English, with both values, for ``Check.reason``.
        fatal: Whether it makes the sentence unsupported; otherwise the sentence is partly supported at best.
    """

    what: str
    fatal: bool
