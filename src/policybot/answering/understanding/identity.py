"""A document -> the place, the issuer, the years and the kinds that it is of; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from policybot.calibration import FIRST_LINE, FIRST_LINES
from policybot.domain import DocumentSummary
from policybot.language import lexicons, phrases
from policybot.searching.editions import years_in
from policybot.text.dates import dates_in
from policybot.text.places import NamedPlace, Places, plain_of

_PLACE_END = phrases(lambda lexicon: lexicon.sources.place_end)
_GOVERNMENT = phrases(lambda lexicon: lexicon.sources.government)
_GOVERNMENT_BEFORE = phrases(lambda lexicon: lexicon.sources.government_before)
_YEAR_END = phrases(lambda lexicon: lexicon.sources.year_end)
_OF_YEAR = phrases(lambda lexicon: lexicon.sources.of_year)
_NUMBERED = re.compile(r"^[\W\d_]+")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document is of.

    Attributes:
        id: The document's id.
        places: Names of the places whose government, or a part of it, has issued the document; empty for none known.
        issuers: Names of its other issuers.
        years: Years in its title, file name and folders, and that of its date.
        kinds: Kinds of documents (``language.sources``) that it is.
    """

    id: str
    places: frozenset[str]
    issuers: frozenset[str]
    years: frozenset[int]
    kinds: frozenset[str]


@cache
def kind_patterns() -> dict[str, str]:
    """The pattern of each kind of document in all languages, by its name."""
    found: dict[str, list[str]] = {}
    for each in lexicons():
        for name, source in each.sources.kinds.items():
            found.setdefault(name, []).append(source)
    return {name: "|".join(sources) for name, sources in found.items()}


def kinds_in(text: str) -> frozenset[str]:
    """The kinds of documents that a text names: "Annual report" -> {"report"}."""
    plain = plain_of(text)
    return frozenset(name for name, source in kind_patterns().items() if re.search(source, plain))


def identity_of(document: DocumentSummary, beginning: str, places: Places) -> Identity:
    """What a document is of, by its title, publisher, file name and folders, else by its first lines.

    A title is a place's where it says that the place's government has issued the document
    ("浙江省人民政府关于……的意见"), or begins with the place and ends with a word for a document
    ("2026年浙江省政府工作报告"). A place in another title is what the document is about: "The President with the
    Jiangsu delegation".

    Args:
        beginning: The first characters of its text.
    """
    metadata = document.metadata
    *folders, file = document.name.split("/")
    stem = re.sub(r"\.\w+$", "", file)
    titles = [metadata.title, _spaced(stem), metadata.summary_of]
    named, issuers = _named_in(titles, places)
    issued = _issued_in(metadata.publisher, places)
    found = named | issued or frozenset(name for folder in folders for name in _whole_name(folder, places))
    if not issuers:
        issuers = frozenset(n.name for n in places.named(metadata.publisher) if n.kind == "issuer")
    lines = _first_lines(beginning)
    if not found and not issuers:
        found, issuers = _named_in(lines, places)
        found |= frozenset(name for line in lines for name in _issued_in(line, places)) if not issuers else frozenset()
    years = frozenset(year for text in (metadata.title, _spaced(stem), *folders) for year in years_in(text))
    years |= years_in(metadata.published[:4])
    if not years:
        dated = [date.year for line in lines for date in dates_in(line) if date.month]
        years = frozenset(dated[:1])
    kinds = kinds_in(" \n ".join((*titles, _spaced(metadata.kind)))) or (
        frozenset() if metadata.kind else kinds_in("\n".join(lines))
    )
    return Identity(document.id, found, frozenset() if found else issuers, years, kinds)


def _spaced(stem: str) -> str:
    """A file name as words: "zhejiang-report_2026" -> "zhejiang report 2026"."""
    return re.sub(r"[-_+]+", " ", stem)


def _first_lines(beginning: str) -> list[str]:
    """The first short lines of a text: its title, session and speaker stand there."""
    lines = [" ".join(line.strip(" \t#*-–—\u3000").split()) for line in beginning.splitlines()]
    return [line for line in lines if 0 < len(line) <= FIRST_LINE][:FIRST_LINES]


def _named_in(titles: list[str], places: Places) -> tuple[frozenset[str], frozenset[str]]:
    """The places and the issuers of the first of these titles that has any."""
    for title in titles:
        named = places.named(title)
        issuers = [each for each in named if each.kind == "issuer"]
        of_place = _issued_in(title, places) | _begins_with(title, places)
        # "The State Council's reply to the People's Government of Zhejiang" is the State Council's.
        if issuers and (not of_place or issuers[0].start < min(n.start for n in named if n.kind == "place")):
            return frozenset(), frozenset(each.name for each in issuers)
        if of_place:
            return of_place, frozenset()
    return frozenset(), frozenset()


def _issued_in(text: str, places: Places) -> frozenset[str]:
    """The places whose government a text names: "浙江省人民政府" -> {"Zhejiang"}."""
    plain = plain_of(text)
    return frozenset(
        each.name
        for each in places.named(text)
        if each.kind == "place"
        and (
            _GOVERNMENT.match(plain, _end_of(each, plain))
            or _GOVERNMENT.match(plain, each.end)
            or _GOVERNMENT_BEFORE.search(plain[: each.start])
        )
    )


def _end_of(named: NamedPlace, plain: str) -> int:
    """Offset behind a place's name with what belongs to it: 浙江省."""
    match = _PLACE_END.match(plain, named.end)
    return match.end() if match else named.end


def _begins_with(title: str, places: Places) -> frozenset[str]:
    """The places with which a title of a document begins, or of which it is said to be behind that word."""
    plain = plain_of(title)
    named = [each for each in places.named(title) if each.kind == "place"]
    if not named or not _names_a_document(plain):
        return frozenset()
    first = _NUMBERED.sub("", plain[: named[0].start])
    first = re.sub(rf"(?:19|20)\d\d(?:{_YEAR_END.source})?|\W", "", first)
    if not first:
        return frozenset({named[0].name})
    return frozenset(
        each.name
        for each in named
        if re.search(rf"{'|'.join(kind_patterns().values())}", plain[: each.start])
        and re.search(rf"(?:{_OF_YEAR.source})$", plain[: each.start])
    )


def _names_a_document(plain: str) -> bool:
    """Whether a title has a word for a document: at its end in a language without blanks."""
    for each in lexicons():
        nouns = "|".join(sorted(map(re.escape, each.names.document_nouns), key=len, reverse=True))
        if re.search(rf"\b(?:{nouns})\b" if each.spaced else rf"(?:{nouns})\W*(?:[（(].*)?\d*\W*$", plain):
            return True
    return False


def _whole_name(folder: str, places: Places) -> frozenset[str]:
    """The place that a folder is called after: "浙江省" -> {"Zhejiang"}; a folder's other names say nothing."""
    plain = plain_of(_spaced(folder)).strip()
    return frozenset(
        each.name
        for each in places.named(plain)
        if each.kind == "place" and each.start == 0 and _end_of(each, plain) == len(plain)
    )
