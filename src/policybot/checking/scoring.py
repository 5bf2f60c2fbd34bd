"""What resembles and what differs -> the probability that the evidence supports a sentence."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Kind = Literal["tokens", "words", "across"]
"""How sentence and sources were compared: English tokens matched, words of one language, meaning across languages."""


@dataclass(frozen=True, slots=True)
class Features:
    """What the probability is made from.

    Attributes:
        kind: Which coefficients are meant.
        first: Of ``tokens`` and ``words`` the share of content words in the sources; of ``across`` the cosine. 0..1.
        second: Of ``tokens`` the mean match of its tokens; of ``across`` whether it has figures and the sources state
            them all; else 0. 0..1.
        third: Of ``tokens`` the mean match of its content words, else 0. 0..1.
        missing: Figures, dates and code names that the sources do not state.
        silent: Whether it says that the documents do not say, and there is no evidence that could.
    """

    kind: Kind
    first: float
    second: float
    third: float
    missing: int
    silent: bool = False

    @property
    def values(self) -> tuple[float, ...]:
        """As the model takes them; the count is damped, since the second figure says less than the first."""
        return self.first, self.second, self.third, math.log1p(self.missing), float(self.silent)

    def __str__(self) -> str:
        """For the record."""
        if self.kind == "across":
            return f"cosine {self.first:.2f} with the evidence in another language"
        matched = f", match of its tokens {self.second:.2f}" if self.kind == "tokens" else ""
        return f"{self.first:.2f} of its words in the evidence{matched}"


def probability(features: Features) -> float:
    """Logistic model, fitted by benchmarks/train_checker.py; 0..1."""
    intercept, *weights = coefficients()[features.kind]
    logit = intercept + sum(w * x for w, x in zip(weights, features.values, strict=True))
    return 1 / (1 + math.exp(-max(min(logit, 30.0), -30.0)))


@cache
def coefficients() -> Mapping[str, tuple[float, ...]]:
    """Of each kind: intercept, then a weight for each of ``Features.values``."""
    read = json.loads(files("policybot.checking").joinpath("coefficients.json").read_text("utf-8"))
    return {kind: tuple(values) for kind, values in read.items()}
