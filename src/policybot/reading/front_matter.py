"""The YAML between two ``---`` lines at the top of a file: what its keeper states about the document.

Only the tree of YAML nodes is composed, no object is built: a value is the text that stands in the file, so a
title ``2024`` stays ``2024`` and ``Yes`` stays ``Yes``. Aliases are refused, so no value can grow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import yaml

from policybot.errors import FrontMatterError
from policybot.reading.characters import clean_line
from policybot.reading.web_address import is_web_address
from policybot.text.dates import iso_date
from policybot.text.detecting import normalise

KEYS = ("title", "publisher", "published", "url", "language", "original_language", "kind", "summary_of")
"""Keys that are read; others belong to other tools and are passed over."""

MAX_CHARS = 64 * 1024
_MAX_DEPTH = 10  # of values that belong to other tools
_MAX_VALUE_CHARS = 2000

_RULE = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$\n?", re.MULTILINE)
# A horizontal rule is followed by prose; front matter by a key.
_KEY_LINE = re.compile(r"""["']?[A-Za-z_][\w.-]*["']?[ \t]*:(?:[ \t\n]|$)""")
# A comment stands right above its key; a blank line below it makes it a Markdown heading.
_BLANKS_AND_COMMENTS = re.compile(r"(?:[ \t]*\n)*(?:#[^\n]*\n)*")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a front matter states.

    Attributes:
        stated: Non-empty values by key, each one line.
        end: Offset of the first character after the closing line; 0 without front matter.
    """

    stated: Mapping[str, str] = field(default_factory=dict)
    end: int = 0


class _Mark(Protocol):
    """A place in the block, as PyYAML's two kinds of marks have it."""

    @property
    def line(self) -> int: ...


def parse(text: str, *, name: str) -> FrontMatter:
    r"""The front matter at the top of a text; an empty one when the text has none.

    Args:
        text: A whole file, line ends as ``\n``.
        name: The document's name, for messages.

    Raises:
        FrontMatterError: It is never closed, too large, no proper YAML, or a value is wrong.
    """
    opening = _RULE.match(text)
    if opening is None:
        return FrontMatter()
    closing = _CLOSING.search(text, opening.end())
    first = _BLANKS_AND_COMMENTS.match(text, opening.end())
    begins = first.end() if first else opening.end()
    if closing is not None and begins >= closing.start():
        # Nothing but blanks and comments: two rules in a row state nothing either way.
        return FrontMatter(end=closing.end())
    if not _KEY_LINE.match(text, begins):
        return FrontMatter()
    if closing is None:
        raise FrontMatterError(
            f"{name}, line 1: the front matter opens with --- but is never closed. "
            "Put a line --- after its last key, or a blank line first if the --- is a horizontal rule."
        )
    if closing.start() - opening.end() > MAX_CHARS:
        raise FrontMatterError(
            f"{name}, line 1: the front matter is longer than {MAX_CHARS} characters. "
            "Close it with a line --- after its last key."
        )
    return FrontMatter(_stated(text[opening.end() : closing.start()], name), closing.end())


def _stated(block: str, name: str) -> dict[str, str]:
    values = {}
    for key, node in _pairs(block, name):
        line = _line(node.start_mark)
        if not isinstance(node, yaml.ScalarNode):
            raise FrontMatterError(f"{name}, line {line}: {key} must be a single value. Write it on one line.")
        value = "" if node.tag == "tag:yaml.org,2002:null" else clean_line(node.value, limit=_MAX_VALUE_CHARS)
        if value:
            values[key] = _checked(key, value, where=f"{name}, line {line}")
    return values


def _pairs(block: str, name: str) -> Iterator[tuple[str, yaml.Node]]:
    """The known keys of the block with their nodes."""
    root = _composed(block, name)
    if not isinstance(root, yaml.MappingNode):
        raise FrontMatterError(f"{name}, line 2: the front matter must be lines of `key: value`. Correct it.")
    for key, node in root.value:
        if isinstance(key, yaml.ScalarNode) and key.value in KEYS:
            yield key.value, node


def _composed(block: str, name: str) -> yaml.Node | None:
    try:
        _refuse_costly(block, name)
        return yaml.compose(block, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as exc:
        line = _line(exc.problem_mark or exc.context_mark)
        raise FrontMatterError(
            f"{name}, line {line}: the front matter is no proper YAML ({exc.problem or exc.context}). "
            "Correct the line; put values that contain a colon or quotation marks in quotation marks."
        ) from exc
    except (yaml.YAMLError, RecursionError) as exc:
        raise FrontMatterError(
            f"{name}, line 2: the front matter is no proper YAML ({type(exc).__name__}). "
            "Write it as lines of `key: value` without control characters."
        ) from exc


def _refuse_costly(block: str, name: str) -> None:
    """Refuse what would grow when composed, or take PyYAML minutes."""
    depth = 0
    for event in yaml.parse(block, Loader=yaml.SafeLoader):
        if getattr(event, "anchor", None):
            raise FrontMatterError(
                f"{name}, line {_line(event.start_mark)}: front matter must not use & anchors or * aliases. "
                "Write the value itself, in quotation marks if it begins with & or *."
            )
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            raise FrontMatterError(
                f"{name}, line {_line(event.start_mark)}: the front matter nests deeper than {_MAX_DEPTH} "
                "levels. Write it as lines of `key: value`."
            )


def _line(mark: _Mark | None) -> int:
    """Line in the file, from 1: marks count from 0, and the block begins on the file's second line."""
    return mark.line + 2 if mark else 2


def _checked(key: str, value: str, *, where: str) -> str:
    """The value in the form that Metadata promises."""
    match key:
        case "published":
            return _date(value, where)
        case "url":
            return _address(value, where)
        case "language" | "original_language":
            return _language(key, value, where)
        case _:
            return value


def _date(value: str, where: str) -> str:
    # YAML allows a time after the date; what was published is known by its day.
    day = re.split(r"[Tt ]", value, maxsplit=1)[0]
    date = iso_date(day)
    if not date:
        raise FrontMatterError(f"{where}: published is {value!r}, which is no date. Write YYYY-MM-DD, YYYY-MM or YYYY.")
    return date


def _address(value: str, where: str) -> str:
    if not is_web_address(value):
        raise FrontMatterError(
            f"{where}: url is {value!r}, which is no web address. Write it in full, with http:// or https://."
        )
    return value


def _language(key: str, value: str, where: str) -> str:
    code = normalise(value)
    if not code:
        raise FrontMatterError(f"{where}: {key} is {value!r}, which is no language code. Write en or zh, for example.")
    return code
