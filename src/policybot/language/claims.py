"""Topic of a lexicon: the small words that decide what a sentence claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claims:
    """Negation, modality, quantifiers and clauses.

    Attributes:
        negation: Pattern of words that say no; "not only" and "no. 5" do not.
        negative: Pattern of words that say no in a wider sense: "refuses", 避免. One language's "not" may be another's
            "avoid".
        contraction: Pattern of a verb with the negation in it; group 1 holds the verb's part: "didn't".
        contracted: Parts of such verbs that are no verbs -> the verb: "wo" is "will".
        full_negation: The negation in full, with which a contraction is spelled out: "did not".
        done: Pattern of words that say that something has happened; this and the next nine heed case, so that "May"
            is the month.
        planned: Something is planned, or will happen.
        owed: Something must be done.
        possible: Something may be so, or is allowed.
        able: Something can be done.
        all: Of all.
        most: Of most.
        some: Of some.
        many: Of many.
        only: Of nothing else.
        advised: Something should be done, which is less than owed.
        expected: Something is a forecast or a target; heeds case like those above.
        condition: Pattern of words that make what follows depend on something: "if".
        exception: Pattern of words that except something: "unless", 除外.
        either: Pattern of words that join what one may choose from: "or".
        both: Pattern of words that join what belongs together: "and".
        one_by_one: Pattern of words that assign figures to things in order: "respectively".
        listed_and: Pattern of "and" between the things of a list, to which figures are assigned.
        distributed: Pattern of words that say something of each of those named: "both", "in each year", 均.
        attitudes: Words of what somebody thinks, feels or says: a text shows it without the word.
        function_words: Words that are often put for one another without a change of meaning.
        clause_words: Pattern of words at which a clause or a member of a list ends.
        clause_openers: Pattern of words that open a clause behind a comma and belong to neither.
    """

    negation: str
    negative: str
    contraction: str
    contracted: Mapping[str, str]
    full_negation: str
    done: str
    planned: str
    owed: str
    possible: str
    able: str
    all: str
    most: str
    some: str
    many: str
    only: str
    attitudes: frozenset[str]
    function_words: frozenset[str]
    clause_words: str
    clause_openers: str
    advised: str = ""
    expected: str = ""
    condition: str = ""
    exception: str = ""
    either: str = ""
    both: str = ""
    one_by_one: str = ""
    listed_and: str = ""
    distributed: str = ""
