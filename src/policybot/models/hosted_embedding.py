"""Embedding models of other providers, chosen in LangChain's ``provider:model`` form."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from langchain.embeddings import init_embeddings
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from policybot.errors import EmbeddingModelError, MissingExtra, SettingsError
from policybot.models.embedding import normalised

_EXTRAS = frozenset({"openai", "ollama"})
_LONGEST_REASON = 300  # characters of a provider's own message
_LONGEST_NAME = 200  # Chroma allows 512 characters with the language

_OPTIONS: dict[str, dict[str, Any]] = {"openai": {"check_embedding_ctx_length": False}}
"""The client of OpenAI would load a tokenizer from the network to count what a passage, 400 tokens at most, holds."""


class HostedEmbedder:
    """An embedding model behind LangChain's interface; its vectors are scaled to length 1.

    Args:
        choice: ``provider:model``, by which it is named.
        embeddings: LangChain's client.
    """

    def __init__(self, choice: str, embeddings: Embeddings) -> None:
        self.name = re.sub(r"[^a-z0-9.]+", "-", choice.lower()).strip("-.")[:_LONGEST_NAME]
        self._choice = choice
        self._embeddings = embeddings
        self._dimensions = 0

    @property
    def dimensions(self) -> int:
        """Length of the vectors; asks the provider when it is not known yet."""
        if not self._dimensions:
            self.embed_query("length")
        return self._dimensions

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, shape (number of texts, dimensions), each of length 1.

        Raises:
            EmbeddingModelError: The provider failed, or sent something else than a vector for each text.
        """
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        try:
            vectors = np.array(self._embeddings.embed_documents(list(texts)), dtype=np.float32)
        except Exception as exc:  # each provider's client has exceptions of its own
            raise self._failed(exc) from exc
        return self._checked(vectors, len(texts))

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Vector of a question, shape (dimensions,), of length 1. Raises what ``embed_passages`` raises."""
        try:
            vectors = np.array([self._embeddings.embed_query(text)], dtype=np.float32)
        except Exception as exc:  # each provider's client has exceptions of its own
            raise self._failed(exc) from exc
        vector: NDArray[np.float32] = self._checked(vectors, 1)[0]
        return vector

    def _checked(self, vectors: NDArray[np.float32], texts: int) -> NDArray[np.float32]:
        length = vectors.shape[-1] if vectors.ndim == 2 else 0
        if vectors.ndim != 2 or len(vectors) != texts or not length or self._dimensions not in (0, length):
            raise EmbeddingModelError(
                f"The embedding model {self._choice} sent values of shape {vectors.shape} for {texts} texts"
                f"{f', after vectors of length {self._dimensions}' if self._dimensions else ''}. "
                "Check POLICYBOT_EMBEDDING_MODEL and POLICYBOT_EMBEDDING_BASE_URL."
            )
        self._dimensions = length
        return normalised(vectors)

    def _failed(self, exc: Exception) -> EmbeddingModelError:
        said = " ".join(str(exc).split())[:_LONGEST_REASON] or type(exc).__name__
        return EmbeddingModelError(
            f"The embedding model {self._choice} failed ({type(exc).__name__}: {said}). Try again, check "
            "POLICYBOT_EMBEDDING_BASE_URL, or choose a bundled model with POLICYBOT_EMBEDDING_MODEL."
        )


def hosted_embedder(choice: str, *, base_url: str) -> HostedEmbedder:
    """The model ``provider:model``; the provider is not contacted yet.

    Args:
        base_url: Address of an OpenAI-compatible or Ollama server; empty for the provider's own.

    Raises:
        MissingExtra: A package or key that it needs is missing.
        SettingsError: The provider is unknown, or refuses its settings.
    """
    provider = choice.partition(":")[0]
    options = dict(_OPTIONS.get(provider, {}))
    if base_url:
        options["base_url"] = base_url
        if provider == "openai" and not os.environ.get("OPENAI_API_KEY"):
            # Servers on one's own machine ask for no key, but the client insists on one.
            options["api_key"] = "none"
    try:
        return HostedEmbedder(choice, init_embeddings(choice, **options))
    except ImportError as exc:
        package = f"langchain-{provider.replace('_', '-')}"
        install = f"'policybot[{provider}]'" if provider in _EXTRAS else package
        raise MissingExtra(
            f"The embedding model {choice} needs the package {package}, which cannot be imported. "
            f"Install it with: pip install {install}"
        ) from exc
    except Exception as exc:  # each provider's client checks its settings with exceptions of its own
        said = " ".join(str(exc).split())[:_LONGEST_REASON]
        raise SettingsError(f"POLICYBOT_EMBEDDING_MODEL={choice!r} cannot be used: {said}") from exc
