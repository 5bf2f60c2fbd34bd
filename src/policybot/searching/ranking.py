"""Candidates of all languages -> hits, ranked by the best sentence of each."""

from __future__ import annotations

import math
from collections.abc import Sequence

from policybot.calibration import CANDIDATE_BEHIND, SENTENCE_PASSAGES
from policybot.domain import Hit
from policybot.searching.query import Query
from policybot.searching.scoring import SentenceScorer
from policybot.searching.sentences import sentences_of
from policybot.store.catalogue import PassageRecord


def ranked_by_sentences(
    query: Query, candidates: Sequence[Sequence[PassageRecord]], scorer: SentenceScorer
) -> list[Hit]:
    """The candidates as hits, best first; the relevance of each is the probability that its best sentence answers.

    A passage of a long document holds twenty facts, of which a question asks for one: the passage as a whole is less
    like the question than its sentence. How far behind the passage is among its candidates counts a little against it:
    where a question tells of circumstances, the whole passage is more like it than any sentence. Passages whose
    sentences were not scored come last. The ranks of the hits are set when they are cut to those wanted.

    Args:
        candidates: Of each language the passages found, best first.
    """
    read = [record for of_language in candidates for record in of_language[:SENTENCE_PASSAGES]]
    rest = [record for of_language in candidates for record in of_language[SENTENCE_PASSAGES:]]
    best = dict.fromkeys((record.passage.id for record in read), 0.0)
    for each in scorer.scored(query, [each for record in read for each in sentences_of(_hit(record, 0.0))]):
        best[each.hit.passage.id] = max(best[each.hit.passage.id], each.score)
    behind = {
        record.passage.id: CANDIDATE_BEHIND * math.log2(place)
        for of_language in candidates
        for place, record in enumerate(of_language, start=1)
    }
    ranked = sorted(read, key=lambda record: behind[record.passage.id] - _log_odds(best[record.passage.id]))
    return [*(_hit(record, best[record.passage.id]) for record in ranked), *(_hit(record, 0.0) for record in rest)]


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(bounded / (1 - bounded))


def _hit(record: PassageRecord, relevance: float) -> Hit:
    """A hit without its rank."""
    return Hit(record.passage, record.metadata, record.version, 0, round(relevance, 6), round(relevance, 4))
