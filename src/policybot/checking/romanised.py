"""Compares Chinese names with their pinyin: 何立峰 is He Lifeng."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pypinyin import lazy_pinyin
from pypinyin.constants import PINYIN_DICT

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
        known = {name.replace(" ", "").replace("-", "") for name, _, _ in placed_names(text)}
        spelled = [name for name in known if _is_chinese(name)]
        letters = "".join(character for character in text.lower() if character.isalpha())
        return [
            name
            for name in sorted(people)
            if spelled and not any(_letters(part) in letters for part in (name, name[:2]) if len(part) > 1)
        ]
    letters = _letters("".join(_CHARACTERS.findall(text)))
    names = [name for name, _, _ in placed_names(sentence) if " " in name]
    return [
        name.title()
        for name in names
        # Hong Kong is not pinyin; places in `contrasts` are compared by their own rule.
        if not contrasts.members(name) and _is_chinese(plain := re.sub("[ -]", "", name)) and plain not in letters
    ]


@lru_cache(maxsize=512)
def _letters(chinese: str) -> str:
    return "".join(lazy_pinyin(chinese, errors="ignore"))


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    common = range(0x4E00, 0x9FA6)
    return frozenset(lazy_pinyin(chr(code))[0] for code in common if code in PINYIN_DICT)


@lru_cache(maxsize=512)
def _is_chinese(letters: str) -> bool:
    """Whether Latin letters can be cut into two to four Chinese syllables."""
    ways = {0: 0}
    for end in range(1, len(letters) + 1):
        counts = [ways[begin] + 1 for begin in ways if letters[begin:end] in _syllables()]
        if counts:
            ways[end] = min(counts)
    return 2 <= ways.get(len(letters), 0) <= 4
