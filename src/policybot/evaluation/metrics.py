"""Measures of a ranking, and how sure they are.

For one question, R is the list of documents of the retrieved passages, best first, each document once; G the set of
right documents; E the gold evidence; P the retrieved passages. A measure that has nothing to be measured against
(no G, no E) is undefined: it is left out of the mean, never 0 or 1. A search that failed with an error found nothing.

- recall@k = |R[:k] ∩ G| / |G| [1]
- hit@k = 1 when R[:k] ∩ G is not empty, else 0
- hit_alt@k = hit@k with G and the alternative documents as right ones
- mrr@10 = 1 / rank of the first right document, 0 when none is among the first ten [2]
- ndcg@10 = DCG / DCG of the best ranking, where DCG sums 1 / log2(rank + 1) over the right documents up to rank 10 [3]
- evidence_recall@k = share of E that stands in some passage of P[:k] whose document is right (alternatives included)

Evidence stands in a passage when the two share a contiguous run of at least half of the evidence's tokens and at
least five, or all when it has fewer. Contiguous, because words in any order stand almost anywhere: of doc2dial's
evidence 0.45 shares half of its words with one of ten random passages of other documents, 0.004 a run of them.

[1] Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008, chapter 8
[2] Voorhees, The TREC-8 Question Answering Track Report, 1999
[3] Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques, ACM TOIS 20(4), 2002
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from policybot.language.script import CJK

CUTOFFS = (1, 3, 5, 10, 20)
"""The values of k."""

_RANKED = 10
"""Cut-off of MRR and nDCG."""

_LEAST_RUN = 5
"""Tokens of the shortest run that counts as evidence, unless the evidence itself is shorter."""

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´"))
_TOKEN = re.compile(rf"[{CJK}]|[^\W_{CJK}]+(?:[.,]\d+)*|[£$€¥%]")


def tokens(text: str) -> list[str]:
    """The tokens that evidence is compared by.

    Width variants unified (NFKC), lower case, apostrophes deleted; a CJK character is a token, so is a currency or
    percent sign; a number keeps its point and loses its commas.
    """
    folded = unicodedata.normalize("NFKC", text).lower().translate(_APOSTROPHES)
    return [token.replace(",", "") for token in _TOKEN.findall(folded)]


def recall(ranked: Sequence[str], right: Collection[str], *, k: int) -> float | None:
    """Share of the right documents among the first ``k`` different ones: 0..1, None without right ones."""
    wanted = set(right)
    return len(wanted.intersection(_first(ranked, k))) / len(wanted) if wanted else None


def hit(ranked: Sequence[str], right: Collection[str], *, k: int) -> float | None:
    """1 when a right document is among the first ``k`` different ones, else 0; None without right ones."""
    return float(not set(right).isdisjoint(_first(ranked, k))) if right else None


def reciprocal_rank(ranked: Sequence[str], right: Collection[str]) -> float | None:
    """1 / rank of the first right document among the first ten different ones, 0 without; None without right ones."""
    if not right:
        return None
    return next((1 / rank for rank, id_ in enumerate(_first(ranked, _RANKED), start=1) if id_ in right), 0.0)


def ndcg(ranked: Sequence[str], right: Collection[str]) -> float | None:
    """Normalised discounted cumulative gain of the first ten different documents: 0..1, None without right ones."""
    wanted = set(right)
    if not wanted:
        return None
    gain = sum(_discount(rank) for rank, id_ in enumerate(_first(ranked, _RANKED), start=1) if id_ in wanted)
    return gain / sum(_discount(rank) for rank in range(1, min(len(wanted), _RANKED) + 1))


def evidence_ranks(passages: Sequence[str], evidence: Sequence[str]) -> list[int | None]:
    """For each piece of evidence the rank (from 1) of the first passage it stands in, None when in none."""
    read = [tokens(passage) for passage in passages]
    return [_evidence_rank(read, tokens(piece)) for piece in evidence]


def evidence_recall(passages: Sequence[str], evidence: Sequence[str], *, k: int) -> float | None:
    """Share of the evidence that stands in one of the first ``k`` passages: 0..1, None without evidence."""
    return _found_by(evidence_ranks(passages[:k], evidence), k)


def question_metrics(
    retrieved: Sequence[tuple[str, str]],
    *,
    gold_documents: Collection[str],
    gold_evidence: Sequence[str],
    alternative_documents: Collection[str] | None,
) -> dict[str, float]:
    """All measures of one question that are defined.

    Args:
        retrieved: Document id and text of each retrieved passage, best first.
        alternative_documents: Further right documents; None leaves out hit_alt@k.
    """
    ranked = [id_ for id_, _ in retrieved]
    right = {*gold_documents, *(alternative_documents or ())}
    found: dict[str, float | None] = {}
    for k in CUTOFFS:
        found[f"recall@{k}"] = recall(ranked, gold_documents, k=k)
        found[f"hit@{k}"] = hit(ranked, gold_documents, k=k)
        if alternative_documents is not None and gold_documents:
            found[f"hit_alt@{k}"] = hit(ranked, right, k=k)
    found["ndcg@10"] = ndcg(ranked, gold_documents)
    found["mrr@10"] = reciprocal_rank(ranked, gold_documents)
    # A passage of another document keeps its place and counts for nothing.
    ranks = evidence_ranks([text if id_ in right else "" for id_, text in retrieved], gold_evidence)
    found |= {f"evidence_recall@{k}": _found_by(ranks, k) for k in CUTOFFS}
    return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over questions with its 95 % confidence interval.

    Attributes:
        n: Questions for which the measure is defined, 1 or more.
    """

    mean: float
    low: float
    high: float
    n: int

    def as_dict(self) -> dict[str, object]:
        """The estimate as plain values."""
        return {"mean": self.mean, "ci": [self.low, self.high], "n": self.n}


def estimate(values: Sequence[float], *, resamples: int = 2000, seed: int = 0) -> Estimate | None:
    """Mean and 95 % percentile bootstrap interval over questions [1]; None without values.

    [1] Efron, Bootstrap methods: another look at the jackknife, Annals of Statistics 7(1), 1979
    """
    if not values:
        return None
    sample = np.asarray(values, dtype=float)
    drawn = np.random.default_rng(seed).integers(0, len(sample), size=(resamples, len(sample)))
    low, high = np.quantile(sample[drawn].mean(axis=1), [0.025, 0.975])
    return Estimate(float(sample.mean()), float(low), float(high), len(sample))


def pooled_estimate(
    shares: Sequence[float], sizes: Sequence[int], *, resamples: int = 2000, seed: int = 0
) -> Estimate | None:
    """A share over all parts of all questions (sentences, citations), with its interval; None without parts.

    Args:
        shares: Each question's share, 0..1.
        sizes: How many parts each question has: its weight. Whole questions are drawn, since the parts of one stand
            or fall together; n is the number of parts.
    """
    weights = np.asarray(sizes, dtype=float)
    if not weights.sum():
        return None
    held = np.asarray(shares, dtype=float) * weights
    drawn = np.random.default_rng(seed).integers(0, len(weights), size=(resamples, len(weights)))
    drawn_weights = weights[drawn].sum(axis=1)
    means = held[drawn].sum(axis=1)[drawn_weights > 0] / drawn_weights[drawn_weights > 0]
    low, high = np.quantile(means, [0.025, 0.975])
    return Estimate(float(held.sum() / weights.sum()), float(low), float(high), int(weights.sum()))


def paired_p_value(differences: Sequence[float], *, flips: int = 10_000, seed: int = 0) -> float | None:
    """Two-sided p-value that the mean of paired differences is not 0; None without differences.

    A sign-flip permutation test [1]: how often random signs bring a mean as far from 0 as the one seen, the one seen
    counted in, so that the result is never below 1 / (flips + 1).

    [1] Smucker, Allan and Carterette, A comparison of statistical significance tests for IR, CIKM 2007
    """
    if not differences:
        return None
    seen = np.asarray(differences, dtype=float)
    signs = np.random.default_rng(seed).choice(np.array([-1.0, 1.0]), size=(flips, len(seen)))
    # Sums of the same numbers in another order may differ in their last digits.
    as_far = np.abs(signs @ seen) >= abs(seen.sum()) - 1e-9
    return float((1 + as_far.sum()) / (flips + 1))


def _first(ranked: Sequence[str], k: int) -> list[str]:
    """The first ``k`` different ids."""
    return list(dict.fromkeys(ranked))[:k]


def _discount(rank: int) -> float:
    return 1 / math.log2(rank + 1)


def _found_by(ranks: Sequence[int | None], k: int) -> float | None:
    return sum(rank is not None and rank <= k for rank in ranks) / len(ranks) if ranks else None


def _evidence_rank(passages: Sequence[Sequence[str]], evidence: Sequence[str]) -> int | None:
    if not evidence:
        return None
    length = max(math.ceil(len(evidence) / 2), min(_LEAST_RUN, len(evidence)))
    runs = _runs(evidence, length)
    return next((rank for rank, p in enumerate(passages, start=1) if not runs.isdisjoint(_runs(p, length))), None)


def _runs(sequence: Sequence[str], length: int) -> set[tuple[str, ...]]:
    """All contiguous runs of ``length`` tokens."""
    return {tuple(sequence[i : i + length]) for i in range(len(sequence) - length + 1)}
