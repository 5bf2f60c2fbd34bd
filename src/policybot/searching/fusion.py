"""Several rankings -> one, by reciprocal rank."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from policybot.calibration import RRF_CONSTANT


def fuse(rankings: Iterable[tuple[float, Sequence[str]]]) -> dict[str, float]:
    """Fused score of each id, best first: the sum over rankings of ``weight / (RRF_CONSTANT + rank)``.

    Ranks count from 1. Of two with the same score, which two rankings that disagree about neighbours often give, the
    one that the first ranking puts before the other comes first; ids break only the remaining ties.
    """
    parts: dict[str, list[float]] = {}
    places: dict[str, list[float]] = {}
    count = 0
    for count, (weight, ranking) in enumerate(rankings, start=1):
        for rank, id_ in enumerate(ranking, start=1):
            parts.setdefault(id_, []).append(weight / (RRF_CONSTANT + rank))
            unseen = places.setdefault(id_, [])
            unseen += [math.inf] * (count - 1 - len(unseen)) + [rank]
    # Summed exactly, so that equal scores are equal whichever ranking gave which part.
    scores = {id_: math.fsum(found) for id_, found in parts.items()}
    for found in places.values():
        found += [math.inf] * (count - len(found))
    return dict(sorted(scores.items(), key=lambda item: (-item[1], places[item[0]], item[0])))
