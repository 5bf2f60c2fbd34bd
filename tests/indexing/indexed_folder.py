"""A folder of documents, the bot that indexes it, and what the index holds in a form that can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from policybot import PolicyBot, load_settings
from policybot.domain import DocumentSummary
from policybot.indexing import EmbeddingModels, Index, open_index
from policybot.indexing.places import current
from policybot.testing import HashingEmbedder


class CountingEmbedder(HashingEmbedder):
    """A hashing embedder that remembers which texts it was given."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.texts: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += texts
        return super().embed_passages(texts)


def models(suffix: str = "1") -> EmbeddingModels:
    """A model for all languages and one for English."""
    return EmbeddingModels(CountingEmbedder(f"all.{suffix}"), {"en": CountingEmbedder(f"english.{suffix}")})


class IndexedFolder:
    """A folder of documents with a bot over it."""

    def __init__(self, place: Path, **settings: object) -> None:
        self.place = place
        self.documents = place / "documents"
        self.documents.mkdir(parents=True, exist_ok=True)
        self.models = models()
        self.settings = load_settings(
            data_dir=place / "data", documents_dir=self.documents, chat_model="none", **settings
        )
        self.bot = PolicyBot(self.settings, embedding_models=self.models)

    def write(self, name: str, text: str) -> Path:
        path = self.documents / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def embedded(self) -> list[str]:
        """Texts given to the models since the last time this was asked."""
        found: list[str] = []
        for model in self.models.all():
            assert isinstance(model, CountingEmbedder)
            found += model.texts
            model.texts = []
        return found

    def contents(self, bot: PolicyBot | None = None) -> list[dict[str, Any]]:
        """Everything the index holds of each document, by name, without the identities that its past gave it.

        Vectors are rounded: one that is used again went through Chroma, which makes its length 1 once more.
        """
        with open_index(current((bot or self.bot).settings.data_dir)) as index:
            return [self._held(index, summary) for summary in index.catalogue.summaries()]

    def _held(self, index: Index, summary: DocumentSummary) -> dict[str, Any]:
        document = index.catalogue.document(summary.id)
        records = index.catalogue.passages_of(summary.id)
        passages = [(r.passage.text, r.passage.start, r.passage.section, r.passage.language) for r in records]
        vectors = {}
        for model in self.models.all():
            for language in {r.passage.language for r in records}:
                ids = [r.passage.id for r in records if r.passage.language == language]
                known = index.vectors.get(model.name, ids, language=language)
                vectors[model.name, language] = [known[id_].round(4).tolist() if id_ in known else None for id_ in ids]
        return {"name": summary.name, "text": document.text, "passages": passages, "vectors": vectors}

    def is_whole(self, bot: PolicyBot | None = None, *, models: EmbeddingModels | None = None) -> bool:
        """Whether every passage has exactly the vectors it should have, and no vector is of anything else."""
        models = models or self.models
        with open_index(current((bot or self.bot).settings.data_dir)) as index:
            catalogue, vectors = index.catalogue, index.vectors
            for language in catalogue.languages():
                wanted = catalogue.passage_ids(language)
                for model in {models.first(language), models.multilingual}:
                    if vectors.ids(model.name, language=language) != wanted:
                        return False
            return all(vectors.ids(model.name) <= catalogue.passage_ids() for model in models.all())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.bot.close()
