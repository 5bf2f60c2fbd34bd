"""Removes greetings, thanks and sentences about the asker from a question; pure."""

from __future__ import annotations

import re

from policybot.answering.understanding.comparands import REQUEST
from policybot.language import phrases
from policybot.text.sentences import sentence_spans
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
    sentences = [part for start, end in sentence_spans(question) for part in _NEXT.split(question[start:end])]
    about = [sentence for sentence in sentences if is_about_asker(sentence)]
    rest = [sentence for sentence in sentences if sentence not in about]
    if about and content_tokens(" ".join(rest)) and not any(map(_depends_on_asker, rest)):
        for sentence in about:
            question = question.replace(sentence, " ", 1)
        question = _without_pleasantries(question.strip())
    return question if content_tokens(question) else text


def is_about_asker(sentence: str) -> bool:
    """Whether a sentence is a statement about the asker: "I am a student in Beijing."."""
    return bool(_ABOUT_ASKER.search(sentence)) and not _ASKS.search(sentence)


def _depends_on_asker(sentence: str) -> bool:
    asked = REQUEST.sub(" ", sentence, count=1)
    return bool(_SELF_REFERENCE.search(asked) or _REFERENCE.search(asked))


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
