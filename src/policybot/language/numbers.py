"""Topic of a lexicon: numbers in words and in the language's own digits, and the words that scale figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers as the language writes them. Everything is matched in folded text: lower case, half-width characters.

    Attributes:
        words: Number words -> value: "twelve".
        ordinals: Ordinal words -> value: "twelfth".
        fraction_words: Words of a fraction that are no number words -> value: the "third" of "a third" is 3.
        digits: The language's own digits -> 0..9; empty where it has none.
        powers: Characters that multiply the digit before them: 十 is 10.
        groups: Characters that multiply everything before them: 万 is 10,000.
        point: The decimal point among these digits.
        scales: Words behind a figure that multiply it -> factor.
        money_scales: Likewise, only behind a figure with a currency sign: "$5m".
        scale: Pattern of a scale word behind a figure's digits, with the blanks between.
        keyword_scale: Likewise of those that count for keyword tokens; indexes are made with them.
        shared_scale: Pattern of those that "3-4 million" says once for both figures.
        table_scale: Pattern of those in a table's head that apply to its bare numbers.
        worded: Pattern of a number in words: group ``words``, or ``alone`` for a scale word without a number.
        ordinal: Pattern of an ordinal: group ``word``, or ``digits``.
        fraction: Pattern of a share: groups ``above`` and ``below``, or ``half``, or ``tenths``.
        numeral: Pattern of a number in own digits: group ``numeral``, and ``ordinal`` when it is one.
        counter: Pattern right behind such a numeral that shows that it counts something.
        no_numeral: Pattern of words in which such digits count nothing: 一些, 四川.
        plan: Pattern of a plan's number by the years it is named after: 十四五 is the 14th; group ``ordinal``.
        names_two: Pattern of words that name the number two: "both", 双.
        names_three: Likewise three.
        range_words: Pattern of what joins the two figures of a range or of a pair.
        list_and: Pattern of the "and" before the last figure of a list.
        before_minus: Pattern of a character behind which a dash is a minus: 为-5.
        several_scales: Pattern of a number in digits with several scale words: 1万5千.
        lasting: Characters before a time of one unit that say that it is counted: 为期一年.
        no_codes: What is behind the digits of "1980s" or "5th": such a word is no code name.
    """

    words: Mapping[str, float]
    ordinals: Mapping[str, float]
    fraction_words: Mapping[str, float]
    digits: Mapping[str, int]
    powers: Mapping[str, int]
    groups: Mapping[str, int]
    point: str
    scales: Mapping[str, float]
    money_scales: Mapping[str, float]
    scale: str
    keyword_scale: str
    shared_scale: str
    table_scale: str
    worded: str
    ordinal: str
    fraction: str
    numeral: str
    counter: str
    no_numeral: str
    plan: str
    names_two: str
    names_three: str
    range_words: str
    list_and: str
    no_codes: frozenset[str]
    lasting: frozenset[str] = frozenset()
    before_minus: str = ""
    several_scales: str = ""
