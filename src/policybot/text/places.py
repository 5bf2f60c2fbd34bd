"""Finds the places and issuers that a text names: those that come with policybot, and the owner's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

from policybot.language import lexicons, phrases
from policybot.language.script import fold_script
from policybot.text.contrasts import NameSets, names_in, whole

FILE_NAME = "places.yaml"
"""The owner's own places and issuers, in the folder of the documents."""

Kind = Literal["place", "issuer"]
_KINDS: tuple[Kind, ...] = ("place", "issuer")
_SHORT = "short"
_PLAIN = re.compile(r"[\w' -]+")

_SHORT_END = phrases(lambda lexicon: lexicon.sources.short_end)
_SHORTS_END = phrases(lambda lexicon: lexicon.sources.shorts_end)


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place or an issuer at its place in a text.

    Attributes:
        kind: ``place`` or ``issuer``.
        name: Its name in ``places.yaml``.
        start: Offset of its first character.
        end: Offset behind its last one.
    """

    kind: Kind
    name: str
    start: int
    end: int


class Places:
    """The places and issuers that are known. Thread-safe.

    Args:
        owned: The owner's sets: one of a default set's name takes its place, an empty one leaves it out.
    """

    def __init__(self, owned: NameSets) -> None:
        self._sets = {**default_places(), **owned}

    def named(self, text: str) -> tuple[NamedPlace, ...]:
        """What a text names, in its order: "苏浙两省" -> Jiangsu and Zhejiang."""
        plain = plain_of(text)
        found = []
        for match in self._pattern.finditer(plain):
            kind, name = self._members[int((match.lastgroup or "_0")[1:])]
            if kind != "short":
                found.append(NamedPlace(kind, name, *match.span()))
                continue
            for at in range(*match.span()):
                for name in self._shorts.get(plain[at], ()):
                    found.append(NamedPlace("place", name, at, at + 1))
        return tuple(found)

    def called(self, place: NamedPlace, *, language: str) -> str:
        """What a language calls a place or an issuer: Jiangsu -> 江苏; empty where no name there is plain text."""
        words = self._sets[place.kind].get(place.name, {}).get(language, ())
        if place.name.lower() in words:
            return place.name
        return next(filter(_PLAIN.fullmatch, words), "")

    @cached_property
    def _members(self) -> tuple[tuple[Kind | Literal["short"], str], ...]:
        named = [(kind, name) for kind in _KINDS for name in self._sets.get(kind, {})]
        return (*named, ("short", "")) if self._shorts else tuple(named)

    @cached_property
    def _shorts(self) -> dict[str, tuple[str, ...]]:
        """Names of one character -> the places; characters of folded texts."""
        found: dict[str, tuple[str, ...]] = {}
        for name, words in self._sets.get(_SHORT, {}).items():
            for word in (each for of in words.values() for each in of):
                found[plain_of(word)] = (*found.get(plain_of(word), ()), name)
        return found

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """All names in one pattern, each member's in a group of its own; a name wins over what begins within it."""
        sources = [self._source(kind, name) for kind, name in self._members]
        return re.compile("|".join(f"(?P<_{i}>{source})" for i, source in enumerate(sources)) or "(?!)")

    def _source(self, kind: str, name: str) -> str:
        if kind == _SHORT:
            short = f"[{''.join(map(re.escape, self._shorts))}]"
            return f"{short}(?={_SHORT_END.source})|{short}{{2,}}(?={_SHORTS_END.source})"
        words = self._sets[kind][name]
        return "|".join(
            whole("|".join(words[each.code]), spaced=each.spaced) for each in lexicons() if words.get(each.code)
        )


def plain_of(text: str) -> str:
    """The text as names are looked for in it: lower case, one script; offsets stay."""
    folded = fold_script(text)
    lowered = folded.lower()
    return lowered if len(lowered) == len(folded) else folded


@cache
def default_places() -> NameSets:
    """The places and issuers that come with policybot: those of China."""
    return names_in(files("policybot.text").joinpath(FILE_NAME).read_text(encoding="utf-8"), FILE_NAME)
