"""Topic of a lexicon: how texts state, deny, define, attribute, and say that they do not say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statements:
    """How texts put what they say. Fields are sources of regular expressions unless they say otherwise.

    What a sentence does:

    Attributes:
        defines: Says what something is: "is defined as", 是指.
        definition_of: Says so of a term, for which ``{name}`` stands in the source.
        denies: Rejects what somebody else states: "denied", "groundless".
        asserts: Verbs of stating, warning, estimating: what is put forward and not only reported. Matched with and
            without case.
        refers_back: Begins a sentence that tells about what the one before it names: "It", 该. Matched with case.

    Who says it:

    Attributes:
        source_named: A source that a sentence or a question names as its own, as the group ``who``: "according to the
            council".
        attributed: Patterns of a whole sentence that lends a view to somebody, as the groups ``who`` and ``what``;
            matched with case, the dot matching line ends. None in a language without capitals, which tell a name.
        publisher_label: A line at a text's head that names its publisher or source: "Source:", 来源：.
        published_label: Likewise when it was published: "Published:", 发布时间：.
        citation_word: A word in the brackets of a citation's marker: "[source: 3]".

    Saying that nothing is said. Four meanings, which one pattern cannot have:

    Attributes:
        lacks: A document says that a text lacks something: "the report gives no figures". Its subject must be a text.
        leaves_unexplained: A document says that a reason is not given.
        says_nothing: A sentence that is checked says that the documents do not say: "I cannot answer". Rejects it.
        found_nothing: A rejected sentence of a chat model says that it found nothing: so wide ("no … given") that it
            would reject what documents rightly deny.
        about_sources: A clause of a key, when answers are measured, is about sources instead of the subject: who says
            it, or that they do not explain.

    Replies:

    Attributes:
        yes: Set of first words of a reply that say yes, in lower case.
        no: Likewise no.
    """

    defines: str
    definition_of: str
    denies: str
    asserts: str
    refers_back: str
    source_named: str
    attributed: tuple[str, ...]
    publisher_label: str
    published_label: str
    citation_word: str
    lacks: str
    leaves_unexplained: str
    says_nothing: str
    found_nothing: str
    about_sources: str
    yes: frozenset[str]
    no: frozenset[str]
