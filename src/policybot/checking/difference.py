"""One difference between a sentence and its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Dimension = Literal["figures", "dates", "names", "references", "negation", "modality", "logic", "opposites", "words"]
"""What of a sentence is compared with its evidence on its own, whatever else both share."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between a sentence and its evidence.

    Attributes:
        what: The difference in English, with both values, for ``Check.reason``.
        dimension: What was compared.
        fatal: Whether it makes the sentence unsupported; otherwise the sentence is partly supported at best.
    """

    what: str
    dimension: Dimension
    fatal: bool
