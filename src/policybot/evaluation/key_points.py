"""Whether an answer holds each key point of its question and states nothing that it must not.

A set may say what a right answer must contain, point by point (``key_points``), and which near misses it must not
state (``must_not``): "2014: 3.5%", "江苏5%", "9500亿元". Both are compared by rule, without a judge:

- figures, dates and years in their normal forms, in whatever language and notation (``text.figures``);
- names of places and countries by the sets that come with policybot (``text.contrasts``), terms by the shipped
  glossary, other words within one language;
- and where a point cannot be compared, because the answer quotes another language or puts it in other words, by the
  gold evidence that holds it: evidence as good as quoted holds the point.

The measure errs on the strict side. docs/evaluation.md says how it agrees with a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache

from policybot.evaluation.correctness import Correctness, negates
from policybot.evaluation.datasets import Question
from policybot.evaluation.metrics import tokens
from policybot.language import lexicons, phrases
from policybot.text.contrasts import default_contrasts
from policybot.text.dates import Date
from policybot.text.detecting import detect_language
from policybot.text.figures import Figure, stated
from policybot.text.glossary import Glossary, shipped_terms
from policybot.text.quantities import folded, scales
from policybot.text.sentences import sentence_spans
from policybot.text.tokens import content_tokens

QUOTED = 0.7
"""Share of a piece of evidence that a sentence must hold to count as quoting it; as ``correctness.EVIDENCE``."""

BOUND = 0.4
"""Share of the words around a figure in the evidence that a sentence must share to be about the same thing."""

FEW_WORDS = 3
SOME_WORDS = 6
WORDING_OF_SOME = 0.75
WORDING = 0.6
"""Share of a point's own words that a sentence must hold: all of up to ``FEW_WORDS`` (a name), ``WORDING_OF_SOME`` of
up to ``SOME_WORDS``, ``WORDING`` of more. Words are English stems and pairs of Chinese characters."""

ENTRY_WORDS = 0.5
"""Share of the words beside a figure that must not stand, for it to count as standing: "5% a year" of five years."""

PART = 4
"""Words that a sentence has at least to count as a part of a piece of evidence."""

_ALTERNATIVES = re.compile(r"\s/\s")
_LAST_BRACKET = re.compile(r"^(?P<outside>.*\S)\s*[(（](?P<inside>[^()（）]+)[)）]$", re.DOTALL)
_VERBATIM = re.compile(r"https?://\S+|\b\d+/\d+\b(?!/)")
_CLAUSE_END = re.compile(r"[;；。，,](?!\d)|[.:：](?=\s|$)")
_JUDGES = phrases(lambda lexicon: lexicon.keys.judges, form=r"^\s*{}\s*")
_ROLE = phrases(lambda lexicon: lexicon.keys.role)
_UNKNOWN_VALUE = phrases(lambda lexicon: lexicon.keys.any_value, form=r"^\s*{}")


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


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """A key point and whether the answer holds it.

    Attributes:
        by: By what it is held: ``words``, ``figures``, ``evidence``; empty when it is not.
    """

    text: str
    by: str

    @property
    def held(self) -> bool:
        """Whether the answer holds it."""
        return bool(self.by)


@dataclass(frozen=True, slots=True)
class Points:
    """What an answer holds of its question's key points, and states of what it must not.

    Attributes:
        held: Each key point, in the question's order.
        stated: What it must not state and does.
        not_judged: What it must not do and no rule can judge: "accepts the premise".
    """

    held: tuple[KeyPoint, ...]
    stated: tuple[str, ...]
    not_judged: tuple[str, ...]

    @property
    def correct(self) -> bool:
        """Whether it holds every point and states nothing that it must not."""
        return all(point.held for point in self.held) and not self.stated

    def correctness(self) -> Correctness:
        """The same in the form of every other key."""
        lacking = [point.text for point in self.held if not point.held]
        told = [f"lacks {'; '.join(lacking)}"] if lacking else []
        told += [f"states {'; '.join(self.stated)}"] if self.stated else []
        share = sum(point.held for point in self.held) / len(self.held)
        return Correctness(self.correct, share, "; ".join(told) or "holds every key point")


def compare_points(question: Question, shown: Sequence[Shown]) -> Points:
    """Compare an answer of these sentences with the question's key points and with what it must not state."""
    reading = _Reading(question, shown)
    points = tuple(KeyPoint(point, reading.held_by(point)) for point in question.key_points)
    entries = [(entry, reading.states(entry)) for entry in question.must_not]
    return Points(
        points,
        tuple(entry for entry, states in entries if states),
        tuple(entry for entry, states in entries if states is None),
    )


@dataclass(frozen=True)
class _Wanted:
    """One alternative of a key point, taken apart.

    Attributes:
        figures: Those that must stand.
        dates: Dates with a month that must stand; years alone when the point is nothing else.
        years: Years that say of when the rest is.
        names: Names of places and countries, as ``text.contrasts`` calls them.
        verbatim: Addresses and numbers of documents, which must stand as they are.
        words: Content words beside all these.
    """

    text: str
    figures: tuple[Figure, ...]
    dates: tuple[Date, ...]
    years: frozenset[int]
    names: frozenset[str]
    verbatim: tuple[str, ...]
    words: frozenset[str]

    @property
    def valued(self) -> bool:
        """Whether it names a value: a figure, a date, an address."""
        return bool(self.figures or self.dates or self.verbatim)


def alternatives(point: str) -> tuple[str, ...]:
    """The alternatives of a point: those between " / ", and a last bracket that renders what stands before it.

    "86万人 (860,000)" -> "86万人", "860,000"; "9月黑龙江考察（多数官方报道）" stays whole: its bracket adds something.
    """
    found: list[str] = []
    for part in _ALTERNATIVES.split(point):
        match = _LAST_BRACKET.match(part)
        if match and _renders(match["outside"], match["inside"]):
            found += [match["outside"], match["inside"]]
        else:
            found.append(part)
    return tuple(found)


def _renders(outside: str, inside: str) -> bool:
    """Whether a bracket says what stands before it in another language or notation."""
    figures = stated(outside).figures
    if figures and any(a.same_value(b) for a in figures for b in stated(inside).figures):
        return True
    return _in_characters(outside) != _in_characters(inside) and not figures


def _in_characters(text: str) -> bool:
    return detect_language(text) == "zh"


@lru_cache(maxsize=4096)
def _wanted(text: str) -> _Wanted:
    """A point or an entry of ``must_not``, taken apart."""
    verbatim = tuple(match.group() for match in _VERBATIM.finditer(text))
    plain = folded(_VERBATIM.sub(lambda match: " " * len(match.group()), text))
    found = stated(plain)
    members = [
        (member, start, end) for member, start, end in default_contrasts().placed_members(plain) if member.is_name
    ]
    spans = [*((each.start, each.end) for each in found.figures), *((each.start, each.end) for each in found.dates)]
    rest = plain
    for start, end in (*spans, *((start, end) for _, start, end in members)):
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
    return _Wanted(text, figures, months, years, names, verbatim, words)


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
def _words(text: str) -> frozenset[str]:
    """The content words of a text, with those of all names of its terms: 居民消费价格 is "CPI", too."""
    found = set(content_tokens(text))
    language = "zh" if _in_characters(text) else "en"
    other = "en" if language == "zh" else "zh"
    glossary = _glossary()
    for name in glossary.synonyms(text, language=language):
        found.update(content_tokens(name))
    for _, name in glossary.renderings(text, language=language, into=other):
        found.update(content_tokens(name))
    return frozenset(found)


@lru_cache(maxsize=4096)
def _names(text: str) -> frozenset[str]:
    return frozenset(member.name for member in default_contrasts().members(text) if member.is_name)


def _runs(text: str) -> str:
    """The text's tokens, between blanks, for finding runs of them."""
    return f" {' '.join(tokens(text))} "


def _share(wanted: frozenset[str], held: frozenset[str]) -> float:
    return len(wanted & held) / len(wanted) if wanted else 0.0


def _enough(wanted: frozenset[str], held: frozenset[str]) -> bool:
    share = _share(wanted, held)
    if len(wanted) <= FEW_WORDS:
        return share == 1
    return share >= (WORDING_OF_SOME if len(wanted) <= SOME_WORDS else WORDING)


class _Sentence:
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
        self.own_names = _names(self.text)
        self.names = self.own_names | _names(self.sources)
        self.words = _words(self.text)
        self.numerals = set(re.findall(r"\d+(?:\.\d+)?", folded(self.text).replace(",", "")))

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


class _Evidence:
    """A sentence of the gold evidence."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.language = detect_language(text)
        self.words = frozenset(content_tokens(text))
        self.sentence = _Sentence(Shown(text))

    def states(self, wanted: _Wanted) -> bool:
        """Whether it states all values of a point."""
        anything = frozenset(date.year for date in wanted.dates)
        return (
            all(map(self.sentence.has_figure, wanted.figures))
            and all(self.sentence.has_date(date, anything) for date in wanted.dates)
            and all(each in self.text for each in wanted.verbatim)
        )

    def quoted_by(self, sentence: _Sentence) -> bool:
        """Whether a sentence holds it, or is a part of it; with other figures or dates it is neither."""
        if self.language != sentence.language:
            return False
        own = frozenset(content_tokens(sentence.text))
        shared = len(self.words & own)
        if shared >= QUOTED * len(self.words):
            return _holds_values(sentence, self.sentence)
        return len(own) >= PART and shared >= QUOTED * len(own) and _holds_values(self.sentence, sentence)


def _holds_values(sentence: _Sentence, other: _Sentence) -> bool:
    """Whether a sentence states every figure and date of another."""
    return all(map(sentence.has_figure, other.figures)) and all(
        sentence.has_date(each.date, other.years) for each in other.dates if each.date.month
    )


class _Reading:
    """An answer and its question, read once for all points."""

    def __init__(self, question: Question, shown: Sequence[Shown]) -> None:
        self._question = question
        self._asked = " ".join([question.text, *(turn.text for turn in question.history)])
        self._asked_words = frozenset(content_tokens(self._asked))
        self._asked_years = stated(self._asked).years
        self._sentences = [_Sentence(each) for each in shown if each.text.strip()]
        self._evidence = [_Evidence(text) for piece in question.gold_evidence for text in _sentences_of(piece)]

    def held_by(self, point: str) -> str:
        """By what a point is held; empty when it is not."""
        for text in alternatives(point):
            wanted = _wanted(text)
            for sentence in self._sentences:
                if self._labelled(wanted, sentence, quoted=False) and (by := self._by_words(wanted, sentence)):
                    return by
            if self._by_evidence(wanted):
                return "evidence"
        return ""

    def _valued(self, wanted: _Wanted, sentence: _Sentence) -> bool:
        years = self._asked_years
        return (
            all(map(sentence.has_figure, wanted.figures))
            and all(sentence.has_date(date, years) for date in wanted.dates)
            and all(each in sentence.text for each in wanted.verbatim)
        )

    def _labelled(self, wanted: _Wanted, sentence: _Sentence, *, quoted: bool) -> bool:
        """Whether the years and places of a point are those of the sentence: told in it, or by its source.

        Args:
            quoted: The sentence quotes the evidence: then a report of the year after tells it, too.
        """
        if not wanted.names <= sentence.names:
            return False
        for year in wanted.years:
            if year in sentence.years:
                continue
            if quoted and sentence.source_years & {year - 1, year, year + 1}:
                continue
            if sentence.years or year not in sentence.source_years | self._asked_years:
                return False
        return True

    def _by_words(self, wanted: _Wanted, sentence: _Sentence) -> str:
        if not self._valued(wanted, sentence):
            return ""
        own = wanted.words - self._asked_words
        if own:
            return "words" if _enough(own, sentence.words) and self._agrees(wanted, sentence) else ""
        if wanted.valued:
            return "figures" if wanted.verbatim or self._about(wanted, sentence) else ""
        # Nothing but words of the question, or a name: it must stand as it is.
        return "words" if (wanted.words <= sentence.words) and (wanted.words or wanted.names) else ""

    def _about(self, wanted: _Wanted, sentence: _Sentence) -> bool:
        """Whether a sentence with the right figure is about what was asked."""
        stating = [each for each in self._evidence if each.states(wanted)]
        alike = [each for each in stating if each.language == sentence.language]
        for each in alike:
            own = frozenset(content_tokens(sentence.text))
            shared = len(each.words & own)
            if shared >= BOUND * len(each.words) or (len(own) >= PART and shared >= QUOTED * len(own)):
                return True
        if alike:
            return False
        return _share(self._asked_words, sentence.words | _words(sentence.sources)) >= BOUND

    def _agrees(self, wanted: _Wanted, sentence: _Sentence) -> bool:
        """Whether point and sentence both negate, or neither does where the point's words stand."""
        if negates(wanted.text):
            return negates(sentence.text)
        if any(negates(each.text) for each in self._evidence) or negates(self._asked):
            return True
        nearest = max(sentence.clauses, key=lambda clause: _share(wanted.words, _words(clause)))
        return not negates(nearest)

    def _by_evidence(self, wanted: _Wanted) -> bool:
        """Whether the evidence that holds a point is as good as quoted."""
        if wanted.valued:
            return any(
                each.quoted_by(sentence)
                and self._labelled(wanted, sentence, quoted=True)
                and self._valued(wanted, sentence)
                for each in self._evidence
                if each.states(wanted)
                for sentence in self._sentences
            )
        alike = [(each, _share(wanted.words, _words(each.text))) for each in self._evidence]
        best = max((share for _, share in alike), default=0.0)
        # A point without any word of the evidence is in another language: all of the evidence must be there.
        holding = [each for each, share in alike if share == best] if best else [each for each, _ in alike]
        return bool(holding) and all(
            any(each.quoted_by(s) and self._labelled(wanted, s, quoted=True) for s in self._sentences)
            for each in holding
        )

    def states(self, entry: str) -> bool | None:
        """Whether the answer states what it must not; None where no rule can tell.

        A judgement ("accepts 3.8 percent") is the figure that it names, where it is not denied; one that names none
        is for a reader.
        """
        found = [self._states(text) for text in alternatives(entry)]
        return True if any(found) else None if None in found else False

    def _states(self, text: str) -> bool | None:
        if _UNKNOWN_VALUE.match(text):
            return None
        judged = _JUDGES.match(text)
        text = text[judged.end() :] if judged else text
        value, role = _parted(text)
        wanted = _wanted(value)
        if not wanted.valued:
            if judged:
                return None
            run = _runs(value)
            return any(run in _runs(s.text) and _plays(role, s, s.text) for s in self._beside_evidence)
        return any(
            _plays(role, sentence, clause) and not (judged and negates(clause))
            for sentence in self._beside_evidence
            for clause in sentence.clauses
            if self._valued_in(wanted, sentence, clause) and self._asked_for(sentence, clause)
        )

    @cached_property
    def _beside_evidence(self) -> tuple[_Sentence, ...]:
        """The sentences that quote no evidence: what else stands in a right quote is its neighbour, no answer."""
        return tuple(s for s in self._sentences if not any(each.quoted_by(s) for each in self._evidence))

    def _valued_in(self, wanted: _Wanted, sentence: _Sentence, clause: str) -> bool:
        """Whether a clause states the values of an entry, and about as it does, and no value of a key point."""
        read = _Sentence(Shown(clause, sources=(sentence.sources,)))
        if not self._valued(wanted, read) or not self._labelled(wanted, sentence, quoted=False):
            return False
        if wanted.words and _share(wanted.words, sentence.words) < ENTRY_WORDS:
            return False
        return not any(each.valued and self._valued(each, read) for each in self._points)

    @cached_property
    def _points(self) -> tuple[_Wanted, ...]:
        return tuple(_wanted(text) for point in self._question.key_points for text in alternatives(point))

    def _asked_for(self, sentence: _Sentence, clause: str) -> bool:
        """Whether a clause is about what was asked: as the evidence's clauses with the right values, or the question.

        What is in neither's language cannot be told apart from it.
        """
        around = [words for language, words in self._around_values if language == sentence.language]
        if around:
            return any(_share(words, _words(clause)) >= BOUND for words in around)
        if self._question.language == sentence.language:
            return _share(self._asked_words, _words(clause)) >= BOUND
        return True

    @cached_property
    def _around_values(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """Of each clause of the evidence that states a value of a key point: its language, and its words."""
        found = []
        for evidence in self._evidence:
            for clause in evidence.sentence.clauses:
                read = _Sentence(Shown(clause))
                if any(each.valued and self._valued(each, read) for each in self._points):
                    words = frozenset(word for word in content_tokens(clause) if not word[0].isdigit())
                    if words:
                        found.append((evidence.language, words))
        return tuple(found)


def _parted(text: str) -> tuple[str, str]:
    """An entry's value and the role in which it must not stand: "63%作为目标" -> "63%", "目标"."""
    parts = _ROLE.split(text)
    return (parts[0].strip(), " ".join(parts[1:]).strip()) if len(parts) > 1 and parts[0].strip() else (text, "")


def _plays(role: str, sentence: _Sentence, clause: str) -> bool:
    """Whether a clause puts what it says in a role: all of the role's years, places and words are there."""
    if not role:
        return True
    wanted = _wanted(role)
    years = wanted.years | {date.year for date in wanted.dates}
    return (
        years <= sentence.years | sentence.source_years
        and wanted.names <= sentence.names
        and (wanted.words <= _words(clause))
    )


def _sentences_of(text: str) -> Iterator[str]:
    for start, end in sentence_spans(text):
        yield text[start:end]
