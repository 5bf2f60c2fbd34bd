"""How documents come into the catalogue and go: functions on its connection, inside the caller's transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import asdict

from policybot.domain import Document, Passage
from policybot.store.catalogue import history
from policybot.store.catalogue.records import FileState
from policybot.store.catalogue.tokens import passage_tokens
from policybot.store.sameness import content_key, document_key, text_key
from policybot.text.glossary import terms_in


def forget(db: sqlite3.Connection, document_id: str, *, but: Collection[str] = ()) -> None:
    """Forget a document; the passages ``but`` stay, as it is about to come back with them."""
    for (name,) in db.execute("SELECT name FROM documents WHERE id = ?", (document_id,)).fetchall():
        history.remember_name(db, document_id, name)
    history.close_versions(db, document_id)
    gone = "(SELECT number FROM passages WHERE document_id = ?1 AND id NOT IN (SELECT value FROM json_each(?2)))"
    values = (document_id, json.dumps(sorted(but)))
    db.execute(f"DELETE FROM keywords WHERE rowid IN {gone}", values)
    db.execute(f"DELETE FROM passages WHERE number IN {gone}", values)
    db.execute("DELETE FROM terms WHERE document_id = ?", (document_id,))
    if not but:
        db.execute("DELETE FROM documents WHERE id = ?", (document_id,))


def insert(
    db: sqlite3.Connection, document: Document, passages: Sequence[Passage], state: FileState, root: str
) -> None:
    """Add a document with its passages, or bring the one that is there up to date."""
    db.execute(
        "INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, '')",
        (
            document.id, document.version, document.name, document.text, document.markup,
            document.body_start, json.dumps(document.page_starts), json.dumps(asdict(document.metadata)),
        ),
    )  # fmt: skip
    db.execute(
        # Not REPLACE, which would delete the document first, and its passages with it.
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "root = excluded.root, name = excluded.name, version = excluded.version, file_hash = excluded.file_hash, "
        "file_size = excluded.file_size, file_mtime_ns = excluded.file_mtime_ns, recipe = excluded.recipe, "
        "indexed_at = excluded.indexed_at, text_key = excluded.text_key",
        (
            document.id, root, document.name, document.version, state.file_hash, state.file_size,
            state.file_mtime_ns, state.recipe, history.now(), document_key(document),
        ),
    )  # fmt: skip
    db.execute("DELETE FROM pruned WHERE document_id = ? AND version = ?", (document.id, document.version))
    kept = {row[0] for row in db.execute("SELECT id FROM passages WHERE document_id = ?", (document.id,))}
    # A passage's id holds its heading and text: one that is there has its keywords, and only moves.
    db.executemany(
        "UPDATE passages SET ordinal = ?, start = ?, end = ?, page = ? WHERE id = ?",
        [(p.ordinal, p.start, p.end, p.page, p.id) for p in passages if p.id in kept],
    )
    for p in passages:
        if p.id in kept:
            continue
        number = db.execute(
            "INSERT INTO passages (id, document_id, ordinal, start, end, section, page, language, text, "
            "content_key, text_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                p.id, p.document_id, p.ordinal, p.start, p.end, json.dumps(p.section), p.page, p.language, p.text,
                content_key(p), text_key(p.text),
            ),
        ).lastrowid  # fmt: skip
        db.execute("INSERT INTO keywords (rowid, tokens) VALUES (?, ?)", (number, passage_tokens(p)))
    db.executemany(
        "INSERT INTO terms VALUES (?, ?, ?, ?)",
        [(document.id, root, term.en, term.zh) for term in sorted(terms_in(document.text))],
    )
