"""Names of terms in English and Chinese: found in documents, stated by the owner, shipped, and looked up."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from policybot.calibration import GLOSSARY_CHARACTERS, GLOSSARY_WORDS, SPELLING_TERM
from policybot.errors import ReadingError
from policybot.language import lexicon
from policybot.language.script import CJK
from policybot.text.tokens import STOP_WORDS, fold, keyword_tokens

GLOSSARY_VERSION = 1
"""Raised whenever the same document would give other terms, so that indexes are brought up to date."""

FILE_NAME = "glossary.yaml"
"""The owner's own renderings, in the folder of the documents."""

_HAN = rf"[{CJK}]"
_ANY_HAN, _BRACKET = re.compile(_HAN), re.compile(r"[（(]")
_ENGLISH = r"[A-Za-z][A-Za-z0-9’'&/,.\- ]{1,80}[A-Za-z0-9]"
_CHINESE = rf"{_HAN}[{CJK}0-9A-Z·“”+—-]{{1,{GLOSSARY_CHARACTERS}}}"
_QUOTED_CHINESE = re.compile(rf"[“「《]({_CHINESE})[”」》]\s*[（(]\s*[“\"]?({_ENGLISH})[”\"]?\s*[)）]")
_BARE_CHINESE = re.compile(
    rf"(?:^|[^{CJK}”」》])({_HAN}{{2,10}})\s*[（(]\s*[“\"]?({_ENGLISH})[”\"]?\s*[)）]", re.MULTILINE
)
_QUOTED_ENGLISH = re.compile(rf"[“\"]({_ENGLISH})[”\"]\s*[（(]\s*[“「《]?({_CHINESE}?)[”」》]?\s*[)）]")
_BARE_ENGLISH = re.compile(
    rf"([A-Za-z][A-Za-z’'\-]*(?: [A-Za-z][A-Za-z’'\-]*)*)\s*[（(]\s*[“「《]?({_CHINESE}?)[”」》]?\s*[)）]"
)

_LATIN = re.compile("[a-z0-9]")
_BROKEN_NAME = re.compile(r"(?<=[a-z])[\s_]+(?=\d)")
"""What parts a letter from a figure in names whose figure stands below the line: PM_2.5, or over two lines."""


class Term(NamedTuple):
    """One thing's name in both languages; the fields are their codes, and the keys of an entry in a glossary."""

    en: str
    zh: str


_LANGUAGES = Term._fields


def terms_in(text: str) -> frozenset[Term]:
    """Terms that a text renders itself: one name, and in brackets behind it the other language's.

    Where a bracketed Chinese name follows plain words, how many of them belong to it is a guess: as far back as no
    function word stands between, and no more words than the name has characters.
    """
    if not _BRACKET.search(text) or not _ANY_HAN.search(text):
        return frozenset()  # Nearly every English document: looking through 300 pages for names takes two seconds.
    found = {Term(_tidy(en), zh) for pattern in (_QUOTED_CHINESE, _BARE_CHINESE) for zh, en in pattern.findall(text)}
    found |= {Term(_tidy(en), zh) for en, zh in _QUOTED_ENGLISH.findall(text)}
    for words, zh in _BARE_ENGLISH.findall(text):
        name: list[str] = []
        for word in reversed(words.split(" ")[-len(zh) :]):
            if word.lower() in STOP_WORDS:
                break
            name.insert(0, word)
        if name:
            found.add(Term(" ".join(name), zh))
    return frozenset(t for t in found if t.en and len(t.en.split()) <= 2 * GLOSSARY_WORDS)


def _tidy(english: str) -> str:
    return " ".join(english.split()).strip(" ,.")


def read_glossary(path: Path) -> frozenset[Term]:
    """The owner's terms: a list of entries with ``en`` and ``zh``, each one name or a list of names.

    Raises:
        ReadingError: The file cannot be read or is no such list.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise ReadingError(f"{path.name} cannot be read: {exc}. It must be YAML in UTF-8.") from exc
    return frozenset(_terms(text, path.name))


@cache
def shipped_terms() -> tuple[Term, ...]:
    """The terms of statistics, public finance, law and administration that policybot brings, in the file's order."""
    return tuple(_terms((files(__package__) / "terms.yaml").read_text(encoding="utf-8"), "terms.yaml"))


def _terms(text: str, name: str) -> Iterator[Term]:
    """Every pair of names of each entry of a glossary."""
    try:
        entries = yaml.safe_load(text)
    except yaml.YAMLError as exc:
        raise ReadingError(f"{name} cannot be read: {exc}. It must be YAML in UTF-8.") from exc
    if not isinstance(entries, list | None):
        raise ReadingError(f"{name} is no list. Write each term as `- en: …` and, below it, `zh: …`.")
    for number, entry in enumerate(entries or [], start=1):
        names = _names(entry)
        if names is None:
            raise ReadingError(
                f"{name}: entry {number} is {entry!r}. Each entry needs `en` and `zh`, a name or a list of names."
            )
        yield from itertools.starmap(Term, itertools.product(*names.values()))


def _names(entry: Any) -> dict[str, list[str]] | None:
    """The entry's names by language; None when it is not of the right form."""
    if not isinstance(entry, Mapping) or set(entry) != set(_LANGUAGES):
        return None
    names = {language: [given] if isinstance(given := entry[language], str) else given for language in _LANGUAGES}
    if not all(
        isinstance(each, list) and each and all(isinstance(n, str) and n.strip() for n in each)
        for each in names.values()
    ):
        return None
    return {language: [name.strip() for name in each] for language, each in names.items()}


class Glossary:
    """Looks up which terms stand in a text, what the other language calls them, and what else this one calls them.

    Args:
        terms: Found in documents.
        owned: The owner's.
        shipped: Those that come with policybot; their renderings come after the others'.
    """

    def __init__(self, terms: Iterable[Term], *, owned: Iterable[Term] = (), shipped: Sequence[Term] = ()) -> None:
        stated = sorted(set(owned))
        self._terms = list(dict.fromkeys((*sorted({*terms, *stated}), *shipped)))
        self._stated = list(dict.fromkeys((*stated, *shipped)))

    def renderings(self, text: str, *, language: str, into: str) -> tuple[tuple[str, str], ...]:
        """Each term in the text, the longest ones first where they overlap, with its name in the other language.

        A term with several names in the other language comes once with each. Empty for other language pairs.
        """
        if {language, into} != set(_LANGUAGES):
            return ()
        names = self._renderings[language]
        found = _standing(text, names, language)
        return tuple((name, other) for name in dict.fromkeys(found) for other in names[name])

    def near(self, typed: str) -> tuple[str, ...]:
        """Chinese names that differ from this one in exactly one character, of those that are stated or shipped."""
        return tuple(
            sorted(
                {
                    name
                    for i in range(len(typed))
                    for name in self._gaps.get((i, typed[:i], typed[i + 1 :]), ())
                    if name != typed
                }
            )
        )

    @cached_property
    def _gaps(self) -> Mapping[tuple[int, str, str], Sequence[str]]:
        """Each long Chinese name by what is left of it without one character."""
        found: dict[tuple[int, str, str], list[str]] = {}
        for name in {fold(term.zh) for term in self._stated}:
            for i in range(len(name) if len(name) >= SPELLING_TERM else 0):
                found.setdefault((i, name[:i], name[i + 1 :]), []).append(name)
        return found

    def synonyms(self, text: str, *, language: str) -> tuple[str, ...]:
        """What the terms in a text are called as well, in its own language: 社零 -> 社会消费品零售总额.

        Two names mean the same when the owner or the shipped glossary renders both by one name of the other language.
        Terms that documents render themselves are left out: they say what a name is called there, not what it means.
        """
        if language not in _LANGUAGES:
            return ()
        names = self._alike[language]
        found = _standing(text, names, language)
        return tuple(dict.fromkeys(other for name in found for other in names[name]))

    @cached_property
    def _renderings(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """For each language: the key of a name -> its names in the other language."""
        names: dict[str, dict[str, list[str]]] = {language: {} for language in _LANGUAGES}
        for term in self._terms:
            for language, name, other in _both_ways(term):
                names[language].setdefault(_key(name, language), []).append(other)
        return names

    @cached_property
    def _alike(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """For each language: the key of a name -> its other names."""
        sets: dict[str, dict[str, list[str]]] = {language: {} for language in _LANGUAGES}
        for term in self._stated:
            for language, name, other in _both_ways(term):
                meaning = _key(other, _other(language))
                sets[language].setdefault(meaning, []).append(name)
        alike: dict[str, dict[str, list[str]]] = {language: {} for language in _LANGUAGES}
        for language, known in alike.items():
            for names in sets[language].values():
                keys = {name: _key(name, language) for name in names}
                for name in names:
                    others = known.setdefault(keys[name], [])
                    others += [each for each in names if keys[each] != keys[name] and each not in others]
        return alike


def _both_ways(term: Term) -> Iterator[tuple[str, str, str]]:
    """Each language, the term's name in it, and its name in the other one."""
    return zip(_LANGUAGES, term, reversed(term), strict=True)


def _other(language: str) -> str:
    return next(each for each in _LANGUAGES if each != language)


def _key(name: str, language: str) -> str:
    """What writings of one name in a language have in common: its words' stems, or its characters."""
    return " ".join(keyword_tokens(name)) if lexicon(language).spaced else fold(name)


def _standing(text: str, names: Mapping[str, object], language: str) -> Iterator[str]:
    """The keys among the names' that stand in a text, the longest where they overlap."""
    return _standing_words(text, names) if lexicon(language).spaced else _standing_characters(text, names)


def _standing_words(text: str, names: Mapping[str, object]) -> Iterator[str]:
    tokens = keyword_tokens(text)
    at = 0
    while at < len(tokens):
        for length in range(min(2 * GLOSSARY_WORDS, len(tokens) - at), 0, -1):
            if (name := " ".join(tokens[at : at + length])) in names:
                yield name
                at += length - 1
                break
        at += 1


def _standing_characters(text: str, names: Mapping[str, object]) -> Iterator[str]:
    folded = _BROKEN_NAME.sub("", fold(text))
    at = 0
    while at < len(folded):
        for length in range(min(GLOSSARY_CHARACTERS + 2, len(folded) - at), 1, -1):
            name = folded[at : at + length]
            if name in names and not _in_longer_word(folded, at, at + length):
                yield name
                at += length - 1
                break
        at += 1


def _in_longer_word(text: str, start: int, end: int) -> bool:
    """Whether a name that begins or ends in Latin letters or figures goes on beyond its ends: M2 in 600m2."""
    return any(
        _LATIN.match(inner) is not None and _LATIN.match(outer) is not None
        for inner, outer in ((text[start], text[start - 1 : start]), (text[end - 1], text[end : end + 1]))
    )
