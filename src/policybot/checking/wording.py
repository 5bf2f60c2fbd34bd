"""Detects the function words that decide what a sentence claims: negation, modality, quantifiers."""

from __future__ import annotations

import re
from functools import cache, partial

from policybot.language import lexicons, phrases
from policybot.language.claims import Claims

_NEGATION = phrases(lambda lexicon: lexicon.claims.negation)
_NEGATIVE = phrases(lambda lexicon: lexicon.claims.negative)

_CLASSES = {
    "done": phrases(lambda lexicon: lexicon.claims.done, flags=re.NOFLAG),
    "planned": phrases(lambda lexicon: lexicon.claims.planned, flags=re.NOFLAG),
    "expected": phrases(lambda lexicon: lexicon.claims.expected, flags=re.NOFLAG),
    "advised": phrases(lambda lexicon: lexicon.claims.advised, flags=re.NOFLAG),
    "owed": phrases(lambda lexicon: lexicon.claims.owed, flags=re.NOFLAG),
    "possible": phrases(lambda lexicon: lexicon.claims.possible, flags=re.NOFLAG),
    "able": phrases(lambda lexicon: lexicon.claims.able, flags=re.NOFLAG),
    "all": phrases(lambda lexicon: lexicon.claims.all, flags=re.NOFLAG),
    "most": phrases(lambda lexicon: lexicon.claims.most, flags=re.NOFLAG),
    "some": phrases(lambda lexicon: lexicon.claims.some, flags=re.NOFLAG),
    "many": phrases(lambda lexicon: lexicon.claims.many, flags=re.NOFLAG),
    "only": phrases(lambda lexicon: lexicon.claims.only, flags=re.NOFLAG),
}

Claimed = frozenset[str]
"""Names of the classes whose words a text holds: done, planned, expected, advised, owed, possible, able, all, most,
some, many, only."""


def negations(text: str) -> int:
    """The number of negations in the text; "not only" and "no. 5" are none."""
    return sum(1 for _ in _NEGATION.finditer(_spelled_out(text)))


def without_negation(text: str) -> str:
    """The text without its negations: "The fee is not paid" -> "The fee is paid"."""
    return " ".join(_NEGATION.sub("", _spelled_out(text)).split()) if negations(text) else text


def negatives(text: str) -> int:
    """The number of negations and negative words in the text: "refuses", "lacks", "wrong", 避免."""
    return negations(text) + sum(1 for _ in _NEGATIVE.finditer(text))


def claims(text: str) -> Claimed:
    """The claim classes of the text: "All ferries may stop" -> {"all", "possible"}."""
    plain = _spelled_out(text)
    return frozenset(name for name, pattern in _CLASSES.items() if pattern.search(plain))


def permitted(claimed: Claimed) -> Claimed:
    """The classes, with what can be done as what may: "can apply" and "may apply" are one."""
    return frozenset("possible" if name == "able" else name for name in claimed)


@cache
def _contractions() -> tuple[tuple[re.Pattern[str], Claims], ...]:
    """For each language that contracts its negation, the pattern and its words."""
    words = (lexicon.claims for lexicon in lexicons())
    return tuple((re.compile(each.contraction), each) for each in words if each.contraction)


def _spelled_out(text: str) -> str:
    """The text with negations in full: "won't" -> "will not"."""
    for contraction, words in _contractions():
        text = contraction.sub(partial(_in_full, words), text)
    return text


def _in_full(words: Claims, match: re.Match[str]) -> str:
    return f"{words.contracted.get(match[1].lower(), match[1])} {words.full_negation}"
