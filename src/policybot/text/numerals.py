"""The values of numbers in words, in digits and in a language's own numerals."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from policybot.language import lexicons


@cache
def scales() -> Mapping[str, float]:
    """The words of any language that multiply the figure before them -> factor."""
    return {word: factor for lexicon in lexicons() for word, factor in lexicon.numbers.scales.items()}


@cache
def number_words() -> Mapping[str, float]:
    """The number words of any language -> value."""
    return {word: value for lexicon in lexicons() for word, value in lexicon.numbers.words.items()}


def digits_value(digits: str) -> float:
    """The number that digits with commas and points stand for: commas before three digits group, others end it."""
    grouped = re.sub(r",(?=\d{3}(?!\d))", "", digits)
    head = re.match(r"\d+(?:\.\d+)?", grouped)
    return float(head.group()) if head else 0.0


def numeral_value(numeral: str) -> float:
    """The value of one number word or of a Chinese numeral: "twelve" is 12, ``十二点五`` 12.5."""
    value = number_words().get(numeral)
    return chinese_number(numeral) if value is None else value


class Characters(NamedTuple):
    """What the characters of a language's own numerals stand for."""

    digits: Mapping[str, int]
    powers: Mapping[str, int]
    groups: Mapping[str, int]
    points: Mapping[int, str]


@cache
def numeral_characters() -> Characters:
    """The characters of all languages' own numerals; ``points`` translates each one's decimal point to a full stop."""
    numbers = [lexicon.numbers for lexicon in lexicons()]
    return Characters(
        {character: value for each in numbers for character, value in each.digits.items()},
        {character: value for each in numbers for character, value in each.powers.items()},
        {character: value for each in numbers for character, value in each.groups.items()},
        str.maketrans({each.point: "." for each in numbers if each.point}),
    )


def chinese_number(numeral: str) -> float:
    """The value of a Chinese numeral: ``十二点五`` is 12.5, ``三千五百万`` 35,000,000, ``二〇二四`` 2024.

    Infinite when no float holds it.
    """
    digits, powers, groups, points = numeral_characters()
    whole, _, fraction = numeral.translate(points).partition(".")
    if len(whole) > 1 and all(character in digits for character in whole):
        return float("".join(str(digits[character]) for character in whole))
    total, section, digit, unit, last = 0, 0, 0, 1, 0
    for character in whole:
        if character in digits:
            digit = digits[character]
            unit = unit if digit else 1
        elif character in powers:
            section += max(digit, 1) * powers[character]
            digit, unit = 0, powers[character] // 10
        else:
            group = groups.get(character, 1)
            # 一亿两千万 is a hundred million and twenty; 一万亿 is ten thousand times as much as 一亿.
            part = section + digit
            total = total + part * group if last > group else (total + part) * group
            section, digit, last = 0, 0, group
            unit = group // 10
    # 三千五 is 3500: a digit behind a power counts the next smaller one, unless a nought stands between.
    digit *= unit
    decimals = "".join(str(digits[c]) for c in fraction if c in digits)
    value = total + section + digit
    return math.inf if value > sys.float_info.max else float(f"{value}.{decimals or 0}")
