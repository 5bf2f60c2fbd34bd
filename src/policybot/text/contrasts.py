"""Words that exclude one another: those of the languages, and names that the owner of the documents lists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path

import yaml

from policybot.errors import ReadingError
from policybot.language import codes, lexicons
from policybot.language.contrasts import LOOSE, NAMES
from policybot.text.quantities import folded

FILE_NAME = "contrasts.yaml"
"""The owner's own sets of names, in the folder of the documents."""

NameSets = Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]]
"""Name of a set -> name of a member -> language -> its words, each a word or a regular expression."""

_WORDS_REMEMBERED = 4096
"""Texts whose members are kept: those of an answer and of its evidence."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a set of words that exclude one another.

    Attributes:
        group: Name of the set: ``trade``.
        name: Name of the member: ``exports``.
        is_name: Whether it is a country, a place, a body or an office.
    """

    group: str
    name: str
    is_name: bool = False

    @property
    def loose(self) -> bool:
        """Whether a free retelling may name another member of the set than its source."""
        return not self.is_name and self.group in LOOSE


class Contrasts:
    """Looks up which words of the sets a text holds. Thread-safe.

    Args:
        owned: The owner's sets: one of a default set's name takes its place, an empty one leaves it out.
    """

    def __init__(self, owned: NameSets) -> None:
        self._names = {**default_names(), **owned}
        self._placed = lru_cache(maxsize=_WORDS_REMEMBERED)(self._find)

    def placed_members(self, text: str) -> tuple[tuple[Member, int, int], ...]:
        """The members that a text names, with their offsets in the folded text, in its order."""
        return self._placed(text)

    def members(self, text: str) -> frozenset[Member]:
        """The members that a text names."""
        return frozenset(member for member, _, _ in self.placed_members(text))

    def _find(self, text: str) -> tuple[tuple[Member, int, int], ...]:
        plain = folded(text)
        patterns = self._in_ascii if plain.isascii() else self._in_any
        found = [(member, *match.span()) for member, pattern in patterns.items() for match in pattern.finditer(plain)]
        return tuple(sorted(found, key=lambda placed: (placed[1], placed[2])))

    @cached_property
    def _in_any(self) -> Mapping[Member, re.Pattern[str]]:
        return {member: re.compile("|".join(sources)) for member, sources in self._sources.items() if sources}

    @cached_property
    def _in_ascii(self) -> Mapping[Member, re.Pattern[str]]:
        """Without the sources that match nothing in an ASCII text: half of the time of an English one."""
        matching = {
            member: [source for source in sources if re.search(r"[a-z\d]", source)]
            for member, sources in self._sources.items()
        }
        return {member: re.compile("|".join(sources)) for member, sources in matching.items() if sources}

    @cached_property
    def _sources(self) -> Mapping[Member, list[str]]:
        sources: dict[Member, list[str]] = {}
        for lexicon in lexicons():
            for group, members in lexicon.contrasts.sets.items():
                for name, source in members.items():
                    member = Member(group, name, is_name=group in NAMES)
                    sources.setdefault(member, []).append(whole(source, spaced=lexicon.spaced))
        for group, named in self._names.items():
            for name, words in named.items():
                sources[Member(group, name, is_name=True)] = [
                    whole("|".join(words[lexicon.code]), spaced=lexicon.spaced)
                    for lexicon in lexicons()
                    if words.get(lexicon.code)
                ]
        return sources


def whole(source: str, *, spaced: bool) -> str:
    """The pattern, of whole words in a language that separates them by blanks."""
    return rf"(?<![a-z])(?:{source})(?![a-z])" if spaced else f"(?:{source})"


@cache
def default_names() -> NameSets:
    """The sets of names that come with policybot: countries, provinces and bodies of Chinese policy."""
    return names_in(files("policybot.text").joinpath(FILE_NAME).read_text(encoding="utf-8"), FILE_NAME)


@cache
def default_contrasts() -> Contrasts:
    """The sets that come with policybot."""
    return Contrasts({})


def read_names(path: Path) -> NameSets:
    """The owner's sets of names: ``set: {member: {language: [words]}}``.

    Raises:
        ReadingError: The file cannot be read or has another form.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise ReadingError(f"{path.name} cannot be read: {exc}. It must be YAML in UTF-8.") from exc
    return names_in(text, path.name)


def to_json(sets: NameSets) -> str:
    """The sets as the index keeps them; ``from_json`` reads them."""
    return json.dumps(sets, ensure_ascii=False)


def from_json(serialised: str) -> NameSets:
    """The sets that ``to_json`` wrote."""
    return {
        group: {name: {code: tuple(words) for code, words in by_code.items()} for name, by_code in members.items()}
        for group, members in json.loads(serialised).items()
    }


def merged(given: Iterable[NameSets]) -> NameSets:
    """The sets of several folders as one; of one member the later folder's words."""
    found: dict[str, dict[str, Mapping[str, tuple[str, ...]]]] = {}
    for sets in given:
        for group, members in sets.items():
            found.setdefault(group, {}).update(members)
    return found


def names_in(text: str, file: str) -> NameSets:
    """The sets of names in the text of a YAML file.

    Raises:
        ReadingError: The text has another form.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as exc:
        line = exc.problem_mark.line + 1 if exc.problem_mark else 1
        raise ReadingError(f"{file}, line {line} cannot be read: {exc.problem}. It must be YAML in UTF-8.") from exc
    except yaml.YAMLError as exc:
        raise ReadingError(f"{file} cannot be read: {exc}. It must be YAML in UTF-8.") from exc
    if root is None:
        return {}
    return {
        group: {
            name: {
                code: _words(words, f"{group}: {name}: {code}", file) for code, words in _languages(node, name, file)
            }
            for name, node in _entries(members, f"the set {group!r}", "`member: {en: [words]}`", file)
        }
        for group, members in _entries(root, "the file", "`set: {member: {en: [words]}}`", file)
    }


def _entries(node: yaml.Node, what: str, form: str, file: str) -> Iterator[tuple[str, yaml.Node]]:
    """The keys and values of a mapping, none of them twice."""
    if not isinstance(node, yaml.MappingNode):
        raise ReadingError(f"{file}, line {_line(node)}: {what} is no mapping. Write {form}.")
    seen: set[str] = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or not key.value.strip():
            raise ReadingError(f"{file}, line {_line(key)}: {what} has a key that is no name. Write {form}.")
        name = key.value.strip()
        if name in seen:
            raise ReadingError(f"{file}, line {_line(key)}: {name!r} is there twice in {what}. Put both together.")
        seen.add(name)
        yield name, value


def _languages(node: yaml.Node, member: str, file: str) -> Iterator[tuple[str, yaml.Node]]:
    for code, words in _entries(node, f"the member {member!r}", "`{en: [words], zh: [words]}`", file):
        if code not in codes():
            raise ReadingError(
                f"{file}, line {_line(words)}: {code!r} is no language that policybot knows. "
                f"Use one of {', '.join(codes())}."
            )
        yield code, words


def _words(node: yaml.Node, where: str, file: str) -> tuple[str, ...]:
    """The words, each of them one that can be matched."""
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not nodes or not all(isinstance(each, yaml.ScalarNode) and each.value.strip() for each in nodes):
        raise ReadingError(f"{file}, line {_line(node)}: {where!r} has no words. Write a word or a list of words.")
    for each in nodes:
        try:
            empty = re.compile(each.value).match("") is not None
        except re.error as exc:
            raise ReadingError(
                f"{file}, line {_line(each)}: {each.value!r} is no regular expression: {exc}. "
                "Put a backslash before a character that stands for itself."
            ) from exc
        if empty:
            raise ReadingError(
                f"{file}, line {_line(each)}: {each.value!r} matches everywhere. Write a word that a text may hold."
            )
    return tuple(each.value.strip() for each in nodes)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
