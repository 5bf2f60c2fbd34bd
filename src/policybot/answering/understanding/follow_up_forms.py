"""The patterns by which follow-ups of one language are understood, compiled; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from policybot.language import lexicon
from policybot.language.script import fold_source


@dataclass(frozen=True, slots=True)
class Forms:
    """Patterns of one language; each field is described in ``language.follow_ups``, if not here.

    Attributes:
        spaced: Whether blanks separate words.
        question_mark: What a question ends with.
        months: Names of months, in lower case.
        place_end: What may follow a place's name as part of it.
        national: What means the whole country.
        year_mark: What is written behind the figures of a year.
        same: The year that was asked about before.
        document: A document's name, whose last word says that it is one.
        article: An article with the blank behind it.
        why: Asks for a reason.
        question_word: A word that makes a sentence a question.
    """

    spaced: bool
    question_mark: str
    opening: re.Pattern[str]
    closing: re.Pattern[str]
    value: re.Pattern[str]
    points: re.Pattern[str]
    around: re.Pattern[str]
    time: re.Pattern[str]
    year_before: re.Pattern[str]
    year_after: re.Pattern[str]
    tie: re.Pattern[str]
    edition: re.Pattern[str]
    of_edition: re.Pattern[str]
    in_edition: str
    target: re.Pattern[str]
    result: re.Pattern[str]
    measures: re.Pattern[str]
    joint: re.Pattern[str]
    of_document: re.Pattern[str]
    asks: re.Pattern[str]
    ask_value: str
    changes: re.Pattern[str]
    state: re.Pattern[str]
    ask_state: str
    unit: re.Pattern[str]
    asked: tuple[re.Pattern[str], ...]
    name: re.Pattern[str]
    named: re.Pattern[str]
    owned: re.Pattern[str]
    document: re.Pattern[str]
    whom: re.Pattern[str]
    predicates: re.Pattern[str]
    predicate: re.Pattern[str]
    period: re.Pattern[str]
    compares: re.Pattern[str]
    again: re.Pattern[str]
    inside: re.Pattern[str]
    of_inside: str
    both: str
    pair: re.Pattern[str]
    thing: re.Pattern[str]
    thing_of: re.Pattern[str]
    things: re.Pattern[str]
    counted: str
    counted_of: str
    person: re.Pattern[str]
    person_of: re.Pattern[str]
    clause: re.Pattern[str]
    names_own: re.Pattern[str]
    idle: re.Pattern[str]
    of_thing: str
    titles: re.Pattern[str]
    months: frozenset[str]
    place_end: re.Pattern[str]
    national: re.Pattern[str]
    year_mark: str
    same: re.Pattern[str]
    article: re.Pattern[str]
    why: re.Pattern[str]
    question_word: re.Pattern[str]


@cache
def forms_of(code: str) -> Forms:
    """The patterns of a language; English ones for a language without a lexicon."""
    known = lexicon(code)
    words = known.follow_ups
    nouns = "|".join(sorted(map(re.escape, known.names.document_nouns), key=len, reverse=True))
    document = ""
    if nouns and known.spaced and words.document:
        document = rf"{words.document}(?P<noun>{nouns})\b"
    elif nouns and not known.spaced:
        document = rf"《[^《》]+》|[^，,。？?；;《》]{{0,20}}?(?:{nouns})"
    return Forms(
        spaced=known.spaced,
        question_mark="?" if known.spaced else "？",
        opening=_compiled(words.opening),
        closing=_compiled(words.closing),
        value=_compiled(words.value),
        points=_compiled(words.points),
        around=_compiled(words.around),
        time=_compiled(words.time),
        year_before=_compiled(words.year_before),
        year_after=_compiled(words.year_after),
        tie=_compiled(words.tie),
        edition=_compiled(words.edition),
        of_edition=_compiled(words.of_edition),
        in_edition=words.in_edition,
        target=_compiled(words.target),
        result=_compiled(words.result),
        measures=_compiled(words.measures),
        joint=_compiled(words.joint),
        of_document=_compiled(words.of_document),
        asks=_compiled(words.asks),
        ask_value=words.ask_value,
        changes=_compiled(words.changes),
        state=_compiled(words.state),
        ask_state=words.ask_state,
        unit=_compiled(words.unit),
        asked=tuple(map(_compiled, words.asked)),
        name=re.compile(words.name or "(?!)"),
        named=_compiled(words.named),
        owned=_compiled(words.owned),
        document=_compiled(document),
        whom=_compiled(words.whom),
        predicates=_compiled(words.predicates),
        predicate=_compiled(words.predicate),
        period=_compiled(words.period),
        compares=_compiled(words.compares),
        again=_compiled(words.again),
        inside=_compiled(words.inside),
        of_inside=words.of_inside,
        both=words.both,
        pair=_compiled(words.pair),
        thing=_compiled(words.thing),
        thing_of=_compiled(words.thing_of),
        things=_compiled(words.things),
        counted=words.counted,
        counted_of=words.counted_of,
        person=_compiled(words.person),
        person_of=_compiled(words.person_of),
        clause=_compiled(words.clause),
        names_own=_compiled(words.names_own),
        idle=_compiled(words.idle),
        of_thing=words.of_thing,
        titles=_compiled(words.titles),
        months=frozenset(known.calendar.months),
        place_end=_compiled(known.sources.place_end),
        national=_compiled(known.sources.national),
        year_mark=known.questions.year_mark,
        same=_compiled(known.sources.same),
        article=_compiled(known.questions.article),
        why=_compiled(known.questions.why),
        question_word=_compiled(known.questions.question_word),
    )


def _compiled(source: str) -> re.Pattern[str]:
    """The pattern, ignoring case; one that matches nothing for an empty source."""
    return re.compile(fold_source(source) or "(?!)", re.IGNORECASE)
