"""Which texts answers have quoted, so that a change of a document can name the answers that lost their ground."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from policybot.domain import Citation
from policybot.domain.changes import LostQuote
from policybot.errors import StoreError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS quotes (number INTEGER PRIMARY KEY, conversation TEXT NOT NULL, question TEXT NOT NULL,
    document_id TEXT NOT NULL, version TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    quote TEXT NOT NULL, answered_at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS quotes_by_document ON quotes (document_id);
CREATE INDEX IF NOT EXISTS quotes_by_conversation ON quotes (conversation);
"""


class QuoteRecords:
    """The SQLite file ``quotes.sqlite3`` in the data folder: what answers of conversations have quoted.

    It stands beside the catalogue, whose every write makes searching read anew.

    Raises:
        StoreError: The file cannot be created, opened, read or written.
    """

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "quotes.sqlite3"
        self._lock = threading.RLock()
        with self._translated():
            data_dir.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self._path, check_same_thread=False, timeout=30)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.executescript(_SCHEMA)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            with self._lock:
                yield
        except (sqlite3.Error, OSError) as exc:
            raise StoreError(
                f"The quotes in {self._path} cannot be used: {exc}. Check that the folder is writable and has free "
                "space, or set POLICYBOT_DATA_DIR to another one."
            ) from exc

    def add(self, conversation: str, question: str, citations: Sequence[Citation]) -> None:
        """Note what an answer of a conversation quoted."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with self._translated(), self._db:
            self._db.executemany(
                "INSERT INTO quotes (conversation, question, document_id, version, start, end, quote, answered_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(conversation, question, c.document_id, c.version, c.start, c.end, c.quote, at) for c in citations],
            )

    def of(self, document_id: str) -> tuple[LostQuote, ...]:
        """What was quoted from a document, in any version, oldest first."""
        with self._translated():
            rows = self._db.execute(
                "SELECT conversation, question, quote, version, answered_at FROM quotes WHERE document_id = ? "
                "ORDER BY number",
                (document_id,),
            ).fetchall()
        return tuple(LostQuote(*row) for row in rows)

    def forget(self, conversation: str) -> None:
        """Delete what answers of a conversation quoted."""
        with self._translated(), self._db:
            self._db.execute("DELETE FROM quotes WHERE conversation = ?", (conversation,))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()
