"""Hits -> the few sentences in them that bear on the question, which the chat model reads and citations quote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policybot.calibration import EVIDENCE_SENTENCES, EVIDENCE_TOKENS, OTHER_WORDS
from policybot.domain import Evidence, Hit
from policybot.searching.query import Query
from policybot.searching.scoring import SentenceScorer
from policybot.searching.sentences import sentences_of
from policybot.text.plain import ends_with_colon
from policybot.text.tokens import content_tokens, token_count, token_set


class EvidenceSelector:
    """Scores every sentence of the best hits and keeps the best few."""

    def __init__(self, scorer: SentenceScorer) -> None:
        self._scorer = scorer

    def select(self, query: Query, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """The sentences that bear most on the question, by document and position.

        A sentence that leads into a list (it ends with a colon) brings the list's items along while they fit.
        """
        sentences = [evidence for hit in hits for evidence in sentences_of(hit)]
        scored = [replace(e, score=e.score * _newness(e, query)) for e in self._scorer.scored(query, sentences)]
        chosen: dict[tuple[str, int], Evidence] = {}
        tokens = 0
        for evidence in sorted(scored, key=lambda e: (-e.score, e.hit.rank, e.start)):
            if len(chosen) >= EVIDENCE_SENTENCES:
                break
            for part in (evidence, *_list_after(evidence, scored)):
                key = (part.hit.passage.document_id, part.start)
                size = token_count(part.text)
                if key not in chosen and (not chosen or tokens + size <= EVIDENCE_TOKENS):
                    chosen[key] = part
                    tokens += size
        best = {id_: min(e.hit.rank for e in chosen.values() if e.hit.passage.document_id == id_) for id_, _ in chosen}
        return tuple(sorted(chosen.values(), key=lambda e: (best[e.hit.passage.document_id], e.start)))

    def rank(self, query: Query, hits: Sequence[Hit]) -> list[Evidence]:
        """All sentences of the hits with their scores, in no particular order."""
        return self._scorer.scored(query, [evidence for hit in hits for evidence in sentences_of(hit)])


def _newness(evidence: Evidence, query: Query) -> float:
    """The factor of a sentence's score for a follow-up, 0..1: "What about Tesla?" wants sentences that name Tesla.

    The reader reads the follow-up after the question before it, and tends to find what answered that one.
    """
    language = evidence.hit.passage.language
    asked = query.wording(language) if query.follow_up else None
    if not asked:
        return 1.0
    context = query.context if language == query.language else query.context_translations.get(language, "")
    new = set(content_tokens(asked)) - set(content_tokens(context))
    return 1.0 if not new or new & token_set(f"{evidence.hit.passage.heading} {evidence.text}") else OTHER_WORDS


def _list_after(lead: Evidence, sentences: Sequence[Evidence]) -> list[Evidence]:
    """The list items that follow a sentence ending with a colon, in the same passage."""
    if not ends_with_colon(lead.text):
        return []
    following = sorted(
        (e for e in sentences if e.hit.passage.id == lead.hit.passage.id and e.start > lead.start),
        key=lambda e: e.start,
    )
    items: list[Evidence] = []
    for evidence in following:
        if not evidence.text.startswith(("-", "*", "+", "•")) and not evidence.text[:1].isdigit():
            break
        items.append(evidence)
    return items
