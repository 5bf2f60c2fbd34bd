"""Which provisions, annexes and classes a text refers to: Article 15(2) and 第十五条第二款 are one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from policybot.language import lexicons
from policybot.text.notation import in_one_notation
from policybot.text.numerals import chinese_number, numeral_characters

_INNER = re.compile(r"\(([0-9a-z]{1,4})\)")
_INNER_KINDS = ("paragraph", "item")
_ROMAN = {"I": 1, "V": 5, "X": 10}


class Reference(NamedTuple):
    """What is referred to, and its label: ``("article", "133-1")``, ``("class", "b")``."""

    kind: str
    label: str


@lru_cache(maxsize=4096)
def references(text: str) -> frozenset[Reference]:
    """Every reference of a text with a label, its parts one by one: Article 15(2) is article 15 and paragraph 2."""
    plain = in_one_notation(text)
    return frozenset(found for pattern in _labelled() for match in pattern.finditer(plain) for found in _read(match))


def reference_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where references stand in the text in one notation."""
    plain = in_one_notation(text)
    return tuple(match.span() for pattern in _labelled() for match in pattern.finditer(plain))


def _read(match: re.Match[str]) -> Iterator[Reference]:
    groups = match.groupdict()
    label = _label(groups["label"])
    if further := groups.get("further"):
        label = f"{label}-{_label(further)}"
    yield Reference(_kind(groups["kind"]), label)
    for kind, inner in zip(_INNER_KINDS, _INNER.findall(groups.get("inner") or ""), strict=False):
        yield Reference(kind, inner)


def _label(written: str) -> str:
    """A label in one writing: 三, III and 3 are ``3``; 甲 and A are ``a``."""
    if set(written) <= _ROMAN.keys() and written not in ("V", "X"):
        values = [_ROMAN[letter] for letter in written]
        return str(sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)))
    characters = numeral_characters()
    if set(written) <= {*characters.digits, *characters.powers}:
        return f"{chinese_number(written):.0f}"
    if written[-1].isdigit() and not written.isalnum():
        return re.sub(r"[^\w]+", "-", written)
    return _letters().get(written, written.lower())


@cache
def _letters() -> Mapping[str, str]:
    return {label: letter for lexicon in lexicons() for label, letter in lexicon.references.letters.items()}


def _kind(word: str) -> str:
    return next((kind for kind, pattern in _kinds() if pattern.fullmatch(word)), word.lower())


@cache
def _kinds() -> Sequence[tuple[str, re.Pattern[str]]]:
    return tuple(
        (kind, re.compile(source, re.IGNORECASE))
        for each in lexicons()
        for kind, source in each.references.kinds.items()
    )


@cache
def _labelled() -> Sequence[re.Pattern[str]]:
    return tuple(re.compile(source) for each in lexicons() for source in each.references.labelled)
