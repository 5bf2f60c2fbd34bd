"""A text with its amounts and times in one notation: "two and a half million" -> "2.5 million", 翻一番 -> 增长到2倍.

What a superscript, a fraction's sign or a bracket means is settled before Unicode's compatibility forms are unified:
those would make 106 of 10⁶ and 11/4 of 1¼.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial

from policybot.language import lexicons, phrases
from policybot.language.notation import Rewriting
from policybot.language.script import fold_script, fold_source
from policybot.text.numerals import numeral_value, scales

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FROM_SUPERSCRIPT = str.maketrans(_SUPERSCRIPTS, "0123456789")
_POWER = re.compile(rf"(?:(?P<factor>\d+(?:\.\d+)?)\s*[×·x*]\s*)?(?<![\d.])10(?P<power>[{_SUPERSCRIPTS}]{{1,2}})(?!\d)")
_NOTE = re.compile(rf"(?<=[\d%‰])[{_SUPERSCRIPTS}①-⑳]+|(?<=[^\W\d_]{{4}})[{_SUPERSCRIPTS}]+")
"""A mark of a footnote: behind a figure or a word. m² and km³ have shorter ones."""

_FRACTION = re.compile(r"(?P<whole>\d*)[ \u2009]?(?P<sign>[¼½¾⅐-⅞])")

_GROUPED = (
    (re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3}){2,}(?![.,]?\d)"), " "),
    (re.compile(r"(?<![\d.,])\d{1,2}(?:,\d\d)+,\d{3}(?!\d)"), ","),
    (re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![.,]?\d)"), "."),
)
"""Digits in groups, 1 250 000, 1,50,000 and 1.250.000, each with the mark between the groups."""

_DECIMAL_COMMA = phrases(
    lambda lexicon: "|".join(filter(None, (lexicon.measures.percent, lexicon.numbers.shared_scale))),
    form=r"(?<![\d.,])(\d{1,3}),(\d{1,2})(?=\s?(?:‰|{}))",
)
_IN_BRACKETS = phrases(
    lambda lexicon: lexicon.measures.percent,
    form=r"(?<![\w)])\((\d[\d.,]*)\)(?=\s*{})|(?<=\|)\s*\((\d[\d.,]*)\)\s*(?=\|)",
)
"""A negative figure of an account: (450) in a table's cell, (2.1) percent."""

_SEVERAL_SCALES = phrases(lambda lexicon: lexicon.numbers.several_scales, flags=re.NOFLAG)
_MINUS = re.compile(r"[−﹣－](?=\s?\d)")


@lru_cache(maxsize=4096)
def in_one_notation(text: str) -> str:
    """The text with full-width forms as ASCII, in one script, its amounts and times in one notation; case is kept."""
    text = _FRACTION.sub(_decimal, _NOTE.sub("", _POWER.sub(_powered, _MINUS.sub("-", text))))
    if not text.isascii():
        text = fold_script(unicodedata.normalize("NFKC", text))
    for pattern, mark in _GROUPED:
        text = pattern.sub(partial(_without, mark), text)
    text = _IN_BRACKETS.sub(r"-\1\2", _DECIMAL_COMMA.sub(r"\1.\2", text))
    if not text.isascii():
        text = _SEVERAL_SCALES.sub(_summed, text)
    lower = text.lower()
    for pattern, rule in _rules():
        if any(needed in lower for needed in rule.needs):
            changed = pattern.sub(rule, text)
            if changed != text:
                text, lower = changed, changed.lower()
    return text


class _Rule:
    """Computes what takes the place of a match."""

    def __init__(self, rewriting: Rewriting) -> None:
        self._rewriting = rewriting
        self.needs = rewriting.needs

    def __call__(self, match: re.Match[str]) -> str:
        """What is read in the place of the match."""
        groups = {name: held or "" for name, held in match.groupdict().items()}
        numbers = [_number(groups[name]) if groups.get(name) else 1.0 for name in ("a", "b")]
        written = {name: _written(number) for name, number in zip("ab", numbers, strict=True)}
        return self._rewriting.template.format(n=_written(self._value(*numbers)), **(groups | written))

    def _value(self, a: float, b: float) -> float:
        rewriting = self._rewriting
        return rewriting.times * _VALUES[rewriting.value](a, b) + rewriting.plus


@cache
def _rules() -> Sequence[tuple[re.Pattern[str], _Rule]]:
    return tuple(_compiled())


def _compiled() -> Iterator[tuple[re.Pattern[str], _Rule]]:
    for lexicon in lexicons():
        for rewriting in lexicon.notation:
            yield re.compile(fold_source(rewriting.pattern), re.IGNORECASE), _Rule(rewriting)


_VALUES: Mapping[str, Callable[[float, float], float]] = {
    "a": lambda a, _: a,
    "a/b": lambda a, b: a / b if b else a,
    "10a+b": lambda a, b: 10 * a + b,
    "2**a": lambda a, _: 2**a,
}


def _number(written: str) -> float:
    plain = written.replace(",", "").lower()
    if plain in ("a", "an"):
        return 1.0
    return float(plain) if plain.replace(".", "", 1).isdecimal() else numeral_value(plain)


def _summed(match: re.Match[str]) -> str:
    parts = re.findall(r"(\d+(?:\.\d+)?)(\D+)", match.group())
    return _written(sum(float(number) * scales()[scale] for number, scale in parts))


def _written(value: float) -> str:
    """In digits, without a point where it is whole."""
    return f"{value:.12g}" if abs(value) < 1e12 else f"{value:.0f}"


def _without(mark: str, match: re.Match[str]) -> str:
    return match.group().replace(mark, "")


def _powered(match: re.Match[str]) -> str:
    return _written(float(match["factor"] or 1) * 10 ** int(match["power"].translate(_FROM_SUPERSCRIPT)))


def _decimal(match: re.Match[str]) -> str:
    return _written(int(match["whole"] or 0) + unicodedata.numeric(match["sign"]))
