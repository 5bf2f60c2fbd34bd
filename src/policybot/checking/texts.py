"""A text by itself as evidence, for whoever has a sentence and something to hold it against."""

from __future__ import annotations

from policybot.domain import Evidence, Hit, Metadata, Passage
from policybot.searching.sentences import sentences_of
from policybot.text.detecting import detect_language


def evidence_in(text: str, *, title: str = "", published: str = "", name: str = "") -> tuple[Evidence, ...]:
    """The sentences of a text, each in its context: the text's title, and the lists and tables around it.

    Args:
        title: What the text is called; its words and dates count for every sentence.
        published: ISO date of the text; a sentence that names no year is of its year.
        name: Of the document that it is from.
    """
    passage = Passage(
        id="",
        document_id=name,
        document=name,
        title=title,
        text=text,
        start=0,
        end=len(text),
        section=(),
        page=None,
        language=detect_language(text),
        ordinal=0,
    )
    return tuple(sentences_of(Hit(passage, Metadata(title=title, published=published), "", 1, 1.0, 1.0)))
