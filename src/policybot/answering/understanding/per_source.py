"""A question that asks the same of several places or editions -> one question for each, with its documents; pure.

"江苏和浙江的增长目标" asks Jiangsu's documents and Zhejiang's; "the deficit in the 2021 and 2023 reports" asks two
editions. Each is asked alone, in its own documents: no sentence of a report says whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policybot.answering.understanding.binding import Named, is_by_place, named_in
from policybot.answering.understanding.comparands import YEAR, of_year
from policybot.answering.understanding.identity import Identity, kinds_in
from policybot.calibration import MOST_EDITIONS
from policybot.language import phrases
from policybot.searching.periods import asked_period
from policybot.text.places import NamedPlace, Places
from policybot.text.sentences import sentence_spans

_ASKS = re.compile(r"[?？]\W*$")
_JOINS = phrases(lambda lexicon: lexicon.sources.joins)
_EACH_EDITION = phrases(lambda lexicon: lexicon.sources.each_edition)
_EDGES = phrases(lambda lexicon: lexicon.sources.left_over, form=r"^(?:[ ,，:：]|{})+|(?:[ ,，:：]|{})+$")
_LAST_YEAR = phrases(lambda lexicon: lexicon.dates.last_year)
_THIS_YEAR = phrases(lambda lexicon: lexicon.dates.this_year)
_SPAN = phrases(lambda lexicon: lexicon.sources.span)
_YEARS_BETWEEN = phrases(lambda lexicon: lexicon.sources.span, form=rf"{YEAR.pattern}\D?\s?{{}}\s?{YEAR.pattern}")
_YEAR_END = phrases(lambda lexicon: lexicon.sources.year_end)


@dataclass(frozen=True, slots=True)
class Source:
    """One of the places or editions of which a question asks the same.

    Attributes:
        question: What is asked of it alone.
        label: Its name in the answer.
        documents: Ids of its documents; empty where none is indexed.
    """

    question: str
    label: str
    documents: frozenset[str]


def sources_in(question: str, places: Places, known: Sequence[Identity]) -> tuple[Source, ...]:
    """The places or editions of which a question asks the same, each with its documents; empty for fewer than two.

    Places count where documents of at least two of them are indexed. Years count where each of at least two has
    documents of its own, among those of the place, the issuer or the kind that the question names: those of that year,
    else of the year after, which report on it.

    Args:
        known: What each indexed document is of.
    """
    text = _asking(" ".join(question.split()))
    named = named_in(text, places)
    found = _by_place(text, named, places, known) or _by_year(text, named, known) or _by_period(text, named, known)
    return found if sum(bool(each.documents) for each in found) > 1 else ()


def _asking(text: str) -> str:
    """The sentences that ask, where there are others: "… 各是多少？是个区间吧"."""
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    return " ".join(each for each in sentences if _ASKS.search(each)) or text


def _by_place(text: str, named: Named, places: Places, known: Sequence[Identity]) -> tuple[Source, ...]:
    if not 2 <= len(named.places) <= MOST_EDITIONS:
        return ()
    spans = [each for each in places.named(text) if each.kind == "place" and each.name in named.places]
    found = []
    for name, label in named.places.items():
        of = [each for each in known if name in each.places]
        dated = [each for each in of if each.years & named.years] or of
        found.append(Source(_of_place(text, name, spans), label, frozenset(each.id for each in dated)))
    return tuple(found)


def _of_place(text: str, name: str, spans: Sequence[NamedPlace]) -> str:
    """The question without the other places: "江苏和浙江的目标" -> "江苏的目标"."""
    kept, last = [], 0
    runs = _runs(text, spans)
    for run in runs:
        own = [each for each in run if each.name == name]
        if len({each.name for each in run}) < 2 and own:
            continue
        kept.append(text[last : run[0].start])
        kept.append(text[own[0].start : own[0].end] if own else "")
        last = run[-1].end
    kept.append(text[last:])
    return " ".join("".join(kept).split())


def _runs(text: str, spans: Sequence[NamedPlace]) -> list[list[NamedPlace]]:
    """The places, those of one list together."""
    runs: list[list[NamedPlace]] = []
    for each in spans:
        between = text[runs[-1][-1].end : each.start].strip() if runs else ""
        if runs and (not between or _JOINS.fullmatch(between)):
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


def _by_year(text: str, named: Named, known: Sequence[Identity]) -> tuple[Source, ...]:
    series = _series(text, named, known)
    editions = sorted({year for each in series for year in each.years})
    years = _listed_years(text)
    if len(years) == 2 and _YEARS_BETWEEN.search(text):
        years = [year for year in editions if years[0] <= year <= years[1]] or years
    if not years and _EACH_EDITION.search(text):
        years = editions
    if not 2 <= len(years) <= MOST_EDITIONS:
        return ()
    found = []
    for year in years:
        question = _EDGES.sub("", _EACH_EDITION.sub(" ", of_year(text, year, years)))
        of = [each for each in series if year in each.years]
        after = [each for each in series if year + 1 in each.years]
        # What a year brought stands in what came out in the year after.
        meant = (*of, *after) if asked_period(text) else of or after
        found.append(Source(question, str(year), frozenset(each.id for each in meant)))
    return tuple(found)


def _listed_years(text: str) -> list[int]:
    """The years of a list or a span, in its order; none where they stand apart: "set for 2025, reached in 2024"."""
    found: list[re.Match[str]] = []
    for match in YEAR.finditer(text):
        between = text[found[-1].end() : match.start()] if found else ""
        listed = re.fullmatch(rf"(?:{_YEAR_END.source})?\s*(?:{_JOINS.source}|{_SPAN.source})\s*", between)
        if found and not listed:
            if len(found) > 1:
                break
            found = []
        found.append(match)
    years = list(dict.fromkeys(int(match.group()) for match in found))
    return years if len(years) > 1 else []


def _by_period(text: str, named: Named, known: Sequence[Identity]) -> tuple[Source, ...]:
    """Last year and this year in one document: "去年实际增速和今年目标" of a place's report."""
    words = sorted(
        (match for form in (_LAST_YEAR, _THIS_YEAR) if (match := form.search(text))), key=lambda m: m.start()
    )
    if len(words) < 2 or not named.places:
        return ()
    (first, second), between = words, text[words[0].end() : words[1].start()]
    joined = [match for match in re.finditer(rf"(?:{_JOINS.source})", between) if match.group().strip() not in "，,"]
    if not joined or re.search(r"[?？。;；]", between):
        return ()
    of = frozenset(each.id for each in known if each.places & named.places.keys())
    head, tail = text[: first.start()], text[second.end() :]
    own = between[: joined[-1].start()].strip()
    return (
        Source(f"{head}{first.group()}{own or tail}", first.group(), of),
        Source(f"{head}{second.group()}{tail}", second.group(), of),
    )


def _series(text: str, named: Named, known: Sequence[Identity]) -> list[Identity]:
    """The documents whose editions a question may mean: of its place or issuer, and of the kind that it names."""
    of = [each for each in known if each.places & named.places.keys() or each.issuers & named.issuers.keys()]
    if not of:
        of = [each for each in known if not each.places] if is_by_place(known) else list(known)
    kinds = named.kinds or kinds_in(text)
    return [each for each in of if each.kinds & kinds] if kinds else of
