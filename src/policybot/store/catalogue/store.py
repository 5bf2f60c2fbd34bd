"""The catalogue's SQLite file: one connection for all threads, transactions, and what was read since the last write."""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from policybot.errors import StoreError
from policybot.store.catalogue.format import FORMAT_VERSION, migrate

_REMEMBERED = 512
"""Results of reading kept while nothing is written, for questions that are asked in several ways."""

T = TypeVar("T")


class Store:
    """The file, opened; other processes read and write beside it (WAL).

    Raises:
        StoreError: The file or its folder cannot be created, opened, read or written, or is of a later format.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._writes = 0
        self._remembered: OrderedDict[Hashable, Any] = OrderedDict()
        self._remembered_at = (-1, -1)
        with self._translated():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
            self._db.execute("PRAGMA journal_mode = WAL")
            # A power cut may lose the last transactions, never the file: the next index run makes them again.
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute("PRAGMA foreign_keys = ON")
            # SQLite's own lower() knows no letters beyond ASCII.
            self._db.create_function("casefold", 1, str.casefold, deterministic=True)
            self._migrate()
            # Not in the file: it is only a view of the keyword index, by the places where a word stands.
            self._db.execute("CREATE VIRTUAL TABLE temp.keyword_places USING fts5vocab (main, keywords, instance)")

    def _migrate(self) -> None:
        with self.transaction() as db:
            version = int(db.execute("PRAGMA user_version").fetchone()[0])
            if version > FORMAT_VERSION:
                raise StoreError(
                    f"{self.path} has format {version}; this policybot knows formats up to {FORMAT_VERSION}. "
                    "Install the newer policybot that wrote it, or set POLICYBOT_DATA_DIR to another folder."
                )
            migrate(db, version)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn what SQLite and the system raise into a StoreError that names the file and the next step."""
        try:
            yield
        except (sqlite3.Error, OSError) as exc:
            raise StoreError(
                f"The catalogue {self.path} cannot be used: {exc}. Check that the folder exists, is writable and "
                "has free space, or set POLICYBOT_DATA_DIR to another folder."
            ) from exc

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """The connection for a change that is made whole or not at all, for readers and after a crash alike."""
        with self._lock, self._translated():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
            self._writes += 1

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """The connection, for whoever reads more than a query, alone."""
        with self._lock, self._translated():
            yield self._db

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query."""
        with self.connection() as db:
            return db.execute(query, values).fetchall()

    def state(self) -> tuple[int, int]:
        """Differs from every earlier one as soon as this process or another has written to the catalogue."""
        # The pragma's number changes when another connection has written, not when this one has [1].
        # [1] https://www.sqlite.org/pragma.html#pragma_data_version
        with self._lock:
            return int(self.rows("PRAGMA data_version")[0][0]), self._writes

    def once(self, key: Hashable, read: Callable[[], T]) -> T:
        """What was read under this key since the last write, by this process or another; else what is read now."""
        with self._lock:
            written = self.state()
            if written != self._remembered_at:
                self._remembered.clear()
                self._remembered_at = written
            if key not in self._remembered:
                self._remembered[key] = read()
                if len(self._remembered) > _REMEMBERED:
                    self._remembered.popitem(last=False)
            self._remembered.move_to_end(key)
            found: T = self._remembered[key]
            return found

    def written(self) -> None:
        """Note a change that was made within ``connection``."""
        with self._lock:
            self._writes += 1

    def close(self) -> None:
        """Close the file; nothing can be read or written afterwards."""
        with self._lock:
            self._db.close()
