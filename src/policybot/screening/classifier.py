"""A question and its embedding -> the probability of each kind."""

from __future__ import annotations

import json
import math
import re
import zlib
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from policybot.calibration import EMBEDDING_SCALE, WORD_BUCKETS, WORDS_SCALE
from policybot.language.script import HAN
from policybot.screening.cues import features

KINDS = ("ordinary", "opinion", "harmful", "manipulation", "meta")

_WORD = re.compile(rf"[a-z']+|[{HAN}]")


@dataclass(frozen=True, slots=True)
class Classifier:
    """Multinomial logistic regression, trained by benchmarks/train_screening.py.

    Attributes:
        centre: Mean embedding of the training questions, shape (384,), which is subtracted.
        weights: Shape (number of kinds, number of features).
        bias: Shape (number of kinds,).
        threshold: Probability of not being ordinary from which a question gets one of the other kinds, 0..1.
    """

    centre: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    threshold: float

    def probabilities(self, question: str, embedding: NDArray[np.float32]) -> dict[str, float]:
        """Probability of each kind; they add up to 1.

        Args:
            question: As ``normalised`` gives it.
            embedding: Its vector as a query, of multilingual-e5-small, shape (384,).
        """
        scores = self.weights @ row(question, embedding, self.centre) + self.bias
        odds = np.exp(scores - scores.max())
        return dict(zip(KINDS, (float(p) for p in odds / odds.sum()), strict=True))


def row(question: str, embedding: NDArray[np.float32], centre: NDArray[np.float32]) -> NDArray[np.float32]:
    """The features of a question: embedding, words, cues; shape (384 + WORD_BUCKETS + number of cues,)."""
    parts = ((embedding - centre) * EMBEDDING_SCALE, _words(question) * WORDS_SCALE, features(question))
    return np.concatenate([np.asarray(part, dtype=np.float32) for part in parts])


def load() -> Classifier:
    """The trained classifier."""
    values: dict[str, Any] = json.loads((files(__package__) / "coefficients.json").read_text(encoding="utf-8"))
    return Classifier(
        centre=np.array(values["centre"], dtype=np.float32),
        weights=np.array(values["weights"], dtype=np.float32),
        bias=np.array(values["bias"], dtype=np.float32),
        threshold=float(values["threshold"]),
    )


def _words(question: str) -> NDArray[np.float32]:
    """Hashed words, word pairs and first word, as a vector of length 1."""
    words = _WORD.findall(question.lower())
    terms = {*words, *(f"{a} {b}" for a, b in pairwise(words)), *(f"^ {first}" for first in words[:1])}
    counts = np.zeros(WORD_BUCKETS, dtype=np.float32)
    for term in terms:
        counts[zlib.crc32(term.encode()) % WORD_BUCKETS] = 1.0
    return counts / max(1.0, math.sqrt(float(counts.sum())))
