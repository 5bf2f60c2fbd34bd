"""Finds the indexed documents that a text names, by title, publisher and date, in either language; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from policybot.calibration import MOST_NAMED, TITLE_WORD
from policybot.domain import DocumentSummary
from policybot.language import codes, lexicons, phrases
from policybot.language.names import Names
from policybot.text.glossary import Glossary
from policybot.text.tokens import CJK, STOP_WORDS, fold, keyword_tokens, words

_TITLED = re.compile(r"《([^《》]{2,80})》|[“\"]([^“”\"]{4,120})[”\"]")
_THINGS = phrases(lambda lexicon: lexicon.names.things)
_SEVERAL = phrases(lambda lexicon: lexicon.names.several)
_LEADING = phrases(lambda lexicon: lexicon.names.leading)
_OF_ORIGIN = phrases(lambda lexicon: lexicon.names.of_origin, form=r"\W*{}")
_FUNCTION_CHARACTERS = phrases(lambda lexicon: lexicon.names.function_characters)


def _places(field: Callable[[Names], tuple[str, ...]]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(source) for lexicon in lexicons() for source in field(lexicon.names))


@dataclass(frozen=True)
class _Places:
    """Patterns of where a question names documents; each field as in ``language.names.Names``."""

    asked: tuple[re.Pattern[str], ...]
    in_passing: tuple[re.Pattern[str], ...]
    cited: tuple[re.Pattern[str], ...]

    @classmethod
    @cache
    def of_all_languages(cls) -> _Places:
        return cls(
            _places(lambda names: names.asked),
            _places(lambda names: names.in_passing),
            _places(lambda names: names.cited),
        )


@cache
def _nouns(*, spaced: bool) -> frozenset[str]:
    """Nouns that end document names ("plan", "报告"), of the languages with blanks between words, or without."""
    return frozenset(noun for each in lexicons() if each.spaced == spaced for noun in each.names.document_nouns)


@cache
def _noun_tokens() -> frozenset[str]:
    return frozenset(token for noun in _nouns(spaced=True) for token in keyword_tokens(noun.replace("-", " ")))


@cache
def _name_in_words() -> re.Pattern[str]:
    """A name as up to seven words before a noun, and a date after it."""
    nouns = "|".join(sorted({noun.replace("-", "[- ]") for noun in _nouns(spaced=True)}, key=len, reverse=True))
    date = phrases(lambda lexicon: lexicon.names.before_date).source
    return re.compile(
        rf"(?P<words>(?:[\w’'+.-]+ ){{0,7}})(?P<noun>{nouns})\b(?P<date>(?:{date}(?: \w+){{1,5}})?)", re.IGNORECASE
    )


@cache
def _name_in_characters() -> re.Pattern[str]:
    """A name as the characters up to a noun."""
    nouns = "|".join(sorted(_nouns(spaced=False), key=len, reverse=True))
    return re.compile(f"[^，,。；？?]{{1,40}}(?:{nouns})")


class DocumentNames:
    """Finds the documents that a question names.

    A question is addressed to a document that it asks to say something ("What does the harbour plan say about
    noise?"), or that it wants an answer from or a summary of. It only mentions a name that may also be a thing ("in
    the loan program"), and a source that it cites itself ("The harbour plan says … . Is that true?"). A name ends in a
    word for a document ("plan", "报告") or is quoted, and all its words must be in the document's title, publisher,
    kind, file name, date or ``summary_of``, or be glossary renderings of words there.

    Args:
        documents: Returns the indexed documents, the same object while they are unchanged.
        glossary: Returns the glossary of the indexed documents.
    """

    def __init__(self, documents: Callable[[], Sequence[DocumentSummary]], glossary: Callable[[], Glossary]) -> None:
        self._documents = documents
        self._glossary = glossary
        self._known: tuple[Sequence[DocumentSummary], tuple[_Known, ...]] = ((), ())

    def addressed(self, question: str) -> frozenset[str]:
        """Ids of the documents that a question is addressed to; empty when it names none, or none unambiguously.

        A source that the question cites must be known as well, and is included: both may answer.
        """
        places = _Places.of_all_languages()
        cited = [self._first(names) for names in _names(question, places.cited)]
        if not all(cited):
            return frozenset()
        within = ([name for name in names if not _THINGS.search(name)] for names in _names(question, places.in_passing))
        found = self._meant((*_names(question, (_TITLED, *places.asked)), *within))
        return found.union(*cited) if found else found

    def mentioned(self, question: str) -> frozenset[str]:
        """Ids of the documents that a question is addressed to or mentions."""
        places = _Places.of_all_languages()
        return self._meant(_names(question, (_TITLED, *places.asked, *places.in_passing, *places.cited)))

    def within(self, text: str) -> frozenset[str]:
        """Ids of the documents that a text names anywhere."""
        return self._meant([list(_within(" ".join(text.split())))])

    def _meant(self, places: Iterable[Sequence[str]]) -> frozenset[str]:
        """The documents of the first matching name of each place."""
        return frozenset(id_ for names in places for id_ in self._first(names))

    def _first(self, names: Sequence[str]) -> frozenset[str]:
        """The documents of the first name that matches any: ["the new harbour plan", "harbour plan"] -> {id}."""
        known, terms = self._all_known(), self._glossary()
        for name in dict.fromkeys(names):
            spaced = not re.search(f"[{CJK}]", name)
            own = [each.code for each in lexicons() if each.spaced == spaced]
            rendered = [
                pair for code in own for into in codes() for pair in terms.renderings(name, language=code, into=into)
            ]
            found = (_fitting_words if spaced else _fitting_characters)(name, known, rendered)
            best = [id_ for id_, score in found.items() if score == max(found.values())]
            if len(best) == 1 or (1 < len(best) <= MOST_NAMED and _SEVERAL.search(name)):
                return frozenset(best)
        return frozenset()

    def _all_known(self) -> tuple[_Known, ...]:
        summaries = self._documents()
        if self._known[0] is not summaries:
            self._known = (summaries, tuple(map(_Known.of, summaries)))
        return self._known[1]


@dataclass(frozen=True, slots=True)
class _Known:
    """A document's metadata, folded, and its tokens; ``known_tokens`` includes those of its date."""

    id: str
    text: str
    title: str
    published: str
    tokens: frozenset[str]
    title_tokens: frozenset[str]
    known_tokens: frozenset[str]

    @classmethod
    def of(cls, document: DocumentSummary) -> _Known:
        metadata = document.metadata
        file = re.sub(r"\.\w+$", "", document.name)
        parts = (metadata.title, metadata.summary_of, metadata.publisher, metadata.kind, file)
        text = fold(" \n ".join(parts).replace("-", " ").replace("_", " "))
        tokens = frozenset(keyword_tokens(text))
        title_tokens = frozenset(keyword_tokens(metadata.title))
        known_tokens = tokens | _date_words(metadata.published)
        return cls(document.id, text, fold(metadata.title), metadata.published, tokens, title_tokens, known_tokens)


def _names(question: str, places: Sequence[re.Pattern[str]]) -> Iterator[Sequence[str]]:
    """The candidate document names in each place of a question, the longest first."""
    text = " ".join(question.split())
    for place in places:
        for match in place.finditer(text):
            yield (match[1] or match[2],) if place is _TITLED else tuple(_within(match["x"]))


def _within(stretch: str) -> Iterator[str]:
    if re.search(f"[{CJK}]", stretch):
        for match in _name_in_characters().finditer(_LEADING.sub("", stretch)):
            yield _LEADING.sub("", match.group())
        return
    for match in _name_in_words().finditer(stretch):
        before = match["words"].split()
        if match["date"]:
            yield " ".join([*before, match["noun"], match["date"].strip()])
        if not _OF_ORIGIN.match(match["date"]):
            yield " ".join([*before, match["noun"]])


def _fitting_words(name: str, documents: Sequence[_Known], rendered: Sequence[tuple[str, str]]) -> dict[str, float]:
    """The score of each document that a name matches, by id: its known tokens, those of the title more."""
    tokens = [token for word in words(name) if word not in STOP_WORDS for token in keyword_tokens(word)]
    own = [token for token in tokens if token not in _noun_tokens()]
    if not own:
        return {}
    # The noun may differ ("paper", "brief"); the words that identify the document may not.
    may_differ = not all(token.isdigit() for token in own)
    wanted, named = frozenset(tokens), frozenset(own)
    renderings = [(fold(other), frozenset(keyword_tokens(term))) for term, other in rendered]
    found = {}
    for each in documents:
        # A rendering counts when it occurs in the document's metadata.
        translated = {token for other, meant in renderings if other in each.text for token in meant}
        if not named <= each.known_tokens | translated:
            continue
        known_tokens = each.known_tokens | translated
        if may_differ or all(token in known_tokens for token in tokens):
            matched = sum(token in known_tokens for token in tokens)
            found[each.id] = matched + TITLE_WORD * len(wanted & each.title_tokens)
    return found


def _fitting_characters(
    name: str, documents: Sequence[_Known], rendered: Sequence[tuple[str, str]]
) -> dict[str, float]:
    """The same for a language without blanks between words, by pairs of neighbouring characters."""
    dates = [
        date for each in lexicons() if each.names.written_date for date in re.finditer(each.names.written_date, name)
    ]
    renderings = [(term, fold(other)) for term, other in rendered]
    nouns = _nouns(spaced=False)
    found = {}
    for each in documents:
        dated = [date for date in dates if _is_dated(each, date)]
        if len(dated) < len(dates):
            continue
        known = tuple(term for term, other in renderings if other in each.text)
        pairs, specific = _pairs(name, (*(date[0] for date in dated), *known))
        matched = float(len(dates) + sum(map(len, known)))
        if any(pair not in each.text and not (pair in nouns and specific) for pair in pairs):
            continue
        score = matched + sum((pair in each.text) + TITLE_WORD * (pair in each.title) for pair in pairs)
        if score > 0 and (specific or matched):
            found[each.id] = score
    return found


def _is_dated(document: _Known, date: re.Match[str]) -> bool:
    """Whether a date in a name is the document's date, or is in its title."""
    if date[0] in document.text or date[1] in document.title:
        return True
    year, month = document.published[:4], document.published[5:7].lstrip("0")
    return date[1] == year and date[2] in (None, month)


@lru_cache(maxsize=256)
def _pairs(name: str, apart: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """Character bigrams of a name without the ``apart`` strings, and whether more than document nouns is left."""
    for part in apart:
        name = name.replace(part, " ")
    chunks = [
        chunk for chunk in re.split(rf"[^{CJK}A-Za-z0-9+]|{_FUNCTION_CHARACTERS.source}", fold(name)) if len(chunk) > 1
    ]
    # The noun at the end of a name is separated from the words that identify the document.
    chunks = [part for chunk in chunks for part in _split_noun(chunk) if len(part) > 1]
    pairs = tuple(chunk[i : i + 2] for chunk in chunks for i in range(len(chunk) - 1))
    return pairs, any(chunk not in _nouns(spaced=False) for chunk in chunks)


def _split_noun(chunk: str) -> tuple[str, ...]:
    noun = next((noun for noun in _nouns(spaced=False) if len(noun) > 1 and chunk.endswith(noun) and chunk != noun), "")
    return (chunk.removesuffix(noun), noun) if noun else (chunk,)


def _date_words(published: str) -> set[str]:
    found = {published[:4]}
    if len(published) >= 7:
        month = int(published[5:7]) - 1
        names = (lexicon.calendar.month_names for lexicon in lexicons())
        found |= {token for each in names if each for token in keyword_tokens(each[month])}
    if len(published) == 10:
        found.add(published[8:].lstrip("0"))
    return found
