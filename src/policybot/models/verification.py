"""Which weight files have the bytes they must have, remembered between starts."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
import threading
from pathlib import Path

_log = logging.getLogger(__name__)

_BLOCK = 4 << 20  # 4 MiB read at once

_writing = threading.Lock()


class Verified:
    """The record ``verified.json`` in the cache folder: files whose SHA-256 has been read once.

    A file counts as verified while its size, its time of change and the expected hash are those of the record. A
    record that cannot be read or written costs time, never truth: the file is hashed again at each start.
    """

    def __init__(self, cache_dir: Path) -> None:
        self._path = cache_dir / "verified.json"

    def holds(self, path: Path, sha256: str) -> bool:
        """Whether the record says that the file, as it is now, has this hash."""
        return self._read().get(str(path)) == _fingerprint(path, sha256)

    def remember(self, path: Path, sha256: str) -> None:
        """Write down that the file, as it is now, has this hash."""
        with _writing:
            entries = self._read()
            entries[str(path)] = _fingerprint(path, sha256)
            try:
                _write_atomically(self._path, json.dumps(entries, indent=1, sort_keys=True))
            except OSError as exc:
                _log.warning(
                    "Cannot write %s (%s): weights are hashed again at the next start. "
                    "Set POLICYBOT_CACHE_DIR to a folder that can be written.",
                    self._path,
                    exc,
                )

    def _read(self) -> dict[str, object]:
        try:
            entries = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as exc:
            _log.warning("Cannot read %s (%s): weights are hashed again.", self._path, exc)
            return {}
        if not isinstance(entries, dict):
            _log.warning("%s is not a record of weights: weights are hashed again.", self._path)
            return {}
        return entries


def sha256_of(path: Path) -> str:
    """SHA-256 of the file's bytes, 64 hex digits.

    Raises:
        OSError: The file cannot be read.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _fingerprint(path: Path, sha256: str) -> dict[str, object]:
    stat = path.stat()
    return {"size": stat.st_size, "mtime_ns": stat.st_mtime_ns, "sha256": sha256}


def _write_atomically(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
