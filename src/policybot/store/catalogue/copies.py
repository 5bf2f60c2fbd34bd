"""The same text in several documents: which are copies, what is repeated, and where else a passage stands.

Functions on the catalogue's connection, inside the lock of whoever calls them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from policybot.domain.changes import Boilerplate, Duplicates, SameText

_BOILERPLATE_DOCUMENTS = 3
"""Documents in which a passage must stand to be called boilerplate: what stands in two is a copy, and told as one."""

_BOILERPLATE_LISTED = 50
_BOILERPLATE_CHARACTERS = 40
"""Most such passages that are told, those in most documents first, and the shortest that is worth telling."""

_NAMED = 20
"""Most other documents that a passage names; boilerplate may stand in thousands."""

_LOOKED_AT = 50
"""Passages of one text that are looked at to learn whether many documents hold it: some repeat it in themselves."""


def duplicates(db: sqlite3.Connection) -> Duplicates:
    """Documents of the same text, and passages that stand in several documents which differ otherwise."""
    same = db.execute(
        "SELECT json_group_array(name) FROM documents WHERE text_key <> '' GROUP BY text_key HAVING count(*) > 1"
    ).fetchall()
    # Copies of a document hold its passages again: each text of a document counts once.
    repeated = db.execute(
        "SELECT p.text_key, min(p.number), count(DISTINCT d.text_key) AS many FROM passages p "
        "JOIN documents d ON d.id = p.document_id WHERE p.text_key <> '' AND length(p.text) >= ? "
        "GROUP BY p.text_key HAVING many >= ? ORDER BY many DESC, p.text_key LIMIT ?",
        (_BOILERPLATE_CHARACTERS, _BOILERPLATE_DOCUMENTS, _BOILERPLATE_LISTED),
    ).fetchall()
    passages = []
    for key, number, _ in repeated:
        text = db.execute("SELECT text FROM passages WHERE number = ?", (number,)).fetchone()[0]
        names = db.execute(
            "SELECT DISTINCT d.name FROM passages p JOIN documents d ON d.id = p.document_id WHERE p.text_key = ? "
            "ORDER BY d.name",
            (key,),
        ).fetchall()
        passages.append(Boilerplate(text, tuple(name for (name,) in names)))
    return Duplicates(
        tuple(sorted((SameText(tuple(sorted(json.loads(row[0])))) for row in same), key=_names)), tuple(passages)
    )


def _names(same: SameText) -> tuple[str, ...]:
    return same.names


def copied(db: sqlite3.Connection, passage_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Keys of the passages that are worth showing once: equal keys in two documents mean that one of them is enough.

    A passage has such a key when its whole document is in the index more than once, and when it is boilerplate. One
    that stands in two documents has none: they may be two forms of which only one is the right one.
    """
    rows = db.execute(
        "SELECT p.id, d.text_key, p.text_key, "
        "d.text_key <> '' AND EXISTS (SELECT 1 FROM documents o WHERE o.text_key = d.text_key AND o.id <> d.id), "
        "p.text_key <> '' AND length(p.text) >= ? AND (SELECT count(DISTINCT document_id) FROM "
        "(SELECT document_id FROM passages q WHERE q.text_key = p.text_key LIMIT ?)) >= ? "
        "FROM passages p JOIN documents d ON d.id = p.document_id "
        "WHERE p.id IN (SELECT value FROM json_each(?))",
        (_BOILERPLATE_CHARACTERS, _LOOKED_AT, _BOILERPLATE_DOCUMENTS, json.dumps(list(passage_ids))),
    )
    found = {
        id_: (*([f"document {document}"] if whole else []), *([f"passage {passage}"] if part else []))
        for id_, document, passage, whole, part in rows
    }
    return {id_: keys for id_, keys in found.items() if keys}


def also_in(db: sqlite3.Connection, passage_id: str) -> tuple[str, ...]:
    """Names of the other documents that hold a passage's text, word for word, or all of its document's; 20 at most."""
    rows = db.execute(
        "SELECT o.name FROM passages p JOIN documents d ON d.id = p.document_id "
        "JOIN documents o ON o.text_key = d.text_key AND o.id <> d.id WHERE p.id = ?1 AND d.text_key <> '' "
        "UNION SELECT o.name FROM passages p JOIN passages q ON q.text_key = p.text_key "
        "AND q.document_id <> p.document_id JOIN documents o ON o.id = q.document_id "
        "WHERE p.id = ?1 AND p.text_key <> '' ORDER BY 1 LIMIT ?2",
        (passage_id, _NAMED),
    )
    return tuple(name for (name,) in rows.fetchall())
