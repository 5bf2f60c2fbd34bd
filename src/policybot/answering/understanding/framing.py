"""Removes greetings, thanks and sentences about the asker from a question; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policybot.answering.understanding.comparands import REQUEST
from policybot.language import phrases
from policybot.text.sentences import clause_spans
from policybot.text.tokens import CJK, content_tokens

_END = r"[\s,.!;:…，。！；：、~～—–-]"
_IN_FRONT = phrases(lambda lexicon: lexicon.framing.pleasantry, form=rf"^\W*{{}}(?:{_END}+|$)")
_BEHIND = phrases(
    lambda lexicon: lexicon.framing.pleasantry, form=rf"(?:^|(?<=[.!?。！？…\n,，;；])){_END}*{{}}{_END}*$"
)
_POLITE = phrases(lambda lexicon: lexicon.framing.polite, form=rf"^\W*{{}}{_END}*")
_THANKS_BEHIND = phrases(lambda lexicon: lexicon.framing.thanks, form=rf"(?:(?<=\s)|(?<=[{CJK}])){{}}{_END}*$")
_ABOUT_ASKER = phrases(lambda lexicon: lexicon.framing.about_asker)
_SELF_REFERENCE = phrases(lambda lexicon: lexicon.framing.self_reference)
_REFERENCE = phrases(lambda lexicon: lexicon.framing.reference)
_NEXT = re.compile(rf"(?<=\w\w[.!])\s+|(?<=[。！？])\s*|(?:(?<=[?!])|(?<=\w\w\.))(?=[{CJK}])")
"""A sentence boundary, also before lower case; an abbreviation of single letters ends no sentence."""
_ASKS = re.compile(r"[?？]\W*$")


def core_question(text: str) -> str:
    """The question without greetings, thanks, and sentences about the asker that it does not depend on.

    "Good morning. I am a student in Beijing. What is the growth target?" -> "What is the growth target?". A question
    depends on them when it mentions the asker ("Can I apply?") or refers back ("Is that enough?"). The text is returned
    unchanged when nothing would be left.
    """
    question = _without_pleasantries(text)
    if not _depends_on_asker(_sentences(question)):
        question = _without_pleasantries(without_asker(question))
    return question if content_tokens(question) else text


def without_asker(text: str) -> str:
    """The text without its statements about the asker, whether the question depends on them or not.

    The text is returned unchanged when nothing would be left.
    """
    rest = text
    for sentence in filter(_is_about_asker, _sentences(text)):
        rest = rest.replace(sentence, " ", 1)
    return rest.strip() if content_tokens(rest) else text


def _sentences(text: str) -> list[str]:
    parts = [part for start, end in clause_spans(text) for part in _NEXT.split(text[start:end])]
    return [part for part in parts if part.strip()]


def _is_about_asker(sentence: str) -> bool:
    """Whether a sentence is a statement about the asker: "I am a student in Beijing."."""
    return bool(_ABOUT_ASKER.search(sentence)) and not _ASKS.search(sentence)


def _depends_on_asker(sentences: Sequence[str]) -> bool:
    """Whether one that asks mentions the asker, or refers back right behind a statement about the asker."""
    asked = [(i, REQUEST.sub(" ", each, count=1)) for i, each in enumerate(sentences) if not _is_about_asker(each)]
    return any(
        _SELF_REFERENCE.search(text) or (i > 0 and _is_about_asker(sentences[i - 1]) and _REFERENCE.search(text))
        for i, text in asked
    )


def _without_pleasantries(text: str) -> str:
    """The text without greetings, polite requests and thanks at either end."""
    while True:
        shorter = text
        for pattern in (_IN_FRONT, _POLITE, _BEHIND, _THANKS_BEHIND):
            rest = pattern.sub("", shorter, count=1).strip()
            shorter = rest if content_tokens(rest) else shorter
        if shorter == text:
            return text
        text = shorter
