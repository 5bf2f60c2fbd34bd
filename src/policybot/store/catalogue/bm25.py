"""BM25 over a keyword index whose postings are read when they are first asked for; ranks as SQLite's FTS5 does."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.typing import NDArray

K1, B, LEAST = 1.2, 0.75, 1e-6
"""Constants of FTS5's bm25() [1]; a word in more than half of all passages weighs next to nothing.

[1] https://www.sqlite.org/fts5.html#the_bm25_function"""

REMEMBERED_POSTINGS = 4_000_000
"""Postings kept in memory, those of the words asked for last: 12 bytes each, 48 MB in all at most."""


class Bm25Index:
    """The passages of a keyword index as it stood once, and the postings of words as they are asked for.

    FTS5's own bm25() reads every match of every word from its tables again for each question, 2 to 5 µs a match; the
    frequent words of questions are few, and their postings stay here.

    Thread-safe.

    Args:
        numbers: The passages' numbers, ascending, shape (passages,).
        lengths: How many tokens each has, same shape.
        read: Gives for a token the number of a passage once for each place where it stands.
    """

    def __init__(
        self, numbers: NDArray[np.int64], lengths: NDArray[np.int64], read: Callable[[str], NDArray[np.int64]]
    ) -> None:
        self.numbers = numbers
        self._read = read
        mean = lengths.sum() / max(len(lengths), 1)
        self._norm: NDArray[np.float64] = K1 * (1 - B + B * lengths / max(mean, 1e-12))
        self._known: OrderedDict[str, tuple[NDArray[np.int32], NDArray[np.float64]]] = OrderedDict()
        self._kept = 0
        self._lock = threading.Lock()

    def scores(self, tokens: Collection[str]) -> NDArray[np.float64]:
        """BM25 score of every passage for these tokens, each counted once; 0 where none of them stands."""
        total: NDArray[np.float64] = np.zeros(len(self.numbers))
        for token in sorted(set(tokens)):
            places, scores = self._postings(token)
            total[places] += scores
        return total

    def _postings(self, token: str) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Where among the passages a token stands, and what it adds to their scores there."""
        with self._lock:
            if (known := self._known.get(token)) is not None:
                self._known.move_to_end(token)
                return known
        found, counts = np.unique(self._read(token), return_counts=True)
        places = np.searchsorted(self.numbers, found).astype(np.int32)
        # Not among the passages: written after they were read; the next reading of the index will have it.
        present = places < len(self.numbers)
        present[present] = self.numbers[places[present]] == found[present]
        places, frequency = places[present], counts[present].astype(np.float64)
        rarity = math.log((len(self.numbers) - len(places) + 0.5) / (len(places) + 0.5))
        weight = rarity if rarity > 0 else LEAST
        postings = places, weight * (frequency * (K1 + 1) / (frequency + self._norm[places]))
        with self._lock:
            if token not in self._known:
                self._known[token] = postings
                self._kept += len(places)
            while self._kept > REMEMBERED_POSTINGS and len(self._known) > 1:
                self._kept -= len(self._known.popitem(last=False)[1][0])
        return postings


def best(scores: NDArray[np.float64], places: NDArray[np.intp], *, limit: int) -> list[int]:
    """Of these places, in ascending order, the ``limit`` with the highest scores above 0, best first; ties by place."""
    among = scores[places]
    if len(among) > limit:
        least = np.partition(among, len(among) - limit)[len(among) - limit]
        places = places[among >= least]
        among = scores[places]
    order = np.argsort(-among, kind="stable")
    return [int(places[i]) for i in order if among[i] > 0][:limit]


def lengths_in(sizes: Sequence[bytes]) -> NDArray[np.int64]:
    """Tokens of each row from FTS5's table of sizes, of an index with one column.

    Each is a big-endian number of seven bits a byte; all bytes but the last have their eighth bit set [1].

    [1] https://www.sqlite.org/fileformat2.html#varint
    """
    lengths = np.zeros(len(sizes), dtype=np.int64)
    digits = np.frombuffer(b"".join(size.rjust(9, b"\x80") for size in sizes), dtype=np.uint8).reshape(-1, 9)
    for column in range(9):
        lengths = (lengths << 7) | (digits[:, column] & 0x7F)
    return lengths
