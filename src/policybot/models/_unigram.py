"""Text -> tokens of a unigram vocabulary, as SentencePiece finds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

_BLANK = "▁"
"""How the vocabulary writes the blank before a word."""

_UNKNOWN_PENALTY = 10.0
"""By how much an unknown character scores less than the least likely piece.
https://github.com/google/sentencepiece/blob/master/src/unigram_model.cc, kUnkPenalty"""

_LONGEST_KEPT = 32  # characters of a word that is remembered; longer ones rarely come again
_WORDS_KEPT = 16_384


class Unigram:
    """Finds the most likely row of pieces of each word [1].

    tokenizers has this model too, but takes 250 MB for these 250,000 pieces where a dictionary takes 40; words come
    again, so that most are looked up and not searched.

    [1] https://arxiv.org/abs/1804.10959, section 3.2

    Args:
        pieces: The vocabulary; the place of a piece is its token.
        scores: Logarithm of each piece's probability.
        unknown: Token of what no piece spells; several such characters in a row are one token.
        characters: What a code point is read as.
    """

    def __init__(
        self, pieces: Sequence[str], scores: Sequence[float], *, unknown: int, characters: Mapping[int, str]
    ) -> None:
        self._tokens = {piece: token for token, piece in enumerate(pieces) if token != unknown}
        self._scores = scores
        self._unknown = unknown
        self._unknown_score = min(scores) - _UNKNOWN_PENALTY
        self._characters = characters
        self._longest: dict[str, int] = {}
        for piece in self._tokens:
            self._longest[piece[0]] = max(self._longest.get(piece[0], 1), len(piece))
        self._remembered = lru_cache(_WORDS_KEPT)(self._search)

    def encode(self, text: str) -> list[int]:
        """The tokens of the text, without those that begin and end it."""
        tokens: list[int] = []
        for word in text.translate(self._characters).split():
            search = self._remembered if len(word) <= _LONGEST_KEPT else self._search
            tokens.extend(search(_BLANK + word))
        return tokens

    def _search(self, word: str) -> tuple[int, ...]:
        """Viterbi's algorithm: the best way to each place of the word, then back from its end."""
        best = [0.0] + [float("-inf")] * len(word)
        came = [(0, self._unknown)] * (len(word) + 1)
        for start, character in enumerate(word):
            here = best[start]
            if here + self._unknown_score > best[start + 1]:
                best[start + 1], came[start + 1] = here + self._unknown_score, (start, self._unknown)
            for end in range(start + 1, min(start + self._longest.get(character, 0), len(word)) + 1):
                token = self._tokens.get(word[start:end])
                if token is not None and here + self._scores[token] > best[end]:
                    best[end], came[end] = here + self._scores[token], (start, token)
        tokens: list[int] = []
        place = len(word)
        while place:
            place, token = came[place]
            if token != self._unknown or not tokens or tokens[-1] != self._unknown:
                tokens.append(token)
        return tuple(reversed(tokens))
