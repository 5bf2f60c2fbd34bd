"""Typing mistakes in a question: words that the documents do not hold, beside words that they do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from policybot.calibration import SPELLING_LETTERS, SPELLING_TERM
from policybot.language import phrases, vocabulary
from policybot.language.en import LEXICON as ENGLISH
from policybot.language.script import HAN, fold_script
from policybot.language.zh import LEXICON as CHINESE
from policybot.searching.query import Correction, Query
from policybot.store.catalogue import Catalogue
from policybot.text.dictionary import Dictionary, spelling
from policybot.text.tokens import STOP_WORDS, keyword_tokens

_WORD = re.compile(r"(?<![\w'’.@/-])[a-z]+(?![\w'’@/-]|\.\w)")
_RUN = re.compile(f"[{HAN}]{{2,}}")
_IRREGULAR = vocabulary(lambda lexicon: lexicon.words.irregular)
_WITHOUT_APOSTROPHE = phrases(lambda lexicon: lexicon.words.without_apostrophe)
_LOOK_ALIKE = CHINESE.words.look_alikes
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Speller:
    """Finds the typing mistakes of a question and what was meant. Thread-safe.

    A word counts as mistyped only where no document holds it and no dictionary knows it, and as meant what documents
    hold, alone of its kind: one edit away in English, one character away from a term in Chinese. A Chinese word that a
    dictionary knows and no document holds counts as mistyped where one of the same sound fits: documents hold it beside
    the question's characters before it or behind it.
    Names with a capital, figures, short words and what stands in quotation marks stay as they are.

    Args:
        dictionary: Makes or returns the dictionary; asked when there is something to correct.
    """

    def __init__(self, catalogue: Catalogue, *, dictionary: Callable[[], Dictionary]) -> None:
        self._catalogue = catalogue
        self._dictionary = dictionary

    def corrections(self, text: str, language: str) -> tuple[Correction, ...]:
        """What is mistyped in a question, in order: "maximim grant" -> maximum for maximim."""
        if language == ENGLISH.code:
            return tuple(self._english(text))
        return tuple(self._chinese(fold_script(text))) if language == CHINESE.code else ()

    # English

    def _english(self, text: str) -> Iterator[Correction]:
        words = [word for word in dict.fromkeys(_WORD.findall(text)) if len(word) >= SPELLING_LETTERS]
        frequency = self._frequency(words)
        for word in words:
            if not frequency[word] and (meant := self._meant(word)):
                yield Correction(word, meant)

    def _meant(self, word: str) -> str:
        """The one known English word an edit away that documents hold, in either language; empty for none or more."""
        if self._is_right(word):
            return ""
        near = sorted(each for each in _one_edit(word) if self._dictionary().writes(each))
        frequency = self._frequency(near)
        known = [each for each in near if frequency[each] or any(map(self._stands, self._chinese_words(each)))]
        if len({tuple(keyword_tokens(each)) for each in known}) != 1:
            return ""
        return min(known, key=lambda each: (each[-1] != word[-1], each))

    def _chinese_words(self, word: str) -> list[str]:
        return [each for each in self._dictionary().chinese(word) if len(each) > 1]

    def _is_right(self, word: str) -> bool:
        """Whether a dictionary knows a word, in one spelling or the other (criticise, criticize), or it is "havent"."""
        dictionary = self._dictionary()
        contracted = _WITHOUT_APOSTROPHE.search(word)
        if word in _IRREGULAR or (contracted and word[: contracted.start()] in STOP_WORDS):
            return True
        others = (word[:i] + "z" + word[i + 1 :] for i, letter in enumerate(word) if letter == "s")
        return dictionary.knows(word) or any(
            dictionary.writes(other) and not self._frequency([other])[other] for other in others
        )

    def _frequency(self, words: Sequence[str]) -> dict[str, int]:
        """In how many passages each word stands, whatever its inflection."""
        tokens = {word: keyword_tokens(word)[0] for word in words}
        frequency = self._catalogue.document_frequency(tokens.values())
        return {word: frequency[token] for word, token in tokens.items()}

    # Chinese

    def _chinese(self, text: str) -> Iterator[Correction]:
        for run in _RUN.finditer(text):
            characters, at = run.group(), 0
            while at < len(characters):
                found = self._term_at(characters, at) or self._word_at(characters, at)
                if found is not None:
                    yield found
                    at += len(found.typed)
                else:
                    at += max(len(self._word(characters, at)), 1)

    def _term_at(self, run: str, at: int) -> Correction | None:
        """A term of the glossary that documents hold, with one other character in the run, which they do not hold."""
        for length in range(min(len(run) - at, 16), SPELLING_TERM - 1, -1):
            typed = run[at : at + length]
            for name in self._catalogue.glossary().near(typed):
                if _confusable(name, typed) and self._holds(name) and not self._holds(typed):
                    return Correction(typed, name)
        return None

    def _word_at(self, run: str, at: int) -> Correction | None:
        """A word that sounds like the run's word here, which no document holds, and that stands beside its neighbours.

        业主同一 -> 同意, where documents hold 业主同意.
        """
        typed = self._word(run, at)
        if not typed or not CHINESE.words.bound_characters.isdisjoint(typed) or self._stands(typed):
            return None
        alike = [
            word
            for word in self._dictionary().spelled(spelling(typed))
            if len(word) == len(typed) and _differing(word, typed) == 1 and self._stands(word)
        ]
        beside = (run[at - 2 : at] if at > 1 else "", run[at + len(typed) :][:2])
        fitting = [
            word
            for word in alike
            if (beside[0] and self._holds(beside[0] + word)) or (len(beside[1]) > 1 and self._holds(word + beside[1]))
        ]
        return Correction(typed, fitting[0]) if len(fitting) == 1 else None

    def _word(self, run: str, at: int) -> str:
        """The longest word of the dictionary that begins here; empty where none does."""
        return next((run[at : at + n] for n in (4, 3, 2) if self._dictionary().english(run[at : at + n])), "")

    def _stands(self, word: str) -> bool:
        """Whether passages hold every pair of neighbouring characters of a word."""
        return all(self._catalogue.document_frequency(keyword_tokens(word)).values())

    def _holds(self, text: str) -> bool:
        """Whether a passage holds these characters side by side."""
        return bool(self._catalogue.search_keywords(text, language=CHINESE.code, limit=1, figures=False, phrase=True))


def corrected(query: Query, corrections: Sequence[Correction]) -> Query:
    """The query with what was meant in place of what was typed."""
    text = fold_script(query.text)
    for typed, meant in corrections:
        text = re.sub(rf"(?<![a-z]){typed}(?![a-z])", meant, text)
    return replace(query, text=text, corrections=tuple(corrections))


def _one_edit(word: str) -> set[str]:
    """The words one letter more, less, other or exchanged with its neighbour away; the first letter stays."""
    parts = [(word[:i], word[i:]) for i in range(1, len(word) + 1)]
    fewer = {a + b[1:] for a, b in parts if b}
    exchanged = {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    other = {a + letter + b[1:] for a, b in parts if b for letter in _LETTERS}
    more = {a + letter + b for a, b in parts for letter in _LETTERS}
    return (fewer | exchanged | other | more) - {word}


def _confusable(one: str, other: str) -> bool:
    """Whether the characters in which two texts differ sound or look alike."""
    return all(
        a == b or spelling(a) == spelling(b) or any(a in group and b in group for group in _LOOK_ALIKE)
        for a, b in zip(one, other, strict=True)
    )


def _differing(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))
