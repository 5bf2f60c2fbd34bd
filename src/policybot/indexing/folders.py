"""What a watched folder holds, at a glance, and whether another machine may change it unreported."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_NETWORK = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "ceph",
    "vboxsf",
    "virtiofs",
    "fuse.sshfs",
    "fuse.rclone",
}
"""File systems that report no change made on another machine: these are looked through again and again."""


def signature(folder: Path) -> frozenset[tuple[str, int, int, int]]:
    """Path, size, time and inode of every file below a folder, or of a file; empty when there is nothing."""
    found: set[tuple[str, int, int, int]] = set()
    paths = (
        [folder] if folder.is_file() else (Path(place, name) for place, _, names in os.walk(folder) for name in names)
    )
    for path in paths:
        with suppress(OSError):  # gone since the folder was listed: the next look shows it
            stat = path.stat()
            found.add((str(path), stat.st_size, stat.st_mtime_ns, stat.st_ino))
    return frozenset(found)


def is_remote(path: Path, *, mounts: Path = Path("/proc/mounts")) -> bool:
    """Whether a path lies on a network file system, as far as the system's list of mounts tells.

    Args:
        mounts: That list, in the form of Linux's ``/proc/mounts``.
    """
    place = path.resolve()
    best, kind = -1, ""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    for line in lines:
        _, mounted, found, *_ = line.split(" ")
        where = Path(mounted.replace("\\040", " "))
        if place.is_relative_to(where) and len(where.parts) > best:
            best, kind = len(where.parts), found
    return kind in _NETWORK
