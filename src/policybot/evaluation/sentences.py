"""Measures of ranked sentences: is the evidence among the first of them?

Evidence lies in a document where the document's body holds its tokens (``metrics.tokens``) in a run. A sentence holds
evidence when it is of a right document, alternatives included, and where both lie they share

- the whole evidence, or
- at least half of the shorter of the two, and at least five words, a Chinese character counting as half a word:
  a sentence may be a part of the evidence, but a label or a title of a few characters within it is none.

The place counts, because figures and names recur: a sentence that states the same indicator of another year shares
most of its words with the evidence, and is not it.

- sentence_hit@k = 1 when one of the first k sentences holds any piece of the evidence, else 0
- sentence_recall@5 = share of the pieces of evidence that one of the first five sentences holds
- gold_sentence_hit@k, gold_sentence_recall@5: the same for sentences of the right documents alone

Evidence that lies in no right document's body, a line of the front matter for example, is left out; without any other
the question has none of these measures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from policybot.evaluation.datasets import Corpus, Question
from policybot.evaluation.metrics import tokens
from policybot.evaluation.systems import Retrieved
from policybot.language.script import CJK

SENTENCES = 5
"""Sentences asked of a system for each question."""

HIT_CUTOFFS = (1, SENTENCES)
"""The values of k."""

_LEAST_SHARED = 5.0
"""Words that a sentence and evidence share at least, unless it is the whole evidence: as many as in a passage."""

_CJK = re.compile(rf"[{CJK}]")


class _Place(NamedTuple):
    """A run of a document's tokens, from ``start`` to before ``end``."""

    document_id: str
    start: int
    end: int


class SentenceMeasures:
    """Measures ranked sentences against the documents of a set.

    Args:
        corpus: Its documents are cut into tokens when they are first needed.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._texts = {document.id: document.text for document in corpus.documents}
        self._tokens: dict[str, list[str]] = {}

    def of(
        self, question: Question, *, ranked: Sequence[Retrieved], ranked_in_gold: Sequence[Retrieved]
    ) -> dict[str, float]:
        """The measures of one question, 0..1; empty when no evidence lies in a right document's body.

        Args:
            ranked: The system's sentences over all documents, best first.
            ranked_in_gold: Those over the right documents alone.
        """
        pieces = [
            places for piece in question.gold_evidence if (places := self._places(piece, question.right_documents))
        ]
        if not pieces:
            return {}
        return self._measured(pieces, ranked, "") | self._measured(pieces, ranked_in_gold, "gold_")

    def _measured(self, pieces: Sequence[list[_Place]], ranked: Sequence[Retrieved], prefix: str) -> dict[str, float]:
        sentences = [self._places(text, [document_id]) for document_id, text in ranked[:SENTENCES]]
        ranks = [
            next((rank for rank, held in enumerate(sentences, start=1) if self._holds(held, places)), None)
            for places in pieces
        ]
        found = [rank for rank in ranks if rank is not None]
        hits = {f"{prefix}sentence_hit@{k}": float(any(rank <= k for rank in found)) for k in HIT_CUTOFFS}
        return hits | {f"{prefix}sentence_recall@{SENTENCES}": len(found) / len(ranks)}

    def _holds(self, sentence: Sequence[_Place], evidence: Sequence[_Place]) -> bool:
        return any(self._share_enough(one, other) for one in sentence for other in evidence)

    def _share_enough(self, sentence: _Place, evidence: _Place) -> bool:
        start, end = max(sentence.start, evidence.start), min(sentence.end, evidence.end)
        if sentence.document_id != evidence.document_id or start >= end:
            return False
        if (start, end) == (evidence.start, evidence.end):
            return True
        shared, *sizes = (self._words(p) for p in (_Place(evidence.document_id, start, end), sentence, evidence))
        return shared >= max(_LEAST_SHARED, min(sizes) / 2)

    def _words(self, place: _Place) -> float:
        """The size of a place in words, a Chinese character being half a word."""
        return sum(
            0.5 if _CJK.match(token) else 1.0 for token in self._tokens[place.document_id][place.start : place.end]
        )

    def _places(self, text: str, document_ids: Sequence[str]) -> list[_Place]:
        """Where these documents hold a text, token for token."""
        wanted = tokens(text)
        return [
            _Place(id_, start, start + len(wanted))
            for id_ in document_ids
            for start in _starts(self._tokens_of(id_), wanted)
        ]

    def _tokens_of(self, document_id: str) -> list[str]:
        if document_id not in self._tokens:
            # A document that the set does not have holds nothing.
            self._tokens[document_id] = tokens(self._texts.get(document_id, ""))
        return self._tokens[document_id]


def _starts(sequence: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """Where a sequence holds another one, contiguously."""
    first = wanted[0] if wanted else None
    return [i for i, token in enumerate(sequence) if token == first and sequence[i : i + len(wanted)] == wanted]
