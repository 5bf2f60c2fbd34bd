"""Text -> a vector for each of its tokens, by which two texts are matched word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from policybot.models import weights
from policybot.models._onnx import MAX_TOKENS, OnnxModel
from policybot.models._text import clean

READ = "en"
"""The language that token matching reads: every question is put into it."""


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """A text's tokens, the special ones left out.

    Attributes:
        vectors: Shape (number of tokens, dimensions), each of length 1, in the order of the text.
        spans: Offsets of each token in the text.
    """

    vectors: NDArray[np.float32]
    spans: tuple[tuple[int, int], ...]


class TokenMatcher(Protocol):
    """Gives each token of a text a vector that knows its context. Thread-safe."""

    @property
    def name(self) -> str:
        """Model and version."""

    def encode(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The tokens of each text; of a long text only the beginning is read."""


class ColbertSmall:
    """answerdotai/answerai-colbert-small-v1, int8: English, late interaction by token [1].

    The vectors are the encoder's last hidden states: the file lacks the projection to 96 dimensions, which serves to
    save space. Sentence and evidence are read alike, as documents, since neither is a question.

    Texts longer than 512 tokens are cut.

    [1] https://huggingface.co/answerdotai/answerai-colbert-small-v1

    Raises:
        WeightsError: The weights are missing or damaged.
    """

    name = "answerai-colbert-small-v1-int8.1"
    dimensions = 384

    def __init__(self, cache_dir: Path) -> None:
        self._model = OnnxModel(
            weights.verified(weights.COLBERT_SMALL, cache_dir=cache_dir),
            weights.verified(weights.COLBERT_SMALL_TOKENIZER, cache_dir=cache_dir),
        )
        self._model.tokenizer.enable_truncation(MAX_TOKENS)

    def encode(self, texts: Sequence[str]) -> list[TokenVectors]:
        """A vector of 384 numbers for each token of each text."""
        encodings = self._model.tokenizer.encode_batch([clean(text) for text in texts])
        found: list[TokenVectors] = []
        for encoding, hidden in zip(encodings, self._model.run(encodings), strict=True):
            own = [i for i, special in enumerate(encoding.special_tokens_mask) if not special]
            lengths = np.linalg.norm(hidden[own], axis=1, keepdims=True)
            vectors = (hidden[own] / np.maximum(lengths, 1e-12)).astype(np.float32)
            found.append(TokenVectors(vectors, tuple(encoding.offsets[i] for i in own)))
        return found
