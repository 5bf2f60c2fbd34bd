"""Semantic similarity of a sentence and its evidence, within a language and across languages."""

from __future__ import annotations

import json
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from functools import cache
from importlib.resources import files
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from policybot.calibration import UNLIKE_BELOW
from policybot.language import lexicons
from policybot.models.embedding import Embedder
from policybot.models.matching import READ, TokenMatcher, TokenVectors
from policybot.text.tokens import STOP_WORDS, content_tokens

_REMEMBERED = 512
"""Texts whose encodings are kept: those of an answer's evidence, asked for again with each of its sentences. A vector
has 1.5 kB, the tokens of a sentence 50 kB."""

_PLAIN_WORD = re.compile(r"(?<![\w-])[a-z]{3,}(?![\w-])")
"""A word that is not a name: lower case."""

_Encoding = TypeVar("_Encoding")


class Meaning:
    """Compares texts by sentence and token embeddings, and caches the encodings of the last texts. Thread-safe.

    Args:
        matcher: Matches English texts token by token; without it only vectors are compared.
    """

    def __init__(self, multilingual: Embedder, matcher: TokenMatcher | None) -> None:
        self._vectors = _Remembered[NDArray[np.float32]](lambda texts: list(multilingual.embed_passages(texts)))
        self._tokens = None if matcher is None else _Remembered[TokenVectors](matcher.encode)

    def matches(self, language: str) -> bool:
        """Whether texts in a language can be matched token by token."""
        return self._tokens is not None and language == READ

    def similarity(self, sentence: str, language: str, texts: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Cosines between a sentence and (text, language), shape (number of texts,), -1..1.

        The mean vector of each language is subtracted first: multilingual-e5-small puts the sentences of one language
        nearer together than a sentence and its translation. Of 66 translated sentences, 64 % lie nearest to
        their original without that, 98 % with it (benchmarks/train_checker.py).
        """
        vectors = self._vectors([sentence, *(text for text, _ in texts)])
        centred = np.array(
            [_centred(v, own) for v, own in zip(vectors, (language, *(own for _, own in texts)), strict=True)]
        )
        cosines: NDArray[np.float32] = centred[1:] @ centred[0]
        return cosines

    def likeness(self, texts: Sequence[tuple[str, str]], others: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Cosines of each (text, language) with each other one, as ``similarity`` gives them; shape (texts, others)."""
        vectors = self._vectors([text for text, _ in (*texts, *others)])
        centred = np.array([_centred(v, own) for v, (_, own) in zip(vectors, (*texts, *others), strict=True)])
        cosines: NDArray[np.float32] = centred[: len(texts)] @ centred[len(texts) :].T
        return cosines

    def matched(self, sentence: str, texts: Sequence[str]) -> tuple[float, float]:
        """The mean cosine of an English sentence's tokens with their best match in the texts, 0..1.

        Once over all tokens and once over the content words alone.

        Raises:
            ValueError: There is no matcher.
        """
        if self._tokens is None:
            raise ValueError("Without a token matcher nothing can be matched; ask `matches` first.")
        mine, *theirs = self._tokens([sentence, *texts])
        held = [each.vectors for each in theirs if len(each.vectors)]
        if not held or not len(mine.vectors):
            return 0.0, 0.0
        best = np.max(mine.vectors @ np.concatenate(held).T, axis=1)
        lower = sentence.lower()
        content = [i for i, (a, b) in enumerate(mine.spans) if lower[a:b].isalnum() and lower[a:b] not in STOP_WORDS]
        return float(np.mean(best)), float(np.mean(best[content] if content else best))

    def unlike(self, sentence: str, texts: Sequence[str], *, known: Collection[str]) -> tuple[str, ...]:
        """Words of an English sentence that nothing in the texts resembles, in order; none without a matcher.

        Names, figures and function words are left out; other rules compare those exactly.

        Args:
            known: Keyword tokens that count as present, such as those of a heading.
        """
        if self._tokens is None:
            return ()
        mine, *theirs = self._tokens([sentence, *texts])
        held = [each.vectors for each in theirs if len(each.vectors)]
        if not held or not len(mine.vectors):
            return ()
        best = np.max(mine.vectors @ np.concatenate(held).T, axis=1)
        said = {token for text in texts for token in content_tokens(text)} | set(known)
        found = []
        for match in _PLAIN_WORD.finditer(sentence):
            places = [i for i, (a, b) in enumerate(mine.spans) if match.start() <= a < b <= match.end()]
            if match.group() in STOP_WORDS or not places or set(content_tokens(match.group())) <= said | _attitudes():
                continue
            if max(float(best[i]) for i in places) < UNLIKE_BELOW:
                found.append(match.group())
        return tuple(found)


@cache
def language_means() -> dict[str, NDArray[np.float32]]:
    """Mean vector of multilingual-e5-small over sentences of a language (benchmarks/train_checker.py)."""
    means = json.loads(files("policybot.checking").joinpath("language_means.json").read_text("utf-8"))
    return {language: np.array(mean, dtype=np.float32) for language, mean in means.items()}


@cache
def _attitudes() -> frozenset[str]:
    """Keyword tokens of verbs of thinking, feeling and saying, which a text can express without the word."""
    words = (word for lexicon in lexicons() for word in lexicon.claims.attitudes)
    return frozenset(token for word in words for token in content_tokens(word))


def _centred(vector: NDArray[np.float32], language: str) -> NDArray[np.float32]:
    """The vector minus its language's mean, of length 1; unchanged for a language or size without a mean."""
    mean = language_means().get(language)
    if mean is None or mean.shape != vector.shape:
        return vector
    moved: NDArray[np.float32] = vector - mean
    return moved / np.float32(max(float(np.linalg.norm(moved)), 1e-12))


class _Remembered(Generic[_Encoding]):
    """Encodes texts, with an LRU cache."""

    def __init__(self, encode: Callable[[Sequence[str]], Sequence[_Encoding]]) -> None:
        self._encode = encode
        self._known: OrderedDict[str, _Encoding] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, texts: Sequence[str]) -> list[_Encoding]:
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            found |= dict(zip(new, self._encode(new), strict=True))
        with self._lock:
            for text in texts:
                self._known[text] = found[text]
                self._known.move_to_end(text)
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return [found[text] for text in texts]
