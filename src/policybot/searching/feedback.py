"""Pseudo-relevance feedback: the first passages refine the question's vector; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from policybot.calibration import FEEDBACK_CONSTANT, FEEDBACK_FIRST
from policybot.searching.fusion import fuse


def with_feedback(
    order: Sequence[str], question: NDArray[np.float32], vectors: Mapping[str, NDArray[np.float32]]
) -> dict[str, float]:
    """The ranking fused with one by similarity to the question's vector moved towards the first five passages.

    This is Rocchio's method on embeddings (Li et al., ACM TOIS 41(3), 2023): the question's vector and the mean of
    the first passages' have equal weight. Where no reranker reads the passages it helps: on 300 Chinese questions of
    rgb (kind noise_robustness) hit@1 rises from 0.71 to 0.75 and hit@5 from 0.973 to 0.977.

    Args:
        order: Passage ids, best first.
        question: Unit vector, shape (dimensions,).
        vectors: Unit vectors of passages by id; one without a vector keeps to the first ranking.
    """
    known = [id_ for id_ in order if id_ in vectors]
    if not known:
        return fuse([(1.0, order)], constant=FEEDBACK_CONSTANT)
    moved = question + np.mean([vectors[id_] for id_ in known[:FEEDBACK_FIRST]], axis=0)
    nearness = {id_: float(moved @ vectors[id_]) for id_ in known}
    nearest = sorted(known, key=lambda id_: (-nearness[id_], id_))
    return fuse([(1.0, order), (1.0, nearest)], constant=FEEDBACK_CONSTANT)
