"""The words that join and except: "or" is not "and", "unless" is not "if"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policybot.calibration import SAME_CLAUSE_FROM
from policybot.checking.difference import Difference
from policybot.language import phrases
from policybot.text.tokens import content_tokens

_EXCEPTION = phrases(lambda lexicon: lexicon.claims.exception)
_CONDITION = phrases(lambda lexicon: lexicon.claims.condition)
_EITHER = phrases(lambda lexicon: lexicon.claims.either)
_BOTH = phrases(lambda lexicon: lexicon.claims.both)
_CLAUSE = re.compile(r"[;；。]|(?<=\D)[.](?=\s|$)")


def otherwise_joined(sentence: str, text: str, *, same_language: bool) -> Iterator[Difference]:
    """Exceptions gained or lost, and a choice told as what belongs together.

    Args:
        text: What the evidence says.
    """
    yield from _exceptions(sentence, text, same_language=same_language)
    yield from _conditions(sentence, text)
    yield from _choices(sentence, text)


def joins(sentence: str) -> bool:
    """Whether the sentence has a word that joins or excepts."""
    return any(pattern.search(sentence) for pattern in (_EXCEPTION, _EITHER, _BOTH))


def _exceptions(sentence: str, text: str, *, same_language: bool) -> Iterator[Difference]:
    """What is excepted: "All vehicles except ambulances pay" -> "All vehicles pay"."""
    said, there = _EXCEPTION.search(sentence), _EXCEPTION.search(text)
    if said and not there:
        yield Difference(f"it excepts something ({said.group()}), the evidence does not", "logic", fatal=False)
    elif there and not said and (not same_language or _retells(sentence, text, there.start())):
        yield Difference(f"it leaves out what the evidence excepts ({there.group()})", "logic", fatal=False)


def _conditions(sentence: str, text: str) -> Iterator[Difference]:
    """What depends on something told without it: "If the ship is late, a fee is due" -> "A fee is due"."""
    there = _CONDITION.search(text)
    if there and not _CONDITION.search(sentence) and _retells(sentence, text, there.start()):
        yield Difference(f"it leaves out the condition of the evidence ({there.group()})", "logic", fatal=False)


def _retells(sentence: str, text: str, at: int) -> bool:
    """Whether the sentence retells the clause of the text around an offset."""
    begin = max((m.end() for m in _CLAUSE.finditer(text, 0, at)), default=0)
    end = next((m.start() for m in _CLAUSE.finditer(text, at)), len(text))
    words, said = set(content_tokens(text[begin:end])), set(content_tokens(sentence))
    return len(words & said) >= SAME_CLAUSE_FROM * min(len(words), len(said))


def _choices(sentence: str, text: str) -> Iterator[Difference]:
    """What one may choose from: "a fine or detention" -> "a fine and detention"."""
    mine, its = (
        (len(_EITHER.findall(sentence)), len(_BOTH.findall(sentence))),
        (
            len(_EITHER.findall(text)),
            len(_BOTH.findall(text)),
        ),
    )
    if mine[0] < its[0] and mine[1] > its[1]:
        yield Difference("it says and where the evidence says or", "logic", fatal=True)
    elif mine[0] > its[0] and mine[1] < its[1]:
        yield Difference("it says or where the evidence says and", "logic", fatal=False)
