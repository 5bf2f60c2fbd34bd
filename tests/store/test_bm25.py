"""Keyword ranking from postings in memory."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policybot.domain import Document, Metadata, Passage
from policybot.store.catalogue import Catalogue, FileState
from policybot.store.catalogue.bm25 import Bm25Index, best, lengths_in

WORDS = ("quay", "tide", "gull", "crane", "dock")


def put(catalogue: Catalogue, id_: str, *texts: str, language: str = "en") -> None:
    """Index a document of these passages."""
    document = Document(id_, f"{id_}.txt", "\n".join(texts), "plain", Metadata(title="", language=language))
    passages = tuple(
        Passage(f"{id_}-{i}", id_, document.name, "", text, 0, len(text), (), None, language, i)
        for i, text in enumerate(texts)
    )
    catalogue.put([(document, passages, FileState(id_, document.name, "", 0, 0, ""))], root="/r")


@settings(deadline=None)  # The first call may wait for other work of the machine.
@given(
    texts=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), min_size=1, max_size=12),
    asked=st.sets(st.sampled_from(WORDS), min_size=1),
)
def test_scores_are_those_of_fts5(texts: list[list[str]], asked: set[str]) -> None:
    """Every passage has the score that SQLite's own bm25() gives it."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE k USING fts5 (tokens)")
    database.execute("CREATE VIRTUAL TABLE places USING fts5vocab (k, instance)")
    database.executemany("INSERT INTO k (rowid, tokens) VALUES (?, ?)", enumerate(map(" ".join, texts), start=1))
    index = Bm25Index(
        np.arange(1, len(texts) + 1),
        lengths_in([row[0] for row in database.execute("SELECT sz FROM k_docsize ORDER BY id")]),
        lambda token: np.array(
            [row[0] for row in database.execute("SELECT doc FROM places WHERE term = ?", (token,))], np.int64
        ),
    )

    scores = index.scores(asked)

    expected = dict.fromkeys(range(len(texts)), 0.0)
    match = " OR ".join(sorted(asked))
    for number, score in database.execute("SELECT rowid, bm25(k) FROM k WHERE k MATCH ?", (match,)):
        expected[number - 1] = -score
    database.close()
    assert list(expected.values()) == pytest.approx(list(scores), rel=1e-12)


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**40), max_size=20))
def test_lengths_are_read_back(lengths: list[int]) -> None:
    """A number written as SQLite's varint is read back."""

    def varint(number: int) -> bytes:
        digits = [number & 0x7F]
        while number := number >> 7:
            digits.insert(0, number & 0x7F | 0x80)
        return bytes(digits)

    assert lengths == lengths_in([varint(number) for number in lengths]).tolist()


@settings(deadline=None)
@given(st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), max_size=20), st.integers(1, 8))
def test_the_best_are_those_of_a_whole_sort(values: list[float], limit: int) -> None:
    """The best places are the first of all sorted by score, then place, without those that score 0."""
    scores = np.array(values)
    expected = [place for place in sorted(range(len(values)), key=lambda i: (-values[i], i)) if values[place]]

    assert expected[:limit] == best(scores, np.arange(len(values)), limit=limit)


def test_what_is_written_is_found_at_once(tmp_path: Path) -> None:
    """A search sees the passages as they stand now, also those that another process has written."""
    with Catalogue(tmp_path) as catalogue, Catalogue(tmp_path) as other:
        put(catalogue, "a", "The crane lifts.")
        before = catalogue.search_keywords("crane", language="en", limit=5)
        put(other, "b", "A crane beside another crane.")
        together = catalogue.search_keywords("crane", language="en", limit=5)
        catalogue.remove(["a"])
        after = catalogue.search_keywords("crane", language="en", limit=5)

    assert (["a-0"], {"a-0", "b-0"}, ["b-0"]) == (before, set(together), after)


def test_each_language_has_its_own_best(tmp_path: Path) -> None:
    """Passages of another language take no places, and documents that are not asked for are not found."""
    with Catalogue(tmp_path) as catalogue:
        put(catalogue, "en", *["Quay 18."] * 6)
        put(catalogue, "zh", "18号码头。", "码头。", language="zh")
        chinese = catalogue.search_keywords("18", language="zh", limit=3)
        elsewhere = catalogue.search_keywords("18", language="zh", limit=3, documents={"en"})
        english = catalogue.search_keywords("18", language="en", limit=3, documents={"en"})

    assert (chinese, elsewhere, english) == (["zh-0"], [], ["en-0", "en-1", "en-2"])
