"""Files on disk: which of a folder can be read, and their bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from policybot.errors import BrokenFile, EmptyDocument, ReadingError
from policybot.reading.formats import SUFFIXES, reader_for

_MEGABYTE = 1_000_000


def find(root: Path) -> list[tuple[str, Path]]:
    """All files below a folder that can be read, sorted by name; or the one file, when ``root`` is a file.

    Passed over: hidden files and folders, temporary files of editors (``~$plan.docx``, ``plan.md~``,
    ``plan.tmp``), links to folders, and links to files outside of ``root``.

    Returns:
        Pairs of name and path; the name is the path relative to ``root`` with ``/`` between parts, that of a
        single file its own.

    Raises:
        ReadingError: Nothing is at ``root``, or a folder may not be listed: to pass over an unreadable folder
            would make its documents look deleted.
        UnsupportedFormat: ``root`` is a file that no reader can read.
    """
    if root.is_file():
        reader_for(root, name=_text_name(root.name))
        return [(_text_name(root.name), root)]
    if not root.is_dir():
        raise ReadingError(f"Nothing to read at {root}: no such file or folder. Check the path.")
    return sorted((_text_name(path.relative_to(root).as_posix()), path) for path in _walk(root))


def load(path: Path, *, name: str, max_bytes: int) -> bytes:
    """The bytes of a file.

    Raises:
        ReadingError: It vanished or may not be read.
        BrokenFile: It is larger than ``max_bytes``.
        EmptyDocument: It holds no byte.
    """
    try:
        if not path.is_file():
            raise ReadingError(f"{name}: there is no such file at {path}. Check the path, then index again.")
        _check_size(path.stat().st_size, name=name, max_bytes=max_bytes)
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)  # one more, because the file may have grown since
    except OSError as exc:
        reason = exc.strerror or str(exc)
        raise ReadingError(
            f"{name}: cannot be opened at {path} ({reason}). Check that it exists and may be read."
        ) from exc
    _check_size(len(data), name=name, max_bytes=max_bytes)
    if not data:
        raise EmptyDocument(f"{name}: the file is empty. Fill it or remove it.")
    return data


def _check_size(size: int, *, name: str, max_bytes: int) -> None:
    if size > max_bytes:
        raise BrokenFile(
            f"{name}: the file has {size / _MEGABYTE:.1f} MB, the largest allowed is "
            f"{max_bytes / _MEGABYTE:.1f} MB. Split it, or raise POLICYBOT_MAX_FILE_MB."
        )


def _walk(root: Path) -> Iterator[Path]:
    inside = root.resolve()
    for folder, folders, files in os.walk(root, onerror=_refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(folder, name) for name in files if _is_wanted(name)):
            if path.is_file() and path.resolve().is_relative_to(inside):
                yield path


def _is_wanted(name: str) -> bool:
    # "~$plan.docx" is Word's lock file; "plan.md~" and "plan.tmp" fail by their suffix.
    return not name.startswith((".", "~")) and Path(name).suffix.lower() in SUFFIXES


def _refuse(error: OSError) -> None:
    raise ReadingError(
        f"The folder {error.filename} cannot be listed ({error.strerror}). Allow reading it, or move it away."
    ) from error


def _text_name(name: str) -> str:
    """The name as proper Unicode: bytes that are no UTF-8 come from the system as lone surrogates."""
    return os.fsencode(name).decode("utf-8", "replace")
