"""Files on disk: which of a folder are documents, which are not and why, and their bytes."""

from __future__ import annotations

import fnmatch
import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from policybot.errors import BrokenFile, EmptyDocument, ReadingError
from policybot.reading import archives
from policybot.reading.formats import ADVICE, ARCHIVES, OWN, Readers

_MEGABYTE = 1_000_000
_DEFAULT_MAX_BYTES = 200 * _MEGABYTE

IGNORE_FILE = ".policybotignore"
"""At the top of a folder of documents: names that are not documents, one pattern a line."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that is not read, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What lies at a place.

    Attributes:
        files: Name and path of each document, sorted by name. The name is the path below the place with ``/``
            between parts, that of a single file its own; of a file in an archive the archive's name stands in front.
        refused: Documents that are not read, each with the reason.
    """

    files: tuple[tuple[str, Path], ...]
    refused: tuple[Refusal, ...] = ()


def find(root: Path) -> list[tuple[str, Path]]:
    """The documents of ``survey``, archives left out, without what is refused; raises as it does."""
    return list(survey(root).files)


def survey(
    root: Path, *, unpacked: Path | None = None, max_bytes: int = _DEFAULT_MAX_BYTES, readers: Readers = OWN
) -> Survey:
    """All documents below a folder; or the one file, when ``root`` is a file.

    Passed over without a word: hidden files and folders, temporary files of editors (``~$plan.docx``, ``plan.md~``,
    ``plan.tmp``), folders that links lead to, files that are no documents (pictures, programs), and what the folder's
    ``.policybotignore`` names.

    Refused, with the reason: links to files outside of ``root``, pipes and devices, documents in formats that cannot
    be read (``.doc``), archives that cannot be unpacked.

    Args:
        root: A folder, or a file.
        unpacked: Folder into which archives are unpacked, kept from one survey to the next; None leaves archives out.
        max_bytes: Largest file, and largest file in an archive.
        readers: What they can read is a document.

    Raises:
        ReadingError: Nothing is at ``root``, or a folder may not be listed: to pass over an unreadable folder
            would make its documents look deleted.
        UnsupportedFormat: ``root`` is a file that no reader can read.
    """
    if root.is_dir():
        ignored = _ignored(root)
        found = [(_text_name(path.relative_to(root).as_posix()), path) for path in _walk(root, readers)]
        found = [each for each in found if not any(fnmatch.fnmatchcase(each[0], pattern) for pattern in ignored)]
        inside: Path | None = root.resolve()
    elif root.is_file():
        found = [(_text_name(root.name), root)]
        inside = None  # whoever names a link means where it leads
        if root.suffix.lower() not in ARCHIVES or unpacked is None:
            readers.reader_for(root, name=found[0][0])
    else:
        raise ReadingError(f"Nothing to read at {root}: no such file or folder. Check the path.")
    files: list[tuple[str, Path]] = []
    refused: list[Refusal] = []
    for name, path in found:
        reason = _reason(path, name, inside, readers)
        if reason:
            refused.append(Refusal(name, reason))
        elif path.suffix.lower() not in ARCHIVES:
            files.append((name, path))
        elif unpacked is not None:
            try:
                members = archives.unpack(path, name=name, folder=unpacked, max_bytes=max_bytes, readers=readers)
            except ReadingError as exc:
                refused.append(Refusal(name, str(exc)))
                continue
            if not members.files and not members.refused:
                refused.append(
                    Refusal(name, f"{name}: the archive holds no document. Pack documents into it, or remove it.")
                )
            files += members.files
            refused += [Refusal(*each) for each in members.refused]
    return Survey(tuple(sorted(files)), tuple(sorted(refused, key=lambda each: each.name)))


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
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or str(exc)
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


def _ignored(root: Path) -> list[str]:
    """The patterns of the folder's ``.policybotignore``; ``#`` begins a comment line.

    A pattern is a whole name below the folder (``README.md``, ``drafts/plan.md``); ``*`` stands for any characters.

    Raises:
        ReadingError: The file cannot be read: to go on without it would index what its owner keeps out.
    """
    path = root / IGNORE_FILE
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    except (OSError, UnicodeDecodeError) as exc:
        raise ReadingError(f"{path} cannot be read ({exc}). Save it as UTF-8 text, or remove it.") from exc
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _walk(root: Path, readers: Readers) -> Iterator[Path]:
    """Whatever looks like a document by its name."""
    suffixes = readers.suffixes | ARCHIVES | ADVICE.keys()
    for folder, folders, files in os.walk(root, onerror=_refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(folder, name) for name in files if _is_wanted(name, suffixes))


def _is_wanted(name: str, suffixes: Collection[str]) -> bool:
    # "~$plan.docx" is Word's lock file; "plan.md~" and "plan.tmp" fail by their suffix.
    return not name.startswith((".", "~")) and Path(name).suffix.lower() in suffixes


def _reason(path: Path, name: str, inside: Path | None, readers: Readers) -> str:
    """Why a file is not read; empty when nothing speaks against it."""
    try:
        mode = path.stat().st_mode
        is_outside = inside is not None and not path.resolve().is_relative_to(inside)
    except FileNotFoundError:
        # A link that leads nowhere, or a file that went just now.
        return f"{name}: the link leads nowhere. Remove it." if path.is_symlink() else f"{name}: the file vanished."
    except (OSError, RuntimeError) as exc:
        return f"{name}: cannot be looked at ({getattr(exc, 'strerror', None) or exc}). Check its rights."
    if is_outside:
        return f"{name}: the link leads out of the folder. Put the file itself there, or index its folder."
    if not stat.S_ISREG(mode):
        return f"{name}: this is no file but a pipe, a device or a folder of this name. Remove or rename it."
    suffix = path.suffix.lower()
    return "" if suffix in readers.suffixes or suffix in ARCHIVES else str(readers.unsupported(path, name=name))


def _refuse(error: OSError) -> None:
    raise ReadingError(
        f"The folder {error.filename} cannot be listed ({error.strerror}). Allow reading it, or move it away."
    ) from error


def _text_name(name: str) -> str:
    """The name as proper Unicode: bytes that are no UTF-8 come from the system as lone surrogates."""
    return os.fsencode(name).decode("utf-8", "replace")
