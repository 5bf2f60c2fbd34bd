"""Vectors of passages: made once for each text, used again wherever the text stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from policybot.domain import Passage
from policybot.models.embedding import Embedder
from policybot.store.catalogue import Catalogue
from policybot.store.sameness import content_key
from policybot.store.vectors import Vectors

GROUP_PASSAGES = 32
"""Passages embedded and then written together: a crash loses at most the embedding of so many."""

OnCount = Callable[[int, int], None]
"""Told how many passages are done, of how many."""


@dataclass(frozen=True, slots=True)
class EmbeddingModels:
    """Which model embeds passages of which language.

    Attributes:
        multilingual: Embeds every passage, so that a question in one language finds passages in another.
        by_language: Stronger and faster models of one language, embedding its passages first.
        choice: The setting that chose them; empty when a program gave them.
    """

    multilingual: Embedder
    by_language: Mapping[str, Embedder]
    choice: str = ""

    def first(self, language: str) -> Embedder:
        """The model that makes passages of a language searchable in it: its own, else the multilingual one."""
        return self.by_language.get(language, self.multilingual)

    def all(self) -> tuple[Embedder, ...]:
        """Every model."""
        return self.multilingual, *self.by_language.values()


@dataclass(frozen=True, slots=True)
class Index:
    """A catalogue and the vectors that belong to it; close it, or use it in a ``with`` block."""

    catalogue: Catalogue
    vectors: Vectors

    def close(self) -> None:
        """Close the files of both."""
        with closing(self.catalogue):
            self.vectors.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_index(folder: Path) -> Index:
    """Open the index in a folder, or begin one there.

    Raises:
        StoreError: The folder cannot be used.
    """
    return Index(Catalogue(folder), Vectors(folder))


class PassageVectors:
    """Gives passages of an index their vectors.

    Args:
        earlier: An index whose vectors are used again for passages of the same content.
    """

    def __init__(self, index: Index, models: EmbeddingModels, *, earlier: Index | None = None) -> None:
        self._catalogue, self._vectors = index.catalogue, index.vectors
        self._models = models
        self._sources = (index, earlier) if earlier is not None else (index,)

    def adopt(self) -> None:
        """Set right what a crash has damaged, and bring vectors of an earlier version of policybot to their places."""
        self._vectors.heal()
        for embedder in self._models.all():
            self._vectors.adopt(embedder.name)

    def embed(self, passages: Sequence[Passage], *, on_slice: Callable[[], None] = lambda: None) -> int:
        """Make passages searchable in their own language; returns how many texts were embedded.

        Args:
            on_slice: Called whenever some more are written.
        """
        by_language: dict[str, list[Passage]] = {}
        for passage in passages:
            by_language.setdefault(passage.language, []).append(passage)
        return sum(
            self._embed_with(self._models.first(each), each, by_language[each], on_slice)
            for each in sorted(by_language)
        )

    def _embed_with(
        self, embedder: Embedder, language: str, passages: Sequence[Passage], on_slice: Callable[[], None]
    ) -> int:
        present = self._vectors.present(embedder.name, [p.id for p in passages], language=language)
        by_key: dict[str, list[Passage]] = {}
        for passage in passages:
            if passage.id not in present:
                by_key.setdefault(content_key(passage), []).append(passage)
        known = self._known(embedder, language, list(by_key))
        self._put(embedder, language, {key: by_key[key] for key in known}, known)
        new = [key for key in by_key if key not in known]
        for i in range(0, len(new), GROUP_PASSAGES):
            keys = new[i : i + GROUP_PASSAGES]
            vectors = embedder.embed_passages([by_key[key][0].text_with_heading for key in keys])
            self._put(embedder, language, {key: by_key[key] for key in keys}, dict(zip(keys, vectors, strict=True)))
            on_slice()
        return len(new)

    def _known(self, embedder: Embedder, language: str, keys: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Vectors of passages of the same content that are indexed already, by content key."""
        known: dict[str, NDArray[np.float32]] = {}
        for source in self._sources:
            same = source.catalogue.same_content([key for key in keys if key not in known])
            vectors = source.vectors.get(embedder.name, sorted(same), language=language)
            known.update({same[id_]: vector for id_, vector in vectors.items()})
        return known

    def _put(
        self,
        embedder: Embedder,
        language: str,
        by_key: Mapping[str, Sequence[Passage]],
        vectors: Mapping[str, NDArray[np.float32]],
    ) -> None:
        rows = [(passage.id, vectors[key]) for key, passages in by_key.items() for passage in passages]
        if rows:
            stacked = np.stack([vector for _, vector in rows])
            self._vectors.put(embedder.name, [id_ for id_, _ in rows], stacked, [language] * len(rows))

    def repair(self) -> int:
        """Embed passages that the catalogue knows but that have no vector: the vectors were lost or are new."""
        return sum(
            self._embed_with(self._models.first(language), language, passages, lambda: None)
            for language in self._catalogue.languages()
            for passages in self._groups(self._missing(self._models.first(language), language))
        )

    def cross(self, report: OnCount) -> int:
        """Give passages whose language has a model of its own the multilingual vector, too; returns how many."""
        embedder = self._models.multilingual
        missing = {language: self._missing(embedder, language) for language in self._models.by_language}
        total = sum(map(len, missing.values()))
        done = 0
        for language, ids in missing.items():
            for passages in self._groups(ids):
                self._embed_with(embedder, language, passages, lambda: None)
                done += len(passages)
                report(done, total)
        return done

    def _missing(self, embedder: Embedder, language: str) -> list[str]:
        """Passages of a language that have no vector of a model."""
        return sorted(self._catalogue.passage_ids(language) - self._vectors.ids(embedder.name, language=language))

    def _groups(self, ids: Sequence[str]) -> Iterator[list[Passage]]:
        """The passages with these ids, as many as are embedded and written together."""
        for i in range(0, len(ids), GROUP_PASSAGES):
            yield [record.passage for record in self._catalogue.passages(ids[i : i + GROUP_PASSAGES]).values()]

    def remove_orphans(self) -> None:
        """Remove vectors whose passage the catalogue does not know, or knows in another language."""
        for embedder in self._models.all():
            for language in self._vectors.languages(embedder.name):
                known = self._catalogue.passage_ids(language)
                orphans = sorted(self._vectors.ids(embedder.name, language=language) - known)
                if orphans:
                    self._vectors.remove(embedder.name, orphans, language=language)
