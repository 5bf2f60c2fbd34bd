"""Several rankings -> one, by reciprocal rank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

RRF_CONSTANT = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009)."""


def fuse(rankings: Iterable[tuple[float, Sequence[str]]], *, constant: int = RRF_CONSTANT) -> dict[str, float]:
    """Fused score of each id, best first: the sum over rankings of ``weight / (constant + rank)``.

    Ranks count from 1. Ties are broken by id, so that the result is the same in every run.
    """
    scores: dict[str, float] = {}
    for weight, ranking in rankings:
        for rank, id_ in enumerate(ranking, start=1):
            scores[id_] = scores.get(id_, 0.0) + weight / (constant + rank)
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))
