"""One indexer at a time for each data folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from policybot.errors import IndexingError, StoreError


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Hold the data folder's indexing lock; the system frees it even after kill -9.

    Raises:
        IndexingError: Another process, or another thread of this one, holds it.
        StoreError: The folder cannot be written.
    """
    path = data_dir / "indexing.lock"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        stream = path.open("a+")
    except OSError as exc:
        raise StoreError(
            f"{path} cannot be written: {exc.strerror}. Make the folder writable, or set POLICYBOT_DATA_DIR."
        ) from exc
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            stream.seek(0)
            raise IndexingError(
                f"Another policybot (process {stream.read().strip() or 'unknown'}) is indexing into "
                f"{data_dir}. Wait until it has finished and run the command again.",
                case="indexing_elsewhere",
            ) from exc
        try:
            stream.truncate(0)
            stream.write(str(os.getpid()))
            stream.flush()
        except OSError as exc:
            raise StoreError(f"{path} cannot be written: {exc.strerror}. Free space on that disk.") from exc
        yield
