"""Official renderings of terms in English and Chinese: found in documents, stated by the owner, and looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from policybot.calibration import GLOSSARY_CHARACTERS, GLOSSARY_WORDS
from policybot.errors import ReadingError
from policybot.language.script import CJK
from policybot.text.tokens import STOP_WORDS, fold, keyword_tokens

GLOSSARY_VERSION = 1
"""Raised whenever the same document would give other terms, so that indexes are brought up to date."""

FILE_NAME = "glossary.yaml"
"""The owner's own renderings, in the folder of the documents."""

_LANGUAGES = ("en", "zh")

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


class Term(NamedTuple):
    """One thing's name in both languages."""

    en: str
    zh: str


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
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as exc:
        raise ReadingError(f"{path.name} cannot be read: {exc}. It must be YAML in UTF-8.") from exc
    if not isinstance(entries, list | None):
        raise ReadingError(f"{path.name} is no list. Write each term as `- en: …` and, below it, `zh: …`.")
    found: set[Term] = set()
    for number, entry in enumerate(entries or [], start=1):
        names = _names(entry)
        if names is None:
            raise ReadingError(
                f"{path.name}: entry {number} is {entry!r}. Each entry needs `en` and `zh`, a name or a list of names."
            )
        found.update(Term(en, zh) for en in names["en"] for zh in names["zh"])
    return frozenset(found)


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
    """Looks up which terms stand in a text, and what the other language calls them."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = sorted(set(terms))

    def renderings(self, text: str, *, language: str, into: str) -> tuple[tuple[str, str], ...]:
        """Each term in the text, the longest ones first where they overlap, with its name in the other language.

        A term with several names in the other language comes once with each. Empty for other language pairs.
        """
        if {language, into} != set(_LANGUAGES):
            return ()
        names = self._english if language == "en" else self._chinese
        found = _standing_words(text, names) if language == "en" else _standing_characters(text, names)
        return tuple((name, other) for name in dict.fromkeys(found) for other in names[name])

    @cached_property
    def _english(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for term in self._terms:
            names.setdefault(" ".join(keyword_tokens(term.en)), []).append(term.zh)
        return names

    @cached_property
    def _chinese(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for term in self._terms:
            names.setdefault(fold(term.zh), []).append(term.en)
        return names


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
    folded = fold(text)
    at = 0
    while at < len(folded):
        for length in range(min(GLOSSARY_CHARACTERS + 2, len(folded) - at), 1, -1):
            if (name := folded[at : at + length]) in names:
                yield name
                at += length - 1
                break
        at += 1
