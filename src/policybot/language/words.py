"""Topic of a lexicon: small words, numerals and marks, for splitting, counting, detecting and glossing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """Small words, numerals and marks; what a language does not need is left out.

    Attributes:
        names: What the language is called in metadata and on pages, in any language, in lower case.
        stop_words: Words between blanks that stand in every text and say nothing about its subject.
        stop_characters: The same where blanks are missing: a pair of characters made only of them says nothing.
        bound_characters: Characters that are no word by themselves in most places; holds the stop characters.
        abbreviations: Words whose full stop seldom ends a sentence, in lower case, without the last stop.
        closing_abbreviations: Those of them that end a sentence when a capital follows.
        asking: What makes a sentence a question or a request: words between blanks in lower case, or, in a language
            without blanks, characters that stand anywhere.
        linking: Words of that form that hold a sentence together: what tells its language when nothing asks.
        surnames: Common family names, in a language whose given names follow without a blank.
        glosses: Words that dictionaries explain badly, those that ask and deny -> English.
        irregular: Inflected words that no rule derives and dictionaries leave out: ``began``.
        without_apostrophe: Pattern of the end of a contraction that is written without its apostrophe: "havent". Its
            verb is a stop word.
        look_alikes: Sets of characters that are taken for one another.
        scales: Words that multiply the figure before them -> by how much, the largest first.
        percent: Ways to write "percent" behind a figure -> English.
        numeral_parts: Pattern, tried place by place through a whole text, that cuts it into parts by these named
            groups, for glossing into English: ``year``, ``month``, ``day``, ``figure`` with ``scale`` and ``percent``,
            ``percentage``, ``numeral`` with ``times``, ``run`` (words without blanks between them) and ``other``.
            Empty for a language with blanks.
        year_form: How a year is written as a word of its own, with ``{}`` for its figures.
        month_form: The same of a month without a name, with ``{}`` for its number; empty where months have names.
        list_marks: Pattern of marks before a list's item beside those of all languages (``-``, ``1.``).
        item_numerals: The language's own numerals in brackets before the items of an enumeration, in order.
        place_label: Pattern of what names a numbered part of a text, with its number: ``Article 4``, ``第三条``.
        question_label: Pattern of what is written before a question whose answer follows, with its mark: ``Q:``.
        answer_label: The same before the answer.
        source_label: Pattern of the words that begin a line which names where a text comes from.
    """

    names: frozenset[str] = frozenset()
    stop_words: frozenset[str] = frozenset()
    stop_characters: frozenset[str] = frozenset()
    bound_characters: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    closing_abbreviations: frozenset[str] = frozenset()
    asking: frozenset[str] = frozenset()
    linking: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    glosses: Mapping[str, str] = field(default_factory=dict)
    irregular: frozenset[str] = frozenset()
    without_apostrophe: str = ""
    look_alikes: tuple[str, ...] = ()
    scales: Mapping[str, float] = field(default_factory=dict)
    percent: Mapping[str, str] = field(default_factory=dict)
    numeral_parts: str = ""
    year_form: str = "{}"
    month_form: str = ""
    list_marks: str = ""
    item_numerals: tuple[str, ...] = ()
    place_label: str = ""
    question_label: str = ""
    answer_label: str = ""
    source_label: str = ""
