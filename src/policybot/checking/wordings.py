"""The words of a text apart from its figures and dates, which are compared by what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial

from policybot.language import Lexicon, phrases
from policybot.text.figures import Figure, StatedDate, stated
from policybot.text.notation import in_one_notation
from policybot.text.tokens import CJK, content_tokens

MASKS = "\ue000-\uf8ff"
"""Characters for private use, in a pattern: one stands for an amount where two texts are aligned."""

_FIRST_MASK, _MASK_COUNT = 0xE000, 6400

_GAP = "\ue000"
_NO_BLANK = re.compile(rf"(?<=[{CJK}%\d]) (?=[{CJK}])|(?<=[{CJK}]) (?=\d)")
_AMOUNT = rf"(?P<amount>[{MASKS}])"
_BEFORE = phrases(
    lambda lexicon: _any_of(
        lexicon.bounds.about_before,
        lexicon.bounds.at_least_before,
        lexicon.bounds.at_most_before,
        lexicon.bounds.above_before,
        lexicon.bounds.below_before,
        lexicon.bounds.hedge,
    )
)
_BEHIND = phrases(
    lambda lexicon: _any_of(
        lexicon.bounds.about_behind,
        lexicon.bounds.at_least_behind,
        lexicon.bounds.at_most_behind,
        lexicon.bounds.above_behind,
        lexicon.bounds.below_behind,
    )
)


def _any_of(*sources: str) -> str:
    return "|".join(f"(?:{source})" for source in sources if source)


@cache
def _bounded() -> re.Pattern[str]:
    """An amount with the words of its bounds around it."""
    return re.compile(rf"(?:{_BEFORE.source})?\s*{_AMOUNT}\s*(?:{_BEHIND.source})?", re.IGNORECASE)


def _direction(name: str, lexicon: Lexicon) -> str:
    return lexicon.contrasts.sets.get("direction", {}).get(name, "")


_DIRECTIONS = {name: phrases(partial(_direction, name), form=r"(?<![a-z]){}(?![a-z])") for name in ("up", "down")}
"""Rose, grew and gained are one word here: the direction is compared on its own."""

Amounts = dict[str, Figure | StatedDate]


@lru_cache(maxsize=4096)
def tokens_without_amounts(text: str) -> frozenset[str]:
    """The content tokens of a text, its figures and dates left out."""
    left = _bounded().sub(" ", "".join(_pieces(text, lambda amount: _GAP)))
    for direction, pattern in _DIRECTIONS.items():
        left = pattern.sub(f" {direction}wards ", left)
    return frozenset(content_tokens(left))


@lru_cache(maxsize=4096)
def masked(text: str) -> tuple[str, Amounts]:
    """The text in one notation with a character in place of each amount, equal ones alike, and what each stands for.

    "3 ferries" and "three ferries" are one text then, and 20亿千瓦时 is one word.
    """
    amounts: Amounts = {}

    def mask(amount: Figure | StatedDate) -> str:
        value = (amount.value,) if isinstance(amount, Figure) else amount.date
        character = chr(_FIRST_MASK + hash((isinstance(amount, Figure), *value)) % _MASK_COUNT)
        amounts[character] = amount
        return f" {character} "

    # How an amount is meant is compared on its own, too.
    return _bounded().sub(_bare, "".join(_pieces(text, mask))), amounts


def _bare(match: re.Match[str]) -> str:
    return f" {match['amount']} "


def unmasked(text: str, amounts: Amounts) -> str:
    """The masked text with the amounts in it again."""
    for character, amount in amounts.items():
        text = text.replace(character, amount.text)
    return _NO_BLANK.sub("", re.sub(" {2,}", " ", text))


def _pieces(text: str, replaced: Callable[[Figure | StatedDate], str]) -> Iterator[str]:
    plain = in_one_notation(text)
    if len(plain.lower()) != len(plain):
        plain = plain.lower()  # the offsets are those of the folded text
    at = 0
    read = stated(text)
    amounts: list[Figure | StatedDate] = [*read.figures, *read.dates]
    for amount in sorted(amounts, key=lambda each: each.start):
        if amount.start < at:
            continue
        yield plain[at : amount.start]
        yield replaced(amount)
        at = amount.end
    yield plain[at:]
