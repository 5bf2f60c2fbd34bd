"""Topic of a lexicon: what an answer is graded by, beside the words that it shares with the key."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grading:
    """How questions of a set, their keys, and answers put things, for grading answers without a judge.

    Apart from the topics that answers are made with: a measure that changes with what it measures shows nothing.
    Fields are sources of regular expressions, matched ignoring case but where they say otherwise.

    Attributes:
        asks_figure: A question asks for a figure or a date: "how many", "which year".
        asks_else: A question asks for something else: "who"; or for several things.
        joins_parts: Joins the parts of a key: "and"; matched with case.
        denies: How a key begins that says no: "no".
        denies_premise: How a key begins that denies what the question takes for granted: "they did not".
        affirms: How a key begins that says yes.
        negates: A word that negates, anywhere in a text.
        figure_words: Words of which a figure is made, with its digits: 百分之. Empty where an alternative of a key
            writes figures in digits alone.
        does_not_know: The first sentence of an answer says that it does not know. The dot matches line ends.
    """

    asks_figure: str = ""
    asks_else: str = ""
    joins_parts: str = ""
    denies: str = ""
    denies_premise: str = ""
    affirms: str = ""
    negates: str = ""
    figure_words: str = ""
    does_not_know: str = ""
