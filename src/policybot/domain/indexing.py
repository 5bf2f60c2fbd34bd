"""What indexing would change and what it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from policybot.domain.changes import DocumentChange, Duplicates, Move


@dataclass(frozen=True, slots=True)
class IndexFailure:
    """A file that could not be indexed, and why.

    Attributes:
        kind: Class of the error, ``BrokenFile`` for example; empty when it is not known.
    """

    name: str
    reason: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class IndexPlan:
    """What indexing would change: names of documents by what would happen to them.

    Attributes:
        moved: Files with another name and the same content: they keep their identity, and nothing is embedded anew.
        failed: Files that cannot be read; an earlier version, if any, stays.
        rebuild: Whether the settings ask for other models or another size of passages than the index has: then a new
            one would be built beside it, with passages of all documents.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    moved: tuple[Move, ...] = ()
    deleted: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[IndexFailure, ...] = ()
    rebuild: bool = False


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What indexing did.

    Attributes:
        embedded: How many passages were embedded to be found by questions in their own language; 0 when nothing
            changed.
        seconds: How long all of it took, wall clock.
        searchable_s: How long it took, of these seconds, until every passage could be found by questions in its own
            language.
        crossed: How many passages got the multilingual vector in addition, by which questions in other languages
            find them: after ``searchable_s``.
        changes: What became of each document that is not as it was before, in the order in which it was done.
        pruned: How many old versions were removed because they were too many or too old.
        duplicates: What is in the index more than once.
        rebuilt: Whether a new index was built beside the old one, which it has replaced.
    """

    plan: IndexPlan
    embedded: int
    documents: int
    passages: int
    seconds: float
    searchable_s: float
    crossed: int
    changes: tuple[DocumentChange, ...] = ()
    pruned: int = 0
    duplicates: Duplicates = field(default_factory=Duplicates)
    rebuilt: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work has come: ``done`` of ``total`` steps of what ``what`` names; 0 when nobody knows how many."""

    what: str
    done: int
    total: int


OnProgress = Callable[[Progress], None]
"""Told about long work while it is done."""
