"""The past of the documents, in the catalogue's file: versions kept and pruned, former names, changes, failures.

Functions on the catalogue's connection, inside the transaction of whoever calls them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from policybot.domain import IndexFailure
from policybot.domain.changes import DocumentChange

_CHANGES_KEPT = 1000
"""Changes that can be looked up; older ones are forgotten."""


def now() -> str:
    """The time as the catalogue writes it: ISO, UTC, seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def close_versions(db: sqlite3.Connection, document_id: str) -> None:
    """Note that a document's current version is replaced or gone."""
    at = datetime.now(UTC).isoformat(timespec="microseconds")  # their order tells which are pruned first
    db.execute("UPDATE versions SET replaced_at = ? WHERE document_id = ? AND replaced_at = ''", (at, document_id))


def remember_name(db: sqlite3.Connection, document_id: str, name: str) -> None:
    """Keep finding a document that moves away from this name, as long as nothing else is called so."""
    db.execute("INSERT OR IGNORE INTO former_names VALUES (?, ?)", (name, document_id))


def prune(db: sqlite3.Connection, *, keep: int, keep_days: float) -> int:
    """Remove the texts of old versions beyond the ``keep`` latest of each document, or replaced ``keep_days`` ago.

    Args:
        keep_days: 0 for no limit.

    Returns:
        How many were removed; each is remembered as pruned.
    """
    oldest = (datetime.now(UTC) - timedelta(days=keep_days)).isoformat(timespec="seconds") if keep_days else ""
    rows = db.execute(
        "SELECT document_id, version, name FROM (SELECT document_id, version, name, replaced_at, row_number() OVER "
        "(PARTITION BY document_id ORDER BY replaced_at DESC, version) AS place FROM versions v "
        "WHERE replaced_at <> '' "
        # What was left out may be taken in again, and is listed with its last version.
        "AND NOT EXISTS (SELECT 1 FROM left_out l WHERE l.document_id = v.document_id AND l.version = v.version)) "
        "WHERE place > ? OR replaced_at < ?",
        (keep, oldest),
    ).fetchall()
    at = now()
    db.executemany("INSERT OR REPLACE INTO pruned VALUES (?, ?, ?, ?)", [(*row, at) for row in rows])
    db.executemany("DELETE FROM versions WHERE document_id = ? AND version = ?", [row[:2] for row in rows])
    return len(rows)


def pruned_at(db: sqlite3.Connection, id_or_name: str, version: str | None) -> str:
    """When a version was pruned, or, without one, the last of them; empty when none was."""
    row = db.execute(
        "SELECT max(pruned_at) FROM pruned WHERE (document_id = ?1 OR name = ?1) AND version = coalesce(?2, version)",
        (id_or_name, version),
    ).fetchone()
    return str(row[0] or "")


def add_changes(db: sqlite3.Connection, changes: Iterable[DocumentChange]) -> None:
    """Keep changes; the oldest make room."""
    db.executemany(
        "INSERT INTO changes (document_id, change) VALUES (?, ?)",
        [(change.document_id, json.dumps(asdict(change), ensure_ascii=False)) for change in changes],
    )
    db.execute("DELETE FROM changes WHERE number <= (SELECT max(number) FROM changes) - ?", (_CHANGES_KEPT,))


def changes(db: sqlite3.Connection, *, document_id: str | None, limit: int) -> tuple[DocumentChange, ...]:
    """The latest changes, of one document or of all, the latest first."""
    rows = db.execute(
        "SELECT change FROM changes WHERE document_id = coalesce(?, document_id) ORDER BY number DESC LIMIT ?",
        (document_id, limit),
    )
    return tuple(DocumentChange.of(json.loads(row[0])) for row in rows.fetchall())


def put_failures(db: sqlite3.Connection, root: str, failures: Iterable[IndexFailure]) -> None:
    """Replace what could not be read in a folder."""
    db.execute("DELETE FROM failures WHERE root = ?", (root,))
    db.executemany(
        "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?)", [(root, f.name, f.reason, now()) for f in failures]
    )


def failures(db: sqlite3.Connection) -> tuple[IndexFailure, ...]:
    """What could not be read the last time, by name."""
    rows = db.execute("SELECT name, reason FROM failures ORDER BY name, root").fetchall()
    return tuple(IndexFailure(*row) for row in rows)


def copy(db: sqlite3.Connection, catalogue: str) -> None:
    """Take over what another catalogue remembers of the past: for an index that will replace it."""
    db.execute("ATTACH DATABASE ? AS earlier", (catalogue,))
    try:
        db.execute("BEGIN IMMEDIATE")
        try:
            for table in ("versions", "pruned", "former_names", "changes", "failures", "left_out", "validators"):
                db.execute(f"INSERT OR IGNORE INTO main.{table} SELECT * FROM earlier.{table}")
            db.execute(
                "UPDATE main.versions SET replaced_at = ? WHERE replaced_at = '' AND NOT EXISTS (SELECT 1 FROM "
                "main.documents d WHERE d.id = versions.document_id AND d.version = versions.version)",
                (now(),),
            )
            db.execute("DELETE FROM main.terms WHERE document_id IS NULL")
            db.execute("INSERT INTO main.terms SELECT * FROM earlier.terms WHERE document_id IS NULL")
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
    finally:
        db.execute("DETACH DATABASE earlier")
