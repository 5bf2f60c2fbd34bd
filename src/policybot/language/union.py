"""Patterns and words of all languages at once, compiled when they are first used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from functools import cached_property

from policybot.language.lexicon import Lexicon
from policybot.language.registry import lexicons

Replacement = str | Callable[[re.Match[str]], str]


class Phrases:
    """A pattern that matches what any language's pattern matches; at one place the first language's wins.

    It has the methods of a compiled pattern that are used here. Named groups would collide between languages: a
    pattern with groups is tried language by language, see ``each``.
    """

    def __init__(
        self, field: Callable[[Lexicon], str], *, flags: re.RegexFlag = re.IGNORECASE, form: str = "{}"
    ) -> None:
        self._field = field
        self._flags = flags
        self._form = form

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The union of all languages' patterns."""
        sources = [source for lexicon in lexicons() if (source := self._field(lexicon))]
        return re.compile(self._form.replace("{}", f"(?:{'|'.join(sources) or '(?!)'})"), self._flags)

    @property
    def source(self) -> str:
        """The union as a regular expression, for a larger one."""
        return self.compiled.pattern

    def search(self, text: str) -> re.Match[str] | None:
        """As ``re.Pattern.search``."""
        return self.compiled.search(text)

    def match(self, text: str, position: int = 0) -> re.Match[str] | None:
        """As ``re.Pattern.match``."""
        return self.compiled.match(text, position)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As ``re.Pattern.fullmatch``."""
        return self.compiled.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As ``re.Pattern.finditer``."""
        return self.compiled.finditer(text)

    def findall(self, text: str) -> list[str]:
        """What each match has matched, whole."""
        return [match.group() for match in self.compiled.finditer(text)]

    def sub(self, replacement: Replacement, text: str, count: int = 0) -> str:
        """As ``re.Pattern.sub``."""
        return self.compiled.sub(replacement, text, count)

    def split(self, text: str) -> list[str]:
        """As ``re.Pattern.split``."""
        return list(self.compiled.split(text))


class Vocabulary(Set[str]):
    """The words that any language has in a field."""

    def __init__(self, field: Callable[[Lexicon], Set[str]]) -> None:
        self._field = field

    @cached_property
    def words(self) -> frozenset[str]:
        """All of them; for loops over many words."""
        return frozenset().union(*(self._field(lexicon) for lexicon in lexicons()))

    @classmethod
    def _from_iterable(cls, iterable: object) -> frozenset[str]:  # type: ignore[override]  # what set operators return
        return frozenset(iterable)  # type: ignore[call-overload, no-any-return]

    def __contains__(self, word: object) -> bool:
        return word in self.words

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)


def phrases(field: Callable[[Lexicon], str], *, flags: re.RegexFlag = re.IGNORECASE, form: str = "{}") -> Phrases:
    """The pattern that matches what the field of any language matches.

    Args:
        field: Picks the regular expression's source out of a lexicon, ``lambda lexicon: lexicon.questions.timeline``;
            an empty one matches nothing.
        form: What stands around it, with ``{}`` for the union: ``r"^{}$"``.
    """
    return Phrases(field, flags=flags, form=form)


def vocabulary(field: Callable[[Lexicon], Set[str]]) -> Vocabulary:
    """The words that any language has in a field."""
    return Vocabulary(field)


class ByLanguage:
    """One pattern per language, tried in order: for patterns with named groups."""

    def __init__(self, field: Callable[[Lexicon], str], *, flags: re.RegexFlag = re.IGNORECASE) -> None:
        self._field = field
        self._flags = flags

    @cached_property
    def compiled(self) -> tuple[re.Pattern[str], ...]:
        """The languages' patterns."""
        return tuple(re.compile(source, self._flags) for lexicon in lexicons() if (source := self._field(lexicon)))

    def search(self, text: str) -> re.Match[str] | None:
        """The first language's match."""
        return next((match for pattern in self.compiled if (match := pattern.search(text))), None)

    def match(self, text: str) -> re.Match[str] | None:
        """The first language's match at the text's beginning."""
        return next((match for pattern in self.compiled if (match := pattern.match(text))), None)


def each(field: Callable[[Lexicon], str], *, flags: re.RegexFlag = re.IGNORECASE) -> ByLanguage:
    """The field's pattern of each language, tried one after the other: for patterns with named groups."""
    return ByLanguage(field, flags=flags)
