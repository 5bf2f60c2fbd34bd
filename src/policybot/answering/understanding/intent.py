"""A question -> its intent: the kind of answer, the subject, and the comparands; pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from policybot.answering.understanding.comparands import REQUEST, TABLE, comparands
from policybot.domain import Wanted
from policybot.language import phrases
from policybot.text.tokens import content_tokens

_TIMELINE = phrases(lambda lexicon: lexicon.questions.timeline)
_SUMMARY = phrases(lambda lexicon: lexicon.questions.summary)
_COMPARES = phrases(lambda lexicon: lexicon.questions.compares)
_DEFINES = phrases(lambda lexicon: lexicon.questions.defines)
_ASKS_VALUE = phrases(lambda lexicon: lexicon.questions.asks_value)
_ASKS_NUMBER = phrases(lambda lexicon: lexicon.questions.asks_number)
_LISTS = phrases(lambda lexicon: lexicon.questions.lists)
_EVERYWHERE = phrases(lambda lexicon: lexicon.questions.everywhere)
_KIND_WORDS = phrases(lambda lexicon: lexicon.questions.kind_words)
_RECORDS = {
    "publisher": phrases(lambda lexicon: lexicon.questions.asks_publisher),
    "published": phrases(lambda lexicon: lexicon.questions.asks_published),
    "url": phrases(lambda lexicon: lexicon.questions.asks_url),
}
_THANKS = phrases(lambda lexicon: lexicon.questions.thanks, form=r"[,，]?\s*{}\W*$")
_EDGES = phrases(lambda lexicon: lexicon.questions.edge_words, form=r"^(?:\W|{})+|[\s?？。.!！,，;；:：]+$")
_EMPTY_ENDINGS = phrases(lambda lexicon: lexicon.questions.empty_endings, form="{}$")


@dataclass(frozen=True, slots=True)
class Intent:
    """The kind of answer that a question wants, and about what.

    Attributes:
        kind: The kind of answer.
        subject: The question without the words that ask for the kind; may be empty in a follow-up.
        comparands: One question for each comparand; empty for other kinds.
        labels: The name of each comparand in the answer, as many as ``comparands``.
        sources: Ids of the documents that each comparand is asked of, as many as ``comparands``; empty for those that
            its question names.
        table: Whether a table is asked for.
        everywhere: Whether the question is about all documents, rather than the best one.
        records: What it asks about a document's origin: fields of ``Metadata``.
        addressed: Whether it names a part of a document that is quoted whole: "Article 12".
    """

    kind: Wanted
    subject: str
    comparands: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    sources: tuple[frozenset[str], ...] = ()
    table: bool = False
    everywhere: bool = False
    records: tuple[str, ...] = ()
    addressed: bool = False


def classify_intent(question: str) -> Intent:
    """The intent of a question; a plain question wants a fact."""
    text = " ".join(question.split())
    table = bool(TABLE.search(text))
    everywhere = bool(_EVERYWHERE.search(text))
    bare = _bare(text)
    if records := _records(text):
        return Intent("fact", text, records=records)
    if _TIMELINE.search(text):
        return Intent("timeline", bare, table=table)
    if _SUMMARY.search(text):
        return Intent("summary", bare, everywhere=everywhere)
    if table or _COMPARES.search(text):
        sides = comparands(text)
        if sides:
            return Intent(
                "comparison", bare, tuple(part for part, _ in sides), tuple(name for _, name in sides), table=table
            )
    if table:
        return Intent("list", bare, table=True, everywhere=everywhere)
    if _DEFINES.search(text) and not _ASKS_VALUE.search(text):
        return Intent("definition", text)
    if _ASKS_NUMBER.search(text):
        return Intent("number", text)
    if everywhere or _LISTS.search(text):
        return Intent("list", bare if everywhere else text, everywhere=everywhere)
    return Intent("fact", text)


def _records(text: str) -> tuple[str, ...]:
    """What a question asks about a document's origin; a date alone is one that the text may tell better."""
    found = tuple(field for field, pattern in _RECORDS.items() if pattern.search(text))
    return () if found == ("published",) else found


def continued(now: Intent, before: str) -> Intent:
    """The intent of a follow-up; without a subject ("and as a table, please") it takes the previous question's."""
    if content_tokens(now.subject) or not before:
        return now
    earlier = classify_intent(before)
    if now.kind in ("list", "comparison") and earlier.comparands:
        return replace(earlier, table=now.table)
    return replace(now, subject=earlier.subject, everywhere=now.everywhere or earlier.everywhere)


def _bare(text: str) -> str:
    """The question without the words that ask for a kind: "Summarise the harbour plan" -> "the harbour plan"."""
    rest = _KIND_WORDS.sub(" ", REQUEST.sub(" ", text, count=1))
    rest = _EDGES.sub("", _THANKS.sub("", rest))
    return " ".join(_EMPTY_ENDINGS.sub("", rest).split())
