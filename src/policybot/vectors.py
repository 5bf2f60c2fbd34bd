"""Passage id -> vector, in Chroma: a cache of what the catalogue knows, rebuilt from it when lost."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.config import Settings as ChromaSettings
from numpy.typing import NDArray

from policybot.errors import StoreError

_BATCH = 1000
"""Vectors written, or ids read, in one call: far below Chroma's own limit of 5461 rows on SQLite."""


class Vectors:
    """One Chroma collection for each embedding model, in the folder ``vectors`` of the data folder.

    Raises:
        StoreError: Chroma cannot open, read or write its folder.
    """

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "vectors"
        # Chroma shares one client among all that open the same folder, without a lock of its own.
        self._lock = threading.RLock()
        with self._translated():
            self._client = chromadb.PersistentClient(
                path=str(self._path), settings=ChromaSettings(anonymized_telemetry=False)
            )

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn whatever Chroma raises (its Rust core raises bare exceptions) into a StoreError."""
        try:
            with self._lock:
                yield
        except StoreError:
            raise
        except Exception as exc:
            raise StoreError(
                f"The vectors in {self._path} cannot be used: {exc}. Check that the folder is writable and has free "
                "space. They are only a cache: delete that folder and run `policybot index` to make them again."
            ) from exc

    def _collection(self, model: str) -> Any:
        return self._client.get_or_create_collection(
            model, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )

    def put(self, model: str, ids: Sequence[str], vectors: NDArray[np.float32], languages: Sequence[str]) -> None:
        """Store vectors (n, dimensions) of passages, replacing those already there."""
        with self._translated():
            collection = self._collection(model)
            for i in range(0, len(ids), _BATCH):
                collection.upsert(
                    ids=list(ids[i : i + _BATCH]),
                    embeddings=vectors[i : i + _BATCH],
                    metadatas=[{"language": language} for language in languages[i : i + _BATCH]],
                )

    def remove(self, model: str, ids: Sequence[str]) -> None:
        """Forget vectors; ids that are not there are passed over."""
        with self._translated():
            collection = self._collection(model)
            for i in range(0, len(ids), _BATCH):
                collection.delete(ids=list(ids[i : i + _BATCH]))

    def present(self, model: str, ids: Sequence[str]) -> set[str]:
        """Those of the ids that have a vector of this model."""
        with self._translated():
            collection = self._collection(model)
            found: set[str] = set()
            for i in range(0, len(ids), _BATCH):
                found.update(collection.get(ids=list(ids[i : i + _BATCH]), include=[])["ids"])
            return found

    def get(self, model: str, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Vectors of these passages, each of shape (dimensions,); an id without a vector is missing."""
        with self._translated():
            found = self._collection(model).get(ids=list(ids), include=["embeddings"])
            return {id_: np.asarray(v, np.float32) for id_, v in zip(found["ids"], found["embeddings"], strict=True)}

    def ids(self, model: str) -> set[str]:
        """Ids of all passages that have a vector of this model."""
        with self._translated():
            collection = self._collection(model)
            found: set[str] = set()
            total = collection.count()
            for offset in range(0, total, _BATCH):
                found.update(collection.get(limit=_BATCH, offset=offset, include=[])["ids"])
            return found

    def search(
        self,
        model: str,
        vector: NDArray[np.float32],
        *,
        language: str,
        limit: int,
        among: Collection[str] | None = None,
    ) -> Mapping[str, float]:
        """Passages of one language nearest to a vector: id -> cosine similarity (-1..1), nearest first.

        Args:
            among: Ids of the passages to search; None for all.
        """
        if among is not None and not among:
            return {}
        with self._translated():
            collection = self._collection(model)
            if not collection.count():
                return {}
            result = collection.query(
                query_embeddings=[vector],
                ids=None if among is None else sorted(among),
                n_results=limit,
                where={"language": language},
                include=["distances"],
            )
            pairs = zip(result["ids"][0], result["distances"][0], strict=True)
            return {id_: 1.0 - float(distance) for id_, distance in pairs}

    def close(self) -> None:
        """Nothing to do: Chroma writes as it goes and its client lives as long as the process."""
