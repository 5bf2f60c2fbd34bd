"""Files on disk -> catalogue and vectors: plan what changes, then apply it. First index and re-index are one path."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import policybot.reading as reading
import policybot.splitting as splitting
from policybot.catalogue import Catalogue, FileState
from policybot.domain import Document, IndexFailure, IndexPlan, IndexReport, Passage, Progress
from policybot.errors import IndexingError, ReadingError, StoreError
from policybot.glossary import FILE_NAME, GLOSSARY_VERSION, Term, read_glossary
from policybot.models.embedding import Embedder
from policybot.settings import Settings
from policybot.vectors import Vectors

_LOG = logging.getLogger(__name__)

_GROUP_PASSAGES = 32
"""Passages embedded and then written together: a crash loses at most the embedding of so many."""

CROSSING = "documents"
"""What the progress of the second phase is called: its bar starts anew, and counts passages."""

OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it is on disk now, and whether it must be read."""

    path: Path
    state: FileState


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between a folder and the catalogue: the plan, and the files behind its names."""

    root: str
    plan: IndexPlan
    to_read: tuple[_File, ...]
    to_remove: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EmbeddingModels:
    """Which model embeds passages of which language.

    Attributes:
        multilingual: Embeds every passage, so that a question in one language finds passages in another.
        by_language: Stronger and faster models of one language, embedding its passages first.
    """

    multilingual: Embedder
    by_language: Mapping[str, Embedder]

    def first(self, language: str) -> Embedder:
        """The model that makes passages of a language searchable in it: its own, else the multilingual one."""
        return self.by_language.get(language, self.multilingual)

    def all(self) -> tuple[Embedder, ...]:
        """Every model."""
        return self.multilingual, *self.by_language.values()


class Indexer:
    """Keeps catalogue and vectors equal to the files, in two phases.

    First each passage is embedded by the model that makes it searchable in its own language. This vector is written
    before the catalogue learns of the passage, and removed after the catalogue has forgotten it. So a crash leaves
    at worst vectors that nobody sees; the next run uses or removes them.

    Then passages whose language has a model of its own get the multilingual vector, too, by which questions in other
    languages find them. A crash leaves some without; the next run adds what is missing. The multilingual model is
    several times as slow, so searching need not wait for it (benchmarks/search_speed.py, part indexing).
    """

    def __init__(self, settings: Settings, catalogue: Catalogue, vectors: Vectors, models: EmbeddingModels) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._vectors = vectors
        self._models = models
        self._recipe = f"{splitting.SPLITTER_VERSION}:{settings.passage_tokens}:{GLOSSARY_VERSION}"

    def difference(self, path: Path) -> Difference:
        """Compare a folder, or one file, with the catalogue. Changes nothing.

        Raises:
            IndexingError: The path does not exist, or holds no file that can be read.
        """
        path = path.resolve()
        if not path.exists():
            raise IndexingError(f"{path} does not exist. Name a folder or a file that does.")
        found = reading.find(path)
        root = str(path)
        known = self._catalogue.files(root)
        if not found:
            kept = f" The {len(known)} documents indexed from it before were left as they are." if known else ""
            raise IndexingError(
                f"{path} holds no document that can be read.{kept} Put files ending in "
                f"{', '.join(sorted(reading.SUFFIXES))} there and run `policybot index` again."
            )
        new, changed, unchanged, failed, to_read = [], [], [], [], []
        seen = set()
        left_out = {summary.id for summary in self._catalogue.left_out()}
        for name, file in found:
            document_id = _document_id(root, name)
            if document_id in left_out:
                continue
            seen.add(document_id)
            try:
                state = self._state(file, name, document_id, known.get(document_id))
            except OSError as exc:
                failed.append(IndexFailure(name, f"{name} cannot be read: {exc.strerror or exc}. Check its rights."))
                continue
            before = known.get(document_id)
            if before is None:
                new.append(name)
            elif (before.file_hash, before.recipe) == (state.file_hash, state.recipe):
                unchanged.append(name)
                continue
            else:
                changed.append(name)
            to_read.append(_File(file, state))
        gone = [state for document_id, state in known.items() if document_id not in seen]
        plan = IndexPlan(
            tuple(new), tuple(changed), tuple(sorted(s.name for s in gone)), tuple(unchanged), tuple(failed)
        )
        return Difference(root, plan, tuple(to_read), tuple(s.document_id for s in gone))

    def _state(self, file: Path, name: str, document_id: str, before: FileState | None) -> FileState:
        """The file's state; its content is hashed only when size or time differ from what was indexed."""
        stat = file.stat()
        same = before is not None and (before.file_size, before.file_mtime_ns) == (stat.st_size, stat.st_mtime_ns)
        if before is not None and same:
            digest = before.file_hash
        elif stat.st_size > self._settings.max_file_mb * 1_000_000:
            digest = f"too large: {stat.st_size}"  # The reader refuses it; hashing 2 GB to learn that is a waste.
        else:
            with file.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return FileState(document_id, name, digest, stat.st_size, stat.st_mtime_ns, self._recipe)

    def apply(self, difference: Difference, *, on_progress: OnProgress | None = None) -> IndexReport:
        """Make catalogue and vectors equal to the files of a difference.

        A file that cannot be read is named in the report and its earlier version, if any, stays; the rest goes on.

        Raises:
            IndexingError: Another process is indexing into the same data folder.
            StoreError: Catalogue or vectors cannot be written.
        """
        started = time.monotonic()
        report = on_progress or _ignore
        failed = list(difference.plan.failed)
        with self._only_one():
            failed += self._read_glossary(difference.root)
            for embedder in self._models.all():
                self._vectors.adopt(embedder.name)
            embedded = self._repair()
            group: list[tuple[Document, tuple[Passage, ...], FileState]] = []
            done = 0
            for file in difference.to_read:
                try:
                    group.append(self._read(file))
                except ReadingError as exc:
                    failed.append(IndexFailure(file.state.name, str(exc)))
                if sum(len(passages) for _, passages, _ in group) >= _GROUP_PASSAGES:
                    embedded += self._write(group, difference.root)
                    done += len(group)
                    group = []
                    report(Progress("documents", done, len(difference.to_read)))
            if group:
                embedded += self._write(group, difference.root)
            self._catalogue.remove(difference.to_remove)
            searchable_s = time.monotonic() - started
            report(Progress("documents", len(difference.to_read), len(difference.to_read)))
            self._remove_orphans()
            crossed = self._cross(report)
        broken = {failure.name for failure in failed}
        plan = IndexPlan(
            new=tuple(n for n in difference.plan.new if n not in broken),
            changed=tuple(n for n in difference.plan.changed if n not in broken),
            deleted=difference.plan.deleted,
            unchanged=difference.plan.unchanged,
            failed=tuple(failed),
        )
        documents, passages = self._catalogue.counts()
        return IndexReport(
            plan=plan,
            embedded=embedded,
            documents=documents,
            passages=passages,
            seconds=round(time.monotonic() - started, 3),
            searchable_s=round(searchable_s, 3),
            crossed=crossed,
        )

    def _read_glossary(self, root: str) -> list[IndexFailure]:
        """Take over the owner's glossary; one that cannot be read is named, and the earlier terms stay."""
        path = Path(root) / FILE_NAME
        try:
            terms = read_glossary(path) if path.is_file() else frozenset[Term]()
        except ReadingError as exc:
            return [IndexFailure(FILE_NAME, str(exc))]
        self._catalogue.put_terms(terms, root=root)
        return []

    def _read(self, file: _File) -> tuple[Document, tuple[Passage, ...], FileState]:
        document = reading.read(
            file.path,
            name=file.state.name,
            document_id=file.state.document_id,
            max_bytes=self._settings.max_file_mb * 1_000_000,
        )
        passages = splitting.split(
            document, target_tokens=self._settings.passage_tokens, detect_language=reading.detect_language
        )
        return document, passages, file.state

    def _write(self, group: Sequence[tuple[Document, tuple[Passage, ...], FileState]], root: str) -> int:
        """Embed what has no vector yet, then tell the catalogue; returns how many passages were embedded."""
        embedded = self._embed([passage for _, passages, _ in group for passage in passages])
        self._catalogue.put(group, root=root)
        return embedded

    def _embed(self, passages: Sequence[Passage]) -> int:
        """Make passages searchable in their own language; returns how many had no vector yet."""
        by_language: dict[str, list[Passage]] = {}
        for passage in passages:
            by_language.setdefault(passage.language, []).append(passage)
        return sum(self._embed_with(self._models.first(each), each, by_language[each]) for each in sorted(by_language))

    def _embed_with(self, embedder: Embedder, language: str, passages: Sequence[Passage]) -> int:
        present = self._vectors.present(embedder.name, [p.id for p in passages], language=language)
        missing = [p for p in passages if p.id not in present]
        if missing:
            vectors = embedder.embed_passages([p.text_with_heading for p in missing])
            self._vectors.put(embedder.name, [p.id for p in missing], vectors, [language] * len(missing))
        return len(missing)

    def _repair(self) -> int:
        """Embed passages that the catalogue knows but that have no vector: the vectors were lost or are new."""
        return sum(
            self._embed_with(self._models.first(language), language, passages)
            for language in self._catalogue.languages()
            for passages in self._groups(self._missing(self._models.first(language), language))
        )

    def _cross(self, report: OnProgress) -> int:
        """Give passages whose language has a model of its own the multilingual vector, too; returns how many."""
        embedder = self._models.multilingual
        missing = {language: self._missing(embedder, language) for language in self._models.by_language}
        total = sum(map(len, missing.values()))
        done = 0
        for language, ids in missing.items():
            for passages in self._groups(ids):
                self._embed_with(embedder, language, passages)
                done += len(passages)
                report(Progress(CROSSING, done, total))
        return done

    def _missing(self, embedder: Embedder, language: str) -> list[str]:
        """Passages of a language that have no vector of a model."""
        return sorted(self._catalogue.passage_ids(language) - self._vectors.ids(embedder.name, language=language))

    def _groups(self, ids: Sequence[str]) -> Iterator[list[Passage]]:
        """The passages with these ids, as many as are embedded and written together."""
        for i in range(0, len(ids), _GROUP_PASSAGES):
            yield [record.passage for record in self._catalogue.passages(ids[i : i + _GROUP_PASSAGES]).values()]

    def _remove_orphans(self) -> None:
        """Remove vectors whose passage the catalogue does not know, or knows in another language."""
        for embedder in self._models.all():
            for language in self._vectors.languages(embedder.name):
                known = self._catalogue.passage_ids(language)
                orphans = sorted(self._vectors.ids(embedder.name, language=language) - known)
                if orphans:
                    self._vectors.remove(embedder.name, orphans, language=language)

    @contextmanager
    def _only_one(self) -> Iterator[None]:
        """Hold the data folder's indexing lock; the system frees it even after kill -9."""
        path = self._settings.data_dir / "indexing.lock"
        try:
            stream = path.open("a+")
        except OSError as exc:
            raise StoreError(
                f"{path} cannot be written: {exc.strerror}. Make the folder writable, or set POLICYBOT_DATA_DIR."
            ) from exc
        with stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as exc:
                stream.seek(0)
                raise IndexingError(
                    f"Another policybot (process {stream.read().strip() or 'unknown'}) is indexing into "
                    f"{self._settings.data_dir}. Wait until it has finished and run the command again."
                ) from exc
            stream.truncate(0)
            stream.write(str(os.getpid()))
            stream.flush()
            yield


def _document_id(root: str, name: str) -> str:
    """Identity of the file ``name`` below ``root``: 16 hex digits."""
    return hashlib.sha256(f"{root}\0{name}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _ignore(_: Progress) -> None:
    """Progress that nobody watches."""
