"""What differs between the files and the catalogue, and which identity each file has; pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from policybot.domain import IndexFailure, IndexPlan
from policybot.domain.changes import ChangeKind, Move
from policybot.indexing.scanning import FoundFile
from policybot.store.catalogue import FileState


@dataclass(frozen=True, slots=True)
class Step:
    """A file to read.

    Attributes:
        before: Its name when it was indexed, if it has moved; else empty.
    """

    file: FoundFile
    state: FileState
    kind: ChangeKind
    before: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between a folder and the catalogue: the plan, and the files behind its names.

    Attributes:
        touched: Files that are unchanged though their time or size is not as remembered: only that is written down.
    """

    root: str
    plan: IndexPlan
    to_read: tuple[Step, ...]
    to_remove: tuple[FileState, ...]
    touched: tuple[FileState, ...] = ()


def compare(
    root: str,
    known: Mapping[str, FileState],
    found: Sequence[FoundFile],
    *,
    recipe: str,
    failed: Sequence[IndexFailure] = (),
    is_taken: Callable[[str], bool] = lambda _: False,
) -> Difference:
    """Compare what was indexed from a folder with what lies there.

    A file keeps the identity that its name has. One with a new name takes over the identity of a file that is gone
    and had the same content: it has moved. Of several that are gone, the one with the same last part of the name, else
    the first by name.

    Args:
        known: What was indexed, by name.
        failed: Files that are there and cannot be looked at: what was indexed of them stays.
        is_taken: Whether a document of another name has this id.
    """
    steps: list[Step] = []
    unchanged: list[str] = []
    touched: list[FileState] = []
    present = {file.name for file in found} | {failure.name for failure in failed}
    # What was indexed from an archive that cannot be opened now stays, as what was indexed from a file does.
    refused = tuple(f"{failure.name}/" for failure in failed)
    gone = {
        name: state for name, state in sorted(known.items()) if name not in present and not name.startswith(refused)
    }
    by_digest: dict[str, list[FileState]] = {}
    for state in gone.values():
        by_digest.setdefault(state.file_hash, []).append(state)
    taken: set[str] = {state.document_id for state in known.values()}
    for file in sorted(found, key=lambda each: each.name):
        before = known.get(file.name)
        if before is not None:
            state = file.state(before.document_id, recipe)
            if (before.file_hash, before.recipe) != (state.file_hash, recipe):
                steps.append(Step(file, state, "changed"))
                continue
            unchanged.append(file.name)
            if before != state:
                touched.append(state)
            continue
        moved = _moved_from(file, by_digest.get(file.digest, ()))
        if moved is not None:
            by_digest[file.digest].remove(moved)
            del gone[moved.name]
            steps.append(Step(file, file.state(moved.document_id, recipe), "moved", moved.name))
            continue
        document_id = _new_id(root, file.name, lambda id_: id_ in taken or is_taken(id_))
        taken.add(document_id)
        steps.append(Step(file, file.state(document_id, recipe), "new"))
    plan = IndexPlan(
        new=_names(steps, "new"),
        changed=_names(steps, "changed"),
        moved=tuple(Move(step.before, step.file.name) for step in steps if step.kind == "moved"),
        deleted=tuple(sorted(gone)),
        unchanged=tuple(unchanged),
        failed=tuple(failed),
    )
    return Difference(root, plan, tuple(steps), tuple(gone.values()), tuple(touched))


def _names(steps: Sequence[Step], kind: ChangeKind) -> tuple[str, ...]:
    return tuple(step.file.name for step in steps if step.kind == kind)


def _moved_from(file: FoundFile, gone: Sequence[FileState]) -> FileState | None:
    """Which of the files that are gone, all of the same content, this one was."""
    base = PurePosixPath(file.name).name
    return min(gone, key=lambda state: (PurePosixPath(state.name).name != base, state.name), default=None)


def _new_id(root: str, name: str, is_taken: Callable[[str], bool]) -> str:
    """Identity of the file ``name`` below ``root``: 16 hex digits; another one when a moved document has it."""
    number = 0
    while is_taken(document_id := first_id(root, name, number)):
        number += 1
    return document_id


def first_id(root: str, name: str, number: int = 0) -> str:
    """Identity that the file ``name`` below ``root`` gets when nothing else has it: 16 hex digits.

    Args:
        number: For a file in the place of one that has moved, and that has taken the first ones along.
    """
    key = f"{root}\0{name}" + (f"\0{number}" if number else "")
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
