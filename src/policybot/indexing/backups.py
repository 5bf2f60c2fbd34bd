"""The data folder in one file, verified, and back: ``policybot backup FILE`` and ``policybot restore FILE``."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version as installed_version
from pathlib import Path, PurePosixPath
from typing import Any

from policybot.errors import BackupError
from policybot.indexing.locking import only_one
from policybot.indexing.places import remove_others
from policybot.store.catalogue.format import FORMAT_VERSION

_MANIFEST = "policybot-backup.json"
_LAYOUT = 1
"""Version of the backup file's own form."""

_LEFT_OUT = (".lock", "-wal", "-shm", "-journal", ".new", "chat-history")
"""Ends of names that are no part of a data folder's state: locks, SQLite's own temporary files, a user's input line."""

_REMADE = "unpacked"
"""Folder that indexing makes again by itself: the files of archives."""

_DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What a damaged archive raises: its streams do not unpack, or flipped bits name a method or a lock that it lacks."""

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup file holds.

    Attributes:
        created_at: ISO time, UTC.
        files: How many files.
        bytes: Their size, unpacked.
    """

    created_at: str
    policybot: str
    files: int
    bytes: int


def backup(data_dir: Path, target: Path) -> Backup:
    """Write the data folder into one file: the index, conversations, records and users.

    Chat goes on meanwhile; indexing waits. The file is complete or not there: it is written beside its place first,
    read again, and then renamed. Only its owner may read it, as it holds conversations and password hashes.

    Raises:
        BackupError: There is nothing to back up, or the file cannot be written.
        IndexingError: Another process is indexing.
    """
    if not data_dir.is_dir() or not any(data_dir.glob("**/catalogue.sqlite3")):
        raise BackupError(f"{data_dir} holds no index. Set POLICYBOT_DATA_DIR to the folder that does.")
    beside = target.with_name(f".{target.name}.part")
    try:
        with only_one(data_dir), tempfile.TemporaryDirectory(dir=data_dir, prefix="backup-") as copies:
            remove_others(data_dir)
            target.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                _write(data_dir, Path(copies), stream)
                stream.flush()
                os.fsync(stream.fileno())
        found = verify(beside)
        beside.replace(target)
    except (OSError, sqlite3.Error, zipfile.BadZipFile) as exc:
        beside.unlink(missing_ok=True)
        raise BackupError(f"The backup {target} cannot be written: {exc}. Choose a place with free space.") from exc
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return found


def _write(data_dir: Path, copies: Path, stream: Any) -> None:
    entries = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, path in _state(data_dir, copies):
            source = _settled(path, copies)
            digest, size = _digest(source)
            archive.write(source, name)
            entries.append({"name": name, "bytes": size, "sha256": digest})
        manifest = {
            "layout": _LAYOUT,
            "format": FORMAT_VERSION,
            "policybot": installed_version("policybot"),
            "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "files": entries,
        }
        archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))


def _state(data_dir: Path, copies: Path) -> Iterator[tuple[str, Path]]:
    """The files that make up the data folder's state, with their names below it."""
    for path in sorted(data_dir.rglob("*")):
        if path.is_relative_to(copies) or path.is_relative_to(data_dir / _REMADE):
            continue
        if path.is_file() and not path.name.endswith(_LEFT_OUT):
            yield path.relative_to(data_dir).as_posix(), path


def _settled(path: Path, copies: Path) -> Path:
    """A file that nobody writes to: of a database a copy as of one moment [1], of any other the file itself.

    [1] https://www.sqlite.org/backup.html
    """
    if not path.name.endswith(".sqlite3"):
        return path
    copy = copies / "copy.sqlite3"
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, timeout=30)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
    return copy


def _digest(path: Path) -> tuple[str, int]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return digest, path.stat().st_size


def verify(source: Path) -> Backup:
    """Read all of a backup file and compare each part with the hash that was written with it.

    Raises:
        BackupError: It is no backup, is damaged, or was written by a later policybot.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _manifest(archive, source)
            for entry in manifest["files"]:
                _check(archive, entry, source, into=None)
    except (OSError, *_DAMAGED) as exc:
        raise BackupError(f"{source} cannot be read as a backup: {exc}. Take another copy of it.") from exc
    return _described(manifest)


def restore(source: Path, data_dir: Path, *, replace: bool = False) -> Backup:
    """Put a backup back. Everything is verified before anything is touched.

    Args:
        data_dir: Where to. A folder that holds something is kept under another name beside it.
        replace: Whether a folder that holds something may be set aside.

    Raises:
        BackupError: The file is damaged or of a later policybot, the folder holds something, or cannot be written.
        IndexingError: Another process is indexing into the folder.
    """
    found = verify(source)
    holds = data_dir.is_dir() and any(path.name != "indexing.lock" for path in data_dir.iterdir())
    if holds and not replace:
        raise BackupError(
            f"{data_dir} is not empty. Restore with --replace, which keeps it under another name, or set "
            "POLICYBOT_DATA_DIR to another folder."
        )
    at = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    beside = data_dir.with_name(f"{data_dir.name}.restoring-{at}")
    try:
        with only_one(data_dir):
            beside.mkdir(parents=True)
            with zipfile.ZipFile(source) as archive:
                for entry in _manifest(archive, source)["files"]:
                    _check(archive, entry, source, into=beside)
            data_dir.rename(data_dir.with_name(f"{data_dir.name}.before-{at}"))
            beside.rename(data_dir)
    except OSError as exc:
        shutil.rmtree(beside, ignore_errors=True)
        raise BackupError(
            f"{data_dir} cannot be replaced: {exc}. Free space, or set POLICYBOT_DATA_DIR to a folder that can be "
            "renamed: one that a disk is mounted on cannot."
        ) from exc
    if not holds:
        shutil.rmtree(data_dir.with_name(f"{data_dir.name}.before-{at}"), ignore_errors=True)
    return found


def _manifest(archive: zipfile.ZipFile, source: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(archive.read(_MANIFEST))
        layout, form, files = int(manifest["layout"]), int(manifest["format"]), manifest["files"]
        for name in ("created_at", "policybot"):
            str(manifest[name])
    except (KeyError, ValueError, TypeError) as exc:
        raise BackupError(f"{source} is no backup of policybot. `policybot backup FILE` writes one.") from exc
    if layout > _LAYOUT or form > FORMAT_VERSION:
        raise BackupError(
            f"{source} was written by policybot {manifest['policybot']} with format {form}; this one knows formats up "
            f"to {FORMAT_VERSION}. Install that version to restore it."
        )
    for entry in files:
        place = PurePosixPath(str(entry["name"]))
        if place.is_absolute() or ".." in place.parts or not place.parts:
            raise BackupError(f"{source} names {place}, which lies outside of a data folder. It is no backup.")
    return manifest


def _check(archive: zipfile.ZipFile, entry: dict[str, Any], source: Path, *, into: Path | None) -> None:
    """Compare one file with its hash, and unpack it when there is a place for it."""
    digest, size = hashlib.sha256(), 0
    path = None if into is None else into / entry["name"]
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with archive.open(str(entry["name"])) as packed, open(path or os.devnull, "wb") as unpacked:  # noqa: PTH123
            while (chunk := packed.read(_CHUNK)) and size <= int(entry["bytes"]):
                digest.update(chunk)
                size += len(chunk)
                unpacked.write(chunk)
            unpacked.flush()
            if path is not None:
                os.fsync(unpacked.fileno())
    except (KeyError, ValueError, *_DAMAGED) as exc:
        raise BackupError(f"{entry['name']} in {source} is damaged: {exc}. Take another copy of the backup.") from exc
    if (size, digest.hexdigest()) != (entry["bytes"], entry["sha256"]):
        raise BackupError(f"{entry['name']} in {source} is not what was backed up. Take another copy of the backup.")


def _described(manifest: dict[str, Any]) -> Backup:
    files = manifest["files"]
    return Backup(
        manifest["created_at"], manifest["policybot"], len(files), sum(int(entry["bytes"]) for entry in files)
    )
