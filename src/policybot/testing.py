"""Public fakes for tests of policybot and of programs that use it: no weights, no network."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.chat_models import generate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from numpy.typing import NDArray
from pydantic import Field


class ScriptedChatModel(BaseChatModel):
    """Says given replies, one for each call in turn, word by word; the last one again when they run out.

    Attributes:
        replies: What it says. An exception is raised instead of said.
        heard: The messages of each call, for tests to look at.
    """

    replies: Sequence[str | Exception]
    heard: list[list[BaseMessage]] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "policybot-scripted"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **kwargs))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        reply = self.replies[min(len(self.heard), len(self.replies) - 1)]
        self.heard.append(messages)
        if isinstance(reply, Exception):
            raise reply
        for word in re.findall(r"\s*\S+|\s+$", reply):
            yield ChatGenerationChunk(message=AIMessageChunk(content=word))


class HashingEmbedder:
    """Gives each text a random unit vector of its own, always the same: near are only equal texts.

    Args:
        name: What its vectors are stored under; only ``a-z``, ``0-9``, ``.`` and ``-``.
    """

    dimensions = 8

    def __init__(self, name: str = "hashing.1") -> None:
        self.name = name

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, shape (number of texts, 8), each of length 1."""
        vectors = np.array([self.embed_query(text) for text in texts], dtype=np.float32)
        return vectors.reshape(len(texts), self.dimensions)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Vector of a question, shape (8,), of length 1."""
        seed = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8])
        vector = np.random.default_rng(seed).standard_normal(self.dimensions)
        unit: NDArray[np.float32] = (vector / np.linalg.norm(vector)).astype(np.float32)
        return unit
