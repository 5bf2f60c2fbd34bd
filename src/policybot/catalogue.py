"""The truth: documents, their versions, passages and the keyword index, in one SQLite file.

One transaction is one change of the truth: readers see a document's old passages or its new ones, never half.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from policybot import copies, history
from policybot.bm25 import Bm25Index, best, lengths_in
from policybot.catalogue_format import FORMAT_VERSION, migrate
from policybot.changes import DocumentChange, Duplicates
from policybot.domain import Document, DocumentSummary, Filter, IndexFailure, Metadata, Passage
from policybot.errors import PrunedVersion, StoreError, UnknownDocument
from policybot.glossary import Glossary, Term, terms_in
from policybot.quantities import figure_tokens
from policybot.sameness import content_key, document_key, text_key
from policybot.tokenising import content_tokens, keyword_tokens

COMMON = 0.1
FEW_PASSAGES = 20_000
"""Share of passages from which a keyword is common, and passages up to which common keywords are searched all the same.

Reading a word that stands in 100,000 passages takes a tenth of a second, and it tells little: its weight in BM25 is at
most a fifth of that of a word in ten passages (benchmarks/search_speed.py, part large)."""

_REMEMBERED = 512
"""Results of reading kept while nothing is written, for questions that are asked in several ways."""

_DESCRIBED = 4096
"""Documents whose metadata are kept, those asked for last."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FileState:
    """What a file was when it was indexed: enough to see whether it has changed since.

    Attributes:
        recipe: How it was split; another recipe means that the document must be split again.
    """

    document_id: str
    name: str
    file_hash: str
    file_size: int
    file_mtime_ns: int
    recipe: str


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """A passage with the metadata and version of its document."""

    passage: Passage
    metadata: Metadata
    version: str


@dataclass(frozen=True, slots=True)
class _Searched:
    """The keyword index as it stood in a state of the catalogue."""

    state: tuple[int, int]
    index: Bm25Index
    places: dict[str, NDArray[np.intp]]


class Catalogue:
    """The SQLite file ``catalogue.sqlite3`` in the data folder.

    One connection for all threads, behind a lock; other processes read and write beside it (WAL).

    Raises:
        StoreError: The file or its folder cannot be created, opened, read or written, or is of a later format.
    """

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "catalogue.sqlite3"
        self._lock = threading.RLock()
        self._writes = 0
        self._remembered: OrderedDict[Hashable, Any] = OrderedDict()
        self._remembered_at = (-1, -1)
        self._searched: _Searched | None = None
        self._described: OrderedDict[tuple[str, str, str, str], Metadata] = OrderedDict()
        with self._translated():
            data_dir.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None, timeout=30)
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
        with self._transaction():
            version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
            if version > FORMAT_VERSION:
                raise StoreError(
                    f"{self._path} has format {version}; this policybot knows formats up to {FORMAT_VERSION}. "
                    "Install the newer policybot that wrote it, or set POLICYBOT_DATA_DIR to another folder."
                )
            migrate(self._db, version)

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn what SQLite and the system raise into a StoreError that names the file and the next step."""
        try:
            yield
        except (sqlite3.Error, OSError) as exc:
            raise StoreError(
                f"The catalogue {self._path} cannot be used: {exc}. Check that the folder exists, is writable and "
                "has free space, or set POLICYBOT_DATA_DIR to another folder."
            ) from exc

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing, for readers and after a crash alike."""
        with self._lock, self._translated():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
            self._writes += 1

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._lock, self._translated():
            return self._db.execute(query, values).fetchall()

    def state(self) -> tuple[int, int]:
        """Differs from every earlier one as soon as this process or another has written to the catalogue."""
        # The pragma's number changes when another connection has written, not when this one has [1].
        # [1] https://www.sqlite.org/pragma.html#pragma_data_version
        with self._lock:
            return int(self._rows("PRAGMA data_version")[0][0]), self._writes

    def _once(self, key: Hashable, read: Callable[[], T]) -> T:
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

    # Writing

    def put(
        self,
        documents: Iterable[tuple[Document, Sequence[Passage], FileState]],
        *,
        root: str,
        changes: Iterable[DocumentChange] = (),
    ) -> None:
        """Add the documents with their passages, or replace them, and note what changed, in one transaction."""
        with self._transaction():
            for document, passages, state in documents:
                self._forget(document.id, but={passage.id for passage in passages})
                self._insert(document, passages, state, root)
            history.add_changes(self._db, changes)

    def remove(self, document_ids: Iterable[str], *, changes: Iterable[DocumentChange] = ()) -> None:
        """Forget documents and their passages, in one transaction; their texts stay readable by version."""
        with self._transaction():
            for document_id in document_ids:
                self._forget(document_id)
            history.add_changes(self._db, changes)

    def leave_out(self, document_id: str) -> None:
        """Forget a document and pass over its file from now on, in one transaction."""
        with self._transaction():
            self._db.execute(
                "INSERT OR REPLACE INTO left_out SELECT id, name, version, ? FROM documents WHERE id = ?",
                (history.now(), document_id),
            )
            self._forget(document_id)

    def restore(self, document_id: str) -> None:
        """Let indexing take a document in again that was left out."""
        with self._transaction():
            self._db.execute("DELETE FROM left_out WHERE document_id = ?", (document_id,))

    def _forget(self, document_id: str, *, but: Collection[str] = ()) -> None:
        """Forget a document; the passages ``but`` stay, as it is about to come back with them."""
        for (name,) in self._db.execute("SELECT name FROM documents WHERE id = ?", (document_id,)).fetchall():
            history.remember_name(self._db, document_id, name)
        history.close_versions(self._db, document_id)
        gone = "(SELECT number FROM passages WHERE document_id = ?1 AND id NOT IN (SELECT value FROM json_each(?2)))"
        values = (document_id, json.dumps(sorted(but)))
        self._db.execute(f"DELETE FROM keywords WHERE rowid IN {gone}", values)
        self._db.execute(f"DELETE FROM passages WHERE number IN {gone}", values)
        self._db.execute("DELETE FROM terms WHERE document_id = ?", (document_id,))
        if not but:
            self._db.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def _insert(self, document: Document, passages: Sequence[Passage], state: FileState, root: str) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, '')",
            (
                document.id, document.version, document.name, document.text, document.markup,
                document.body_start, json.dumps(document.page_starts), json.dumps(asdict(document.metadata)),
            ),
        )  # fmt: skip
        self._db.execute(
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
        self._db.execute("DELETE FROM pruned WHERE document_id = ? AND version = ?", (document.id, document.version))
        kept = {row[0] for row in self._db.execute("SELECT id FROM passages WHERE document_id = ?", (document.id,))}
        # A passage's id holds its heading and text: one that is there has its keywords, and only moves.
        self._db.executemany(
            "UPDATE passages SET ordinal = ?, start = ?, end = ?, page = ? WHERE id = ?",
            [(p.ordinal, p.start, p.end, p.page, p.id) for p in passages if p.id in kept],
        )
        for p in passages:
            if p.id in kept:
                continue
            number = self._db.execute(
                "INSERT INTO passages (id, document_id, ordinal, start, end, section, page, language, text, "
                "content_key, text_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    p.id, p.document_id, p.ordinal, p.start, p.end, json.dumps(p.section), p.page, p.language, p.text,
                    content_key(p), text_key(p.text),
                ),
            ).lastrowid  # fmt: skip
            # The title and section weigh as much as the text: a passage rarely repeats what it is about.
            tokens = [*keyword_tokens(p.text_with_heading), *figure_tokens(p.text_with_heading)]
            self._db.execute("INSERT INTO keywords (rowid, tokens) VALUES (?, ?)", (number, " ".join(tokens)))
        self._db.executemany(
            "INSERT INTO terms VALUES (?, ?, ?, ?)",
            [(document.id, root, term.en, term.zh) for term in sorted(terms_in(document.text))],
        )

    def put_terms(self, terms: Iterable[Term], *, root: str) -> None:
        """Replace the owner's terms of a folder, in one transaction."""
        with self._transaction():
            self._db.execute("DELETE FROM terms WHERE root = ? AND document_id IS NULL", (root,))
            self._db.executemany(
                "INSERT INTO terms VALUES (NULL, ?, ?, ?)", [(root, t.en, t.zh) for t in sorted(terms)]
            )

    def touch(self, states: Iterable[FileState]) -> None:
        """Note new sizes and times of files whose content is as it was."""
        with self._transaction():
            self._db.executemany(
                "UPDATE documents SET file_size = ?, file_mtime_ns = ? WHERE id = ?",
                [(state.file_size, state.file_mtime_ns, state.document_id) for state in states],
            )

    def put_failures(self, root: str, failures: Iterable[IndexFailure]) -> None:
        """Replace what could not be read in a folder the last time."""
        with self._transaction():
            history.put_failures(self._db, root, failures)

    def put_validators(self, address: str, validators: Mapping[str, tuple[str, str]]) -> None:
        """Replace what servers said about the pages of an address: ``ETag`` and ``Last-Modified`` of each."""
        with self._transaction():
            self._db.execute("DELETE FROM validators WHERE address = ?", (address,))
            self._db.executemany(
                "INSERT INTO validators VALUES (?, ?, ?, ?)",
                [(address, page, etag, modified) for page, (etag, modified) in validators.items()],
            )

    def prune(self, *, keep: int, keep_days: float) -> int:
        """Remove the texts of old versions that are too many or too old; see ``history.prune``."""
        with self._transaction():
            return history.prune(self._db, keep=keep, keep_days=keep_days)

    def describe(self, **values: str) -> None:
        """Note how the index was made: which models, which recipe."""
        with self._transaction():
            self._db.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", list(values.items()))

    def take_over(self, earlier: Path) -> None:
        """Take over the past that the catalogue file ``earlier`` remembers: this one will replace it."""
        with self._lock, self._translated():
            history.copy(self._db, str(earlier))
            self._writes += 1

    # Reading

    def owner_terms(self, root: str) -> frozenset[Term]:
        """The owner's terms of a folder."""
        rows = self._rows("SELECT en, zh FROM terms WHERE root = ? AND document_id IS NULL", (root,))
        return frozenset(Term(*row) for row in rows)

    def validators(self, address: str) -> dict[str, tuple[str, str]]:
        """``ETag`` and ``Last-Modified`` of the pages that an address led to, by their addresses."""
        rows = self._rows("SELECT page, etag, last_modified FROM validators WHERE address = ?", (address,))
        return {page: (etag, modified) for page, etag, modified in rows}

    def about(self) -> dict[str, str]:
        """How the index was made, as ``describe`` noted."""
        return dict(self._rows("SELECT key, value FROM about"))

    def failures(self) -> tuple[IndexFailure, ...]:
        """What could not be read the last time, by name."""
        with self._lock, self._translated():
            return history.failures(self._db)

    def changes(self, *, document_id: str | None = None, limit: int = 100) -> tuple[DocumentChange, ...]:
        """The latest changes, of one document or of all, the latest first."""
        with self._lock, self._translated():
            return history.changes(self._db, document_id=document_id, limit=limit)

    def duplicates(self) -> Duplicates:
        """What is in the index more than once."""
        with self._lock, self._translated():
            return copies.duplicates(self._db)

    def copied(self, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Keys of those of the passages that are worth showing once; see ``copies.copied``."""
        with self._lock, self._translated():
            return copies.copied(self._db, ids)

    def also_in(self, passage_id: str) -> tuple[str, ...]:
        """Names of the other documents that hold a passage's text, or all of its document's; 20 at most."""

        def read() -> tuple[str, ...]:
            with self._translated():
                return copies.also_in(self._db, passage_id)

        return self._once(("also in", passage_id), read)

    def same_content(self, keys: Sequence[str]) -> dict[str, str]:
        """Ids of the passages with these content keys, each with its key."""
        found: dict[str, str] = {}
        for offset in range(0, len(keys), 500):
            chunk = list(keys[offset : offset + 500])
            marks = ", ".join("?" * len(chunk))
            found.update(self._rows(f"SELECT id, content_key FROM passages WHERE content_key IN ({marks})", chunk))
        return found

    def passages_of(self, document_id: str) -> list[PassageRecord]:
        """A document's passages in the order of its text."""
        rows = self._rows("SELECT id FROM passages WHERE document_id = ? ORDER BY ordinal", (document_id,))
        records = self.passages([row[0] for row in rows])
        return [records[row[0]] for row in rows if row[0] in records]

    def is_taken(self, document_id: str) -> bool:
        """Whether a document has this id."""
        return bool(self._rows("SELECT 1 FROM documents WHERE id = ?", (document_id,)))

    def files(self, root: str) -> dict[str, FileState]:
        """State of each file indexed from this folder, by document id."""
        rows = self._rows(
            "SELECT id, name, file_hash, file_size, file_mtime_ns, recipe FROM documents WHERE root = ?", (root,)
        )
        return {row[0]: FileState(*row) for row in rows}

    def left_out(self) -> tuple[DocumentSummary, ...]:
        """The documents that are passed over, by name, as they were last; without passages."""
        rows = self._rows(
            "SELECT l.document_id, l.name, v.metadata, l.version, l.left_out_at FROM left_out l JOIN versions v "
            "ON v.document_id = l.document_id AND v.version = l.version ORDER BY l.name, l.document_id"
        )
        return tuple(
            DocumentSummary(id_, name, Metadata(**json.loads(metadata)), version, 0, at)
            for id_, name, metadata, version, at in rows
        )

    def file_of(self, document_id: str) -> tuple[str, FileState] | None:
        """The folder or file that a document was indexed from, and what its file was; None for an unknown id."""
        rows = self._rows(
            "SELECT root, id, name, file_hash, file_size, file_mtime_ns, recipe FROM documents WHERE id = ?",
            (document_id,),
        )
        return (rows[0][0], FileState(*rows[0][1:])) if rows else None

    def roots(self) -> list[str]:
        """The folders and files that documents were indexed from, sorted."""
        return [row[0] for row in self._rows("SELECT DISTINCT root FROM documents ORDER BY root")]

    def counts(self) -> tuple[int, int]:
        """How many documents and passages there are."""
        query = "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages)"
        row = self._once("counts", lambda: self._rows(query)[0])
        return int(row[0]), int(row[1])

    def languages(self, documents: Collection[str] | None = None) -> list[str]:
        """Languages of the passages, or of those of some documents, the most frequent first."""
        return list(self.passage_counts(documents))

    def passage_counts(self, documents: Collection[str] | None = None) -> dict[str, int]:
        """How many passages there are in each language, or among those of some documents, the most frequent first."""
        where, values = _among(documents)
        query = f"SELECT language, count(*) FROM passages WHERE {where} GROUP BY language ORDER BY 2 DESC, language"
        return dict(self._once(("languages", *values), lambda: self._rows(query, values)))

    def matching(self, wanted: Filter) -> frozenset[str]:
        """Ids of the documents that a filter allows."""
        metadata = "casefold(json_extract(v.metadata, '$.{}'))"
        published = "json_extract(v.metadata, '$.published')"
        conditions, values = ["1"], list[str]()
        for column, allowed in (
            (metadata.format("publisher"), wanted.publishers),
            (metadata.format("kind"), wanted.kinds),
            (metadata.format("language"), wanted.languages),
        ):
            if allowed:
                conditions.append(f"{column} IN (SELECT casefold(value) FROM json_each(?))")
                values.append(json.dumps(allowed, ensure_ascii=False))
        if wanted.documents:
            conditions.append(
                "(d.id IN (SELECT value FROM json_each(?)) OR d.name IN (SELECT value FROM json_each(?)))"
            )
            values += [json.dumps(wanted.documents, ensure_ascii=False)] * 2
        # Dates of different precision are compared as far as the shorter one goes.
        if wanted.published_from:
            conditions.append(
                f"({published} >= ? OR {published} <> '' AND substr(?, 1, length({published})) = {published})"
            )
            values += [wanted.published_from] * 2
        if wanted.published_to:
            conditions.append(f"({published} <> '' AND substr({published}, 1, length(?)) <= ?)")
            values += [wanted.published_to] * 2
        rows = self._rows(
            "SELECT d.id FROM documents d JOIN versions v ON v.document_id = d.id AND v.version = d.version WHERE "
            + " AND ".join(conditions),
            values,
        )
        return frozenset(row[0] for row in rows)

    def summaries(self) -> tuple[DocumentSummary, ...]:
        """One line for each document, by name."""
        rows = self._rows(
            "SELECT d.id, d.name, v.metadata, d.version, count(p.number), d.indexed_at FROM documents d "
            "JOIN versions v ON v.document_id = d.id AND v.version = d.version "
            "LEFT JOIN passages p ON p.document_id = d.id GROUP BY d.id ORDER BY d.name, d.id"
        )
        return tuple(
            DocumentSummary(id_, name, Metadata(**json.loads(metadata)), version, passages, at)
            for id_, name, metadata, version, passages, at in rows
        )

    def headings(self, limit: int) -> list[tuple[str, str, str, str]]:
        """Document id, title, language and innermost heading of up to ``limit`` sections, by document."""
        rows = self._rows(
            "SELECT DISTINCT p.document_id, v.metadata, p.section FROM passages p JOIN documents d "
            "ON d.id = p.document_id JOIN versions v ON v.document_id = d.id AND v.version = d.version "
            "WHERE p.section <> '[]' ORDER BY d.name, p.ordinal LIMIT ?",
            (limit,),
        )
        return [
            (id_, json.loads(meta)["title"], json.loads(meta)["language"], json.loads(section)[-1])
            for id_, meta, section in rows
        ]

    def document(self, id_or_name: str, version: str | None = None) -> Document:
        """A document by id or by name, in its current version or in the one asked for.

        A document that was moved is found under its former names, too, unless another one has the name now.

        Raises:
            UnknownDocument: No indexed document has this id or name, or not in this version.
            PrunedVersion: The version was kept for a while and then removed.
        """
        rows = self._rows(
            "SELECT v.document_id, v.name, v.text, v.markup, v.metadata, v.body_start, v.page_starts FROM versions v "
            "LEFT JOIN documents d ON d.id = v.document_id WHERE (v.document_id = ?1 OR v.name = ?1 "
            "OR v.document_id IN (SELECT document_id FROM former_names WHERE name = ?1)) "
            "AND v.version = coalesce(?2, d.version) "
            "ORDER BY v.document_id <> ?1, v.name <> ?1, d.id IS NULL, v.document_id LIMIT 1",
            (id_or_name, version),
        )
        if not rows:
            which = f" in version {version}" if version else ""
            with self._lock, self._translated():
                pruned = history.pruned_at(self._db, id_or_name, version)
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

    def passage_ids(self, language: str | None = None, documents: Collection[str] | None = None) -> set[str]:
        """Ids of all passages, or of those in one language or of some documents."""
        where, values = _among(documents)
        if language is not None:
            where, values = f"{where} AND language = ?", [*values, language]
        return {row[0] for row in self._rows(f"SELECT id FROM passages WHERE {where}", values)}

    def passages(self, ids: Sequence[str]) -> dict[str, PassageRecord]:
        """The passages with these ids; an id that the catalogue does not know is missing from the result."""
        rows: list[Any] = []
        for offset in range(0, len(ids), 500):
            chunk = list(ids[offset : offset + 500])
            rows += self._rows(
                "SELECT p.id, p.document_id, p.text, p.start, p.end, p.section, p.page, p.language, p.ordinal, "
                "d.version, d.name, d.file_hash FROM passages p JOIN documents d ON d.id = p.document_id "
                f"WHERE p.id IN ({', '.join('?' * len(chunk))})",
                chunk,
            )
        found: dict[str, PassageRecord] = {}
        for id_, document_id, text, start, end, section, page, language, ordinal, version, name, digest in rows:
            metadata = self._metadata(document_id, version, name, digest)
            if metadata is None:
                continue
            passage = Passage(
                id_, document_id, name, metadata.title, text, start, end, tuple(json.loads(section)), page, language,
                ordinal,
            )  # fmt: skip
            found[id_] = PassageRecord(passage, metadata, version)
        return found

    def _metadata(self, document_id: str, version: str, name: str, file_hash: str) -> Metadata | None:
        """The metadata of a document as it was read, remembered: SQLite reads through the whole text to reach them.

        They may change with the file's name, or with what else the file holds, though its text is the same. None when
        the version has been replaced and pruned since its passages were read.
        """
        key = document_id, version, name, file_hash
        with self._lock:
            known = self._described.get(key)
            if known is None:
                query = "SELECT metadata FROM versions WHERE document_id = ? AND version = ?"
                rows = self._rows(query, key[:2])
                if not rows:
                    return None
                known = self._described[key] = Metadata(**json.loads(rows[0][0]))
                if len(self._described) > _DESCRIBED:
                    self._described.popitem(last=False)
            self._described.move_to_end(key)
            return known

    def glossary(self) -> Glossary:
        """Every name in both languages, the documents' and the owner's."""
        query = "SELECT DISTINCT en, zh FROM terms"
        return self._once("glossary", lambda: Glossary(Term(*row) for row in self._rows(query)))

    def search_keywords(
        self,
        query: str,
        *,
        language: str,
        limit: int,
        documents: Collection[str] | None = None,
        figures: bool = True,
        phrase: bool = False,
    ) -> list[str]:
        """Ids of passages in one language that share content words with the query, best BM25 score first.

        Args:
            documents: Ids of the documents to search; None for all.
            figures: Whether "12.5 million" and "百分之五" are found as 1250万 and 5%, too.
            phrase: Find only passages in which the query's words stand side by side.

        Among more than 20,000 passages, words that stand in more than a tenth of them are left out if others remain.
        """
        if phrase:
            return self._holding(" ".join(keyword_tokens(query)), language, limit, documents)
        tokens = self._telling({*content_tokens(query), *(figure_tokens(query) if figures else ())})
        among = None if documents is None else tuple(sorted(documents))
        found = self._once(("keywords", limit, among, *tokens), lambda: self._best(tokens, among, limit))
        return found.get(language, [])

    def _best(self, tokens: Sequence[str], documents: Sequence[str] | None, limit: int) -> dict[str, list[str]]:
        """Ids of the best passages of each language for these tokens: they are scored once for all languages."""
        if not tokens:
            return {}
        index, places = self._searchable()
        scores = index.scores(tokens)
        if documents is not None:
            where, values = _among(documents)
            allowed = [row[0] for row in self._rows(f"SELECT number FROM passages WHERE {where}", values)]
            scores[~np.isin(index.numbers, np.array(allowed, dtype=np.int64))] = 0.0
        numbers = {
            language: [int(index.numbers[place]) for place in best(scores, of, limit=limit)]
            for language, of in places.items()
        }
        wanted = [number for found in numbers.values() for number in found]
        ids: dict[int, str] = {}
        for i in range(0, len(wanted), 500):
            chunk = wanted[i : i + 500]
            ids.update(
                self._rows(f"SELECT number, id FROM passages WHERE number IN ({', '.join('?' * len(chunk))})", chunk)
            )
        return {language: [ids[number] for number in found] for language, found in numbers.items()}

    def _searchable(self) -> tuple[Bm25Index, dict[str, NDArray[np.intp]]]:
        """The keyword index as it stands now, and the places of each language's passages in it."""
        with self._lock:
            state = self.state()
            if self._searched is None or self._searched.state != state:
                rows = self._rows(
                    "SELECT p.number, p.language, s.sz FROM passages p JOIN keywords_docsize s ON s.id = p.number "
                    "ORDER BY p.number"
                )
                numbers = np.array([row[0] for row in rows], dtype=np.int64)
                languages = np.array([row[1] for row in rows], dtype=object)
                index = Bm25Index(numbers, lengths_in([row[2] for row in rows]), self._standing)
                places = {code: np.flatnonzero(languages == code) for code in sorted(set(languages))}
                self._searched = _Searched(state, index, places)
            return self._searched.index, self._searched.places

    def _standing(self, token: str) -> NDArray[np.int64]:
        """The number of a passage once for each place where the token stands in it."""
        rows = self._rows("SELECT group_concat(doc) FROM temp.keyword_places WHERE term = ?", (token,))
        return np.fromstring(rows[0][0] or "", dtype=np.int64, sep=",")

    def _holding(self, phrase: str, language: str, limit: int, documents: Collection[str] | None) -> list[str]:
        """Ids of the passages in which these tokens stand side by side."""
        if not phrase:
            return []
        where, values = _among(documents)
        sought = (f'"{phrase}"', language, *values, limit)
        query = (
            "SELECT p.id FROM keywords JOIN passages p ON p.number = keywords.rowid "
            f"WHERE keywords MATCH ? AND p.language = ? AND {where} ORDER BY bm25(keywords), p.number LIMIT ?"
        )
        return [row[0] for row in self._once(("phrase", *sought), lambda: self._rows(query, sought))]

    def _telling(self, tokens: Collection[str]) -> list[str]:
        """The tokens worth searching, sorted: in a large index not the common ones, unless there are no others."""
        total = self.counts()[1]
        if total <= FEW_PASSAGES:
            return sorted(tokens)
        frequency = self.document_frequency(tokens)
        rare = [token for token in tokens if 0 < frequency[token] <= COMMON * total]
        return sorted(rare or tokens)

    def document_frequency(self, tokens: Iterable[str]) -> dict[str, int]:
        """In how many passages each keyword token stands; 0 when in none."""
        wanted = sorted(set(tokens))
        return dict(self._once(("frequency", *wanted), lambda: self._document_frequency(wanted)))

    def _document_frequency(self, wanted: Sequence[str]) -> dict[str, int]:
        counts = dict.fromkeys(wanted, 0)
        for offset in range(0, len(wanted), 500):
            chunk = wanted[offset : offset + 500]
            rows = self._rows(
                f"SELECT term, doc FROM keyword_counts WHERE term IN ({', '.join('?' * len(chunk))})", chunk
            )
            counts.update({term: int(doc) for term, doc in rows})
        return counts

    def close(self) -> None:
        """Close the file; the catalogue cannot be used afterwards."""
        with self._lock:
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _among(documents: Collection[str] | None) -> tuple[str, list[str]]:
    """Condition on a passage's document, with its values; always true for None."""
    if documents is None:
        return "1", []
    return "document_id IN (SELECT value FROM json_each(?))", [json.dumps(sorted(documents))]
