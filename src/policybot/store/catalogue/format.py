"""The catalogue's tables, and how those of an earlier format become today's."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from policybot.domain import Document, Metadata, Passage
from policybot.language.script import fold_script
from policybot.store.catalogue.tokens import passage_tokens
from policybot.store.sameness import content_key, document_key, text_key

FORMAT_VERSION = 4
"""Version of the tables below; a catalogue of a later version is refused, not misread."""

_FIRST = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, root TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL,
    file_hash TEXT NOT NULL, file_size INTEGER NOT NULL, file_mtime_ns INTEGER NOT NULL,
    recipe TEXT NOT NULL, indexed_at TEXT NOT NULL);
CREATE INDEX documents_by_root ON documents (root);
CREATE TABLE versions (
    document_id TEXT NOT NULL, version TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, markup TEXT NOT NULL,
    body_start INTEGER NOT NULL, page_starts TEXT NOT NULL, metadata TEXT NOT NULL,
    PRIMARY KEY (document_id, version)) WITHOUT ROWID;
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, section TEXT NOT NULL, page INTEGER,
    language TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX passages_by_document ON passages (document_id, ordinal);
CREATE INDEX passages_by_language ON passages (language);
CREATE VIRTUAL TABLE keywords USING fts5 (tokens, tokenize = "unicode61 remove_diacritics 0 tokenchars '.'");
CREATE VIRTUAL TABLE keyword_counts USING fts5vocab (keywords, 'row');
"""

_TERMS = """
CREATE TABLE terms (
    document_id TEXT REFERENCES documents (id) ON DELETE CASCADE, root TEXT NOT NULL, en TEXT NOT NULL,
    zh TEXT NOT NULL);
CREATE INDEX terms_by_document ON terms (document_id);
"""
"""Format 2: names in both languages, each from a document or, without one, from the owner's glossary."""

_HISTORY = """
ALTER TABLE documents ADD COLUMN text_key TEXT NOT NULL DEFAULT '';
ALTER TABLE versions ADD COLUMN replaced_at TEXT NOT NULL DEFAULT '';
ALTER TABLE passages ADD COLUMN content_key TEXT NOT NULL DEFAULT '';
ALTER TABLE passages ADD COLUMN text_key TEXT NOT NULL DEFAULT '';
CREATE INDEX documents_by_text ON documents (text_key);
CREATE INDEX passages_by_content ON passages (content_key);
CREATE INDEX passages_by_text ON passages (text_key);
CREATE TABLE pruned (
    document_id TEXT NOT NULL, version TEXT NOT NULL, name TEXT NOT NULL, pruned_at TEXT NOT NULL,
    PRIMARY KEY (document_id, version)) WITHOUT ROWID;
CREATE TABLE former_names (
    name TEXT NOT NULL, document_id TEXT NOT NULL, PRIMARY KEY (name, document_id)) WITHOUT ROWID;
CREATE TABLE changes (number INTEGER PRIMARY KEY, document_id TEXT NOT NULL, change TEXT NOT NULL);
CREATE TABLE failures (
    root TEXT NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL, failed_at TEXT NOT NULL,
    PRIMARY KEY (root, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS left_out (
    document_id TEXT PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, left_out_at TEXT NOT NULL);
CREATE TABLE validators (
    address TEXT NOT NULL, page TEXT NOT NULL, etag TEXT NOT NULL, last_modified TEXT NOT NULL,
    PRIMARY KEY (address, page)) WITHOUT ROWID;
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
"""Format 3: when a version was replaced or pruned, former names, what changed, what failed, what is there twice.

``validators``: what servers said about pages, to ask for newer ones only.
``left_out``: documents that indexing passes over though their files are there."""


def migrate(db: sqlite3.Connection, version: int) -> None:
    """Bring the tables from the format ``version`` (0: there are none) to today's, inside the caller's transaction."""
    steps: tuple[tuple[str, Callable[[sqlite3.Connection], None] | None], ...] = (
        (_FIRST, None),
        (_TERMS, None),
        (_HISTORY, _fill_history),
        ("", _fold_script),  # Format 4: keywords and keys of texts in one script.
    )
    for statements, fill in steps[version:]:
        for statement in statements.split(";\n"):
            if statement.strip():
                db.execute(statement)
        if fill is not None:
            fill(db)
    db.execute(f"PRAGMA user_version = {FORMAT_VERSION}")


def _fill_history(db: sqlite3.Connection) -> None:
    """Work out for what an earlier policybot indexed what format 3 adds."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    db.execute(
        "UPDATE versions SET replaced_at = ? WHERE NOT EXISTS (SELECT 1 FROM documents d "
        "WHERE d.id = versions.document_id AND d.version = versions.version)",
        (now,),
    )
    for id_, document in _current(db):
        db.execute("UPDATE documents SET text_key = ? WHERE id = ?", (document_key(document), id_))
    for number, passage in _passages(db):
        db.execute(
            "UPDATE passages SET content_key = ?, text_key = ? WHERE number = ?",
            (content_key(passage), text_key(passage.text), number),
        )


def _fold_script(db: sqlite3.Connection) -> None:
    """Work out anew what the catalogue keeps of texts that are not in the one script in which texts are matched."""
    for id_, document in _current(db):
        if _is_folded(document.text):
            db.execute("UPDATE documents SET text_key = ? WHERE id = ?", (document_key(document), id_))
    for number, passage in _passages(db):
        if _is_folded(passage.text_with_heading):
            db.execute("UPDATE keywords SET tokens = ? WHERE rowid = ?", (passage_tokens(passage), number))
            db.execute("UPDATE passages SET text_key = ? WHERE number = ?", (text_key(passage.text), number))


def _is_folded(text: str) -> bool:
    """Whether a text is matched by other characters than it is written with."""
    return fold_script(text) != text


def _current(db: sqlite3.Connection) -> Iterator[tuple[str, Document]]:
    """The documents as they are indexed, with their ids."""
    rows = db.execute(
        "SELECT d.id, v.name, v.text, v.markup, v.metadata, v.body_start FROM documents d "
        "JOIN versions v ON v.document_id = d.id AND v.version = d.version"
    )
    for id_, name, text, markup, metadata, body_start in rows.fetchall():
        yield id_, Document(id_, name, text, markup, Metadata(**json.loads(metadata)), body_start)


def _passages(db: sqlite3.Connection) -> Iterator[tuple[int, Passage]]:
    """The passages with what their keywords and keys are made of, and their numbers."""
    titles = {id_: document.metadata.title for id_, document in _current(db)}
    rows = db.execute("SELECT number, document_id, section, language, text FROM passages").fetchall()
    for number, id_, section, language, text in rows:
        title = titles.get(id_, "")
        yield number, Passage("", id_, "", title, text, 0, 0, tuple(json.loads(section)), None, language, 0)
