"""Compares Chinese names with their pinyin: 何立峰 is He Lifeng."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.constants import PINYIN_DICT

from policybot.calibration import NAME_WORDS
from policybot.checking.names import placed_names
from policybot.language import lexicons
from policybot.language.script import HAN
from policybot.text.contrasts import Contrasts

_CHARACTERS = re.compile(f"[{HAN}]+")


@cache
def _people() -> tuple[re.Pattern[str], ...]:
    """Patterns of a person's name, group ``name``: before a title or a verb of saying, and after a title."""
    known = [(f"[{''.join(sorted(each.words.surnames))}]", each.people) for each in lexicons() if each.words.surnames]
    return (
        *(re.compile(rf"(?P<name>{first}[{HAN}]{{1,2}})(?=(?:{of.behind_name}))") for first, of in known),
        *(re.compile(rf"(?:{of.before_name})(?P<name>{first}[{HAN}]{{2}})") for first, of in known),
    )


def misspelled(sentence: str, text: str, contrasts: Contrasts) -> list[str]:
    """Names in a sentence without a counterpart in a text in the other language, compared by pinyin.

    An English name is compared when it is made of Chinese syllables (Li Qiang), a Chinese one when it is next to a
    title or a verb of saying, and only if the English text contains such a name at all.
    """
    if _CHARACTERS.search(sentence):
        people = {match["name"] for pattern in _people() for match in pattern.finditer(sentence)}
        spelled = [letters for name, _, _ in placed_names(text) for letters in _romanised(name)]
        letters = "".join(character for character in text.lower() if character.isalpha())
        return [
            name
            for name in sorted(people)
            if spelled
            and not any(reading in letters for part in (name, name[:2]) if len(part) > 1 for reading in _readings(part))
        ]
    runs = _CHARACTERS.findall(text)
    known = "".join(_letters(run) for run in runs)
    # A surname's reading is another one than that of the word: 单 is Shan.
    surnames = {reading for run in runs for at in range(len(run)) for reading in _readings(run[at : at + 3])}
    surnames |= {reading for run in runs for at in range(len(run)) for reading in _readings(run[at : at + 2])}
    return [
        letters.title()
        for name, _, _ in placed_names(sentence)
        for letters in _romanised(name)
        # Hong Kong is not pinyin; places in `contrasts` are compared by their own rule.
        if not contrasts.members(name) and letters not in known and letters not in surnames
    ]


def _romanised(name: str) -> list[str]:
    """The letters of a name of two words or more that is made of Chinese syllables, its titles left out."""
    words = name.split(" ")
    for begin in range(len(words) - 1):
        letters = re.sub("-", "", "".join(words[begin:]))
        if len(words) - begin <= NAME_WORDS and _is_chinese(letters) and all(map(_is_syllables, words[begin:])):
            return [letters]
    return []


def _is_syllables(word: str) -> bool:
    return _is_chinese(word.replace("-", ""), least=1)


@lru_cache(maxsize=512)
def _letters(chinese: str) -> str:
    return "".join(lazy_pinyin(chinese, errors="ignore"))


@lru_cache(maxsize=4096)
def _readings(name: str) -> frozenset[str]:
    """The name's letters, with each reading of its first character: 曾培炎 is Zeng, not Ceng."""
    rest = _letters(name[1:])
    return frozenset(f"{first}{rest}" for first in pinyin(name[0], style=Style.NORMAL, heteronym=True)[0])


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    common = range(0x4E00, 0x9FA6)
    return frozenset(lazy_pinyin(chr(code))[0] for code in common if code in PINYIN_DICT)


@lru_cache(maxsize=512)
def _is_chinese(letters: str, least: int = 2) -> bool:
    """Whether Latin letters can be cut into two to four Chinese syllables."""
    ways = {0: 0}
    for end in range(1, len(letters) + 1):
        counts = [ways[begin] + 1 for begin in ways if letters[begin:end] in _syllables()]
        if counts:
            ways[end] = min(counts)
    return least <= ways.get(len(letters), 0) <= 4
