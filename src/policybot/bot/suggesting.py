"""Suggests questions from titles and headings of the indexed documents; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from policybot.calibration import ANSWERS_FROM
from policybot.domain import Answer, Hit
from policybot.language import lexicon
from policybot.text.tokens import content_tokens, token_count

_LONGEST = 32
"""Estimated tokens of title and heading together; longer questions fill more than two lines on a phone."""

_ENOUGH = 2
"""Content words beyond the title's that make a heading specific enough; among such headings shorter questions win."""

_TRIED = 5
"""Most questions that are searched to offer some of them: a search takes 0.1 to 0.4 s."""


class Heading(NamedTuple):
    """A heading of a document."""

    document_id: str
    title: str
    language: str
    text: str


def example_questions(headings: Iterable[Heading], limit: int) -> tuple[str, ...]:
    """Up to ``limit`` questions that the documents answer, one for each document, languages taking turns.

    The most specific heading of a document has the most content words that its title lacks. Questions about documents
    in a language without a lexicon are in English.
    """
    best: dict[str, tuple[int, int, Heading]] = {}
    for heading in headings:
        size = token_count(heading.title) + token_count(heading.text)
        new = len(set(content_tokens(heading.text)) - set(content_tokens(heading.title)))
        candidate = (-min(new, _ENOUGH), size, heading)
        if new and size <= _LONGEST and candidate < best.get(heading.document_id, (1, 0, heading)):
            best[heading.document_id] = candidate
    chosen = [heading for _, _, heading in sorted(best.values())]
    by_language = [[h for h in chosen if h.language == code] for code in sorted({h.language for h in chosen})]
    turns = [heading for turn in zip_longest(*by_language) for heading in turn if heading is not None]
    return tuple(_question(heading) for heading in turns[:limit])


def further_questions(hits: Iterable[Hit], answer: Answer) -> tuple[str, ...]:
    """Follow-up questions to an answer, about the sections of its hits.

    One for each heading of the hits in the language of the answer: first those of cited documents, then of others, in
    the order of the hits. Sections that the answer cites and the question itself are left out.
    """
    documents = {citation.document_id for citation in answer.citations}
    hits = sorted(hits, key=lambda hit: (hit.passage.document_id not in documents, hit.rank))
    cited = {(citation.document_id, citation.section) for citation in answer.citations}
    questions: dict[str, None] = {}
    for hit in hits:
        passage = hit.passage
        if (
            passage.language != answer.language
            or not passage.section
            or (passage.document_id, " > ".join(passage.section)) in cited
        ):
            continue
        text = passage.section[-1]
        size = token_count(passage.title) + token_count(text)
        if size <= _LONGEST and set(content_tokens(text)) - set(content_tokens(passage.title)):
            questions[_question(Heading(passage.document_id, passage.title, passage.language, text))] = None
    return tuple(question for question in questions if question != answer.question)


def answerable_questions(answer: Answer, search: Callable[[str], Sequence[Hit]], limit: int) -> tuple[str, ...]:
    """Up to ``limit`` of the follow-up questions to an answer: those that the documents answer.

    Args:
        search: Finds the best passage for a question.
    """
    found: list[str] = []
    for question in further_questions(answer.hits, answer)[:_TRIED]:
        hits = search(question)
        if hits and hits[0].relevance >= ANSWERS_FROM:
            found.append(question)
        if len(found) == limit:
            break
    return tuple(found)


def _question(heading: Heading) -> str:
    messages = lexicon(heading.language).messages
    title = heading.title
    for mark, instead in messages.nested_quotes.items():
        title = title.replace(mark, instead)
    return messages.section_question.format(title=title, heading=heading.text)
