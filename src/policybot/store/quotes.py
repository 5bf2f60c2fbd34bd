"""Which texts answers have quoted, so that a change of a document can name the answers that lost their ground."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from policybot.domain import Citation
from policybot.domain.changes import LostQuote
from policybot.store.sqlite import SqliteFile

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
        self._file = SqliteFile(data_dir / "quotes.sqlite3", holds="quotes", schema=_SCHEMA)

    def add(self, conversation: str, question: str, citations: Sequence[Citation]) -> None:
        """Note what an answer of a conversation quoted."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with self._file.transaction() as db:
            db.executemany(
                "INSERT INTO quotes (conversation, question, document_id, version, start, end, quote, answered_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(conversation, question, c.document_id, c.version, c.start, c.end, c.quote, at) for c in citations],
            )

    def of(self, document_id: str) -> tuple[LostQuote, ...]:
        """What was quoted from a document, in any version, oldest first."""
        rows = self._file.rows(
            "SELECT conversation, question, quote, version, answered_at FROM quotes WHERE document_id = ? "
            "ORDER BY number",
            (document_id,),
        )
        return tuple(LostQuote(*row) for row in rows)

    def forget(self, conversation: str) -> None:
        """Delete what answers of a conversation quoted."""
        self._file.execute("DELETE FROM quotes WHERE conversation = ?", (conversation,))

    def close(self) -> None:
        """Close the file."""
        self._file.close()
