"""Documents as the catalogue holds them: one with its text, and lists of all."""

from __future__ import annotations

import json

from policybot.domain import Document, DocumentSummary, Metadata
from policybot.errors import PrunedVersion, UnknownDocument
from policybot.store.catalogue import history
from policybot.store.catalogue.store import Store


def find(store: Store, id_or_name: str, version: str | None = None) -> Document:
    """A document by id or by name, in its current version or in the one asked for.

    A document that was moved is found under its former names, too, unless another one has the name now.

    Raises:
        UnknownDocument: No indexed document has this id or name, or not in this version.
        PrunedVersion: The version was kept for a while and then removed.
    """
    rows = store.rows(
        "SELECT v.document_id, v.name, v.text, v.markup, v.metadata, v.body_start, v.page_starts FROM versions v "
        "LEFT JOIN documents d ON d.id = v.document_id WHERE (v.document_id = ?1 OR v.name = ?1 "
        "OR v.document_id IN (SELECT document_id FROM former_names WHERE name = ?1)) "
        "AND v.version = coalesce(?2, d.version) "
        "ORDER BY v.document_id <> ?1, v.name <> ?1, d.id IS NULL, v.document_id LIMIT 1",
        (id_or_name, version),
    )
    if not rows:
        which = f" in version {version}" if version else ""
        with store.connection() as db:
            pruned = history.pruned_at(db, id_or_name, version)
        if pruned and version:
            raise PrunedVersion(
                f"Version {version} of {id_or_name!r} was removed on {pruned[:10]} at {pruned[11:19]} UTC: old "
                "versions are kept as long as POLICYBOT_KEEP_VERSIONS and POLICYBOT_KEEP_VERSIONS_DAYS say. "
                "Open the document without a version, or raise them for the future."
            )
        raise UnknownDocument(
            f"No indexed document is called {id_or_name!r}{which}. `policybot documents` lists what is indexed."
        )
    id_, name, text, markup, metadata, body_start, page_starts = rows[0]
    return Document(
        id_, name, text, markup, Metadata(**json.loads(metadata)), body_start, tuple(json.loads(page_starts))
    )


def summaries(store: Store) -> tuple[DocumentSummary, ...]:
    """One line for each document, by name."""
    rows = store.rows(
        "SELECT d.id, d.name, v.metadata, d.version, count(p.number), d.indexed_at FROM documents d "
        "JOIN versions v ON v.document_id = d.id AND v.version = d.version "
        "LEFT JOIN passages p ON p.document_id = d.id GROUP BY d.id ORDER BY d.name, d.id"
    )
    return tuple(
        DocumentSummary(id_, name, Metadata(**json.loads(metadata)), version, passages, at)
        for id_, name, metadata, version, passages, at in rows
    )


def left_out(store: Store) -> tuple[DocumentSummary, ...]:
    """The documents that are passed over, by name, as they were last; without passages."""
    rows = store.rows(
        "SELECT l.document_id, l.name, v.metadata, l.version, l.left_out_at FROM left_out l JOIN versions v "
        "ON v.document_id = l.document_id AND v.version = l.version ORDER BY l.name, l.document_id"
    )
    return tuple(
        DocumentSummary(id_, name, Metadata(**json.loads(metadata)), version, 0, at)
        for id_, name, metadata, version, at in rows
    )


def beginnings(store: Store, characters: int) -> dict[str, str]:
    """The first characters of the content of each document, by id, without front matter."""
    rows = store.rows(
        "SELECT d.id, substr(v.text, v.body_start + 1, ?) FROM documents d JOIN versions v "
        "ON v.document_id = d.id AND v.version = d.version",
        (characters,),
    )
    return dict(rows)


def headings(store: Store, limit: int) -> list[tuple[str, str, str, str]]:
    """Document id, title, language and innermost heading of up to ``limit`` sections, by document."""
    rows = store.rows(
        "SELECT DISTINCT p.document_id, v.metadata, p.section FROM passages p JOIN documents d "
        "ON d.id = p.document_id JOIN versions v ON v.document_id = d.id AND v.version = d.version "
        "WHERE p.section <> '[]' ORDER BY d.name, p.ordinal LIMIT ?",
        (limit,),
    )
    return [
        (id_, json.loads(meta)["title"], json.loads(meta)["language"], json.loads(section)[-1])
        for id_, meta, section in rows
    ]
