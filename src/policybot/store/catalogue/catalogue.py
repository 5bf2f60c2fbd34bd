"""The truth: documents, their versions, passages and the keyword index, in one SQLite file.

One transaction is one change of the truth: readers see a document's old passages or its new ones, never half.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Self

from policybot.domain import Document, DocumentSummary, Filter, IndexFailure, Passage, told_apart
from policybot.domain.changes import DocumentChange, Duplicates
from policybot.store.catalogue import copies, history
from policybot.store.catalogue import documents as documents_of
from policybot.store.catalogue.filtering import allowed_by
from policybot.store.catalogue.keywords import Keywords, among_documents
from policybot.store.catalogue.passages import Passages
from policybot.store.catalogue.records import FileState, PassageRecord
from policybot.store.catalogue.store import Store
from policybot.store.catalogue.writing import forget, insert
from policybot.text.contrasts import Contrasts, NameSets, from_json, merged, to_json
from policybot.text.glossary import Glossary, Term, shipped_terms
from policybot.text.places import Places

_CONTRASTS_OF = "contrasts of "
"""Keys of ``about`` under which the owner's contrasts stand, each with its folder: an earlier policybot passes over
them, which a table of their own would keep it from."""

_PLACES_OF = "places of "
"""Likewise the owner's places and issuers."""


class Catalogue:
    """The SQLite file ``catalogue.sqlite3`` in the data folder.

    One connection for all threads, behind a lock; other processes read and write beside it (WAL).

    Raises:
        StoreError: The file or its folder cannot be created, opened, read or written, or is of a later format.
    """

    def __init__(self, data_dir: Path) -> None:
        self._store = Store(data_dir / "catalogue.sqlite3")
        self._keywords = Keywords(self._store)
        self._passages = Passages(self._store)

    @property
    def path(self) -> Path:
        """The file."""
        return self._store.path

    def state(self) -> tuple[int, int]:
        """Differs from every earlier one as soon as this process or another has written to the catalogue."""
        return self._store.state()

    # Writing

    def put(
        self,
        documents: Iterable[tuple[Document, Sequence[Passage], FileState]],
        *,
        root: str,
        changes: Iterable[DocumentChange] = (),
    ) -> None:
        """Add the documents with their passages, or replace them, and note what changed, in one transaction."""
        with self._store.transaction() as db:
            for document, passages, state in documents:
                forget(db, document.id, but={passage.id for passage in passages})
                insert(db, document, passages, state, root)
            history.add_changes(db, changes)

    def remove(self, document_ids: Iterable[str], *, changes: Iterable[DocumentChange] = ()) -> None:
        """Forget documents and their passages, in one transaction; their texts stay readable by version."""
        with self._store.transaction() as db:
            for document_id in document_ids:
                forget(db, document_id)
            history.add_changes(db, changes)

    def leave_out(self, document_id: str) -> None:
        """Forget a document and pass over its file from now on, in one transaction."""
        with self._store.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO left_out SELECT id, name, version, ? FROM documents WHERE id = ?",
                (history.now(), document_id),
            )
            forget(db, document_id)

    def restore(self, document_id: str) -> None:
        """Let indexing take a document in again that was left out."""
        with self._store.transaction() as db:
            db.execute("DELETE FROM left_out WHERE document_id = ?", (document_id,))

    def put_terms(self, terms: Iterable[Term], *, root: str) -> None:
        """Replace the owner's terms of a folder, in one transaction."""
        with self._store.transaction() as db:
            db.execute("DELETE FROM terms WHERE root = ? AND document_id IS NULL", (root,))
            db.executemany("INSERT INTO terms VALUES (NULL, ?, ?, ?)", [(root, t.en, t.zh) for t in sorted(terms)])

    def put_contrasts(self, sets: NameSets, *, root: str) -> None:
        """Replace the owner's names of a folder that exclude each other, in one transaction."""
        self._put_names(_CONTRASTS_OF + root, sets)

    def put_places(self, sets: NameSets, *, root: str) -> None:
        """Replace the owner's places and issuers of a folder, in one transaction."""
        self._put_names(_PLACES_OF + root, sets)

    def _put_names(self, key: str, sets: NameSets) -> None:
        with self._store.transaction() as db:
            db.execute("DELETE FROM about WHERE key = ?", (key,))
            if sets:
                db.execute("INSERT INTO about VALUES (?, ?)", (key, to_json(sets)))

    def touch(self, states: Iterable[FileState]) -> None:
        """Note new sizes and times of files whose content is as it was."""
        with self._store.transaction() as db:
            db.executemany(
                "UPDATE documents SET file_size = ?, file_mtime_ns = ? WHERE id = ?",
                [(state.file_size, state.file_mtime_ns, state.document_id) for state in states],
            )

    def put_failures(self, root: str, failures: Iterable[IndexFailure]) -> None:
        """Replace what could not be read in a folder the last time."""
        with self._store.transaction() as db:
            history.put_failures(db, root, failures)

    def put_validators(self, address: str, validators: Mapping[str, tuple[str, str]]) -> None:
        """Replace what servers said about the pages of an address: ``ETag`` and ``Last-Modified`` of each."""
        with self._store.transaction() as db:
            db.execute("DELETE FROM validators WHERE address = ?", (address,))
            db.executemany(
                "INSERT INTO validators VALUES (?, ?, ?, ?)",
                [(address, page, etag, modified) for page, (etag, modified) in validators.items()],
            )

    def prune(self, *, keep: int, keep_days: float) -> int:
        """Remove the texts of old versions that are too many or too old; see ``history.prune``."""
        with self._store.transaction() as db:
            return history.prune(db, keep=keep, keep_days=keep_days)

    def describe(self, **values: str) -> None:
        """Note how the index was made: which models, which recipe."""
        with self._store.transaction() as db:
            db.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", list(values.items()))

    def take_over(self, earlier: Path) -> None:
        """Take over the past that the catalogue file ``earlier`` remembers: this one will replace it."""
        with self._store.connection() as db:
            history.copy(db, str(earlier))
        self._store.written()

    # Reading

    def owner_terms(self, root: str) -> frozenset[Term]:
        """The owner's terms of a folder."""
        rows = self._store.rows("SELECT en, zh FROM terms WHERE root = ? AND document_id IS NULL", (root,))
        return frozenset(Term(*row) for row in rows)

    def owner_contrasts(self, root: str) -> NameSets:
        """The owner's names of a folder that exclude each other."""
        return self._names(_CONTRASTS_OF + root)

    def owner_places(self, root: str) -> NameSets:
        """The owner's places and issuers of a folder."""
        return self._names(_PLACES_OF + root)

    def _names(self, key: str) -> NameSets:
        rows = self._store.rows("SELECT value FROM about WHERE key = ?", (key,))
        return from_json(rows[0][0]) if rows else {}

    def validators(self, address: str) -> dict[str, tuple[str, str]]:
        """``ETag`` and ``Last-Modified`` of the pages that an address led to, by their addresses."""
        rows = self._store.rows("SELECT page, etag, last_modified FROM validators WHERE address = ?", (address,))
        return {page: (etag, modified) for page, etag, modified in rows}

    def about(self) -> dict[str, str]:
        """How the index was made, as ``describe`` noted."""
        rows = self._store.rows(
            "SELECT key, value FROM about WHERE key NOT LIKE ? || '%' AND key NOT LIKE ? || '%'",
            (_CONTRASTS_OF, _PLACES_OF),
        )
        return dict(rows)

    def failures(self) -> tuple[IndexFailure, ...]:
        """What could not be read the last time, by name."""
        with self._store.connection() as db:
            return history.failures(db)

    def changes(self, *, document_id: str | None = None, limit: int = 100) -> tuple[DocumentChange, ...]:
        """The latest changes, of one document or of all, the latest first."""
        with self._store.connection() as db:
            return history.changes(db, document_id=document_id, limit=limit)

    def duplicates(self) -> Duplicates:
        """What is in the index more than once."""
        with self._store.connection() as db:
            return copies.duplicates(db)

    def copied(self, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Keys of those of the passages that are worth showing once; see ``copies.copied``."""
        with self._store.connection() as db:
            return copies.copied(db, ids)

    def also_in(self, passage_id: str) -> tuple[str, ...]:
        """Names of the other documents that hold a passage's text, or all of its document's; 20 at most."""

        def read() -> tuple[str, ...]:
            with self._store.connection() as db:
                return copies.also_in(db, passage_id)

        return self._store.once(("also in", passage_id), read)

    def same_content(self, keys: Sequence[str]) -> dict[str, str]:
        """Ids of the passages with these content keys, each with its key."""
        found: dict[str, str] = {}
        for offset in range(0, len(keys), 500):
            chunk = list(keys[offset : offset + 500])
            marks = ", ".join("?" * len(chunk))
            found.update(
                self._store.rows(f"SELECT id, content_key FROM passages WHERE content_key IN ({marks})", chunk)
            )
        return found

    def passages_of(self, document_id: str) -> list[PassageRecord]:
        """A document's passages in the order of its text."""
        rows = self._store.rows("SELECT id FROM passages WHERE document_id = ? ORDER BY ordinal", (document_id,))
        records = self.passages([row[0] for row in rows])
        return [records[row[0]] for row in rows if row[0] in records]

    def is_taken(self, document_id: str) -> bool:
        """Whether a document has this id."""
        return bool(self._store.rows("SELECT 1 FROM documents WHERE id = ?", (document_id,)))

    def files(self, root: str) -> dict[str, FileState]:
        """State of each file indexed from this folder, by document id."""
        rows = self._store.rows(
            "SELECT id, name, file_hash, file_size, file_mtime_ns, recipe FROM documents WHERE root = ?", (root,)
        )
        return {row[0]: FileState(*row) for row in rows}

    def left_out(self) -> tuple[DocumentSummary, ...]:
        """The documents that are passed over, by name, as they were last; without passages."""
        return documents_of.left_out(self._store)

    def file_of(self, document_id: str) -> tuple[str, FileState] | None:
        """The folder or file that a document was indexed from, and what its file was; None for an unknown id."""
        rows = self._store.rows(
            "SELECT root, id, name, file_hash, file_size, file_mtime_ns, recipe FROM documents WHERE id = ?",
            (document_id,),
        )
        return (rows[0][0], FileState(*rows[0][1:])) if rows else None

    def roots(self) -> list[str]:
        """The folders and files that documents were indexed from, sorted."""
        return [row[0] for row in self._store.rows("SELECT DISTINCT root FROM documents ORDER BY root")]

    def counts(self) -> tuple[int, int]:
        """How many documents and passages there are."""
        query = "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages)"
        row = self._store.once("counts", lambda: self._store.rows(query)[0])
        return int(row[0]), int(row[1])

    def languages(self, documents: Collection[str] | None = None) -> list[str]:
        """Languages of the passages, or of those of some documents, the most frequent first."""
        return list(self.passage_counts(documents))

    def passage_counts(self, documents: Collection[str] | None = None) -> dict[str, int]:
        """How many passages there are in each language, or among those of some documents, the most frequent first."""
        where, values = among_documents(documents)
        query = f"SELECT language, count(*) FROM passages WHERE {where} GROUP BY language ORDER BY 2 DESC, language"
        return dict(self._store.once(("languages", *values), lambda: self._store.rows(query, values)))

    def matching(self, wanted: Filter) -> frozenset[str]:
        """Ids of the documents that a filter allows."""
        where, values = allowed_by(wanted)
        rows = self._store.rows(
            "SELECT d.id FROM documents d JOIN versions v ON v.document_id = d.id AND v.version = d.version "
            f"WHERE {where}",
            values,
        )
        return frozenset(row[0] for row in rows)

    def summaries(self) -> tuple[DocumentSummary, ...]:
        """One line for each document, by name."""
        return self._store.once("summaries", lambda: documents_of.summaries(self._store))

    def apart(self, document_id: str) -> str:
        """What tells a document apart from others with its title; empty where no other has it."""
        found = self._store.once("apart", lambda: told_apart(self.summaries()))
        return found.get(document_id, "")

    def beginnings(self, *, characters: int) -> dict[str, str]:
        """The first characters of the content of each document, by id."""
        return documents_of.beginnings(self._store, characters)

    def headings(self, limit: int) -> list[tuple[str, str, str, str]]:
        """Document id, title, language and innermost heading of up to ``limit`` sections, by document."""
        return documents_of.headings(self._store, limit)

    def document(self, id_or_name: str, version: str | None = None) -> Document:
        """A document by id or by name, in its current version or in the one asked for.

        A document that was moved is found under its former names, too, unless another one has the name now.

        Raises:
            UnknownDocument: No indexed document has this id or name, or not in this version.
            PrunedVersion: The version was kept for a while and then removed.
        """
        return documents_of.find(self._store, id_or_name, version)

    def passage_ids(self, language: str | None = None, documents: Collection[str] | None = None) -> set[str]:
        """Ids of all passages, or of those in one language or of some documents."""
        where, values = among_documents(documents)
        if language is not None:
            where, values = f"{where} AND language = ?", [*values, language]
        return {row[0] for row in self._store.rows(f"SELECT id FROM passages WHERE {where}", values)}

    def passages(self, ids: Sequence[str]) -> dict[str, PassageRecord]:
        """The passages with these ids; an id that the catalogue does not know is missing from the result."""
        return self._passages.by_id(ids)

    def contrasts(self) -> Contrasts:
        """Words that exclude each other: policybot's own, and the owner's of all folders."""
        return self._store.once("contrasts", lambda: Contrasts(self._all_names(_CONTRASTS_OF)))

    def places(self) -> Places:
        """Places and issuers: policybot's own, and the owner's of all folders."""
        return self._store.once("places", lambda: Places(self._all_names(_PLACES_OF)))

    def _all_names(self, prefix: str) -> NameSets:
        rows = self._store.rows("SELECT value FROM about WHERE key LIKE ? || '%' ORDER BY key", (prefix,))
        return merged(from_json(row[0]) for row in rows)

    def glossary(self) -> Glossary:
        """Every name in both languages: the documents', the owner's and those that come with policybot."""

        def read() -> Glossary:
            rows = self._store.rows("SELECT DISTINCT en, zh, document_id IS NULL FROM terms")
            owned = [Term(en, zh) for en, zh, is_owned in rows if is_owned]
            return Glossary((Term(en, zh) for en, zh, _ in rows), owned=owned, shipped=shipped_terms())

        return self._store.once("glossary", read)

    def search_keywords(
        self,
        query: str,
        *,
        language: str,
        limit: int,
        documents: Collection[str] | None = None,
        figures: bool = True,
        phrase: bool = False,
        synonyms: Sequence[str] = (),
    ) -> list[str]:
        """Ids of passages in one language that hold the query's words, best first; see ``Keywords.search``."""
        return self._keywords.search(
            query,
            language=language,
            limit=limit,
            documents=documents,
            figures=figures,
            phrase=phrase,
            synonyms=synonyms,
        )

    def document_frequency(self, tokens: Iterable[str]) -> dict[str, int]:
        """In how many passages each keyword token stands; 0 when in none."""
        return self._keywords.document_frequency(tokens)

    def tokens(self, ids: Sequence[str]) -> dict[str, frozenset[str]]:
        """The different keyword tokens of passages with their headings; an unknown id is missing."""
        return self._keywords.tokens(ids)

    def close(self) -> None:
        """Close the file; the catalogue cannot be used afterwards."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
