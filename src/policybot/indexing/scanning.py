"""Files on disk as they are now: names, content hashes, and what cannot even be looked at."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import policybot.reading as reading
from policybot.domain import IndexFailure
from policybot.errors import IndexingError
from policybot.reading.formats import OWN, Readers
from policybot.store.catalogue import FileState

COARSEST_CLOCK_S = 2.0
"""Resolution of file times on FAT, the coarsest that there is. A file that was written later than this before it was
looked at may be written again without a change of its time; it is hashed again the next time."""

_UNCERTAIN = -1
"""Stands for the time of such a file."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file as it is on disk now.

    Attributes:
        digest: SHA-256 of its content, or what stands for it when the file is too large to be read.
        mtime_ns: Time of its last change; -1 when it is too recent to be relied on.
    """

    path: Path
    name: str
    digest: str
    size: int
    mtime_ns: int

    def state(self, document_id: str, recipe: str) -> FileState:
        """What the catalogue remembers of it."""
        return FileState(document_id, self.name, self.digest, self.size, self.mtime_ns, recipe)


def scan(
    path: Path,
    known: Mapping[str, FileState],
    *,
    max_bytes: int,
    unpacked: Path | None = None,
    allow_empty: bool = False,
    readers: Readers = OWN,
) -> tuple[list[FoundFile], list[IndexFailure]]:
    """The files of a folder, or the one file, by name; and those that may not be looked at.

    A file's content is hashed only when size or time differ from what is known.

    Args:
        known: What was indexed before, by name.
        unpacked: Where the files of archives are put; None leaves archives out.
        allow_empty: Whether a folder that holds nothing to read is one whose documents are all gone.
        readers: What they can read is a document.

    Raises:
        IndexingError: The path does not exist, or holds no file that can be read.
        ReadingError: A folder may not be listed.
    """
    if not path.exists():
        kept = _kept(known)
        raise IndexingError(f"{path} does not exist.{kept} Name a folder or a file that does.")
    found = reading.survey(path, unpacked=unpacked, max_bytes=max_bytes, readers=readers)
    if not found.files and not found.refused and not allow_empty:
        # An unmounted network folder looks like this: forgetting everything must be said in so many words.
        raise IndexingError(
            f"{path} holds no document that can be read.{_kept(known)} Put files ending in "
            f"{', '.join(sorted(readers.suffixes))} there and run `policybot index` again, or run it with "
            "--allow-empty to forget what was indexed from there."
        )
    files, failed = [], [IndexFailure(each.name, each.reason) for each in found.refused]
    for name, file in found.files:
        try:
            files.append(look(file, name, known.get(name), max_bytes=max_bytes))
        except OSError as exc:
            failed.append(IndexFailure(name, f"{name} cannot be read: {exc.strerror or exc}. Check its rights."))
    return files, failed


def look(path: Path, name: str, before: FileState | None, *, max_bytes: int) -> FoundFile:
    """One file as it is now.

    Raises:
        OSError: It may not be read, or has vanished.
    """
    now_ns = time.time_ns()
    stat = path.stat()
    settled = now_ns - stat.st_mtime_ns > COARSEST_CLOCK_S * 1e9
    mtime_ns = stat.st_mtime_ns if settled else _UNCERTAIN
    if before is not None and (before.file_size, before.file_mtime_ns) == (stat.st_size, mtime_ns) and settled:
        return FoundFile(path, name, before.file_hash, stat.st_size, mtime_ns)
    if stat.st_size > max_bytes:
        # The reader refuses it; hashing 2 GB to learn that is a waste.
        return FoundFile(path, name, f"too large: {stat.st_size}", stat.st_size, mtime_ns)
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return FoundFile(path, name, digest, stat.st_size, mtime_ns)


def _kept(known: Mapping[str, FileState]) -> str:
    return f" The {len(known)} documents indexed from it before were left as they are." if known else ""
