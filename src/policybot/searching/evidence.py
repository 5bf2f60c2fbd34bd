"""Hits -> the few sentences in them that bear on the question, which the chat model reads and citations quote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from policybot.calibration import EVIDENCE_SENTENCES, EVIDENCE_TOKENS, OTHER_WORDS, OTHER_YEARS, VISIBLE_SHORTEST
from policybot.domain import Evidence, Hit
from policybot.language import phrases
from policybot.models.embedding import Embedder
from policybot.models.reranking import Reranker
from policybot.searching.editions import years_in
from policybot.searching.glossing import Glosser
from policybot.searching.languages import interleave
from policybot.searching.listing import listing_with, render_row, table_caption
from policybot.searching.query import Query
from policybot.searching.ranking import READ
from policybot.searching.relevance import reranker_relevance
from policybot.text.orders import instructs_assistant, same_paragraph
from policybot.text.plain import ends_with_colon, unseen_spans
from policybot.text.sentences import sentence_spans
from policybot.text.tokens import content_tokens, token_count, token_set

_REFERENCE = phrases(
    lambda lexicon: lexicon.words.source_label,
    flags=re.IGNORECASE | re.DOTALL,
    form=r"^\W*{}\s*[:：]|[\"“”《].+https?://\S+\W*$",
)
"""A line that names where a text comes from: a label, or a quoted title with an address at the end."""


class EvidenceSelector:
    """Scores every sentence of the best hits and keeps the best few."""

    def __init__(self, *, multilingual: Embedder, reranker: Reranker, glosser: Glosser) -> None:
        self._multilingual = multilingual
        self._reranker = reranker
        self._glosser = glosser

    def select(self, query: Query, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """The sentences that bear most on the question, by document and position.

        A sentence that leads into a list (it ends with a colon) brings the list's items along while they fit.
        """
        sentences = [evidence for hit in hits for evidence in sentences_of(hit)]
        years = years_in(query.text)
        scored = [
            replace(e, score=e.score * _timeliness(e, years) * _newness(e, query))
            for e in self._scored(query, sentences)
        ]
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
        for evidence in interleave(rankings, query.language_weights):
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
        return self._scored(query, [evidence for hit in hits for evidence in sentences_of(hit)])

    def _scored(self, query: Query, sentences: Sequence[Evidence]) -> list[Evidence]:
        """The sentences, each with the score of its best clause: the other clauses of a long one say other things."""
        clauses = [(clause, i) for i, each in enumerate(sentences) for clause in each.clauses()]
        sentence_of = {(clause.hit.passage.id, clause.start): i for clause, i in clauses}
        best = [0.0] * len(sentences)
        for clause in self._scored_alone(query, [clause for clause, _ in clauses]):
            i = sentence_of[clause.hit.passage.id, clause.start]
            best[i] = max(best[i], clause.score)
        return [replace(each, score=score) for each, score in zip(sentences, best, strict=True)]

    def _scored_alone(self, query: Query, sentences: Sequence[Evidence]) -> list[Evidence]:
        scored: list[Evidence] = []
        for language in sorted({e.hit.passage.language for e in sentences}):
            group = [e for e in sentences if e.hit.passage.language == language]
            wordings = query.wordings(language)
            texts = [with_context(e) for e in group]
            asked = query.wordings(READ)
            read = [self._glosser.english(text, language) for text in texts] if asked else []
            if asked and None not in read:
                logits = np.max([self._reranker.score(each, [t or "" for t in read]) for each in asked], axis=0)
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


def with_context(evidence: Evidence) -> str:
    """A sentence with the context it needs outside its passage: its headings and the lead-in of its list.

    A table row comes with its column names and the table's caption:
    "| BYD | 17.4% |" -> "Cars 2024: Market shares. Maker: BYD; Share: 17.4%".
    """
    row = render_row(evidence)
    if row is not None:
        lead = table_caption(row[1])
    else:
        listing = listing_with(evidence)
        lead = listing.lead if listing is not None else None
    before = f"{lead.text} " if lead is not None and lead.start < evidence.start else ""
    return f"{evidence.hit.passage.heading}: {before}{evidence.text if row is None else row[0]}"


def sentences_of(hit: Hit) -> list[Evidence]:
    """The sentences of a hit's passage that state something visible to a reader of the document, unscored.

    Left out are references to other texts, text hidden in comments and invisible elements, and instructions to an
    assistant with the rest of their paragraph. A title, heading or publisher that instructs an assistant is removed
    as well.
    """
    passage = hit.passage
    hit = _without_orders(hit)
    return [
        Evidence(hit, passage.text[start:end], passage.start + start, passage.start + end, 0.0)
        for start, end in _statements(passage.text)
    ]


def _statements(text: str) -> Iterator[tuple[int, int]]:
    unseen = unseen_spans(text)
    ordered = -1  # where the last order to an assistant ended
    reference_to = 0  # where the paragraph of references that was last seen ends
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        if start >= reference_to and _REFERENCE.search(sentence):
            ends = text.find("\n\n", end)
            reference_to = len(text) if ends < 0 else ends
        if instructs_assistant(sentence) or (ordered >= 0 and same_paragraph(text, ordered, start)):
            ordered = end
        elif start >= reference_to:
            yield from _seen(text, start, end, unseen)


def _seen(text: str, start: int, end: int, unseen: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The visible parts of a sentence: all of it, or the text around its hidden parts."""
    for low, high in unseen:
        if low < end and start < high:
            if sum(c.isalnum() for c in text[start:low]) >= VISIBLE_SHORTEST:
                yield start, start + len(text[start:low].rstrip())
            start = high + len(text[high:end]) - len(text[high:end].lstrip()) if high < end else end
    if start < end and (
        text[start:end].strip() and (not unseen or sum(c.isalnum() for c in text[start:end]) >= VISIBLE_SHORTEST)
    ):
        yield start, end


def _without_orders(hit: Hit) -> Hit:
    """The hit without titles, sections and metadata that instruct an assistant."""
    passage, metadata = hit.passage, hit.metadata
    title, publisher = _no_order(passage.title), _no_order(metadata.publisher)
    section = tuple(each for each in passage.section if not instructs_assistant(each))
    if (title, publisher, section) == (passage.title, metadata.publisher, passage.section):
        return hit
    return replace(
        hit,
        passage=replace(passage, title=title, section=section),
        metadata=replace(metadata, title=_no_order(metadata.title), publisher=publisher),
    )


def _no_order(text: str) -> str:
    return "" if instructs_assistant(text) else text


def _timeliness(evidence: Evidence, years: frozenset[int]) -> float:
    """The factor of a sentence's score for a question about these years, 0..1.

    A sentence is about the years it names, else those of its title, section and date.
    """
    passage = evidence.hit.passage
    named = years_in(evidence.text) or years_in(f"{passage.heading} {evidence.hit.metadata.published}")
    return OTHER_YEARS if years and named and not years & named else 1.0


def _newness(evidence: Evidence, query: Query) -> float:
    """The factor of a sentence's score for a follow-up, 0..1: "What about Tesla?" wants sentences that name Tesla.

    The reranker reads the follow-up after the question before it, and tends to find what answered that one.
    """
    language = evidence.hit.passage.language
    asked = query.wording(language) if query.follow_up else None
    if not asked:
        return 1.0
    context = query.context if language == query.language else query.context_translations.get(language, "")
    new = set(content_tokens(asked)) - set(content_tokens(context))
    return 1.0 if not new or new & token_set(f"{evidence.hit.passage.heading} {evidence.text}") else OTHER_WORDS


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
