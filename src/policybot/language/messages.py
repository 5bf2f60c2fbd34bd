"""Topic of a lexicon: what policybot itself says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Messages:
    """What policybot says in the language of an answer, and how it joins what documents say.

    Attributes:
        kinds: What is said beside the documents' own sentences, by the kind of the answer (``AnswerKind``).
        nothing_about: Names what no document holds; ``{missing}`` is a list of names.
        separator: Between the items of a list within a sentence, with its blank: ", ".
        quoted: A name in quotation marks; ``{name}`` stands for it.
        colon: Between who speaks and what is said, with its blank.
        date, month, year: A date to the day, to the month, to the year, with ``{day}``, ``{month}``, ``{year}``;
            ``{month}`` is the month's name where the calendar has one, else its number.
        section_question: Asks what a section says, with ``{title}`` and ``{heading}``.
        nested_quotes: Marks in a title that ``section_question`` quotes -> those that stand for them.
        asked, answered: Before an earlier question and its answer, where a chat model reads them.
        large_numbers: Names of large numbers, the largest first, with what they multiply a figure by.
        large_number: Source of a regular expression: such a name behind a figure, as the group ``scale``; with case.
        large_number_written: A figure with such a name: ``{figure}``, ``{scale}``.
        records: What is known of a document's origin, by its field in ``Metadata``: ``publisher``, ``published``,
            ``url``.
        shortest_translation: Fewest characters of a translation for one of the original, of another language; a third
            of what is usual.
    """

    kinds: Mapping[str, str]
    nothing_about: str
    separator: str
    quoted: str
    colon: str
    date: str
    month: str
    year: str
    section_question: str
    nested_quotes: Mapping[str, str]
    asked: str
    answered: str
    large_numbers: Mapping[str, float]
    large_number: str
    large_number_written: str
    records: Mapping[str, str]
    shortest_translation: float
