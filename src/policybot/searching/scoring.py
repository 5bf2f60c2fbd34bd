"""Question and sentences -> how probable it is that each answers: by its passage, its words and a reader."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from policybot.calibration import (
    SENTENCE_FOREIGN,
    SENTENCE_MIDDLE,
    SENTENCE_NEARNESS,
    SENTENCE_OTHER_PERIOD,
    SENTENCE_SLOPE,
    SENTENCE_WORDS,
    SENTENCES_READ,
)
from policybot.domain import Evidence
from policybot.models.embedding import Embedder
from policybot.models.evidence_reader import EvidenceReader, Unit
from policybot.searching.listing import listing_with, render_row, table_caption
from policybot.searching.periods import asked_period, speaks_of_others
from policybot.searching.query import Query
from policybot.searching.sentences import sentences_of
from policybot.settings import Ingredient
from policybot.store.catalogue import Catalogue
from policybot.store.catalogue.bm25 import K1, LEAST, B
from policybot.store.vectors import Vectors
from policybot.text.quantities import figure_tokens
from policybot.text.tokens import content_tokens, token_set

REMEMBERED = 4096
"""Readings that are remembered: what the search has read is not read again for the answer."""


class SentenceScorer:
    """Scores sentences for a question, each with its headings and what is before it. Thread-safe.

    Three signs are added: the cosine of the sentence's passage with the question, the question's words in the sentence
    (BM25), and, for the first of them by these two, the logit of a cross-encoder. Vectors of sentences would be a
    fourth: found instead of the passage's cosine they did no better once the sentences were read
    (docs/architecture.md), and would take eight times as many vectors.

    Args:
        without: Ingredients to leave out.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        vectors: Vectors,
        *,
        multilingual: Embedder,
        reader: EvidenceReader,
        without: Collection[Ingredient] = (),
    ) -> None:
        self._catalogue = catalogue
        self._vectors = vectors
        self._multilingual = multilingual
        self._reader = None if "reranking" in without else reader
        self._remembered: OrderedDict[tuple[str, Unit], float] = OrderedDict()
        self._lock = threading.Lock()

    def scored(self, query: Query, sentences: Sequence[Evidence]) -> list[Evidence]:
        """The sentences in their order, each with the probability that it answers the question: 0..1.

        Of a sentence of several clauses it is that of its best one: the other ones say other things. Probabilities are
        comparable across languages.
        """
        clauses = [(clause, i) for i, each in enumerate(sentences) for clause in each.clauses()]
        scores = np.zeros(len(sentences))
        if clauses:
            np.maximum.at(
                scores, [i for _, i in clauses], self._probabilities(query, [clause for clause, _ in clauses])
            )
        return [replace(each, score=float(score)) for each, score in zip(sentences, scores, strict=True)]

    def _probabilities(self, query: Query, clauses: Sequence[Evidence]) -> NDArray[np.float64]:
        first = np.zeros(len(clauses))
        for language in sorted({each.hit.passage.language for each in clauses}):
            places = [i for i, each in enumerate(clauses) if each.hit.passage.language == language]
            group = [clauses[i] for i in places]
            first[places] = SENTENCE_NEARNESS * self._nearness(query, language, group)
            first[places] += SENTENCE_WORDS * self._shared_words(query, language, group)
            # Texts of one language are nearer to each other than to those of another, whatever they say.
            first[places] += 0.0 if language == query.language else SENTENCE_FOREIGN
        first -= SENTENCE_OTHER_PERIOD * self._of_other_periods(query, clauses)
        order = np.argsort(-first, kind="stable")
        read, rest = order[:SENTENCES_READ], order[SENTENCES_READ:]
        logits = self._logits(query, [clauses[i] for i in read])
        total = first.copy()
        total[read] += logits
        if len(rest):
            # What was not read comes behind what was, in the order of the other two signs.
            total[rest] += min(float(np.min(logits)), float(np.min(total[read]) - np.max(first[rest])))
        probabilities: NDArray[np.float64] = 1 / (1 + np.exp(-SENTENCE_SLOPE * (total - SENTENCE_MIDDLE)))
        return probabilities

    def _nearness(self, query: Query, language: str, sentences: Sequence[Evidence]) -> NDArray[np.float64]:
        """The cosine of each sentence's passage with the question.

        A passage whose vector the index does not have is embedded now: indexing adds this model's vectors last, and an
        index of another provider's model has none of them.
        """
        passages = {each.hit.passage.id: each.hit.passage for each in sentences}
        vectors = dict(self._vectors.get(self._multilingual.name, sorted(passages), language=language))
        if missing := sorted(passages.keys() - vectors.keys()):
            made = self._multilingual.embed_passages([passages[id_].text_with_heading for id_ in missing])
            vectors.update(zip(missing, made, strict=True))
        question = self._multilingual.embed_query(query.wordings(query.language)[0])
        cosines = {id_: float(vector @ question) for id_, vector in vectors.items()}
        return np.array([cosines[each.hit.passage.id] for each in sentences])

    def _shared_words(self, query: Query, language: str, sentences: Sequence[Evidence]) -> NDArray[np.float64]:
        """BM25 of each sentence with its headings, as a share of the best one's: 0..1."""
        asked = query.wordings(language) or query.wordings(query.language)
        wanted = sorted({token for text in asked for token in (*content_tokens(text), *figure_tokens(text))})
        weights = self._rarity(wanted)
        held = [token_set(f"{each.hit.passage.heading}\n{each.text}") for each in sentences]
        lengths = np.array([len(tokens) for tokens in held], dtype=np.float64)
        norm = K1 * (1 - B + B * lengths / max(float(lengths.mean()), 1.0))
        scores = np.array([math.fsum(weights[t] for t in wanted if t in tokens) for tokens in held]) / (1 + norm)
        best = float(scores.max(initial=0.0))
        return scores / best if best > 0 else scores

    def _of_other_periods(self, query: Query, clauses: Sequence[Evidence]) -> NDArray[np.float64]:
        """1 for each clause that is known to speak of other years than the question asks about, else 0."""
        period = asked_period(query.text)
        return np.array([float(bool(period) and speaks_of_others(period, each)) for each in clauses])

    def _rarity(self, tokens: Sequence[str]) -> Mapping[str, float]:
        """BM25's weight of each token in the documents."""
        _, total = self._catalogue.counts()
        frequency = self._catalogue.document_frequency(tokens)
        return {t: max(math.log((total - frequency[t] + 0.5) / (frequency[t] + 0.5)), LEAST) for t in tokens}

    def _logits(self, query: Query, clauses: Sequence[Evidence]) -> NDArray[np.float64]:
        """The reader's logit for each; of one in another language the higher one, of the question and its rendering."""
        units = _units(clauses)
        logits = self._read(query.wordings(query.language)[0], units)
        for language in sorted({each.hit.passage.language for each in clauses} - {query.language}):
            for wording in query.wordings(language)[:1]:
                places = [i for i, each in enumerate(clauses) if each.hit.passage.language == language]
                rendered = self._read(wording, [units[i] for i in places])
                logits[places] = np.maximum(logits[places], rendered)
        return logits

    def _read(self, question: str, units: Sequence[Unit]) -> NDArray[np.float64]:
        if self._reader is None or not units:
            return np.zeros(len(units))
        with self._lock:
            known = {unit: self._remembered[question, unit] for unit in units if (question, unit) in self._remembered}
        new = [unit for unit in dict.fromkeys(units) if unit not in known]
        known |= {unit: float(logit) for unit, logit in zip(new, self._reader.score(question, new), strict=True)}
        with self._lock:
            self._remembered.update({(question, unit): known[unit] for unit in new})
            while len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)
        return np.array([known[unit] for unit in units])


def _units(clauses: Sequence[Evidence]) -> list[Unit]:
    """What the reader reads of each clause: a table's row with its columns' names, a list's item with its lead-in."""
    before: dict[str, dict[int, str]] = {}
    for hit in {each.hit.passage.id: each.hit for each in clauses}.values():
        found = [part for each in sentences_of(hit) for part in each.clauses()]
        before[hit.passage.id] = {part.start: earlier.text for earlier, part in pairwise(found)}
    return [_unit(each, before[each.hit.passage.id].get(each.start, "")) for each in clauses]


def _unit(clause: Evidence, before: str) -> Unit:
    heading = clause.hit.passage.heading
    if (row := render_row(clause)) is not None:
        caption = table_caption(row[1])
        return Unit(row[0], heading, caption.text if caption is not None else "")
    listing = listing_with(clause)
    if listing is not None and listing.lead is not None and listing.lead.start < clause.start:
        return Unit(clause.text, heading, listing.lead.text)
    return Unit(clause.text, heading, before)
