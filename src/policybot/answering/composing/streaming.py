"""A chat model's stream of words -> sentences, cut at semicolons, each as soon as it is complete."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policybot.text.sentences import clause_spans

_MARKUP = re.compile(r"\*\*|__|`+|^#{1,6}\s+", re.MULTILINE)


def stream_sentences(pieces: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Cut a stream into (lead, sentence): the white space or list mark before a sentence, and the sentence.

    They are clauses of ``text.sentences``, so that each is checked on its own. One is passed on once the next one has
    begun, since only then it is sure to have ended.
    """
    text = ""
    first = True
    for piece in pieces:
        text += piece
        spans = clause_spans(text)
        while len(spans) > 1:
            start, end = spans[0]
            yield _lead(text[:start], first=first), _clean(text[start:end])
            first = False
            text = text[end:]
            spans = clause_spans(text)
    for start, end in clause_spans(text):
        yield _lead(text[:start], first=first), _clean(text[start:end])
        first = False


def _lead(between: str, *, first: bool) -> str:
    """The separator before a sentence: nothing, a blank, or a line end."""
    if first:
        return ""
    return "\n" if "\n" in between else " " if between else ""


def _clean(sentence: str) -> str:
    """The sentence without emphasis, code and heading marks: an answer is plain text."""
    return _MARKUP.sub("", sentence).strip()
