"""Hits -> the few sentences in them that bear on the question: what the chat model reads and citations quote."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from policybot.domain import Evidence, Hit
from policybot.models.embedding import Embedder
from policybot.models.reranking import Reranker
from policybot.searching.editions import years_in
from policybot.searching.languages import interleave
from policybot.searching.query import Query
from policybot.searching.relevance import reranker_relevance
from policybot.splitting import sentence_spans
from policybot.tokenising import content_tokens, token_count

SENTENCES = 6
"""Sentences chosen; a 1.5 B chat model reads so many in 3 s and stays with them (docs/architecture.md)."""

TOKENS = 200
"""Most estimated tokens of all chosen sentences together, lists completed included."""


_OTHER_YEARS = 0.5
"""Worth of a sentence of other years than the question's: still there when nothing else answers."""

_REFERENCE = re.compile(
    r"^\W*(?:sources?|references?|来源|出处|资料来源)\s*[:：]|[\"“”《].+https?://\S+\W*$", re.IGNORECASE | re.DOTALL
)
"""A line that names where a text comes from: a label, or a quoted title with an address at the end."""


class EvidenceSelector:
    """Scores every sentence of the best hits and keeps the best few."""

    def __init__(self, *, multilingual: Embedder, rerankers: Mapping[str, Reranker]) -> None:
        self._multilingual = multilingual
        self._rerankers = rerankers

    def select(self, query: Query, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """The sentences that bear most on the question, by document and position.

        A sentence that leads into a list (it ends with a colon) brings the list's items along while they fit.
        """
        sentences = [evidence for hit in hits for evidence in sentences_of(hit)]
        years = years_in(query.text)
        scored = [replace(e, score=e.score * _timeliness(e, years)) for e in self._scored(query, sentences)]
        languages = {evidence.hit.passage.language for evidence in scored}
        rankings = {
            language: sorted(
                (e for e in scored if e.hit.passage.language == language),
                key=lambda e: (-e.score, e.hit.rank, e.start),
            )
            for language in sorted(languages)
        }
        chosen: dict[tuple[str, int], Evidence] = {}
        tokens = 0
        for evidence in interleave(rankings, query.shares):
            if len(chosen) >= SENTENCES:
                break
            for part in (evidence, *_list_after(evidence, scored)):
                key = (part.hit.passage.document_id, part.start)
                size = token_count(part.text)
                if key not in chosen and (not chosen or tokens + size <= TOKENS):
                    chosen[key] = part
                    tokens += size
        best = {id_: min(e.hit.rank for e in chosen.values() if e.hit.passage.document_id == id_) for id_, _ in chosen}
        return tuple(sorted(chosen.values(), key=lambda e: (best[e.hit.passage.document_id], e.start)))

    def rank(self, query: Query, hits: Sequence[Hit]) -> list[Evidence]:
        """Every sentence of the hits with its score, in no particular order; nothing is chosen."""
        return self._scored(query, [evidence for hit in hits for evidence in sentences_of(hit)])

    def _scored(self, query: Query, sentences: Sequence[Evidence]) -> list[Evidence]:
        scored: list[Evidence] = []
        for language in sorted({e.hit.passage.language for e in sentences}):
            group = [e for e in sentences if e.hit.passage.language == language]
            reranker = self._rerankers.get(language)
            wordings = query.wordings(language)
            texts = [f"{e.hit.passage.heading}: {e.text}" for e in group]
            if reranker is not None and wordings:
                logits = np.max([reranker.score(wording, texts) for wording in wordings], axis=0)
                scores = [reranker_relevance(float(logit)) for logit in logits]
            else:
                # Without a reranker, similarity and shared words order the sentences of passages that the search found
                # relevant; either alone puts a neighbour first more often (9 Chinese questions of the policy set).
                asked = wordings or query.wordings(query.language)
                cosines = self._multilingual.embed_passages(texts) @ self._multilingual.embed_query(asked[0])
                near, shared = _spread(cosines), _spread(_coverage(asked, [e.text for e in group]))
                scores = [
                    e.hit.relevance * float(0.5 + 0.25 * n + 0.25 * s)
                    for e, n, s in zip(group, near, shared, strict=True)
                ]
            scored += [Evidence(e.hit, e.text, e.start, e.end, score) for e, score in zip(group, scores, strict=True)]
        return scored


def sentences_of(hit: Hit) -> list[Evidence]:
    """Every sentence of a hit's passage, unscored; references to other texts left out: they state nothing."""
    passage = hit.passage
    found = []
    reference_to = 0  # where the paragraph of references that was last seen ends
    for start, end in sentence_spans(passage.text):
        if start >= reference_to and _REFERENCE.search(passage.text[start:end]):
            ends = passage.text.find("\n\n", end)
            reference_to = len(passage.text) if ends < 0 else ends
        if start >= reference_to:
            found.append(Evidence(hit, passage.text[start:end], passage.start + start, passage.start + end, 0.0))
    return found


def _timeliness(evidence: Evidence, years: frozenset[int]) -> float:
    """What a sentence is worth for a question of these years, 0..1.

    It is of the years it names, else of those of its title, section and date.
    """
    passage = evidence.hit.passage
    told = years_in(evidence.text) or years_in(f"{passage.heading} {evidence.hit.metadata.published}")
    return _OTHER_YEARS if years and told and not years & told else 1.0


def _coverage(questions: Sequence[str], texts: Sequence[str]) -> np.ndarray:
    """Share of the questions' content tokens in each text, weighted by how few of the texts hold them: 0..1, (n,)."""
    wanted = sorted({token for question in questions for token in content_tokens(question)})
    held = np.array([[token in tokens for token in wanted] for tokens in map(set, map(content_tokens, texts))])
    if not held.size:
        return np.zeros(len(texts))
    weights = np.log1p((len(texts) - held.sum(axis=0) + 0.5) / (held.sum(axis=0) + 0.5))
    shares: np.ndarray = held @ weights / weights.sum()
    return shares


def _spread(values: np.ndarray) -> np.ndarray:
    """The values stretched to 0..1; all 0 when they are equal."""
    width = float(np.ptp(values))
    return (values - values.min()) / width if width else np.zeros_like(values)


def _list_after(lead: Evidence, sentences: Sequence[Evidence]) -> list[Evidence]:
    """The list items that follow a sentence ending with a colon, in the same passage."""
    if not lead.text.endswith((":", "：")):
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
