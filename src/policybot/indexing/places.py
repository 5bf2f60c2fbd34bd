"""Where the index lies in the data folder: the one in use, the one being built, and the switch."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from pathlib import Path

from policybot.errors import StoreError

_POINTER = "index.current"
"""File that names the folder of the index in use; without it, catalogue and vectors lie in the data folder itself."""

_FOLDER = re.compile(r"index-(\d+)")


def current(data_dir: Path) -> Path:
    """Folder of the index in use.

    Raises:
        StoreError: The pointer to it is damaged.
    """
    try:
        name = (data_dir / _POINTER).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return data_dir
    except (OSError, UnicodeDecodeError) as exc:
        raise StoreError(f"{data_dir / _POINTER} cannot be read: {exc}. Restore the data folder.") from exc
    if not _FOLDER.fullmatch(name) or not (data_dir / name).is_dir():
        raise StoreError(f"{data_dir / _POINTER} names {name!r}, which is no index. Restore the data folder.")
    return data_dir / name


def next_to(data_dir: Path) -> Path:
    """Folder for the index that is built beside the one in use."""
    match = _FOLDER.fullmatch(current(data_dir).name)
    return data_dir / f"index-{int(match[1]) + 1 if match else 2}"


def switch(data_dir: Path, folder: Path) -> None:
    """Make the index in ``folder`` the one in use, in one step that a power cut cannot halve.

    Raises:
        StoreError: The pointer cannot be written.
    """
    path = data_dir / f"{_POINTER}.new"
    try:
        with path.open("w", encoding="ascii") as stream:
            stream.write(folder.name)
            stream.flush()
            os.fsync(stream.fileno())
        path.replace(data_dir / _POINTER)
        descriptor = os.open(data_dir, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as exc:
        raise StoreError(f"{data_dir / _POINTER} cannot be written: {exc}. Free space, then index again.") from exc


def remove_others(data_dir: Path, *, keep: Path | None = None) -> None:
    """Remove indexes that are not in use: replaced ones, and unfinished ones but ``keep``. What resists is left."""
    used = current(data_dir)
    for path in data_dir.iterdir():
        if _FOLDER.fullmatch(path.name) and path not in (used, keep):
            shutil.rmtree(path, ignore_errors=True)
    if used != data_dir:
        shutil.rmtree(data_dir / "vectors", ignore_errors=True)
        for path in data_dir.glob("catalogue.sqlite3*"):
            with contextlib.suppress(OSError):
                path.unlink()
