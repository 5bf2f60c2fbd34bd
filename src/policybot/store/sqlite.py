"""An SQLite file that the threads of a process share: opened, locked, closed, its errors named."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from policybot.errors import StoreError

BUSY_TIMEOUT_S = 30.0
"""Seconds that a statement waits for another process to finish writing before it fails."""


class SqliteFile:
    """One connection to one file, used by one thread at a time; other processes may read and write beside it.

    Every statement commits by itself unless it is run within ``transaction``. Foreign keys are enforced, and SQL may
    call ``casefold(text)``, since SQLite's own ``lower`` knows no letters beyond ASCII.

    Args:
        path: The file; it and its folder are created when they are missing.
        holds: What is in the file, as error messages call it: ``accounts`` for example.
        schema: Statements run at every opening: ``CREATE … IF NOT EXISTS``.
        wal: Keep a write-ahead log, so that readers and a writer do not wait for each other.
        private: Create the file readable by its owner alone.

    Raises:
        StoreError: The file or its folder cannot be created, opened, read or written. Every method raises it.
    """

    def __init__(self, path: Path, *, holds: str, schema: str = "", wal: bool = True, private: bool = False) -> None:
        self.path = path
        self._holds = holds
        self._lock = threading.RLock()
        with self._named_errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            if private:
                path.touch(mode=0o600, exist_ok=True)
            # Without an isolation level Python opens no transactions of its own.
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=BUSY_TIMEOUT_S)
            if wal:
                self._db.execute("PRAGMA journal_mode = WAL")
                # A power cut may lose the last transactions, never the file.
                self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute("PRAGMA foreign_keys = ON")
            self._db.create_function("casefold", 1, str.casefold, deterministic=True)
            self._db.executescript(schema)

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        """Turn what SQLite and the system raise into a StoreError that names the file and the next step."""
        try:
            yield
        except (sqlite3.Error, OSError) as exc:
            raise StoreError(
                f"The {self._holds} in {self.path} cannot be used: {exc}. Check that the folder exists, is writable "
                "and has free space, or set POLICYBOT_DATA_DIR to another folder."
            ) from exc

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """The connection, for a change that is made whole or not at all, also after a crash; not to be nested."""
        with self.connection() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                # A full disk, for example, has rolled it back already.
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """The connection, while no other thread uses it."""
        with self._lock, self._named_errors():
            yield self._db

    def execute(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Run one statement and commit it; returns how many rows it changed."""
        with self.connection() as db:
            return db.execute(statement, values).rowcount

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query."""
        with self.connection() as db:
            return db.execute(query, values).fetchall()

    def close(self) -> None:
        """Close the file; nothing can be read or written afterwards."""
        with self._lock:
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
