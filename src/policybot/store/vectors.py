"""Passage id -> vector, in Chroma: a cache of what the catalogue knows, rebuilt from it when lost."""

from __future__ import annotations

import logging
import weakref
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from policybot.errors import StoreError
from policybot.store.chroma import VectorStore, probe

_BATCH = 1000
"""Vectors written, or ids asked for, in one call: far below Chroma's own limit of 5461 rows on SQLite."""

_LOG = logging.getLogger(__name__)

_SEPARATOR = "_"
"""Between model and language in the name of a collection: no model's name holds it."""


class Vectors:
    """One Chroma collection for each embedding model and language, in the folder ``vectors`` of the data folder.

    A language has collections of its own because Chroma filters slowly: among 20,000 vectors, three quarters of them
    English, the 30 nearest take 3 ms, the 30 nearest English ones with a filter 63 ms. Folders of earlier versions
    have one collection for each model; it is searched with the filter until ``adopt`` has moved its vectors.

    Raises:
        StoreError: Chroma cannot open, read or write its folder.
    """

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "vectors"
        with self._store_errors():
            data_dir.mkdir(parents=True, exist_ok=True)
            self._store = VectorStore.of(data_dir)
            self._leave = weakref.finalize(self, self._store.leave)
            # Only earlier versions made collections without a language: there will never be more of them.
            self._earlier = {name for name in self._names() if _SEPARATOR not in name}

    @contextmanager
    def _store_errors(self) -> Iterator[None]:
        """Turn whatever Chroma raises (its Rust core raises bare exceptions) into a StoreError."""
        try:
            yield
        except StoreError:
            raise
        except Exception as exc:
            raise StoreError(
                f"The vectors in {self._path} cannot be used: {exc}. Check that the folder is writable and has free "
                "space. They are only a cache: delete that folder and run `policybot index` to make them again."
            ) from exc

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._store_errors(), self._store.reading():
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._store_errors(), self._store.writing():
            yield

    @property
    def _client(self) -> Any:
        return self._store.client

    def _names(self) -> list[str]:
        return [collection.name for collection in self._client.list_collections()]

    def _collection(self, model: str, language: str) -> Any:
        name = _collection_name(model, language)
        opened = self._store.collections
        if name not in opened:
            opened[name] = self._client.get_or_create_collection(
                name, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
            )
        return opened[name]

    def _collections(self, model: str, language: str | None) -> list[Any]:
        """The collection of a language, or all that there are of the model."""
        if language is not None:
            return [self._collection(model, language)]
        return [
            self._client.get_collection(name, embedding_function=None)
            for name in sorted(self._names())
            if name.startswith(model + _SEPARATOR)
        ]

    def _searched(self, model: str, language: str) -> Any:
        """The collection that holds the vectors of a language: of earlier versions, with those of all others."""
        return self._earlier_collection(model) if self._is_earlier(model) else self._collection(model, language)

    def _earlier_collection(self, model: str) -> Any:
        return self._client.get_collection(model, embedding_function=None)

    def adopt(self, model: str) -> None:
        """Move the vectors that an earlier version stored to the collections of their languages.

        A crash loses nothing: the earlier collection goes when all its vectors are in their new places. One process
        at a time may do this.
        """
        with self._writing():
            if not self._is_earlier(model):
                return
            earlier = self._earlier_collection(model)
            ids = earlier.get(include=[])["ids"]
            for i in range(0, len(ids), _BATCH):
                rows = earlier.get(ids=ids[i : i + _BATCH], include=["embeddings", "metadatas"])
                languages = [str(metadata["language"]) for metadata in rows["metadatas"] or ()]
                self.put(model, rows["ids"], np.asarray(rows["embeddings"], dtype=np.float32), languages)
            self._client.delete_collection(model)
            self._earlier.discard(model)

    def _is_earlier(self, model: str) -> bool:
        """Whether the vectors of a model still lie in one collection for all languages."""
        if model in self._earlier and model not in self._names():  # another process has moved them
            self._earlier.discard(model)
        return model in self._earlier

    def put(self, model: str, ids: Sequence[str], vectors: NDArray[np.float32], languages: Sequence[str]) -> None:
        """Store vectors (n, dimensions) of passages, replacing those already there."""
        with self._writing():
            for language in sorted(set(languages)):
                rows = [row for row, code in enumerate(languages) if code == language]
                collection = self._collection(model, language)
                for i in range(0, len(rows), _BATCH):
                    batch = rows[i : i + _BATCH]
                    collection.upsert(ids=[ids[row] for row in batch], embeddings=vectors[batch])

    def remove(self, model: str, ids: Sequence[str], *, language: str | None = None) -> None:
        """Forget vectors, those of one language or of all; ids that are not there are passed over."""
        with self._writing():
            for collection in self._collections(model, language):
                for i in range(0, len(ids), _BATCH):
                    collection.delete(ids=list(ids[i : i + _BATCH]))

    def languages(self, model: str) -> list[str]:
        """Languages of which there are vectors of this model, sorted."""
        with self._reading():
            prefix = model + _SEPARATOR
            return sorted(name.removeprefix(prefix) for name in self._names() if name.startswith(prefix))

    def present(self, model: str, ids: Sequence[str], *, language: str) -> set[str]:
        """Those of the ids that have a vector of this model among those of the language."""
        with self._reading():
            collection = self._collection(model, language)
            found: set[str] = set()
            for i in range(0, len(ids), _BATCH):
                found.update(collection.get(ids=list(ids[i : i + _BATCH]), include=[])["ids"])
            return found

    def get(self, model: str, ids: Sequence[str], *, language: str) -> dict[str, NDArray[np.float32]]:
        """Vectors of these passages of a language, each of shape (dimensions,); an id without a vector is missing."""
        if not ids:
            return {}
        with self._reading():
            found = self._searched(model, language).get(ids=list(ids), include=["embeddings"])
            return {id_: np.asarray(v, np.float32) for id_, v in zip(found["ids"], found["embeddings"], strict=True)}

    def ids(self, model: str, *, language: str | None = None) -> set[str]:
        """Ids of the passages of one language, or of all, that have a vector of this model."""
        with self._reading():
            found: set[str] = set()
            for collection in self._collections(model, language):
                found.update(collection.get(include=[])["ids"])
            return found

    def count(self, model: str, language: str) -> int:
        """How many passages of a language have a vector of this model."""
        with self._reading():
            if self._is_earlier(model):
                found = self._earlier_collection(model).get(where={"language": language}, include=[])
                return len(found["ids"])
            return int(self._collection(model, language).count())

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
        with self._reading():
            collection = self._searched(model, language)
            result = collection.query(
                query_embeddings=[vector],
                ids=None if among is None else sorted(among),
                n_results=limit,
                where={"language": language} if collection.name == model else None,
                include=["distances"],
            )
            pairs = zip(result["ids"][0], result["distances"][0], strict=True)
            return {id_: 1.0 - float(distance) for id_, distance in pairs}

    def heal(self) -> None:
        """Remove collections that cannot be searched, because a crash has damaged them: indexing makes them again."""
        with self._writing():
            for name in self._names():
                try:
                    probe(self._client, name)
                except Exception as exc:  # noqa: BLE001  # Chroma's Rust core raises bare exceptions
                    _LOG.warning("The vectors %s in %s are damaged and made again: %s", name, self._path, exc)
                    self._client.delete_collection(name)
                    self._store.collections.pop(name, None)

    def close(self) -> None:
        """Leave the folder, which is closed when nobody uses it any more; the vectors cannot be used afterwards."""
        with self._store_errors():
            self._leave()


def _collection_name(model: str, language: str) -> str:
    return f"{model}{_SEPARATOR}{language}"
