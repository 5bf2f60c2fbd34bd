"""Patterns and words of all languages at once, compiled when they are first used.

They are matched in one script (``language.script``): a pattern written in simplified characters finds traditional ones.
Offsets of a match are those of the text; its groups are in the one script, so that they can be looked up in tables. How
the text itself writes it: ``text[match.start() : match.end()]``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from functools import cached_property
from itertools import islice

from policybot.language.lexicon import Lexicon
from policybot.language.registry import lexicons
from policybot.language.script import fold_script, fold_source

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
        source = self._form.replace("{}", f"(?:{'|'.join(sources) or '(?!)'})")
        return re.compile(fold_source(source), self._flags)

    @property
    def source(self) -> str:
        """The union as a regular expression, for a larger one that is matched in folded texts."""
        return self.compiled.pattern

    def search(self, text: str) -> re.Match[str] | None:
        """As ``re.Pattern.search``."""
        return self.compiled.search(fold_script(text))

    def match(self, text: str, position: int = 0) -> re.Match[str] | None:
        """As ``re.Pattern.match``."""
        return self.compiled.match(fold_script(text), position)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As ``re.Pattern.fullmatch``."""
        return self.compiled.fullmatch(fold_script(text))

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As ``re.Pattern.finditer``."""
        return self.compiled.finditer(fold_script(text))

    def findall(self, text: str) -> list[str]:
        """What each match has matched, whole."""
        return [match.group() for match in self.finditer(text)]

    def sub(self, replacement: Replacement, text: str, count: int = 0) -> str:
        """As ``re.Pattern.sub``: what is not replaced stays as the text writes it."""
        folded = fold_script(text)
        if folded is text:
            return self.compiled.sub(replacement, text, count)
        pieces, end = [], 0
        for match in islice(self.compiled.finditer(folded), count or None):
            new = match.expand(replacement) if isinstance(replacement, str) else replacement(match)
            pieces += [text[end : match.start()], new]
            end = match.end()
        return "".join((*pieces, text[end:]))

    def split(self, text: str) -> list[str]:
        """The stretches of the text between the matches, as the text writes them."""
        pieces, end = [], 0
        for match in self.finditer(text):
            pieces.append(text[end : match.start()])
            end = match.end()
        return [*pieces, text[end:]]


class Vocabulary(Set[str]):
    """The words that any language has in a field."""

    def __init__(self, field: Callable[[Lexicon], Set[str]]) -> None:
        self._field = field

    @cached_property
    def words(self) -> frozenset[str]:
        """All of them, in the one script; for loops over many words."""
        return frozenset(fold_script(word) for lexicon in lexicons() for word in self._field(lexicon))

    @classmethod
    def _from_iterable(cls, iterable: object) -> frozenset[str]:  # type: ignore[override]  # what set operators return
        return frozenset(iterable)  # type: ignore[call-overload, no-any-return]

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and fold_script(word) in self.words

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
        sources = (self._field(lexicon) for lexicon in lexicons())
        return tuple(re.compile(fold_source(source), self._flags) for source in sources if source)

    def search(self, text: str) -> re.Match[str] | None:
        """The first language's match."""
        folded = fold_script(text)
        return next((match for pattern in self.compiled if (match := pattern.search(folded))), None)

    def match(self, text: str) -> re.Match[str] | None:
        """The first language's match at the text's beginning."""
        folded = fold_script(text)
        return next((match for pattern in self.compiled if (match := pattern.match(folded))), None)


def each(field: Callable[[Lexicon], str], *, flags: re.RegexFlag = re.IGNORECASE) -> ByLanguage:
    """The field's pattern of each language, tried one after the other: for patterns with named groups."""
    return ByLanguage(field, flags=flags)
