"""The catalogue's SQLite file, with what was read since the last write."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from policybot.errors import StoreError
from policybot.store.catalogue.format import FORMAT_VERSION, migrate
from policybot.store.sqlite import SqliteFile

_REMEMBERED = 512
"""Results of reading kept while nothing is written, for questions that are asked in several ways."""

T = TypeVar("T")


class Store(SqliteFile):
    """The file, opened.

    Raises:
        StoreError: The file or its folder cannot be created, opened, read or written, or is of a later format.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, holds="catalogue")
        self._writes = 0
        self._remembered: OrderedDict[Hashable, Any] = OrderedDict()
        self._remembered_at = (-1, -1)
        self._migrate()
        # Not in the file: it is only a view of the keyword index, by the places where a word stands.
        self.execute("CREATE VIRTUAL TABLE temp.keyword_places USING fts5vocab (main, keywords, instance)")

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
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """The connection for a change that is made whole or not at all, for readers and after a crash alike."""
        with self._lock:
            with super().transaction() as db:
                yield db
            self.written()

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
        """Note a change, which makes ``once`` read again."""
        with self._lock:
            self._writes += 1
