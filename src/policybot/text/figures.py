# ruff: noqa: E501 (tables of words: a line holds one entry)
"""Figures and dates of a text with their units and places, normalised across English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from policybot.text.bounds import Bounds, bounds_of_date, bounds_of_figure
from policybot.text.quantities import MONTHS, SCALES, chinese_number, digits_value, folded
from policybot.text.units import COUNTS, NONE, counted_behind, currency_before, measure_behind

_SAME = 1e-9
"""Relative difference below which two values are one: what binary fractions lose in a conversion of units."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as a text states it.

    Attributes:
        value: In the dimension's own unit: 3 GW is 3e9.
        unit: Name of the dimension (``W``, ``yuan``, ``percent``, ``people``), empty when none is told.
        bounds: How it is meant: ``about``, ``at least``, ...; empty for exactly.
        counted: Whether the unit is a noun some words behind the figure.
        written: As a word or an ordinal: "three", "第三".
        text: As it stands, folded; ``start`` and ``end`` are its offsets in the folded text.
    """

    value: float
    unit: str
    bounds: Bounds
    text: str
    start: int
    end: int
    counted: bool = False
    written: bool = False

    def same_value(self, other: Figure) -> bool:
        """Whether both are one number."""
        return abs(self.value - other.value) <= _SAME * max(abs(self.value), abs(other.value), 1e-12)

    def same_unit(self, other: Figure) -> bool:
        """Whether the units agree as far as both are told; a figure without unit may have any but percent.

        What people and things are called is compared elsewhere: 12 million jobs are 1200万人 employed.
        """
        if self.unit == other.unit or {self.unit, other.unit} <= COUNTS:
            return True
        return not (self.unit and other.unit) and not {self.unit, other.unit} & {"percent", "percentage points"}


@dataclass(frozen=True, slots=True)
class Date:
    """A year, a month, or a day, as far as a text tells it."""

    year: int | None
    month: int | None
    day: int | None
    bounds: Bounds
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stated:
    """All figures and dates of a text."""

    figures: tuple[Figure, ...]
    dates: tuple[Date, ...]

    @property
    def span(self) -> frozenset[int]:
        """The years it names and those between the two of a span: a plan of 2021-2035 is about 2025, too."""
        pairs = [(a, b) for a, b in pairwise(self.dates) if a.year and b.year and b.end - a.end <= len("-2035年")]
        return self.years.union(*(range(a.year or 0, (b.year or 0) + 1) for a, b in pairs))

    @property
    def years(self) -> frozenset[int]:
        """The years it names."""
        return frozenset(date.year for date in self.dates if date.year is not None)


_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_DAYS = r"(?:(?P<first>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\s*(?:-|–|to|and|through|until)\s*)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d){_YEAR}年(?P<monthly>1[0-2]|0?[1-9])月{_DAY}(?:日|号)(?:[-–~至到和、](?P<last>3[01]|[12]\d|0?[1-9])(?:日|号))?",
        rf"(?<!\d){_YEAR}年(?P<monthly>1[0-2]|0?[1-9])(?=月|[-–~至到](?:1[0-2]|[1-9])月)月?",
        rf"(?<!\d)(?P<monthly>1[0-2]|0?[1-9])月{_DAY}(?:日|号)(?:[-–~至到和、](?P<last>3[01]|[12]\d|0?[1-9])(?:日|号))?",
        rf"(?<![\d.-]){_YEAR}(?P<dash>[-/.])(?P<monthly>1[0-2]|0?[1-9])(?P=dash){_DAY}(?![\d-])",
        rf"(?<!\d[.,])(?<!\d){_DAYS}{_DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR}(?!\d))?",
        rf"\b{_MONTH}\s*(?=(?:[-–]|to|and|through)\s*(?:{'|'.join(MONTHS)})\b)",
        rf"\b{_MONTH}\s+{_DAYS}{_DAY}(?:st|nd|rd|th)?(?![\d%]|[.,]\d|\s*(?:%|percent|million|billion))(?:,?\s+{_YEAR}(?!\d))?",
        rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}(?!\d)",
        rf"(?<=\bin )(?:early |late |mid-)?{_MONTH}|(?<=\bsince ){_MONTH.replace('<month>', '<other>')}",
        r"(?<!\d[.,])(?<!\d)(?P<monthly>1[0-2]|0?[1-9])月(?!\d)",
        rf"(?<!\d[.,])(?<![\d$€£¥a-z]){_YEAR}(?:年|\b(?!,\d|\.\d|[ -]*(?:%|percent|million|billion|trillion|万|亿)))"
        rf"(?:[-–](?P<second>\d\d)\b(?![-\d]))?",
        r"(?P<chinese>[一二][零〇一二三四五六七八九]{3})年",
    )
)
"""Each form of a date, the longer before the shorter: what one has taken is gone for the next."""

_EN_WORDS = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
} | {word: 10.0 * tens for tens, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_ORDINALS = {
    word: float(value)
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}
_EN_SCALE = r"(?:hundred|thousand|million|billion|trillion)"
_SMALL = "|".join(sorted(_EN_WORDS, key=len, reverse=True))
_WORDED = re.compile(
    rf"\b(?:(?P<words>(?:{_SMALL})(?:[ -](?:and )?(?:{_SMALL}|{_EN_SCALE}))*)|(?:an? |several )?(?P<alone>{_EN_SCALE}))\b(?!s\b)"
)
_ORDINAL = re.compile(rf"\b(?P<word>{'|'.join(_ORDINALS)})\b(?!-)|\b(?P<digits>\d{{1,3}})(?:st|nd|rd|th)\b")
_FRACTION = re.compile(
    r"\b(?P<up>one|two|three|four|a)[ -](?P<down>thirds?|quarters?(?= of)|fifths?|tenths?)\b|(?<!first )(?<!second )(?<!other )(?<!latter )\b(?P<half>half)\b(?! year|-year)"
    r"|(?P<below>[二三四五六七八九十]|百|千|万)分之(?P<above>[零〇一二两三四五六七八九十百点\d.]+)|(?P<halfzh>一半|半数)"
    r"|(?P<tenths>[一二三四五六七八九])成(?![为立果员本就功长交都])"
)
_DOWN = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_DIGITS = re.compile(
    r"(?<![a-z\d])(?<!\d[.])(?<![a-z]-)(?P<number>\d+(?:[.,]\d+)*)"
    r"(?:[ \t-]*(?P<scale>hundred|thousand|million|billion|trillion|mn|bn|tn|(?<=\d)[mb](?![a-z]))\b"
    r"|[ \t]?(?P<zh>万亿|千亿|百亿|千万|百万|百(?!分)|千(?![瓦克米])|万|亿))?"
)
_CHINESE = re.compile(
    r"(?P<ordinal>第)?(?P<numeral>[零〇一二两三四五六七八九十百千万亿]+(?:点[一二三四五六七八九零]+)?)"
)
_COUNTED_IN_CHINESE = re.compile(r"[个项条种类大家次届位名章部座台套件支只批册人户天年月吨元米倍成步级轮艘所辆]")
_RANGE = re.compile(r"\s*(?:-|–|—|~|〜|to|and|or|至|到|或|和)\s*")
_LIST = re.compile(r"\s*[,，、]\s*(?:and\s+)?")
_SCALE = re.compile(r"(thousand|million|billion|trillion|万亿|千亿|百亿|千万|百万|[万亿])")
_NO_CHINESE_NUMBER = re.compile(
    r"统一|一带一路|一些|一定|一切|一般|一直|一起|一旦|一方面|万一|唯一|进一步|第一时间|三农|十分|千方百计|万物|一体|一系列|百姓|亿万|千万(?=不|别)|一流|一线|单一|同一|之一|四川|三峡|三角|三亚"
)
_PLAN = re.compile(r"十([一二三四五六])五(?!年|个|项|条)")
"""十四五 is the fourteenth five-year plan."""

_CODE = re.compile(r"(?<![a-z\d])(?:[a-z]{1,6}-?\d+[a-z]*|\d+[a-z]{1,2}\d*)(?![a-z\d])")


@lru_cache(maxsize=4096)
def stated(text: str) -> Stated:
    """Every figure and date of a text; of the last 4096 texts, those of an answer and its evidence, remembered."""
    plain = folded(text)
    dates, rest = _dates(plain)
    figures = sorted(_figures(rest), key=lambda figure: figure.start)
    return Stated(tuple(_sharing_units(rest, figures)), tuple(dates))


@lru_cache(maxsize=4096)
def numbers_named(text: str) -> frozenset[float]:
    """Every value that the text may be said to name, however loosely: "both" names two, "第三" three."""
    plain = folded(text)
    found = {figure.value for figure in stated(text).figures}
    found |= {digits_value(number) for number in re.findall(r"\d+(?:[.,]\d+)*", plain)}
    for match in re.finditer(r"[零〇一二两三四五六七八九十百千万亿]+", plain):
        found.add(chinese_number(match.group()))
        found |= {chinese_number(character) for character in match.group() if character not in "百千万亿"}
    found |= {_EN_WORDS[word] for word in re.findall(rf"\b({_SMALL})\b", plain)}
    found |= {_ORDINALS[word] for word in re.findall(rf"\b({'|'.join(_ORDINALS)})\b", plain)}
    if re.search(r"\b(?:both|two|twin|dual|pair|double[ds]?|twice|bilateral|either|neither)\b|双|两", plain):
        found.add(2.0)
    if re.search(r"\b(?:triple[ds]?|trio)\b", plain):
        found.add(3.0)
    return frozenset(found)


def codes(text: str) -> frozenset[str]:
    """Names made of letters and digits, without hyphens: ``c919``, ``5g``, ``covid19``."""
    return frozenset(
        match.group().replace("-", "") for match in _CODE.finditer(folded(text)) if not _is_measured(match.group())
    )


def _is_measured(code: str) -> bool:
    digits = re.match(r"\d+", code)
    return digits is not None and (
        measure_behind(code, digits.end())[0] is not NONE
        or code[digits.end() :] in ("st", "nd", "rd", "th", "s", "k", "m", "mn", "bn", "tn")
    )


def _dates(plain: str) -> tuple[list[Date], str]:
    """The dates, in order, and the text with blanks in their place."""
    found: list[Date] = []
    rest = plain
    for pattern in _DATES:
        for match in pattern.finditer(rest):
            groups = match.groupdict()
            month = groups.get("month") or groups.get("other")
            number = MONTHS[month] if month else int(groups["monthly"]) if groups.get("monthly") else None
            year = int(groups["year"]) if groups.get("year") else None
            if groups.get("chinese"):
                year = int(chinese_number(groups["chinese"]))
            day = int(groups["day"]) if groups.get("day") else None
            start, end = match.span()
            bounds = bounds_of_date(plain, start, end)
            found.append(Date(year, number, day, bounds, match.group().strip(), start, end))
            for other in (groups.get("first"), groups.get("last")):
                if other:
                    found.append(Date(year, number, int(other), bounds, match.group().strip(), start, end))
            if groups.get("second") and year is not None:
                found.append(
                    Date(year // 100 * 100 + int(groups["second"]), None, None, bounds, match.group(), start, end)
                )
        rest = pattern.sub(lambda match: "\x00" * len(match.group()), rest)
    return sorted(found, key=lambda date: date.start), rest


def _figures(rest: str) -> Iterator[Figure]:
    """The figures of a folded text without its dates."""
    taken = rest
    for match in _FRACTION.finditer(rest):
        yield _fraction(rest, match)
        taken = _without(taken, match.span())
    for match in _ORDINAL.finditer(taken):
        if (
            match.end() < len(rest)
            and match["word"] == "second"
            and measure_behind(rest, match.start())[1] == match.end()
        ):
            continue
        value = _ORDINALS[match["word"]] if match["word"] else float(match["digits"])
        yield Figure(value, "", frozenset(), match.group(), *match.span(), written=True)
        taken = _without(taken, match.span())
    for match in _DIGITS.finditer(taken):
        written = match["scale"] or match["zh"]
        if written in ("m", "b"):
            written = (
                {"m": "million", "b": "billion"}[written]
                if currency_before(rest, match.start())[1] < match.start()
                else ""
            )
        value = digits_value(match["number"]) * (SCALES[written] if written else 1.0)
        figure = _measured(rest, round(value, 6), *match.span())
        if figure.end == match.end() and re.match(r"[a-z]", rest[figure.end : figure.end + 1]):
            continue  # "5G": a name
        yield figure
        taken = _without(taken, match.span())
    for match in _WORDED.finditer(taken):
        words = (match["words"] or match["alone"]).replace("-", " ").split()
        value = _spelled(words)
        figure = _measured(rest, value, *match.span())
        small = value < 1000 and figure.unit not in ("percent", "percentage points")
        if value != 1 or figure.unit in ("percent", "percentage points"):
            yield replace(figure, written=small)
    for match in _PLAN.finditer(taken):
        yield Figure(10 + chinese_number(match[1]), "", frozenset(), match.group(), *match.span(), written=True)
        taken = _without(taken, match.span())
    skipped = {i for match in _NO_CHINESE_NUMBER.finditer(rest) for i in range(*match.span())}
    for match in _CHINESE.finditer(taken):
        if match.start("numeral") in skipped:
            continue
        value = chinese_number(match["numeral"])
        figure = _measured(rest, value, *match.span())
        counted = figure.end > match.end() or _COUNTED_IN_CHINESE.match(rest, match.end())
        if value >= 2 and (counted or match["ordinal"]):
            yield replace(figure, written=value < 1000, unit="" if match["ordinal"] else figure.unit)


def _measured(text: str, value: float, start: int, end: int) -> Figure:
    """The figure at these offsets with its unit and bounds."""
    measure, until = measure_behind(text, end)
    currency, begin = currency_before(text, start)
    counted = False
    if measure is NONE:
        measure = currency
    if measure is NONE:
        measure = counted_behind(text, end)
        counted = measure is not NONE
    return Figure(
        value * measure.factor,
        measure.name,
        bounds_of_figure(text, begin, until),
        text[begin:until].strip(),
        start,
        until,
        counted,
    )


def _fraction(text: str, match: re.Match[str]) -> Figure:
    """A share in percent: two thirds, half, 三分之二, 百分之五."""
    if match["half"] or match["halfzh"]:
        value = 50.0
    elif match["tenths"]:
        value = 10 * chinese_number(match["tenths"])
    elif match["down"]:
        up = 1.0 if match["up"] == "a" else _EN_WORDS[match["up"]]
        value = 100 * up / _DOWN[match["down"].rstrip("s")]
    else:
        above = match["above"]
        value = 100 * (float(above) if above[0].isdigit() else chinese_number(above)) / chinese_number(match["below"])
    return Figure(value, "percent", bounds_of_figure(text, *match.span()), match.group(), *match.span())


def _spelled(words: list[str]) -> float:
    """The value of number words: ``["twenty", "five", "million"]`` is 25,000,000."""
    total, section = 0.0, 0.0
    for word in words:
        if word in _EN_WORDS:
            section += _EN_WORDS[word]
        elif word == "hundred":
            section = max(section, 1.0) * 100
        elif word != "and":
            total += max(section, 1.0) * SCALES[word]
            section = 0.0
    return total + section


def _sharing_units(text: str, figures: list[Figure]) -> list[Figure]:
    """The figures, where those before the last of "5.2, 5.0 and 6 percent" or "3-4 million tonnes" have its unit.

    Two figures joined as a range share a scale word, too.
    """
    found: list[Figure] = []
    for figure in reversed(figures):
        following = found[-1] if found else None
        between = text[figure.end : following.start] if following is not None else ""
        if following is None or figure.written or (figure.unit and not figure.counted):
            found.append(figure)
        elif _RANGE.fullmatch(between):
            scaled = _SCALE.search(following.text)
            factor = SCALES[scaled[1]] if scaled and not re.search(r"[a-z\u3400-\u9fff]", figure.text) else 1.0
            found.append(replace(figure, value=figure.value * factor * _factor(following), unit=following.unit))
        elif _LIST.fullmatch(between) and following.unit == "percent":
            found.append(replace(figure, unit="percent"))
        else:
            found.append(figure)
    return found[::-1]


def _factor(figure: Figure) -> float:
    """What the figure's number was multiplied with for its unit."""
    for begin in range(len(figure.text), 0, -1):
        measure, end = measure_behind(figure.text, begin)
        if end == len(figure.text) and measure is not NONE and measure.name == figure.unit:
            return measure.factor
    return 1.0


def _without(text: str, span: tuple[int, int]) -> str:
    return text[: span[0]] + "\x00" * (span[1] - span[0]) + text[span[1] :]
