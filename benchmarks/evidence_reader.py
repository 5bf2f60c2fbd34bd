"""Question and sentence -> does it answer; evidence and claim -> does it carry the claim. Chinese, English, across."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from policybot.models._e5_file import E5File
from policybot.models._text import clean
from policybot.models._unigram import Unigram

QUESTION_TOKENS, SENTENCE_TOKENS, HEADING_TOKENS, BEFORE_TOKENS = 96, 160, 40, 40
"""Most tokens of each part. Of a question and of what stands before a sentence the end is kept, of the others the
beginning."""


class Unit(NamedTuple):
    """A sentence as it is read.

    Attributes:
        sentence: The sentence.
        heading: The document's title and the headings above, as ``Passage.heading`` writes them: "title > heading".
        before: The lead-in of the list it stands in, else the sentence before it.
    """

    sentence: str
    heading: str = ""
    before: str = ""


class EvidenceReader:
    """A cross-encoder of a few of multilingual-e5-small's layers, trained further. Thread-safe.

    Its word vectors are e5's own and stay in e5's file; only layers are in the reader's.

    Args:
        model: ``reader.onnx``.
        words: e5's weight file, which is loaded already where sentences are embedded.
        vocabulary: e5's vocabulary.
        threads: Pairs that are read at once.
    """

    def __init__(self, model: Path, words: E5File, vocabulary: Unigram, *, threads: int = 2) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._words = words
        self._vocabulary = vocabulary
        self._slash = vocabulary.encode("/")
        self._workers = ThreadPoolExecutor(threads, thread_name_prefix="policybot-reader")

    @classmethod
    def load(cls, model: Path, e5: Path, *, threads: int = 2) -> EvidenceReader:
        """A reader with its own copy of e5's vocabulary."""
        words = E5File(e5)
        vocabulary = Unigram(words.pieces, words.scores, unknown=words.unknown, characters=words.characters)
        return cls(model, words, vocabulary, threads=threads)

    def score(self, question: str, units: Sequence[Unit]) -> NDArray[np.float32]:
        """Probability that each sentence answers the question, shape (units,).

        Earlier turns of a conversation go in front of the question.
        """
        asked = self._tokens(question)
        return self._probabilities([(asked, unit) for unit in units], output=0)

    def carries(self, evidence: str, claim: str, *, heading: str = "") -> float:
        """Probability that the evidence carries the claim."""
        return float(self._probabilities([(self._tokens(claim), Unit(evidence, heading))], output=1)[0])

    def carried(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """``carries`` of pairs of evidence and claim, shape (pairs,)."""
        return self._probabilities([(self._tokens(claim), Unit(evidence)) for evidence, claim in pairs], output=1)

    def _probabilities(self, pairs: Sequence[tuple[list[int], Unit]], *, output: int) -> NDArray[np.float32]:
        order = sorted(range(len(pairs)), key=lambda i: -len(pairs[i][1].sentence))
        logits = np.zeros(len(pairs), dtype=np.float32)
        for i, found in zip(order, self._workers.map(lambda i: self._logits(*pairs[i]), order), strict=True):
            logits[i] = found[output]
        probabilities: NDArray[np.float32] = 1 / (1 + np.exp(-logits))
        return probabilities

    def _logits(self, asked: list[int], unit: Unit) -> NDArray[np.float32]:
        """Each pair by itself: in a batch the range of the activations, and so the result, would be its company's."""
        begin, end = self._words.begin, self._words.end
        heading = self._tokens(unit.heading)[:HEADING_TOKENS]
        before = self._tokens(unit.before)[-BEFORE_TOKENS:]
        context = heading + (self._slash if heading and before else []) + before
        parts = [
            [begin, *asked[-QUESTION_TOKENS:], end],
            [*self._tokens(unit.sentence)[:SENTENCE_TOKENS], end],
            [*context, end] if context else [],
        ]
        tokens = [token for part in parts for token in part]
        types = np.repeat(np.arange(3), [len(part) for part in parts])[None]
        words = self._words.rows("emb.word", self._words.width, tokens)[None]
        logits: NDArray[np.float32] = self._session.run(None, {"words": words, "types": types})[0][0]
        return logits

    def _tokens(self, text: str) -> list[int]:
        return self._vocabulary.encode(unicodedata.normalize("NFKC", clean(text[:4000]))[:4000])
