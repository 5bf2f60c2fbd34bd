"""Word-by-word glosses between Chinese and English, for the keyword index and for models that read English."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from policybot.calibration import GLOSS_MEANINGS, GLOSS_NAME_WORDS, GLOSS_NAMES, GLOSS_WORD, GLOSSARY_TERM
from policybot.language import Lexicon
from policybot.language.en import LEXICON as ENGLISH
from policybot.language.zh import LEXICON as CHINESE
from policybot.models.matching import READ
from policybot.searching.query import Query
from policybot.store.catalogue import Catalogue
from policybot.text.dictionary import SURNAMES, Dictionary, spelling
from policybot.text.numerals import chinese_number, digits_value
from policybot.text.tokens import STOP_WORDS, content_tokens, fold, keyword_tokens

LANGUAGES = (ENGLISH.code, CHINESE.code)
"""Languages that are glossed into each other."""

_REMEMBERED = 4096
"""Glosses kept in memory: those of passages, of 2 kB each, are asked for again and again."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:-[^\W_]+)*(?:[’'](?!s\b)[^\W_]+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")

_PART = re.compile(CHINESE.words.numeral_parts)


class Glosser:
    """Glosses texts into the other language word by word, preferring words that the documents use. Thread-safe.

    A glossed question finds as much as one that a chat model of 1.5 B parameters translated, at no cost: on the policy
    set evidence recall at 1 and 5 is 0.70 and 0.91 with it, 0.69 and 0.90 with the translation, 0.64 and 0.87 with
    neither. Chinese evidence is glossed where a model that reads only English matches its words.

    Args:
        dictionary: Makes or returns the dictionary; asked when the first text is glossed.
    """

    def __init__(self, catalogue: Catalogue, *, dictionary: Callable[[], Dictionary]) -> None:
        self._catalogue = catalogue
        self._dictionary = dictionary
        self._state: Hashable = None
        self._known: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._chosen: dict[str, str] = {}
        self._lock = threading.Lock()

    def warm_up(self) -> None:
        """Load the dictionary now, in both directions and by spelling, so that no question waits the four seconds."""
        dictionary = self._dictionary()
        _ = dictionary.chinese(""), dictionary.spelled("")

    def translate(self, query: Query, languages: Iterable[str]) -> Query:
        """The query with its question and context in these languages, where they can be glossed."""
        into = [each for each in languages if each in LANGUAGES and each != query.language in LANGUAGES]
        if not into:
            return query
        (language,) = into
        context = self.gloss(query.context, query.language) if query.follow_up and query.context else ""
        return replace(
            query,
            translations={language: self.gloss(query.text, query.language)},
            context_translations={language: context} if context else {},
        )

    def reads(self, language: str) -> bool:
        """Whether texts in a language can be read, or glossed, for a model that reads English."""
        return language in LANGUAGES

    def english(self, text: str, language: str) -> str | None:
        """The text for a model that reads English: as it is or glossed; None in a language that cannot be glossed."""
        if language == READ:
            return text
        return self.gloss(text, language) if language in LANGUAGES else None

    def gloss(self, text: str, language: str) -> str:
        """The text glossed word by word in the other language; unknown words are left out, names in Latin letters stay.

        Raises:
            ValueError: The language is not one of ``LANGUAGES``.
        """
        if language not in LANGUAGES:
            raise ValueError(f"{language} cannot be glossed; only {' and '.join(LANGUAGES)} can.")
        key = (text, language)
        with self._lock:
            if (state := self._catalogue.state()) != self._state:
                self._state = state
                self._known.clear()
                self._chosen.clear()
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        glossed = " ".join(self._in_english(text) if language == CHINESE.code else self._in_chinese(text))
        with self._lock:
            if state == self._state:
                self._known[key] = glossed
                if len(self._known) > _REMEMBERED:
                    self._known.popitem(last=False)
        return glossed

    def terms(self, text: str, language: str, *, into: str) -> tuple[str, ...]:
        """What the glossary calls the terms of a text in another language, each by the name that most passages hold."""
        renderings = self._catalogue.glossary().renderings(text, language=language, into=into)
        return tuple(dict.fromkeys(self._standing_renderings(renderings).values()))

    def named(self, name: str) -> tuple[str, ...]:
        """The Chinese renderings of an English name as a whole, of those that occur in the documents."""
        terms = dict(reversed(self._renderings(name, ENGLISH)))
        return tuple(each for each in self._names(name, terms, 1) if each != name)

    def _renderings(self, text: str, written: Lexicon) -> tuple[tuple[str, str], ...]:
        (into,) = {*LANGUAGES} - {written.code}
        return self._catalogue.glossary().renderings(text, language=written.code, into=into)

    # Chinese in English

    def _in_english(self, text: str) -> list[str]:
        terms = dict(reversed(self._renderings(text, CHINESE)))
        parts: list[tuple[bool, str]] = []  # whether it is a Chinese word, and it
        for part in _PART.finditer(fold(text)):
            if part["run"]:
                parts += [(True, word) for word in self._words(part["run"], terms)]
            else:
                parts.append((False, _figure(part)))
        chosen = self._meanings({word for chinese, word in parts if chinese and word not in terms})
        return [said for chinese, word in parts if (said := (terms.get(word) or chosen[word]) if chinese else word)]

    def _words(self, run: str, terms: Iterable[str]) -> Iterator[str]:
        """The words of a run of characters, by longest match."""
        known, at = frozenset(terms), 0
        while at < len(run):
            longest = min(GLOSSARY_TERM if known else GLOSS_WORD, len(run) - at)
            tried = (run[at : at + length] for length in range(longest, 1, -1))
            word = next((each for each in tried if self._is_word(each, known)), "")
            word = word or self._person(run[at : at + 3]) or run[at]
            yield word
            at += len(word)

    def _is_word(self, text: str, terms: frozenset[str]) -> bool:
        return (
            text in terms
            or text in CHINESE.words.glosses
            or (len(text) <= GLOSS_WORD and bool(self._dictionary().english(text)))
        )

    def _person(self, characters: str) -> str:
        """The person's name at the start, if the documents contain its given name in pinyin; else empty."""
        if characters[:1] in SURNAMES:
            for name in (characters, characters[:2]):
                if len(name) > 1 and self._stands(spelling(name[1:])):
                    return name
        return ""

    def _stands(self, word: str) -> bool:
        tokens = keyword_tokens(word)
        return bool(tokens) and all(self._catalogue.document_frequency(tokens).values())

    def _meanings(self, words: set[str]) -> dict[str, str]:
        """One English meaning for each word: of its first ones the one most used in the documents, else the first."""
        with self._lock:
            found = {word: self._chosen[word] for word in words if word in self._chosen}
        new = {word: self._dictionary().english(word) for word in words - set(found)}
        tokens = {meaning: content_tokens(meaning) for meanings in new.values() for meaning in meanings}
        frequency = self._catalogue.document_frequency({token for each in tokens.values() for token in each})
        used = {meaning: min((frequency[token] for token in each), default=0) for meaning, each in tokens.items()}
        chosen = {word: self._meaning(word, meanings, used) for word, meanings in new.items()}
        with self._lock:
            self._chosen.update(chosen)
        return found | chosen

    def _meaning(self, word: str, meanings: Sequence[str], used: Mapping[str, int]) -> str:
        if word in CHINESE.words.glosses:
            return CHINESE.words.glosses[word]
        standing = [meaning for meaning in meanings[:GLOSS_MEANINGS] if used[meaning]]
        standing = standing or [meaning for meaning in meanings if used[meaning]][:1]
        if len(word) == 1:
            # A single character whose meaning the documents never use belongs to a word that is not in the dictionary.
            return (
                ""
                if word in CHINESE.words.bound_characters or not standing
                else max(standing, key=lambda meaning: used[meaning])
            )
        if standing:
            return max(standing, key=lambda meaning: used[meaning])
        if self._stands(spelling(word)):
            return spelling(word).capitalize()
        if word[0] in SURNAMES and not meanings:
            return f"{spelling(word[0]).capitalize()} {spelling(word[1:]).capitalize()}"
        return meanings[0] if meanings else ""

    # English in Chinese

    def _in_chinese(self, text: str) -> list[str]:
        names = self._standing_renderings(self._renderings(text, ENGLISH))
        words = [match.group() for match in _WORD.finditer(text)]
        said: list[str] = []
        at = 0
        while at < len(words):
            for length in range(min(2 * GLOSS_NAME_WORDS, len(words) - at), 0, -1):
                name = " ".join(words[at : at + length])
                if found := self._names(name, names, length):
                    said += found
                    at += length
                    break
            else:
                at += 1
        return said

    def _standing_renderings(self, renderings: Sequence[tuple[str, str]]) -> dict[str, str]:
        """Each term with the name that most passages hold, the first one where none holds any."""
        tokens = {name: keyword_tokens(name) for _, name in renderings}
        frequency = self._catalogue.document_frequency({token for each in tokens.values() for token in each})
        used = {name: min((frequency[token] for token in tokens[name]), default=0) for name in tokens}
        most = sorted(renderings, key=lambda pair: used[pair[1]])
        return dict([*reversed(renderings), *(pair for pair in most if used[pair[1]])])

    def _names(self, name: str, terms: Mapping[str, str], words: int) -> Sequence[str]:
        """Chinese renderings of an English name: the glossary's, else the dictionary's words that the documents use."""
        if term := terms.get(" ".join(keyword_tokens(name))):
            return (term,)
        if words > GLOSS_NAME_WORDS or (words == 1 and name.lower() in STOP_WORDS):
            return ()
        if name in ENGLISH.calendar.month_names:
            return (CHINESE.words.month_form.format(ENGLISH.calendar.month_names.index(name) + 1),)
        if words == 1 and name[0].isdigit():
            return (CHINESE.words.year_form.format(name) if _YEAR.fullmatch(name) else name,)
        found = [word for word in self._dictionary().chinese(name) if len(word) > 1]
        standing = self._standing(found) if found else []
        if not standing and name[0].isupper():
            standing = [word for word in self._dictionary().spelled(name) if self._stands(word)]
        if not standing and words == 1 and name[0].isupper():
            return (name,)
        return standing[:GLOSS_NAMES]

    def _standing(self, words: Sequence[str]) -> list[str]:
        """The Chinese words that occur in the documents, the most frequent first."""
        tokens = {word: keyword_tokens(word) for word in words}
        frequency = self._catalogue.document_frequency({token for each in tokens.values() for token in each})
        used = {word: min(frequency[token] for token in tokens[word]) for word in words}
        return sorted((word for word in words if used[word]), key=lambda word: (-used[word], word))


def _figure(part: re.Match[str]) -> str:
    """A figure, a part of a date or text in Latin letters, in English."""
    if part["month"]:
        return ENGLISH.calendar.month_names[int(part["month"]) - 1]
    if part["percentage"]:
        return f"{chinese_number(part['percentage']):g}%"
    if part["numeral"]:
        return _scaled(chinese_number(part["numeral"]), part["times"])
    if part["figure"]:
        said = _scaled(digits_value(part["figure"]), part["scale"]) if part["scale"] else part["figure"]
        return said + CHINESE.words.percent.get(part["percent"] or "", "")
    return part["year"] or part["day"] or part["other"]


def _scaled(value: float, scale: str | None) -> str:
    value *= CHINESE.words.scales.get(scale or "", 1.0)
    for name, size in ENGLISH.words.scales.items():
        if value >= size:
            return f"{value / size:.6g} {name}"
    return f"{value:,.10g}"
