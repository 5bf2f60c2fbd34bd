"""Figures and dates of a text with their units and places, normalised across languages.

The fine reading of a text, for the check; ``quantities`` reads the same words more loosely, for keyword tokens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from policybot.calibration import FIRST_PLAN, SAME_VALUE
from policybot.language import ByLanguage, each, lexicons, phrases, vocabulary
from policybot.language.dates import DAY, YEAR
from policybot.language.script import HAN
from policybot.text.bounds import Bounds, bounds_of_date, bounds_of_figure, change_at
from policybot.text.dates import Date
from policybot.text.numerals import (
    chinese_number,
    digits_value,
    number_words,
    numeral_characters,
    numeral_value,
    scales,
)
from policybot.text.quantities import folded, months
from policybot.text.units import NONE, counted_behind, counts, currency_before, measure_behind


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as a text states it.

    Attributes:
        value: In the dimension's own unit: 3 GW is 3e9.
        number: As it is written, before its unit is brought to the dimension's: of 3 GW 3.
        unit: Name of the dimension (``W``, ``yuan``, ``percent``, ``people``), empty when none is told.
        bounds: How it is meant: ``about``, ``at least``, ...; empty for exactly.
        change: ``by`` for how much something has changed, ``to`` and ``from`` for where it has got and where it was;
            empty for neither.
        ranged: Whether it is one end of a range, 5 to 6 percent.
        counted: Whether the unit is a noun some words behind the figure.
        written: As a word or an ordinal: "three", "第三".
        text: As it stands, folded; ``start`` and ``end`` are its offsets in the folded text.
    """

    value: float
    number: float
    unit: str
    bounds: Bounds
    text: str
    start: int
    end: int
    counted: bool = False
    written: bool = False
    change: str = ""
    ranged: bool = False

    def same_value(self, other: Figure) -> bool:
        """Whether both are one number; as they are written where only one has a unit."""
        if not (self.unit and other.unit):
            return _equal(self.number, other.number)
        return _equal(self.value, other.value)

    def same_unit(self, other: Figure) -> bool:
        """Whether the units agree as far as both are told; a figure without unit may have any but percent.

        What people and things are called is compared elsewhere: 12 million jobs are 1200万人 employed.
        """
        if self.unit == other.unit or {self.unit, other.unit} <= counts():
            return True
        return not (self.unit and other.unit) and not {self.unit, other.unit} & {"percent", "percentage points"}


def _equal(one: float, other: float) -> bool:
    return abs(one - other) <= SAME_VALUE * max(abs(one), abs(other), 1e-12)


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date as a text states it, as far as it does.

    Attributes:
        bounds: How it is meant: ``until``, ``from``; empty for exactly.
        text: As it stands, folded; ``start`` and ``end`` are its offsets in the folded text.
    """

    date: Date
    bounds: Bounds
    text: str
    start: int
    end: int


_SECOND_YEAR = len("-2035") + 1
"""Characters of a span's second year with its dash and the mark of a year behind it."""


@dataclass(frozen=True, slots=True)
class Stated:
    """All figures and dates of a text."""

    figures: tuple[Figure, ...]
    dates: tuple[StatedDate, ...]

    @property
    def span(self) -> frozenset[int]:
        """The years it names and those between the two of a span: a plan of 2021-2035 is about 2025, too."""
        near = [(a.date, b.date) for a, b in pairwise(self.dates) if b.end - a.end <= _SECOND_YEAR]
        return self.years.union(*(range(a.year, b.year + 1) for a, b in near if a.year and b.year))

    @property
    def years(self) -> frozenset[int]:
        """The years it names."""
        return frozenset(stated.date.year for stated in self.dates if stated.date.year)


_TIMES = frozenset({"months", "days", "working days", "minutes"})
_LASTING = vocabulary(lambda lexicon: lexicon.numbers.lasting)
_ORDINALS = each(lambda lexicon: lexicon.numbers.ordinal, flags=re.NOFLAG)
_FRACTIONS = each(lambda lexicon: lexicon.numbers.fraction, flags=re.NOFLAG)
_WORDED = each(lambda lexicon: lexicon.numbers.worded, flags=re.NOFLAG)
_NUMERALS = each(lambda lexicon: lexicon.numbers.numeral, flags=re.NOFLAG)
_PLANS = each(lambda lexicon: lexicon.numbers.plan, flags=re.NOFLAG)
_COUNTER = phrases(lambda lexicon: lexicon.numbers.counter, flags=re.NOFLAG)
_NO_NUMERAL = phrases(lambda lexicon: lexicon.numbers.no_numeral, flags=re.NOFLAG)
_NAMES_TWO = phrases(lambda lexicon: lexicon.numbers.names_two, flags=re.NOFLAG)
_NAMES_THREE = phrases(lambda lexicon: lexicon.numbers.names_three, flags=re.NOFLAG)
_SHARED_SCALE = phrases(lambda lexicon: lexicon.numbers.shared_scale, flags=re.NOFLAG)
_NO_CODES = vocabulary(lambda lexicon: lexicon.numbers.no_codes)
_RANGE = phrases(lambda lexicon: lexicon.numbers.range_words, flags=re.NOFLAG, form=r"\s*(?:-|–|—|~|〜|{})\s*")
_LIST = phrases(lambda lexicon: lexicon.numbers.list_and, flags=re.NOFLAG, form=r"\s*[,，、]\s*(?:{}\s+)?")
_DIGITS = phrases(
    lambda lexicon: lexicon.numbers.scale,
    flags=re.NOFLAG,
    form=r"(?:(?P<sign>-)(?:[$€£¥]\s?)?)?"
    r"(?<![a-z\d])(?<!\d[.])(?<![a-z]-)(?P<number>\d+(?:[.,]\d+)*)(?P<scale>{})?",
)
_BEFORE_MINUS = phrases(lambda lexicon: lexicon.numbers.before_minus, flags=re.NOFLAG)
_LETTER = re.compile(f"[a-z{HAN}]")
_CODE = re.compile(r"(?<![a-z\d])(?:[a-z]{1,6}-?\d+[a-z]*|\d+[a-z]{1,2}\d*)(?![a-z\d])")
_MONTH_OF_YEAR = r"(?P<monthly>1[0-2]|0?[1-9])"


@cache
def _dates_in_order() -> tuple[re.Pattern[str], ...]:
    """Each form of a date, the longer before the shorter: what one has taken is gone for the next."""
    forms = [lexicon.dates for lexicon in lexicons()]
    year_mark = phrases(lambda lexicon: lexicon.dates.year_mark).source
    no_year = phrases(lambda lexicon: lexicon.dates.no_year).source
    sources = (
        *(source for form in forms for source in form.marked),
        rf"(?<![\d.-]){YEAR}(?P<dash>[-/.]){_MONTH_OF_YEAR}(?P=dash){DAY}(?![\d-])",
        *(source for form in forms for source in form.named),
        *(source for form in forms for source in form.months),
        rf"(?<!\d[.,])(?<![\d$€£¥a-z]){YEAR}(?:{year_mark}|\b(?!,\d|\.\d|[ -]*%|{no_year}))"
        rf"(?:[-–](?P<second>\d\d)\b(?![-\d]))?",
        *(form.year_in_digits for form in forms if form.year_in_digits),
    )
    return tuple(re.compile(source) for source in sources)


@cache
def _number_words() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(sorted(number_words(), key=len, reverse=True)) or '(?!)'})\b")


@cache
def _ordinal_values() -> Mapping[str, float]:
    return {word: value for lexicon in lexicons() for word, value in lexicon.numbers.ordinals.items()}


@cache
def _ordinal_words() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(_ordinal_values()) or '(?!)'})\b")


@cache
def _fraction_words() -> Mapping[str, float]:
    return {word: value for lexicon in lexicons() for word, value in lexicon.numbers.fraction_words.items()}


@cache
def _money_scales() -> Mapping[str, float]:
    return {word: factor for lexicon in lexicons() for word, factor in lexicon.numbers.money_scales.items()}


@cache
def _numeral() -> re.Pattern[str]:
    """Characters of a language's own numerals, without a point."""
    digits, powers, groups, _ = numeral_characters()
    return re.compile(f"[{''.join((*digits, *powers, *groups)) or chr(0)}]+")


@lru_cache(maxsize=4096)
def stated(text: str) -> Stated:
    """Every figure and date of a text; of the last 4096 texts, those of an answer and its evidence, remembered."""
    plain = folded(text)
    dates, rest = _dates(plain)
    return Stated(tuple(_sharing_units(rest, _figures(rest))), tuple(dates))


@lru_cache(maxsize=4096)
def numbers_named(text: str) -> frozenset[float]:
    """Every value that the text may be said to name, however loosely: "both" names two, "第三" three."""
    plain = folded(text)
    found = {figure.value for figure in stated(text).figures}
    found |= {digits_value(number) for number in re.findall(r"\d+(?:[.,]\d+)*", plain)}
    characters = numeral_characters()
    for match in _numeral().finditer(plain):
        found.add(chinese_number(match.group()))
        single = (c for c in match.group() if c not in characters.groups and characters.powers.get(c, 0) < 100)
        found |= {chinese_number(character) for character in single}
    found |= {number_words()[word] for word in _number_words().findall(plain)}
    found |= {_ordinal_values()[word] for word in _ordinal_words().findall(plain)}
    if _NAMES_TWO.search(plain):
        found.add(2.0)
    if _NAMES_THREE.search(plain):
        found.add(3.0)
    return frozenset(found)


def plan_years(text: str) -> frozenset[int]:
    """The years of the five-year plans that a text names: 十四五 is 2021 to 2025."""
    numbers = (int(numeral_value(match["ordinal"])) for match in _matches(_PLANS, folded(text)))
    return frozenset(year for n in numbers for year in range(FIRST_PLAN + 5 * n, FIRST_PLAN + 5 * n + 5))


def codes(text: str) -> frozenset[str]:
    """Names made of letters and digits, without hyphens: ``c919``, ``5g``, ``covid19``."""
    plain = folded(text)
    for figure in stated(text).figures:
        plain = f"{plain[: figure.start]}{' ' * (figure.end - figure.start)}{plain[figure.end :]}"
    return frozenset(
        match.group().replace("-", "") for match in _CODE.finditer(plain) if not _is_measured(match.group())
    )


def _is_measured(code: str) -> bool:
    digits = re.match(r"\d+", code)
    return digits is not None and (
        measure_behind(code, digits.end())[0] is not NONE or code[digits.end() :] in _NO_CODES
    )


def _dates(plain: str) -> tuple[list[StatedDate], str]:
    """The dates, in order, and the text with blanks in their place."""
    found: list[StatedDate] = []
    rest = plain
    for pattern in _dates_in_order():
        for match in pattern.finditer(rest):
            found += _read_date(plain, match)
        rest = pattern.sub(lambda match: "\x00" * len(match.group()), rest)
    return sorted(found, key=lambda date: date.start), rest


def _read_date(plain: str, match: re.Match[str]) -> Iterator[StatedDate]:
    """The date that a form has matched, and the other one of a span: of days (3-5 May) or of years (2024-25)."""
    groups = match.groupdict()
    start, end = match.span()
    bounds = bounds_of_date(plain, start, end)
    written = groups.get("month")
    month = months()[written] if written else int(groups.get("monthly") or 0)
    year = int(groups.get("year") or 0)
    if groups.get("digits"):
        year = int(chinese_number(groups["digits"]))
    text = match.group().strip()
    yield StatedDate(Date(year, month, int(groups.get("day") or 0)), bounds, text, start, end)
    for other in (groups.get("first"), groups.get("last")):
        if other:
            yield StatedDate(Date(year, month, int(other)), bounds, text, start, end)
    if groups.get("second") and year:
        yield StatedDate(Date(year // 100 * 100 + int(groups["second"])), bounds, match.group(), start, end)


_Reading = Iterator[tuple[Figure, re.Match[str]]]
"""Figures, each with what is read as it: the next form looks elsewhere."""


def _figures(rest: str) -> list[Figure]:
    """The figures of a folded text without its dates, form by form: what one has taken is gone for the next."""
    found: list[Figure] = []
    taken = rest
    for read in _FORMS:
        for figure, match in read(rest, taken):
            found.append(figure)
            taken = taken[: match.start()] + "\x00" * len(match.group()) + taken[match.end() :]
    return sorted(found, key=lambda figure: figure.start)


def _fractions(text: str, taken: str) -> _Reading:
    """Shares, as percent: "two thirds", "half", 三分之二, 百分之五, 三成."""
    for match in _matches(_FRACTIONS, taken):
        groups = match.groupdict()
        if groups.get("half"):
            value = 50.0
        elif groups.get("tenths"):
            value = 10 * numeral_value(groups["tenths"])
        else:
            below = _part(groups["below"])
            if not below:
                continue
            value = 100 * _part(groups["above"]) / below
        bounds, change = bounds_of_figure(text, *match.span()), change_at(text, *match.span())
        yield Figure(value, value, "percent", bounds, match.group(), *match.span(), change=change), match


def _ordinals(text: str, taken: str) -> _Reading:
    """Ordinals: "third", "3rd"."""
    for match in _matches(_ORDINALS, taken):
        value = _ordinal_values()[match["word"]] if match["word"] else float(match["digits"])
        yield Figure(value, value, "", frozenset(), match.group(), *match.span(), written=True), match


def _in_digits(text: str, taken: str) -> _Reading:
    """Figures in digits, scaled: "3.5 million tonnes", 12万; "5G" is a name, and "$5m" are millions, "5m" metres."""
    for match in _DIGITS.finditer(taken):
        scale = (match["scale"] or "").strip(" \t-")
        factor = scales().get(scale, 1.0)
        if scale in _money_scales() and currency_before(text, match.start())[1] < match.start():
            factor = _money_scales()[scale]
        minus = bool(match["sign"]) and _negates(text, match.start())
        value = round(digits_value(match["number"]) * factor, 6) * (-1 if minus else 1)
        figure = _measured(text, value, match.start("number"), match.end())
        if minus:
            figure = replace(figure, start=match.start(), text=text[match.start() : figure.end])
        if figure.end > match.end() or not re.match(r"[a-z]", text[figure.end : figure.end + 1]):
            yield figure, match


def _negates(text: str, at: int) -> bool:
    """Whether the dash at ``at`` is a minus: "by -5", 为-5, and no dash of a range."""
    before = text[max(at - 1, 0) : at]
    return not before or before.isspace() or before in '(“",:|' or _BEFORE_MINUS.match(before) is not None


def _in_words(text: str, taken: str) -> _Reading:
    """Number words: "twenty-five million". A single "one" mostly counts nothing."""
    for match in _matches(_WORDED, taken):
        value = _spelled((match["words"] or match["alone"]).replace("-", " ").split())
        figure = _measured(text, value, *match.span())
        percentage = figure.unit in ("percent", "percentage points")
        if value != 1 or percentage:
            yield replace(figure, written=value < 1000 and not percentage), match


def _plans(text: str, taken: str) -> _Reading:
    """Plans that are called by their number: 十四五 is the fourteenth."""
    for match in _matches(_PLANS, taken):
        value = numeral_value(match["ordinal"])
        yield (
            Figure(value, value, "", frozenset(), match.group(), *match.span(), written=True),
            match,
        )


def _in_numerals(text: str, taken: str) -> _Reading:
    """A language's own numerals that count something or are ordinals: 三个, 第三; none in 一些 or 四川."""
    skipped = {i for match in _NO_NUMERAL.finditer(text) for i in range(*match.span())}
    for match in _matches(_NUMERALS, taken):
        if match.start("numeral") in skipped:
            continue
        value = numeral_value(match["numeral"])
        figure = _measured(text, value, *match.span())
        counts_something = figure.end > match.end() or _COUNTER.match(text, match.end())
        # 一年 by itself is "a year", 为期一年 twelve months.
        least = 1 if figure.unit in _TIMES and text[match.start() - 1 : match.start()] in _LASTING else 2
        if value >= least and (counts_something or match["ordinal"]):
            yield replace(figure, written=value < 1000, unit="" if match["ordinal"] else figure.unit), match


_FORMS: tuple[Callable[[str, str], _Reading], ...] = (
    _fractions,
    _ordinals,
    _in_digits,
    _in_words,
    _plans,
    _in_numerals,
)
"""Each reads the figures of one form out of what earlier ones have left (``taken``) of a text."""


def _matches(patterns: ByLanguage, text: str) -> Iterator[re.Match[str]]:
    for pattern in patterns.compiled:
        yield from pattern.finditer(text)


def _part(written: str) -> float:
    """Numerator or denominator of a share: 万 alone is one of it, 10万 ten of it."""
    digits = re.match(r"\d+(?:\.\d+)?", written)
    if digits:
        return float(digits.group()) * scales().get(written[digits.end() :], 1.0)
    value = _fraction_words().get(written, scales().get(written))
    return numeral_value(written) if value is None else value


def _measured(text: str, value: float, start: int, end: int) -> Figure:
    """The figure at these offsets with its unit and bounds."""
    measure, until = measure_behind(text, end)
    currency, begin = currency_before(text, start)
    counted = False
    if measure is NONE or (measure.name == "yuan" and currency is not NONE):
        # 新台币5000元: 元 is the unit of several currencies.
        measure = currency._replace(factor=measure.factor)
    if measure is NONE:
        measure = counted_behind(text, end)
        counted = measure is not NONE
    return Figure(
        value * measure.factor,
        value,
        measure.name,
        bounds_of_figure(text, begin, until),
        text[begin:until].strip(),
        start,
        until,
        counted,
        change=change_at(text, begin, until),
    )


def _spelled(words: list[str]) -> float:
    """The value of number words: ``["twenty", "five", "million"]`` is 25,000,000."""
    total, section = 0.0, 0.0
    for word in words:
        if word in number_words():
            section += number_words()[word]
        elif word in scales():
            if scales()[word] == 100:
                section = max(section, 1.0) * 100
            else:
                total += max(section, 1.0) * scales()[word]
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
        if following is not None and figure.written and not figure.unit and following.written and following.unit:
            if _RANGE.fullmatch(between):
                found[-1] = replace(following, ranged=True)
                factor = _factor(following)
                figure = replace(figure, value=figure.value * factor, unit=following.unit, ranged=True)
            found.append(figure)
        elif following is None or figure.written or (figure.unit and not figure.counted):
            if following is not None and figure.unit == following.unit and figure.unit and _RANGE.fullmatch(between):
                found[-1], figure = replace(following, ranged=True), replace(figure, ranged=True)
            found.append(figure)
        elif _RANGE.fullmatch(between):
            found[-1] = replace(following, ranged=True)
            scaled = _SHARED_SCALE.search(following.text)
            factor = scales()[scaled.group()] if scaled and not _LETTER.search(figure.text) else 1.0
            found.append(
                replace(
                    figure,
                    value=figure.value * factor * _factor(following),
                    number=figure.number * factor,
                    unit=following.unit,
                    ranged=True,
                )
            )
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
