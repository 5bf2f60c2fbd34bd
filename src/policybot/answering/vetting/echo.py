"""Detects words echoed from the question that no source says, and sentences in two languages; pure.

A small chat model answers a near miss by putting the nearest figure into the question's own words: asked how many
people an industry employs, it writes that it "employs" the number of firms in the evidence. Word overlap with the
evidence is high then; only the words taken from the question give it away. Of 57 sentences that the embedded model
wrote for the policy set and that passed the check, 7 are rejected for that, all wrong; 4 for two languages, 3 of them
wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from policybot.calibration import MIXED_WORDS
from policybot.domain import Evidence
from policybot.language import codes, lexicon
from policybot.searching import Query
from policybot.searching.listing import render_row
from policybot.searching.sentences import with_context
from policybot.text.sentences import sentence_spans
from policybot.text.tokens import CJK, content_tokens

_LATIN_WORD = re.compile(r"(?<![A-Za-z])[a-z]{3,}(?![A-Za-z])")
_HAN = re.compile(rf"[{CJK}]+")


def ungrounded_terms(sentence: str, query: Query, sources: Sequence[Evidence]) -> tuple[str, ...]:
    """Tokens that the sentence shares with the question and with none of its sources.

    Checked only for sources in the sentence's language, and not for Chinese: bigrams across a change of word order are
    not words, and words of two languages cannot be compared.

    Args:
        sources: The evidence that supports the sentence; each counts with the whole sentence it was cut from, the
            lead-in of its list or table, its headings, title, publisher and date.
    """
    language = query.language
    if language != query.answer_language or language not in codes() or not lexicon(language).spaced:
        return ()
    if any(e.hit.passage.language != language for e in sources):
        return ()
    asked = set(content_tokens(f"{query.text} {query.context}"))
    said = set(content_tokens(" ".join(_around(e) for e in sources)))
    return tuple(sorted(set(content_tokens(sentence)) & asked - said - _generic_tokens(language)))


def in_two_languages(sentence: str, query: Query, *, least: int = MIXED_WORDS) -> bool:
    """Whether a sentence mixes its language with another one, except in names.

    Words of the question in that language may be repeated, unless the answer is wanted in another language than the
    question's: then they should have been translated.

    Args:
        least: Fewest lower-case English words that make a Chinese sentence one in two languages.
    """
    asked = query.text if query.language == query.answer_language else ""
    if query.answer_language not in codes():
        return False
    if not lexicon(query.answer_language).spaced:
        own = set(_LATIN_WORD.findall(asked))
        return len([word for word in _LATIN_WORD.findall(sentence) if word not in own]) >= least
    bare = re.sub(r"[(（《“\"「][^)）》”\"」]*[)）》”\"」]", "", sentence)
    return any(run not in asked for run in _HAN.findall(bare))


@cache
def _generic_tokens(language: str) -> frozenset[str]:
    """Tokens of words that an answer may repeat from the question although no source says them."""
    return frozenset(token for word in lexicon(language).questions.generic_words for token in content_tokens(word))


def _around(evidence: Evidence) -> str:
    passage, metadata = evidence.hit.passage, evidence.hit.metadata
    at = evidence.start - passage.start
    start, end = next(((a, b) for a, b in sentence_spans(passage.text) if a <= at < b), (at, at + len(evidence.text)))
    whole = replace(evidence, text=passage.text[start:end], start=passage.start + start, end=passage.start + end)
    above = passage.text[:start].rsplit("\n\n", 2)[-2:-1] if render_row(whole) is not None else []
    return " ".join(
        (with_context(whole), *above, passage.heading, metadata.publisher, metadata.published, metadata.summary_of)
    )
