"""Topic of a lexicon: how questions are put."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Questions:
    """How questions are put.

    Fields are sources of regular expressions unless they say otherwise; an empty one matches nothing.

    What kind of answer is wanted:

    Attributes:
        timeline: Asks for what happened in the order of time: "a timeline of the reform".
        summary: Asks for the main points of a document or a subject: "sum up the plan".
        compares: Asks for what two or more things have in common or apart: "how do A and B differ".
        table: Asks for a table: "as a table"; also cut out of a question.
        defines: Asks for the meaning of a term: "what is meant by A".
        asks_value: Ends a short "What is the …?" that asks for a value, not for a meaning: "deadline".
        asks_number: Asks for a figure: "how many", "what share".
        asks_publisher: Asks who published a document: "which paper is the report taken from".
        asks_published: Asks when a document was published: "its publication date".
        asks_url: Asks for a document's address: "the link to".
        lists: Asks for several things: "which ports", "name the rules".
        everywhere: Asks all documents: "which documents", "across the reports".
        whether: Begins or is part of a question whether something is so, or who disagrees on it.
        yes_or_no: Likewise, but only a question that "yes" or "no" answers.
        why: Asks for a reason.
        question_word: Any word that makes a sentence a question.

    What a question is about, less the words that ask:

    Attributes:
        kind_words: Words that ask for a kind of answer, cut out of a question: "a timeline of", "compare".
        request: How a request begins, cut off its front: "could you please give me a short". Not empty itself.
        thanks: A courtesy at the end, after which nothing comes.
        edge_words: Words left at the front of a subject when the request is cut off: "of", "about".
        empty_endings: Nouns left at a subject's end that say nothing: 的内容.
        term: The term whose meaning is asked, as its group.
        definition_words: Set of words that ask for a meaning and are not part of the term.
        generic_words: Set of words with which one asks about a text or refers to it: "mention", "document".
        refers_back: Points at what was said before in the conversation: "it", "what about".

    What a question compares. A language that has ``comparands`` names both in one pattern; one that has ``and_between``
    is split at it:

    Attributes:
        comparands: Two things compared, as pairs of named groups that begin with ``a`` and ``b``: ``a``, ``b``; ``a2``,
            ``b2``. A comma may stand between more than two of them.
        loose_comparands: Set of the names of the first groups that may begin too early.
        before_comparand: What may stand in front of a thing that such a group has caught: "between".
        after_comparand: Where the second thing ends: "on", "differ".
        and_word: "And", between things behind a comma.
        possessive: What ends a possessor: "'s".
        article: An article with the blank behind it.
        and_between: "And" and its like, between compared things.
        before_comparands: What stands in front of the first thing.
        after_comparands: What is asked of all of them, up to the end.
        comparing_words: Words that compare, cut out of the question that is put to one of the things.
        between_years: Joins one year to another: "and", "to".
        before_year: Likewise, left in front of a year when the other one is cut out.
        after_year: Likewise, left behind a year.
        year_mark: What is written behind the figures of a year: 年.

    What a question takes for granted:

    Attributes:
        given: A premise in front of the question, as the group ``claim``: "Since ferries are free, …?"
        shown: A claim that a source is asked for, as the group ``claim``: "a source saying that ferries are free".
        why_claim: A question why, whose groups ``before``, ``auxiliary``, ``negated`` and ``rest`` (those that the
            language needs) make the statement that it takes for granted.
        bare_auxiliaries: Set of the auxiliaries that a statement does without: "did".
        negation: Word that the statement has for ``negated``.
    """

    timeline: str
    summary: str
    compares: str
    table: str
    defines: str
    asks_value: str
    asks_number: str
    asks_publisher: str
    asks_published: str
    asks_url: str
    lists: str
    everywhere: str
    whether: str
    yes_or_no: str
    why: str
    question_word: str
    kind_words: str
    request: str
    thanks: str
    edge_words: str
    empty_endings: str
    term: str
    definition_words: frozenset[str]
    generic_words: frozenset[str]
    refers_back: str
    comparands: str
    loose_comparands: frozenset[str]
    before_comparand: str
    after_comparand: str
    and_word: str
    possessive: str
    article: str
    and_between: str
    before_comparands: str
    after_comparands: str
    comparing_words: str
    between_years: str
    before_year: str
    after_year: str
    year_mark: str
    given: str
    shown: str
    why_claim: str
    bare_auxiliaries: frozenset[str]
    negation: str
