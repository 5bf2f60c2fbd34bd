"""Question and passage -> how well the passage answers the question."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from policybot.models import weights
from policybot.models._onnx import MAX_TOKENS, OnnxModel
from policybot.models._text import clean

_QUERY_TOKENS = 256
"""Tokens of a question that are read: half of the model's input, so that the other half is the passage's."""


class Reranker(Protocol):
    """Scores passages for a question. Thread-safe."""

    @property
    def name(self) -> str:
        """Model and version."""

    def score(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Raw scores, shape (number of texts,), unbounded, higher is more relevant, comparable across queries."""


class MiniLmReranker:
    """cross-encoder/ms-marco-MiniLM-L-12-v2, int8: English. The score is the logit, about -11 to 11.

    A passage that does not fit into the 512 tokens together with the question is cut.

    Raises:
        WeightsError: The weights are missing or damaged.
    """

    name = "ms-marco-minilm-l-12-v2-int8.1"

    def __init__(self, cache_dir: Path) -> None:
        self._model = OnnxModel(
            weights.verified(weights.RERANKER, cache_dir=cache_dir),
            weights.verified(weights.RERANKER_TOKENIZER, cache_dir=cache_dir),
        )
        self._model.tokenizer.enable_truncation(MAX_TOKENS, strategy="only_second")

    def score(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Logits, shape (number of texts,): above 0 the passage likely answers the question."""
        question = self._shortened(clean(query))
        encodings = self._model.tokenizer.encode_batch([(question, clean(text)) for text in texts])
        return np.array([logits[0] for logits in self._model.run(encodings)], dtype=np.float32)

    def _shortened(self, query: str) -> str:
        """The query's beginning, at most 256 tokens, so that room is left for the passage."""
        # Truncation is set for pairs and refuses a long text alone; as the second of a pair the query is cut, too.
        pair = self._model.tokenizer.encode("", query, add_special_tokens=False)
        return query if len(pair.offsets) <= _QUERY_TOKENS else query[: pair.offsets[_QUERY_TOKENS - 1][1]]
