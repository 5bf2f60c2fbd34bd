"""Embedding models of other providers: unit vectors, and failures that say which model and what to do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding, Embeddings

from policybot.errors import EmbeddingModelError, MissingExtra, SettingsError
from policybot.models import hosted_embedding
from policybot.models.hosted_embedding import HostedEmbedder, hosted_embedder


class _Failing(Embeddings):
    """A provider that is away, or that sends less than it was asked for."""

    def __init__(self, answer: list[list[float]] | Exception) -> None:
        self.answer = answer

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def test_vectors_have_length_1() -> None:
    """Passages and questions get unit vectors of one length, whatever the provider sends."""
    embedder = HostedEmbedder("openai:text-embedding-3-small", DeterministicFakeEmbedding(size=12))

    passages, query = embedder.embed_passages(["a", "b"]), embedder.embed_query("a")

    assert passages.shape == (2, embedder.dimensions) == (2, 12)
    assert np.linalg.norm([*passages, query], axis=1) == pytest.approx(1.0, abs=1e-6)
    assert embedder.embed_passages([]).shape == (0, 12)


@pytest.mark.parametrize("choice", ["openai:text-embedding-3-small", "ollama:Über/modell_1:7b", "p:" + "x" * 400])
def test_name_can_name_a_collection(choice: str) -> None:
    """The name holds nothing but what the vector store and its separator allow."""
    name = HostedEmbedder(choice, DeterministicFakeEmbedding(size=3)).name

    assert 3 <= len(name) <= 200
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-")


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(ConnectionError("no route"), id="away"),
        pytest.param([[1.0, 0.0]], id="one vector for two texts"),
        pytest.param([[], []], id="empty vectors"),
    ],
)
def test_failure_names_the_model(answer: Any) -> None:
    """What the provider does wrong is told as an EmbeddingModelError that names the model and the setting."""
    embedder = HostedEmbedder("openai:small", _Failing(answer))

    with pytest.raises(EmbeddingModelError, match=r"openai:small.*POLICYBOT_EMBEDDING"):
        embedder.embed_passages(["a", "b"])


def test_other_length_is_refused() -> None:
    """A provider that changes the length of its vectors cannot mix them into the index."""
    client = _Failing([[1.0, 0.0]])
    embedder = HostedEmbedder("openai:small", client)
    embedder.embed_query("a")
    client.answer = [[1.0, 0.0, 0.0]]

    with pytest.raises(EmbeddingModelError, match="after vectors of length 2"):
        embedder.embed_query("b")


def test_missing_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider whose package is missing is told with the command that installs it."""

    def missing(*_: object, **__: object) -> Embeddings:
        raise ImportError("no module")

    monkeypatch.setattr(hosted_embedding, "init_embeddings", missing)

    with pytest.raises(MissingExtra, match=r"pip install 'policybot\[openai\]'"):
        hosted_embedder("openai:small", base_url="")


def test_unknown_provider_is_refused() -> None:
    """A provider that LangChain does not know is named as a wrong setting."""
    with pytest.raises(SettingsError, match="POLICYBOT_EMBEDDING_MODEL='nobody:small'"):
        hosted_embedder("nobody:small", base_url="")
