"""Text -> the tokens that keyword search, word overlap and size estimates count."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

from policybot.language import vocabulary
from policybot.language.script import CJK as CJK
from policybot.language.script import folded_characters

_FIRST_CJK = "\u3040"

_NUMBER = r"\d+(?:[.,]\d+)*"
_WORD = re.compile(rf"[{CJK}]+|{_NUMBER}|[^\W\d_{CJK}]+(?:[’'][^\W\d_{CJK}]+)?")
_APOSTROPHE = re.compile("[’']")
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
_CJK_RUN = re.compile(rf"[{CJK}]")

STOP_WORDS = vocabulary(lambda lexicon: lexicon.words.stop_words)
"""Function words: they stand in every passage and say nothing about its subject."""

CJK_STOP_CHARACTERS = vocabulary(lambda lexicon: lexicon.words.stop_characters)
"""Function characters: a bigram made only of them says nothing about the subject of a text."""


@lru_cache(maxsize=65536)
def _token(word: str) -> str:
    """The keyword token of a folded word or number: without what follows an apostrophe, or thousands commas.

    The token of a word is its Porter2 stem (Snowball).
    """
    plain = _plain(word)
    return plain if plain[0].isdigit() else str(Stemmer.Stemmer("english").stemWord(plain))


class _Folding(dict[int, int | None]):
    """Table for ``str.translate``: one script, no nonspacing marks; each character is looked up once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code)) == "Mn" else folded_characters().get(code, code)
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """How tokens are compared: lower case, no accents, width variants unified (NFKC), one script (``fold_script``)."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).lower())
    return unicodedata.normalize("NFC", decomposed.translate(_FOLDING))


def words(text: str) -> list[str]:
    """Folded words, numbers and runs of CJK characters, in order; numbers lose their thousands commas."""
    return [_plain(word) for word in _WORD.findall(fold(text))]


def _plain(word: str) -> str:
    """A word without what follows its apostrophe, a number without thousands commas."""
    if word[0].isdigit():
        return _THOUSANDS.sub("", word) if "," in word else word
    return _APOSTROPHE.split(word)[0] if "'" in word or "’" in word else word


def keyword_tokens(text: str) -> list[str]:
    """What the keyword index holds for a text: English stems, numbers, and character bigrams of CJK runs.

    Character bigrams find 89 % of Chinese questions' passages at rank 5 where words between blanks find 1 %
    (rgb, docs/architecture.md). A run of one character is a token of its own.
    """
    tokens: list[str] = []
    for word in _WORD.findall(fold(text)):
        if _is_cjk(word):
            tokens += _bigrams(word)
        else:
            tokens.append(_token(word))
    return tokens


def _is_cjk(word: str) -> bool:
    # Cheap first: no such script begins before the kana.
    return word[0] >= _FIRST_CJK and _CJK_RUN.match(word) is not None


def _bigrams(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


@lru_cache(maxsize=2048)
def token_set(text: str) -> frozenset[str]:
    """The different keyword tokens of a text; those of the last 2048 texts, some 10 kB each, are remembered."""
    tokens: set[str] = set()
    for word in set(_WORD.findall(fold(text))):
        if _is_cjk(word):
            tokens.update(_bigrams(word))
        else:
            tokens.add(_token(word))
    return frozenset(tokens)


def content_tokens(text: str) -> list[str]:
    """Keyword tokens without function words: what a question is about."""
    stop_words, stop_characters = STOP_WORDS.words, CJK_STOP_CHARACTERS.words
    kept: list[str] = []
    for word in words(text):
        if word in stop_words:
            continue
        kept += [t for t in keyword_tokens(word) if not stop_characters.issuperset(t)]
    return kept


def token_count(text: str) -> int:
    """Estimated model tokens of a text: 1.3 for a word, 1 for a CJK character or a number."""
    total = 0.0
    for word in _WORD.findall(text):
        total += len(word) if _CJK_RUN.match(word) else 1.3
    return round(total)
