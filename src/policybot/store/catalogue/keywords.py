"""Keyword search in the catalogue: BM25 over content words, figures and phrases, in each language."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from policybot.calibration import SYNONYM_WORDS
from policybot.store.catalogue.bm25 import Bm25Index, best, lengths_in
from policybot.store.catalogue.store import Store
from policybot.text.quantities import figure_tokens
from policybot.text.tokens import content_tokens, keyword_tokens

COMMON = 0.1
FEW_PASSAGES = 20_000
"""Share of passages from which a keyword is common, and passages up to which common keywords are searched all the same.

Reading a word that stands in 100,000 passages takes a tenth of a second, and it tells little: its weight in BM25 is at
most a fifth of that of a word in ten passages (benchmarks/search_speed.py, part large)."""


@dataclass(frozen=True, slots=True)
class _Searched:
    """The keyword index as it stood in a state of the catalogue."""

    state: tuple[int, int]
    index: Bm25Index
    places: dict[str, NDArray[np.intp]]


class Keywords:
    """The keyword index of a catalogue's file."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._searched: _Searched | None = None

    def search(
        self,
        query: str,
        *,
        language: str,
        limit: int,
        documents: Collection[str] | None = None,
        figures: bool = True,
        phrase: bool = False,
        synonyms: Sequence[str] = (),
    ) -> list[str]:
        """Ids of passages in one language that share content words with the query, best BM25 score first.

        Args:
            documents: Ids of the documents to search; None for all.
            figures: Whether "12.5 million" and "百分之五" are found as 1250万 and 5%, too.
            phrase: Find only passages in which the query's words stand side by side.
            synonyms: What its terms are called as well: words that only these have count ``SYNONYM_WORDS`` as much.

        Among more than 20,000 passages, words that stand in more than a tenth of them are left out if others remain.
        """
        if phrase:
            return self._holding(" ".join(keyword_tokens(query)), language, limit, documents)
        tokens = self._telling({*content_tokens(query), *(figure_tokens(query) if figures else ())})
        among = None if documents is None else tuple(sorted(documents))
        more = self._telling({token for name in synonyms for token in content_tokens(name)} - set(tokens))
        key = ("keywords", limit, among, *tokens, "", *more)
        return self._store.once(key, lambda: self._best(tokens, more, among, limit)).get(language, [])

    def _best(
        self, tokens: Sequence[str], more: Sequence[str], documents: Sequence[str] | None, limit: int
    ) -> dict[str, list[str]]:
        """Ids of the best passages of each language for these tokens: they are scored once for all languages."""
        if not tokens:
            return {}
        index, places = self._searchable()
        scores = index.scores(tokens)
        if more:
            scores += SYNONYM_WORDS * index.scores(more)
        if documents is not None:
            where, values = among_documents(documents)
            allowed = [row[0] for row in self._store.rows(f"SELECT number FROM passages WHERE {where}", values)]
            scores[~np.isin(index.numbers, np.array(allowed, dtype=np.int64))] = 0.0
        numbers = {
            language: [int(index.numbers[place]) for place in best(scores, of, limit=limit)]
            for language, of in places.items()
        }
        wanted = [number for found in numbers.values() for number in found]
        ids: dict[int, str] = {}
        for i in range(0, len(wanted), 500):
            chunk = wanted[i : i + 500]
            ids.update(
                self._store.rows(
                    f"SELECT number, id FROM passages WHERE number IN ({', '.join('?' * len(chunk))})", chunk
                )
            )
        return {language: [ids[number] for number in found] for language, found in numbers.items()}

    def _searchable(self) -> tuple[Bm25Index, dict[str, NDArray[np.intp]]]:
        """The keyword index as it stands now, and the places of each language's passages in it."""
        with self._store.connection():
            state = self._store.state()
            if self._searched is None or self._searched.state != state:
                rows = self._store.rows(
                    "SELECT p.number, p.language, s.sz FROM passages p JOIN keywords_docsize s ON s.id = p.number "
                    "ORDER BY p.number"
                )
                numbers = np.array([row[0] for row in rows], dtype=np.int64)
                languages = np.array([row[1] for row in rows], dtype=object)
                index = Bm25Index(numbers, lengths_in([row[2] for row in rows]), self._standing)
                places = {code: np.flatnonzero(languages == code) for code in sorted(set(languages))}
                self._searched = _Searched(state, index, places)
            return self._searched.index, self._searched.places

    def _standing(self, token: str) -> NDArray[np.int64]:
        """The number of a passage once for each place where the token stands in it."""
        rows = self._store.rows("SELECT group_concat(doc) FROM temp.keyword_places WHERE term = ?", (token,))
        return np.fromstring(rows[0][0] or "", dtype=np.int64, sep=",")

    def _holding(self, phrase: str, language: str, limit: int, documents: Collection[str] | None) -> list[str]:
        """Ids of the passages in which these tokens stand side by side."""
        if not phrase:
            return []
        where, values = among_documents(documents)
        sought = (f'"{phrase}"', language, *values, limit)
        query = (
            "SELECT p.id FROM keywords JOIN passages p ON p.number = keywords.rowid "
            f"WHERE keywords MATCH ? AND p.language = ? AND {where} ORDER BY bm25(keywords), p.number LIMIT ?"
        )
        return [row[0] for row in self._store.once(("phrase", *sought), lambda: self._store.rows(query, sought))]

    def _telling(self, tokens: Collection[str]) -> list[str]:
        """The tokens worth searching, sorted: in a large index not the common ones, unless there are no others."""
        total = self._total()
        if total <= FEW_PASSAGES:
            return sorted(tokens)
        frequency = self.document_frequency(tokens)
        rare = [token for token in tokens if 0 < frequency[token] <= COMMON * total]
        return sorted(rare or tokens)

    def document_frequency(self, tokens: Iterable[str]) -> dict[str, int]:
        """In how many passages each keyword token stands; 0 when in none."""
        wanted = sorted(set(tokens))
        return dict(self._store.once(("frequency", *wanted), lambda: self._document_frequency(wanted)))

    def _document_frequency(self, wanted: Sequence[str]) -> dict[str, int]:
        counts = dict.fromkeys(wanted, 0)
        for offset in range(0, len(wanted), 500):
            chunk = wanted[offset : offset + 500]
            rows = self._store.rows(
                f"SELECT term, doc FROM keyword_counts WHERE term IN ({', '.join('?' * len(chunk))})", chunk
            )
            counts.update({term: int(doc) for term, doc in rows})
        return counts

    def tokens(self, ids: Sequence[str]) -> dict[str, frozenset[str]]:
        """The different tokens of passages, heading and figures included; an unknown id is missing."""
        rows = self._store.rows(
            "SELECT p.id, k.tokens FROM passages p JOIN keywords k ON k.rowid = p.number "
            "WHERE p.id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        return {id_: frozenset(tokens.split(" ")) for id_, tokens in rows}

    def _total(self) -> int:
        """How many passages there are."""
        return int(self._store.once("passages", lambda: self._store.rows("SELECT count(*) FROM passages")[0][0]))


def among_documents(documents: Collection[str] | None) -> tuple[str, list[str]]:
    """Condition on a passage's document, with its values; always true for None."""
    if documents is None:
        return "1", []
    return "document_id IN (SELECT value FROM json_each(?))", [json.dumps(sorted(documents))]
