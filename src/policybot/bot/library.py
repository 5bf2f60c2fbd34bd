"""Work on single documents: show the original, add files, remove a document, map all passages."""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
import unicodedata
from pathlib import Path
from typing import IO, TypedDict

import numpy as np
from numpy.typing import NDArray

import policybot.reading as reading
from policybot.domain import DocumentSummary, PassagePoint
from policybot.errors import BrokenFile, OriginalGone, StoreError, UnknownDocument
from policybot.reading.formats import readers
from policybot.settings import Settings
from policybot.store.catalogue import Catalogue, FileState
from policybot.store.vectors import Vectors

LONGEST_NAME = 150
"""Characters of an added file's name: file systems take 255 bytes, and a Chinese character has three."""

MOST_POINTS = 1500
"""Passages on the map: more would overlap, and a drawing of so many is 150 kB."""

_IN_NAMES = re.compile(r"[^\w .,()&'+@-]+")


class _Page(TypedDict):
    """Arguments of ``reading.page_picture`` and ``reading.page_mark``."""

    path: Path
    name: str
    page: int
    quote: str


class Library:
    """The documents as files and as points on a map; ``PolicyBot`` documents the methods.

    Args:
        vectors: The passages' vectors.
        model: Name of the model of the map's vectors, which embeds every language.
    """

    def __init__(self, settings: Settings, catalogue: Catalogue, vectors: Vectors, *, model: str) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._vectors = vectors
        self._model = model
        self._map: tuple[tuple[int, int], tuple[PassagePoint, ...]] | None = None
        self._drawing = threading.Lock()

    @property
    def added_dir(self) -> Path:
        """The folder of added files."""
        return self._settings.data_dir / "added"

    # Originals

    def original(self, document_id: str, version: str | None = None) -> Path:
        """The file that this version was read from, if it is unchanged.

        Raises:
            OriginalGone: It is missing, or has changed since.
        """
        found = self._catalogue.file_of(document_id)
        current = None if found is None else self._catalogue.document(document_id).version
        if found is None or version not in (None, current):
            raise OriginalGone(
                "The original file is of another version than the one cited; the text is what was cited.",
                case="original_version",
            )
        root, state = found
        path = Path(root) if Path(root).is_file() else Path(root) / state.name
        if not _is_same(path, state):
            raise OriginalGone(
                f"The original file {state.name} is missing or has changed since it was indexed.",
                case="original_changed",
                name=state.name,
            )
        return path

    def page_picture(self, document_id: str, page: int, *, start: int, end: int, version: str | None = None) -> bytes:
        """The page as PNG, with its part of the text from ``start`` to ``end`` marked."""
        return reading.page_picture(**self._page(document_id, page, start, end, version))

    def page_mark(
        self, document_id: str, page: int, *, start: int, end: int, version: str | None = None
    ) -> reading.PageMark:
        """The position of that picture's mark. Raises what ``page_picture`` raises."""
        return reading.page_mark(**self._page(document_id, page, start, end, version))

    def _page(self, document_id: str, page: int, start: int, end: int, version: str | None) -> _Page:
        path = self.original(document_id, version)
        document = self._catalogue.document(document_id, version)
        if not 1 <= page <= len(document.page_starts):
            raise UnknownDocument(
                f"{document.name} has no page {page} that could be drawn.",
                case="page_unknown",
                name=document.name,
                page=page,
            )
        page_end = (*document.page_starts[1:], len(document.text))[page - 1]
        quote = document.text[max(start, document.page_starts[page - 1]) : min(end, page_end)]
        return {"path": path, "name": document.name, "page": page, "quote": quote}

    # Adding and leaving out

    def add(self, name: str, content: IO[bytes]) -> tuple[str, bool]:
        """Save a file for the next indexing; returns its saved name, and whether it replaced a file of that name.

        Raises:
            UnsupportedFormat: No reader knows the suffix.
            BrokenFile: It has no usable name.
            StoreError: It cannot be written.
        """
        kept = safe_name(name)
        readers(self._settings.plugins).reader_for(Path(kept), name=kept)
        target = self.added_dir / kept
        # Hidden, so that a concurrent indexing skips it.
        partial = self.added_dir / f".{secrets.token_hex(8)}.partial"
        try:
            self.added_dir.mkdir(parents=True, exist_ok=True)
            replaced = target.exists()
            with partial.open("wb") as file:
                while chunk := content.read(1 << 20):
                    file.write(chunk)
            partial.replace(target)
        except OSError as exc:
            partial.unlink(missing_ok=True)
            raise StoreError(
                f"{kept} cannot be kept in {self.added_dir}: {exc.strerror}. Free some space there, or move it."
            ) from exc
        for summary in self._catalogue.left_out():
            if summary.name == kept:
                self._catalogue.restore(summary.id)
        return kept, replaced

    def remove(self, document_id: str) -> None:
        """Remove a document from the index permanently; an added file is deleted, any other stays in place.

        Raises:
            UnknownDocument: No indexed document has this id.
        """
        found = self._catalogue.file_of(document_id)
        if found is None:
            raise UnknownDocument(
                f"No indexed document has the id {document_id!r}. Reload the list.", case="document_unknown"
            )
        root, state = found
        added = self.added_dir.resolve()
        if Path(root) == added:
            try:
                (added / state.name).unlink(missing_ok=True)
            except OSError as exc:
                raise StoreError(f"{state.name} cannot be deleted: {exc.strerror}. Delete it by hand.") from exc
            self._catalogue.remove([document_id])
        else:
            self._catalogue.leave_out(document_id)

    def left_out(self) -> tuple[DocumentSummary, ...]:
        """Removed documents whose files still exist."""
        return self._catalogue.left_out()

    def restore(self, document_id: str) -> None:
        """Let the next indexing index a removed document again."""
        self._catalogue.restore(document_id)

    # The map

    def passage_map(self, most: int = MOST_POINTS) -> tuple[PassagePoint, ...]:
        """The passages as points on a plane; cached until the catalogue changes."""
        with self._drawing:
            state = self._catalogue.state()
            if self._map is None or self._map[0] != state:
                self._map = (state, self._drawn(most))
            return self._map[1]

    def _drawn(self, most: int) -> tuple[PassagePoint, ...]:
        ids = sorted(self._catalogue.passage_ids())
        # Ids are hashes, so every n-th of them is a random sample.
        ids = ids[:: max(1, -(-len(ids) // most))]
        records = self._catalogue.passages(ids)
        by_language: dict[str, list[str]] = {}
        for id_, record in records.items():
            by_language.setdefault(record.passage.language, []).append(id_)
        vectors: dict[str, NDArray[np.float32]] = {}
        for language, members in by_language.items():
            found = self._vectors.get(self._model, members, language=language)
            if found:
                # Embeddings cluster by language; subtracting each language's mean leaves the subjects.
                mean = np.mean(list(found.values()), axis=0)
                vectors.update({id_: vector - mean for id_, vector in found.items()})
        shown = [id_ for id_ in ids if id_ in vectors]
        if len(shown) < 3:
            return ()
        places = principal_plane(np.stack([vectors[id_] for id_ in shown]))
        return tuple(
            PassagePoint(records[id_].passage.document_id, records[id_].passage.heading, float(x), float(y))
            for id_, (x, y) in zip(shown, places, strict=True)
        )


def principal_plane(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """The vectors (n, dimensions) projected on their two principal axes: shape (n, 2), each coordinate in -1..1.

    Each axis is scaled to its 95th percentile and clipped: otherwise one outlying document would press all others
    together.

    Principal component analysis by the eigenvectors of the covariance; each axis points to where its largest
    component is positive, so that the same vectors always give the same picture.
    """
    centred = vectors.astype(np.float64) - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    plane = axes[:, [-1, -2]]
    plane = plane * np.sign(plane[np.abs(plane).argmax(axis=0), [0, 1]])
    placed = centred @ plane
    reach = 1.1 * np.quantile(np.abs(placed), 0.95, axis=0)
    result: NDArray[np.float64] = np.clip(placed / np.where(reach > 0, reach, 1.0), -1.0, 1.0)
    return result


def safe_name(name: str) -> str:
    """A portable file name: the last part of a path, without characters that file systems or shells interpret.

    Raises:
        BrokenFile: Nothing is left of it.
    """
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    stem, dot, suffix = _IN_NAMES.sub("_", last).strip(" .~_").rpartition(".")
    if not stem or not dot:
        raise BrokenFile(f"{last!r} cannot be the name of a document. Name it like report.pdf.")
    return f"{stem[:LONGEST_NAME].rstrip(' .')}.{suffix}"


def _is_same(path: Path, state: FileState) -> bool:
    """Whether a file is unchanged since it was indexed: by size and time, else by its hash."""
    try:
        stat = path.stat()
        if (stat.st_size, stat.st_mtime_ns) == (state.file_size, state.file_mtime_ns):
            return True
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == state.file_hash
    except OSError:
        return False
