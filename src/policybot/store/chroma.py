"""One open Chroma folder: shared within the process, and opened anew when another process has written to it.

Chroma keeps its index of nearest neighbours in memory and does not notice what other processes write: a server would
not find what `policybot index` adds beside it, and would overwrite it with its own next write. So every write leaves a
mark, and whoever finds a mark of another process opens the folder again.
"""

from __future__ import annotations

import fcntl
import logging
import os
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, ClassVar

import chromadb
import numpy as np
from chromadb.config import Settings as ChromaSettings

_LOG = logging.getLogger(__name__)

_REST = 10
_SHORTEST_S = 0.2
"""While another process writes all the time, a reader opens the folder again at most a tenth of its time, and not more
often than five times a second."""

_MARK, _LOCK = "vectors.written", "vectors.lock"


class VectorStore:
    """An open folder ``vectors``; get one with ``VectorStore.of``."""

    _open: ClassVar[dict[Path, VectorStore]] = {}
    # Reentrant: the garbage collector may leave one folder in the midst of the opening of another, in the same thread.
    _guard: ClassVar[threading.RLock] = threading.RLock()
    _process: ClassVar[str] = uuid.uuid4().hex

    def __init__(self, data_dir: Path) -> None:
        self.path = data_dir / "vectors"
        self.lock = threading.RLock()
        self.collections: dict[str, Any] = {}
        self.users = 0
        self._mark_path, self._lock_path = data_dir / _MARK, data_dir / _LOCK
        self._seen = self._mark()
        self._again_at = 0.0
        self._opened = 0
        self._writing = 0
        self.client = self._opened_client()

    @classmethod
    def of(cls, data_dir: Path) -> VectorStore:
        """The store of a data folder, opened if it is not; ``leave`` it at the end."""
        place = data_dir.resolve()
        with cls._guard:
            store = cls._open.get(place)
            if store is not None:
                store.users += 1  # at once: from here on nobody else's leaving closes it
                # A fork has its parent's store and not its threads; a folder that was deleted has another inode.
                if store._owner == os.getpid() and store.path.exists():
                    return store
                store.users -= 1
            opened = cls(place)
            opened.users += 1
            cls._open[place] = opened
            return opened

    def leave(self) -> None:
        """Close the folder when nobody uses it any more."""
        with self._guard:
            self.users -= 1
            if self.users == 0:
                self._close(self.client)
                for place in [place for place, store in self._open.copy().items() if store is self]:
                    self._open.pop(place, None)

    def _opened_client(self) -> Any:
        self._owner = os.getpid()
        self._opened += 1
        # Chroma shares one client among all that spell the folder alike: each opening spells it in its own way.
        spelling = str(self.path) + "/." * (self._opened - 1)
        return chromadb.PersistentClient(path=spelling, settings=ChromaSettings(anonymized_telemetry=False))

    @staticmethod
    def _close(client: Any) -> None:
        client.close()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold the store to read, as up to date as can be had without reading the folder all the time."""
        with self.lock:
            if self._is_foreign() and not self._writing and time.monotonic() >= self._again_at:
                self._reopen()
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store to write: no process reads the folder's files meanwhile, and all notice it afterwards."""
        with self.lock:
            if self._writing:
                yield
                return
            with self._locked(fcntl.LOCK_EX):
                if self._is_foreign():
                    self._reopen(locked=True)
                self._writing += 1
                try:
                    yield
                finally:
                    self._writing -= 1
                    self._leave_mark()

    @contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        with self._lock_path.open("a") as stream:
            fcntl.flock(stream, how)
            yield

    def _mark(self) -> tuple[int, int]:
        try:
            stat = self._mark_path.stat()
        except FileNotFoundError:
            return 0, 0
        return stat.st_ino, stat.st_mtime_ns

    def _is_foreign(self) -> bool:
        """Whether another process has written since the folder was opened."""
        mark = self._mark()
        if mark == self._seen:
            return False
        with suppress(OSError):
            if self._mark_path.read_text(encoding="ascii") == self._process:
                self._seen = mark
                return False
        return True

    def _leave_mark(self) -> None:
        path = self._mark_path.with_suffix(f".{os.getpid()}")
        path.write_text(self._process, encoding="ascii")
        path.replace(self._mark_path)
        self._seen = self._mark()

    def _reopen(self, *, locked: bool = False) -> None:
        """Open the folder again and read all of it, while nobody writes to it."""
        started = time.monotonic()
        with nullcontext() if locked else self._locked(fcntl.LOCK_SH):
            self._seen = self._mark()
            old, self.client = self.client, self._opened_client()
            self.collections.clear()
            for collection in self.client.list_collections():
                probe(self.client, collection.name)
            self._close(old)
        took = time.monotonic() - started
        self._again_at = time.monotonic() + max(_SHORTEST_S, _REST * took)
        _LOG.debug("The vectors in %s were written by another process; read again in %.2f s", self.path, took)


def probe(client: Any, name: str) -> None:
    """Search a collection for anything, so that all of it is read; raises what Chroma raises when it is damaged."""
    collection = client.get_collection(name, embedding_function=None)
    row = collection.get(limit=1, include=["embeddings"])["embeddings"]
    if len(row):
        collection.query(query_embeddings=[np.asarray(row[0], dtype=np.float32)], n_results=1, include=["distances"])
