"""A question -> the documents of the place, the issuer and the year that it asks about; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from policybot.answering.understanding.identity import Identity, identity_of, kind_patterns, kinds_in
from policybot.calibration import EDITIONS, FIRST_CHARACTERS, PLACES_APART
from policybot.domain import DocumentSummary
from policybot.language import ByLanguage, phrases
from policybot.language.script import fold_script
from policybot.searching import Absent
from policybot.searching.editions import years_in
from policybot.text.numerals import numeral_characters
from policybot.text.places import NamedPlace, Places, plain_of

_PLACE_END = phrases(lambda lexicon: lexicon.sources.place_end)
_PART_OF_NAME = phrases(lambda lexicon: lexicon.sources.part_of_name, flags=re.NOFLAG)
_PASSING = phrases(lambda lexicon: lexicon.sources.passing)
_ASKER = phrases(lambda lexicon: lexicon.sources.asker)
_JOINS = phrases(lambda lexicon: lexicon.sources.joins)
_BETWEEN = phrases(lambda lexicon: lexicon.sources.between)
_OF_YEAR = phrases(lambda lexicon: lexicon.sources.of_year)
_ALONE_BEFORE = phrases(lambda lexicon: lexicon.sources.alone_before)
_BEHIND_KIND = phrases(
    lambda lexicon: "|".join(filter(None, (lexicon.sources.of_year, lexicon.sources.of_more))), form=r"{}(?=\D)"
)
_OF_ISSUER = phrases(lambda lexicon: lexicon.sources.of_issuer)
_YEAR_END = phrases(lambda lexicon: lexicon.sources.year_end)
_PREVIOUS = phrases(lambda lexicon: lexicon.sources.previous)
_SAME = phrases(lambda lexicon: lexicon.sources.same)
_NATIONAL = phrases(lambda lexicon: lexicon.sources.national)
_BOTH = phrases(lambda lexicon: lexicon.sources.both)
_COMPARES = phrases(lambda lexicon: lexicon.questions.compares)

_TITLED = re.compile(r"《[^《》]*》")
_SENTENCE = re.compile(r"(?<=[。！？!?；])|(?<=[.])\s+")
_ASKS = re.compile(r"[?？]\W*$")
_PLACE_MARK, _ISSUER_MARK, _HIDDEN_MARK = "\ue000", "\ue001", "\ue002"
"""What stands for a place, an issuer and a quoted title where the wording around them is matched."""

_YEAR_IN_DIGITS = ByLanguage(lambda lexicon: lexicon.dates.year_in_digits, flags=re.NOFLAG)


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names, as what it asks about.

    Attributes:
        places: Places, by name -> as the question writes them.
        mentioned: Places that it names in passing.
        issuers: Issuers whose documents it names, likewise.
        national: Whether it is meant for the whole country.
        years: Years of which it names a document: "the 2018 report".
        kinds: The kinds of these documents.
        document: The stretch that names a document by its year, as the question writes it.
        alone: Whether it names the document by its year and kind alone: "the 2018 report".
        whole: Whether a place is named as that of a document: "Zhejiang's report".
        both: Whether it asks about those named before, together.
    """

    places: Mapping[str, str]
    mentioned: frozenset[str]
    issuers: Mapping[str, str]
    national: bool
    years: frozenset[int]
    kinds: frozenset[str]
    document: str
    alone: bool
    whole: bool
    both: bool

    @property
    def whose(self) -> bool:
        """Whether a place, an issuer or the country is named."""
        return bool(self.places or self.issuers or self.national)


@dataclass(frozen=True, slots=True)
class Binding:
    """The documents that a question keeps to.

    Attributes:
        documents: Ids of the documents that may answer; empty for all.
        preferred: Ids of documents whose passages rank higher, where others may answer, too.
        absent: What the question asks about and no indexed document is of.
    """

    documents: frozenset[str] = frozenset()
    preferred: frozenset[str] = frozenset()
    absent: tuple[Absent, ...] = ()


class Binder:
    """Finds the documents of the places, issuers and years that questions ask about.

    Args:
        documents: Returns the indexed documents, the same object while they are unchanged.
        beginnings: Returns the first characters of each document by id.
        places: Returns the places and issuers that are known, the same object while they are unchanged.
    """

    def __init__(
        self,
        documents: Callable[[], Sequence[DocumentSummary]],
        beginnings: Callable[..., Mapping[str, str]],
        places: Callable[[], Places],
    ) -> None:
        self._documents = documents
        self._beginnings = beginnings
        self._places = places
        self._known: tuple[Sequence[DocumentSummary], Places | None, tuple[Identity, ...]] = ((), None, ())

    def bound(self, question: str, before: Sequence[str] = (), *, follow_up: bool = False) -> Binding:
        """The documents that a question keeps to.

        Where the documents are of several places, what is asked of a place keeps to that place's; where a question
        names a document of a place, it does so everywhere, and else prefers them. A year binds where the question names
        a document of that year. A follow-up that names none of it takes it from the question before; in a collection by
        place, so does any question.

        Args:
            before: The questions before it, oldest first.
            follow_up: Whether the question depends on them.
        """
        places = self._places()
        earlier = [named_in(text, places) for text in before]
        year = next((max(each.years) for each in reversed(earlier) if each.years), None)
        named = named_in(question, places, year_before=year)
        own = self._of(named)
        # In a collection by place, a question that names none is about the one that was asked about.
        depends = follow_up or not (named.whose or named.years or not self._is_by_place())
        if not depends or not earlier or (named.whose and named.years):
            return own
        inherited = _inherited(named, earlier)
        if inherited == named:
            return own
        found = self._of(inherited)
        return own if found.absent or not found.documents else replace(found, absent=own.absent)

    def identities(self) -> tuple[Identity, ...]:
        """What each indexed document is of."""
        summaries, places = self._documents(), self._places()
        if self._known[0] is not summaries or self._known[1] is not places:
            beginnings = self._beginnings(characters=FIRST_CHARACTERS)
            found = tuple(identity_of(each, beginnings.get(each.id, ""), places) for each in summaries)
            self._known = (summaries, places, found)
        return self._known[2]

    def _is_by_place(self) -> bool:
        """Whether the documents are a collection by place."""
        return is_by_place(self.identities())

    def _of(self, named: Named) -> Binding:
        if not (named.whose or named.years):
            return Binding()
        known = self.identities()
        indexed = _places_of(known)
        apart = self._is_by_place()
        missing = {name: text for name, text in named.places.items() if apart and name not in indexed}
        whose = known
        if named.whose:
            whose = _whose(named, known, apart=apart)
            if not whose:
                return Binding(absent=tuple(Absent(text, place=name) for name, text in missing.items()))
        dated, lacking = _of_years(named, whose)
        narrowed = whose is not known or dated is not whose
        of = frozenset(each.id for each in dated) if narrowed else frozenset[str]()
        by_document = bool(named.issuers or named.whole or (named.years and dated is not whose))
        unknown = frozenset[str]()
        if not by_document and named.places:
            # What is asked of a place may also stand in documents of which it is not known whose they are.
            unknown = frozenset(each.id for each in known if not each.places and not each.issuers)
        absent = [Absent(text, place=name, alone=False) for name, text in missing.items()]
        if lacking:
            absent.append(Absent(named.document, years=lacking, alone=lacking == named.years))
        return Binding(of | unknown if by_document or apart else frozenset(), of, tuple(absent))


def is_by_place(known: Sequence[Identity]) -> bool:
    """Whether the documents are a collection by place."""
    return len(_places_of(known)) >= PLACES_APART


def _places_of(known: Sequence[Identity]) -> frozenset[str]:
    """The places that the documents are of."""
    return frozenset(place for each in known for place in each.places)


def _whose(named: Named, known: tuple[Identity, ...], *, apart: bool) -> tuple[Identity, ...]:
    """The documents of the places and issuers that a question names; all where it names none that any is of.

    Args:
        apart: Whether the documents are of several places.
    """
    asked = frozenset(named.places) | (named.mentioned if named.places else frozenset())
    national = named.national and apart and not named.places
    found = tuple(
        each
        for each in known
        if each.places & asked or each.issuers & named.issuers.keys() or (national and not each.places)
    )
    if found or (apart and named.places):
        return found
    return known


def _of_years(named: Named, whose: tuple[Identity, ...]) -> tuple[tuple[Identity, ...], frozenset[int]]:
    """Those of the years of which a question names a document, and the years of which there is none.

    All of them, where none is of these years.
    """
    if not named.years:
        return whose, frozenset()
    of_kind = tuple(each for each in whose if each.kinds & named.kinds)
    editions = frozenset(year for each in of_kind for year in each.years)
    of_years = tuple(each for each in of_kind if each.years & named.years)
    # The 2019 report of an institute that is named is no edition of the documents here.
    is_one = named.whose or named.alone
    lacking = named.years - editions if is_one and len(editions) >= EDITIONS else frozenset[int]()
    return of_years or whose, lacking


def _inherited(named: Named, earlier: Sequence[Named]) -> Named:
    """What a follow-up names, with what it leaves to the questions before it."""
    if not named.whose:
        of = [each for each in earlier if each.whose]
        of = of if named.both else of[-1:]
        for each in of:
            named = replace(
                named,
                places={**each.places, **named.places},
                mentioned=named.mentioned | each.mentioned,
                issuers={**each.issuers, **named.issuers},
                national=named.national or each.national,
                whole=named.whole or each.whole,
            )
    if not named.years and (dated := [each for each in earlier if each.years]):
        named = replace(named, years=dated[-1].years, kinds=named.kinds or dated[-1].kinds)
    return named


def named_in(question: str, places: Places, *, year_before: int | None = None) -> Named:
    """The places, issuers and years that a question asks about.

    Args:
        year_before: The year of the document that the conversation was about; None for none.
    """
    question = " ".join(question.split())
    text = _with_years_in_figures(fold_script(question))
    hidden = _TITLED.sub(lambda match: _HIDDEN_MARK * len(match.group()), text)
    sentences = _spans(hidden)
    asking = [span for span in sentences if _ASKS.search(hidden[slice(*span)])] or sentences
    asked, mentioned = _places_in(hidden, places, asking)
    if not asked:
        others = [span for span in sentences if span not in asking]
        asked, in_others = _places_in(hidden, places, others)
        mentioned |= in_others
    marked = _marked(hidden, places)
    issuers = {
        each.name: question[each.start : each.end]
        for each in places.named(hidden)
        if each.kind == "issuer" and _is_of_document(marked, each)
    }
    years, kinds, (start, end) = _dated(marked, year_before)
    if years and _COMPARES.search(text):
        # "How does the deficit of the 2025 report compare with 2023?": both years' documents are meant.
        years |= years_in(text)
    whole = any(each.kind == "place" and _is_of_document(marked, each) for each in places.named(hidden))
    return Named(
        places={each.name: question[each.start : each.end] for each in asked},
        mentioned=mentioned - {each.name for each in asked},
        issuers=issuers,
        national=bool(_NATIONAL.search(text)),
        years=years,
        kinds=kinds,
        document=question[start:end],
        alone=bool(_ALONE_BEFORE.search(marked[:start])) and not _BEHIND_KIND.match(marked, end),
        whole=whole,
        both=bool(_BOTH.search(text)),
    )


def _spans(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences."""
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    bounds = sorted({0, *ends, len(text)})
    return [(a, b) for a, b in pairwise(bounds) if text[a:b].strip()]


def _places_in(text: str, places: Places, spans: Iterable[tuple[int, int]]) -> tuple[list[NamedPlace], frozenset[str]]:
    """The places that these sentences ask about, and the names of those that they only mention."""
    plain = plain_of(text)
    named = [each for each in places.named(text) if each.kind == "place"]
    asked: list[NamedPlace] = []
    mentioned = set[str]()
    for start, end in spans:
        last: NamedPlace | None = None
        for each in (each for each in named if start <= each.start < end):
            before = plain[start : each.start]
            behind = _behind(each, plain)
            if _ASKER.search(before) or _PART_OF_NAME.match(text, each.end) or _PART_OF_NAME.match(text, behind):
                continue
            joined = last is not None and _JOINS.fullmatch(plain[_behind(last, plain) : each.start].strip() or "-")
            beside = last is not None and _behind(last, plain) == each.start
            if (joined or beside) and last in asked:
                asked.append(each)
            elif _PASSING.search(before) and not joined:
                mentioned.add(each.name)
            else:
                asked.append(each)
            last = each
    return asked, frozenset(mentioned)


def _behind(named: NamedPlace, plain: str) -> int:
    match = _PLACE_END.match(plain, named.end)
    return match.end() if match else named.end


def _marked(text: str, places: Places) -> str:
    """The text with a mark of the same length in place of each place and issuer."""
    plain = plain_of(text)
    for each in places.named(text):
        end = _behind(each, plain) if each.kind == "place" else each.end
        mark = _PLACE_MARK if each.kind == "place" else _ISSUER_MARK
        plain = plain[: each.start] + mark * (end - each.start) + plain[end:]
    return plain


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A kind behind years; years behind a kind; a kind behind a name; a name behind a kind."""
    year = rf"(?:(?<![\d.,])(?:19|20)\d\d(?![\d%]|[.,]\d)(?:{_YEAR_END.source})?|{_PREVIOUS.source}|{_SAME.source})"
    years = rf"(?P<years>{year}(?:\s?(?:{_JOINS.source})\s?{year})*+)"
    marks = f"[{_PLACE_MARK}{_ISSUER_MARK}]"
    between = rf"(?:{_BETWEEN.source}|{marks})*+"
    kind = rf"(?:{'|'.join(kind_patterns().values())})"
    dated_between = rf"(?:{_BETWEEN.source}|{marks}|{year}|{_JOINS.source})*+"
    return (
        re.compile(rf"{between}{years}{between}{kind}"),
        re.compile(rf"{between}{kind}(?:{_OF_YEAR.source}){years}"),
        re.compile(rf"{dated_between}{kind}"),
        re.compile(rf"{kind}(?:{_OF_YEAR.source}|{_OF_ISSUER.source})$"),
    )


def _dated(marked: str, year_before: int | None) -> tuple[frozenset[int], frozenset[str], tuple[int, int]]:
    """The years of the documents that a text names, their kinds, and the span that names the first of them."""
    years, kinds = frozenset[int](), frozenset[str]()
    span = (0, 0)
    for pattern in _patterns()[:2]:
        for match in pattern.finditer(marked):
            own = years_in(match["years"])
            if year_before is not None and _PREVIOUS.search(match["years"]):
                own |= {year_before - 1}
            if year_before is not None and _SAME.search(match["years"]):
                own |= {year_before}
            if own:
                years |= own
                kinds |= kinds_in(match.group())
                first = match.start() + len(match.group()) - len(match.group().lstrip())
                span = span if span != (0, 0) else (first, match.end())
    return years, kinds, span


def _with_years_in_figures(text: str) -> str:
    """The text with 二〇二四年 as 2024年: no offset changes."""
    digits = str.maketrans({character: str(value) for character, value in numeral_characters().digits.items()})
    for pattern in _YEAR_IN_DIGITS.compiled:
        text = pattern.sub(lambda match: match.group().translate(digits), text)
    return text


def _is_of_document(marked: str, named: NamedPlace) -> bool:
    """Whether a place or an issuer is named as that of a document: "the State Council's 2025 report"."""
    mark = marked[named.start]
    end = named.end
    while end < len(marked) and marked[end] == mark:
        end += 1
    behind, before = _patterns()[2], _patterns()[3]
    return bool(behind.match(marked, end) or before.search(marked[: named.start]))
