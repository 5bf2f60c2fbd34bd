"""Features of a sentence and its evidence -> the probability that the evidence supports it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Kind = Literal["tokens", "words", "across"]
"""How sentence and sources are compared: English tokens, words of one language, or embeddings across languages."""


@dataclass(frozen=True, slots=True)
class Features:
    """The features of the logistic model.

    Attributes:
        kind: Selects the coefficients.
        first: For ``tokens`` and ``words`` the share of content words in the sources; for ``across`` the cosine. 0..1.
        second: For ``tokens`` the mean match of its tokens; for ``across`` 1 when it has figures and the sources state
            them all; else 0. 0..1.
        third: For ``tokens`` the mean match of its content words, else 0. 0..1.
        missing: Figures, dates and code names that the sources do not state.
        silent: Whether the sentence says that the documents do not answer, and there is no evidence.
    """

    kind: Kind
    first: float
    second: float
    third: float
    missing: int
    silent: bool = False

    @property
    def values(self) -> tuple[float, ...]:
        """The model's inputs; the count is damped, since a second missing figure means less than the first."""
        return self.first, self.second, self.third, math.log1p(self.missing), float(self.silent)

    def __str__(self) -> str:
        """The features in English, for ``Check.reason``."""
        if self.kind == "across":
            return f"cosine {self.first:.2f} with the evidence in another language"
        matched = f", match of its tokens {self.second:.2f}" if self.kind == "tokens" else ""
        return f"{self.first:.2f} of its words in the evidence{matched}"


def probability(features: Features) -> float:
    """The probability of support by the logistic model that benchmarks/train_checker.py fits, 0..1."""
    intercept, *weights = coefficients()[features.kind]
    logit = intercept + sum(w * x for w, x in zip(weights, features.values, strict=True))
    return 1 / (1 + math.exp(-max(min(logit, 30.0), -30.0)))


@cache
def coefficients() -> Mapping[str, tuple[float, ...]]:
    """By kind: the intercept, then a weight for each of ``Features.values``."""
    read = json.loads(files("policybot.checking").joinpath("coefficients.json").read_text("utf-8"))
    return {kind: tuple(values) for kind, values in read.items()}
