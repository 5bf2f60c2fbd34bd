"""Figures, percentages and dates in a text, normalised so that English and Chinese can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

from policybot.language.script import fold_script

Unit = Literal["", "%", "points", "month"]


class Quantity(NamedTuple):
    """A number as a text states it.

    ``5 %`` is ``("%", 5.0)``, ``1.2万亿`` is ``("", 1.2e12)``, May is ``("month", 5)``.
    """

    unit: Unit
    value: float


MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"), start=1
    )
    for name in names.split()
}  # fmt: skip

SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mn": 1e6, "bn": 1e9, "tn": 1e12,
    "百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12,
}  # fmt: skip

_WORD_NUMBERS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
}

_CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}

_FIGURE = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)"
    r"(?:[ \t-]*(?P<scale>hundred|thousand|million|billion|trillion|mn|bn)\b"
    r"|(?P<zh>万亿|千亿|百亿|千万|百万|[百千万亿])(?!分))?"
    r"[ \t]*(?P<unit>percentage points?|个?百分点|percent|per cent|%)?"
    r"(?P<month>月)?"
)
_MONTH_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_MONTH = re.compile(rf"\b({_MONTH_NAME})\b(?=\.?\s+\d)|(?<=\d )\b({_MONTH_NAME})\b")
_CHINESE_PERCENT = re.compile(r"百分之([零〇一二两三四五六七八九十百点]+)")
_WORD_PERCENT = re.compile(r"\b(" + "|".join(_WORD_NUMBERS) + r")\s+(percentage points?|percent|per cent)\b")


def quantities(text: str) -> frozenset[Quantity]:
    """Every figure written with digits, every percentage and every month of a date in the text.

    Number words and Chinese numerals count only in percentages ("five percent", "百分之五"): elsewhere ("one of
    the", "统一") they often are no figures.
    """
    return frozenset(quantity for quantity, _, _ in placed_quantities(folded(text)))


def folded(text: str) -> str:
    """The text as figures are read from it: full-width forms as ASCII, lower case, in one script."""
    return fold_script(unicodedata.normalize("NFKC", text).lower())


def placed_quantities(text: str) -> Iterator[tuple[Quantity, int, int]]:
    """The quantities of a folded text with the offsets at which they stand in it, kind by kind."""
    for match in _FIGURE.finditer(text):
        value = digits_value(match["number"])
        if match["month"] and not match["zh"] and 1 <= value <= 12:
            yield Quantity("month", value), *match.span()
            continue
        scale = SCALES[match["scale"] or match["zh"]] if match["scale"] or match["zh"] else 1.0
        # 256.1亿 is 25.61 billion: what binary fractions add in the seventeenth digit is no difference.
        yield Quantity(_unit(match["unit"]), float(f"{value * scale:.12g}")), *match.span()
    for match in _MONTH.finditer(text):
        yield Quantity("month", float(MONTHS[match[1] or match[2]])), *match.span()
    for match in _CHINESE_PERCENT.finditer(text):
        yield Quantity("%", chinese_number(match[1])), *match.span()
    for match in _WORD_PERCENT.finditer(text):
        yield Quantity(_unit(match[2]), float(_WORD_NUMBERS[match[1]])), *match.span()


def figure_tokens(text: str) -> list[str]:
    """Keyword tokens of the figures that are written in several ways, one for each value and unit.

    Percentages, percentage points and numbers with a scale word: "5 percent" and "百分之五" share ``q5pct``, "12.5
    million" and "1250万" share ``q12500000``. Other figures are keyword tokens as they stand.
    """
    suffixes = {"%": "pct", "points": "pts", "": ""}
    return sorted(
        f"q{found.value:.10g}{suffixes[found.unit]}"
        for found in quantities(text)
        if found.unit in ("%", "points") or (found.unit == "" and found.value >= 1000 and not _is_year(found.value))
    )


def _is_year(value: float) -> bool:
    return 1900 <= value <= 2100 and value == int(value)


def digits_value(digits: str) -> float:
    """The number that digits with commas and points stand for: commas before three digits group, others end it."""
    grouped = re.sub(r",(?=\d{3}(?!\d))", "", digits)
    head = re.match(r"\d+(?:\.\d+)?", grouped)
    return float(head.group()) if head else 0.0


def _unit(written: str | None) -> Unit:
    if not written:
        return ""
    return "points" if "point" in written or "百分点" in written else "%"


def chinese_number(numeral: str) -> float:
    """The value of a Chinese numeral: ``十二点五`` is 12.5, ``三千五百万`` 35,000,000, ``二〇二四`` 2024."""
    whole, _, fraction = numeral.partition("点")
    if len(whole) > 1 and all(character in _CHINESE_DIGITS for character in whole):
        return float("".join(str(_CHINESE_DIGITS[character]) for character in whole))
    total, section, digit = 0, 0, 0
    for character in whole:
        if character in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[character]
        elif character in "十百千":
            section += max(digit, 1) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = 0
        else:
            total = (total + section + digit) * 10**4 if character == "万" else (total + section + digit) * 10**8
            section = digit = 0
    decimals = "".join(str(_CHINESE_DIGITS[c]) for c in fraction if c in _CHINESE_DIGITS)
    return float(f"{total + section + digit}.{decimals or 0}")
