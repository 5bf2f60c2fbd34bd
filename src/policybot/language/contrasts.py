"""Topic of a lexicon: words that exclude one another: who exports does not import, north is not south."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NAMES = frozenset({"role"})
"""Sets whose members are names of somebody. Countries, places and bodies are names, too, see ``text.contrasts``."""

LOOSE = frozenset(
    "side opening start inclusion size merit owner reach level people age extent promotion sector party stance term "
    "place gain entry order result balance comparison account money force sequence novelty".split()
)
"""Sets of which a free retelling may well name another member than its source: a change only in what is copied."""

GROUPS = frozenset("place reach level owner half quarter people age size".split())
"""Sets whose members are groups and parts of what a figure is of: "And for rural residents?"."""

ASKED_IN_TURN = GROUPS | frozenset("trade side account money stream tax term sector energy".split())
"""Those, and sets of things that are asked about in turn: "And imports?"."""


@dataclass(frozen=True, slots=True)
class Contrasts:
    """Sets of words that exclude one another.

    A sentence that says one where its evidence says only the other says something else, whatever words it shares.

    Attributes:
        sets: Name of a set -> name of a member -> pattern of its words in folded text. Every language has the same
            sets and members; whole words are matched where blanks separate words.
    """

    sets: Mapping[str, Mapping[str, str]]
