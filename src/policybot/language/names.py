"""Topic of a lexicon: how documents and other things are named."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """How documents and other things are named.

    Fields are sources of regular expressions unless they say otherwise, and matched with case where they say so: a part
    that ignores it says ``(?i:…)``. What a pattern catches as a name is its group ``x``; the nouns tell what of that is
    one.

    Attributes:
        document_nouns: Set of the nouns with which names of documents end, in lower case: "plan", 条例. A hyphen stands
            for a hyphen or a blank.
        things: Those of the nouns that mean a thing as much as a document: "the loan program".
        several: Part of a name that means several documents: a plural.
        asked: Patterns of where a question puts the name of the document that it asks; matched with case.
        in_passing: Likewise, where the name may be that of a thing: "in the loan program"; matched with case.
        cited: What a document is said to say, in front of the question; matched with case.
        leading: What stands in front of a name and is no part of it; empty where words in front are told by the
            title that they must have.
        before_date: What joins a date or an origin to a document's noun, with its blank: "of", "from the".
        of_origin: Those of them without which the noun is no name: "the report of the council".
        written_date: A date in a name, whose groups 1 and 2 are year and month; empty where its words are looked up as
            they stand.
        function_characters: Class of characters that stand apart from a name's words; empty in a spaced language.
        inner_words: Words within a name that are not capitalised: "of".
    """

    document_nouns: frozenset[str]
    things: str
    several: str
    asked: tuple[str, ...]
    in_passing: tuple[str, ...]
    cited: tuple[str, ...]
    leading: str
    before_date: str
    of_origin: str
    written_date: str
    function_characters: str
    inner_words: str
