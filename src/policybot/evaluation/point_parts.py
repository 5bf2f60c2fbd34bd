"""A key point, a sentence of an answer and a sentence of the evidence, taken apart so that they can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache

from policybot.language import codes as codes_of_languages
from policybot.language import lexicons, phrases
from policybot.text.contrasts import default_contrasts
from policybot.text.dates import Date
from policybot.text.detecting import detect_language
from policybot.text.figures import Figure, codes, stated
from policybot.text.glossary import Glossary, shipped_terms
from policybot.text.numerals import scales
from policybot.text.quantities import folded
from policybot.text.sentences import sentence_spans
from policybot.text.tokens import content_tokens

AS_QUOTED = 0.7
"""Share of a piece of evidence that a sentence must hold to count as quoting it; as ``correctness.EVIDENCE``."""

ROUNDED = 0.01
"""Relative difference up to which a figure in brackets renders the one before it: 67665亿元 (6.77 trillion yuan)."""

PART = 4
"""Words that a sentence has at least to count as a part of a piece of evidence."""

DIRECTION = "direction"
"""Name of the set of ``text.contrasts`` whose words say that something goes up or down."""

_ALTERNATIVES = re.compile(r"\s/\s")
_LAST_BRACKET = re.compile(r"^(?P<outside>.*\S)\s*[(（](?P<inside>[^()（）]+)[)）]$", re.DOTALL)
_VERBATIM = re.compile(r"\w+://\S+|\b\d+/\d+\b(?!/)")
_CLAUSE_END = re.compile(r"[;；。，,](?!\d)|：|[.:](?=\s+\D|\s*$)")
_CONTRAST = phrases(lambda lexicon: lexicon.keys.contrast, form=r"(?<=\S)\s*[,，]\s*{}.*$")


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence of an answer as its reader sees it.

    Attributes:
        label: What the answer puts before it: "2014:".
        sources: What its citations show of where it comes from: titles, names of documents, headings, dates.
    """

    text: str
    label: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """One alternative of a key point, taken apart.

    Attributes:
        figures: Those that must stand.
        dates: Dates with a month that must stand; years alone when the point is nothing else.
        years: Years that say of when the rest is.
        names: Names of places and countries, as ``text.contrasts`` calls them.
        codes: Names made of letters and digits, as ``text.figures.codes`` reads them: ``6g``.
        verbatim: Addresses and numbers of documents, which must stand as they are.
        words: Content words beside all these.
    """

    text: str
    figures: tuple[Figure, ...]
    dates: tuple[Date, ...]
    years: frozenset[int]
    names: frozenset[str]
    codes: frozenset[str]
    verbatim: tuple[str, ...]
    words: frozenset[str]

    @property
    def valued(self) -> bool:
        """Whether it names a value: a figure, a date, an address."""
        return bool(self.figures or self.dates or self.verbatim)


def alternatives(point: str) -> tuple[str, ...]:
    """The alternatives of a point: those between " / ", and a last bracket that renders what stands before it.

    "86万人 (860,000)" -> "86万人", "860,000"; "9月黑龙江考察（多数官方报道）" stays whole: its bracket adds something.
    What a point denies for contrast is no part of it: "cut, not raise" -> "cut".
    """
    found: list[str] = []
    for part in _ALTERNATIVES.split(_CONTRAST.sub("", point)):
        match = _LAST_BRACKET.match(part)
        if match and _renders(match["outside"], match["inside"]):
            found += [match["outside"], match["inside"]]
        else:
            found.append(part)
    return tuple(found)


def _renders(outside: str, inside: str) -> bool:
    """Whether a bracket says what stands before it in another language or notation, perhaps rounded."""
    figures, others = stated(outside).figures, stated(inside).figures
    if any(abs(a.value - b.value) <= ROUNDED * max(a.value, b.value) for a in figures for b in others):
        return True
    return detect_language(outside) != detect_language(inside) and not figures


@lru_cache(maxsize=4096)
def wanted_of(text: str) -> Wanted:
    """A point or an entry of ``must_not``, taken apart."""
    verbatim = tuple(match.group() for match in _VERBATIM.finditer(text))
    plain = folded(_VERBATIM.sub(lambda match: " " * len(match.group()), text))
    found = stated(plain)
    # "First" mostly counts nothing, and 首个 is no figure.
    found = replace(found, figures=tuple(each for each in found.figures if not (each.written and each.value == 1)))
    placed = default_contrasts().placed_members(plain)
    members = [(member, start, end) for member, start, end in placed if member.is_name]
    # The direction of a figure is compared by itself: 降低 is 下降.
    aside = [(start, end) for member, start, end in placed if found.figures and member.group == DIRECTION]
    spans = [*((each.start, each.end) for each in found.figures), *((each.start, each.end) for each in found.dates)]
    rest = plain
    for start, end in (*spans, *aside, *((start, end) for _, start, end in members)):
        rest = rest[:start] + "\x00" * (end - start) + rest[end:]
    rest = _bound_words().sub(" ", rest).replace("\x00", " ")
    figures = _with_scale_apart(found.figures)
    months = tuple(dict.fromkeys(each.date for each in found.dates if each.date.month))
    years = frozenset(each.date.year for each in found.dates if each.date.year and not each.date.month)
    words = frozenset(content_tokens(rest))
    if found.figures or found.dates or members:
        # A single character between figures, 至 or 期, stands in no pair of characters of a sentence.
        words = frozenset(word for word in words if len(word) > 1 or word.isascii())
    names = frozenset(member.name for member, _, _ in members)
    if not (figures or months or verbatim or words or names):
        months, years = tuple(Date(year) for year in sorted(years)), frozenset()
    return Wanted(text, figures, months, years, names, codes(plain), verbatim, words)


def _with_scale_apart(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures, where one is the scale of the others: "3.8 is the quota in trillion yuan" -> 3.8 trillion yuan."""
    alone = next((f for f in figures if f.value >= 100 and any(f.text.startswith(word) for word in scales())), None)
    if alone is None or len(figures) < 2:
        return tuple(figures)
    rest = [figure for figure in figures if figure is not alone]
    return tuple(
        figure if figure.unit else replace(figure, value=figure.value * alone.value, unit=alone.unit) for figure in rest
    )


@cache
def _bound_words() -> re.Pattern[str]:
    """Words that say how the figure beside them is meant: "around", 左右, 超过."""
    before, behind = [], []
    for lexicon in lexicons():
        bounds = lexicon.bounds
        for name in ("about", "at_least", "at_most", "above", "below"):
            before.append(getattr(bounds, f"{name}_before"))
            behind.append(getattr(bounds, f"{name}_behind"))
    heads, tails = ("|".join(filter(None, each)) for each in (before, behind))
    return re.compile(rf"(?<![a-z])(?:{heads})\s*(?=\x00)|(?<=\x00)\s*(?:{tails})(?![a-z])")


@cache
def _glossary() -> Glossary:
    return Glossary((), shipped=shipped_terms())


@lru_cache(maxsize=4096)
def words_of(text: str) -> frozenset[str]:
    """The content words of a text, with those of all names of its terms: 居民消费价格 is "CPI", too."""
    found = set(content_tokens(text))
    language, glossary = detect_language(text), _glossary()
    for name in glossary.synonyms(text, language=language):
        found.update(content_tokens(name))
    for other in codes_of_languages():
        for _, name in glossary.renderings(text, language=language, into=other):
            found.update(content_tokens(name))
    return frozenset(found)


@lru_cache(maxsize=4096)
def names_of(text: str) -> frozenset[str]:
    """The places, countries and bodies that a text names, as ``text.contrasts`` calls them."""
    return frozenset(member.name for member in default_contrasts().members(text) if member.is_name)


def directions(text: str) -> frozenset[str]:
    """Whether a text says that something goes up or down: both, or neither, may be."""
    return frozenset(member.name for member in default_contrasts().members(text) if member.group == DIRECTION)


def share_of(wanted: frozenset[str], held: frozenset[str]) -> float:
    """Share of the wanted words that are held, 0..1; 0 where none is wanted."""
    return len(wanted & held) / len(wanted) if wanted else 0.0


class Read:
    """A shown sentence, read."""

    def __init__(self, shown: Shown) -> None:
        self.text = f"{shown.label} {shown.text}".strip()
        self.sources = " \n".join(shown.sources)
        self.language = detect_language(shown.text)
        found = stated(self.text)
        self.figures = found.figures
        self.dates = found.dates
        self.years = found.years
        self.source_years = stated(self.sources).years
        self.own_names = names_of(self.text)
        self.names = self.own_names | names_of(self.sources)
        self.words = words_of(self.text)
        self.codes = codes(self.text)
        self.numerals = set(re.findall(r"\d+(?:\.\d+)?", folded(self.text).replace(",", "")))

    @cached_property
    def own_words(self) -> frozenset[str]:
        """Its content words, without those of other names of its terms."""
        return frozenset(content_tokens(self.text))

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        """The sentence cut at commas and semicolons."""
        return tuple(part for part in _CLAUSE_END.split(self.text) if part.strip())

    def has_figure(self, wanted: Figure) -> bool:
        """Whether it states this figure, in whatever notation."""
        if any(wanted.same_value(found) and wanted.same_unit(found) for found in self.figures):
            return True
        # A bare number may be the number of something that is no figure to the reader of figures: No. 11, 第11期.
        return not wanted.unit and f"{wanted.value:g}" in self.numerals

    def has_date(self, wanted: Date, years: frozenset[int]) -> bool:
        """Whether it states this date, the year perhaps told by its source or the question (``years``)."""
        for found in (each.date for each in self.dates):
            if wanted.month and found.month != wanted.month:
                continue
            if wanted.day and found.day != wanted.day:
                continue
            if not wanted.year or found.year == wanted.year:
                return True
            if not found.year and wanted.year in years | self.source_years | self.years:
                return True
        return False


class Evidence:
    """A sentence of the gold evidence."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.language = detect_language(text)
        self.words = frozenset(content_tokens(text))
        self.sentence = Read(Shown(text))

    def states(self, wanted: Wanted) -> bool:
        """Whether it states all values of a point."""
        anything = frozenset(date.year for date in wanted.dates)
        return (
            all(map(self.sentence.has_figure, wanted.figures))
            and all(self.sentence.has_date(date, anything) for date in wanted.dates)
            and all(each in self.text for each in wanted.verbatim)
        )

    def held_by(self, sentence: Read, share: float = AS_QUOTED) -> bool:
        """Whether a sentence holds this share of its words, and its figures and dates."""
        return (
            self.language == sentence.language
            and len(self.words & sentence.own_words) >= share * len(self.words)
            and _holds_values(sentence, self.sentence)
        )

    def quoted_by(self, sentence: Read) -> bool:
        """Whether a sentence holds it, or is a part of it; with other figures or dates it is neither."""
        if self.held_by(sentence):
            return True
        own = sentence.own_words
        return (
            self.language == sentence.language
            and len(own) >= PART
            and len(self.words & own) >= AS_QUOTED * len(own)
            and _holds_values(self.sentence, sentence)
        )


def _holds_values(sentence: Read, other: Read) -> bool:
    """Whether a sentence states every figure, date and code of another."""
    return (
        all(map(sentence.has_figure, other.figures))
        and all(sentence.has_date(each.date, other.years) for each in other.dates if each.date.month)
        and other.codes <= sentence.codes
    )


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a text."""
    for start, end in sentence_spans(text):
        yield text[start:end]
