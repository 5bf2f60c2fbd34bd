"""JSON and JSON lines -> Markdown: records as sections, like records as tables, figures as they are written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from policybot.errors import BrokenFile
from policybot.reading import tables
from policybot.reading.characters import clean_line, clean_text
from policybot.reading.content import Content, Source, all_from
from policybot.reading.encoding import decode
from policybot.reading.web_address import is_web_address
from policybot.text.dates import iso_date_at_start
from policybot.text.detecting import normalise

_MAX_DEPTH = 40
_MAX_VALUES = 2_000_000
_MAX_HEADING = 6  # Markdown has no deeper one
_LONG = 200  # characters from which on a value is a paragraph, not a cell
_TEXTS = ("text", "content", "body", "markdown")
_TITLES = ("title", "headline", "name", "question")
_DATES = ("published", "date", "datePublished", "publication_date")
_ADDRESSES = ("url", "link", "source_url")


def read_json(source: Source) -> Content:
    """Read a JSON file.

    Raises:
        BrokenFile: It is no JSON, nests deeper than 40 levels, or holds more than two million values.
    """
    return _content([_parsed(decode(source.data, name=source.name), source.name, 1)], source.name)


def read_json_lines(source: Source) -> Content:
    """Read a file with one JSON value on each line; raises as ``read_json`` does."""
    lines = enumerate(decode(source.data, name=source.name).split("\n"), start=1)
    return _content([_parsed(line, source.name, number) for number, line in lines if line.strip()], source.name)


def _parsed(text: str, name: str, line: int) -> Any:
    try:
        # Figures stay as they are written: 1.10 is not 1.1, and no figure can be too long to convert.
        return json.loads(text, parse_int=str, parse_float=str)
    except (ValueError, RecursionError) as exc:
        place = getattr(exc, "lineno", 1) + line - 1
        raise BrokenFile(
            f"{name}, line {place}: this is no proper JSON ({type(exc).__name__}: {clean_line(str(exc), limit=120)}). "
            "Correct it, or save it as .txt."
        ) from exc


def _content(values: list[Any], name: str) -> Content:
    writer = _Writer(name)
    value = values[0] if len(values) == 1 else values
    text = clean_text("\n\n".join(block for block in writer.blocks(value, 1) if block))
    stated = _stated(value) if isinstance(value, dict) else {}
    return Content(text.strip(), "markdown", stated=stated, origins=all_from("json-keys", stated))


class _Writer:
    """Writes values as blocks of Markdown, and stops what never ends."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._left = _MAX_VALUES

    def blocks(self, value: Any, level: int) -> Iterator[str]:
        """The value as blocks; ``level`` is that of the headings below it."""
        self._left -= 1
        if level > _MAX_DEPTH or self._left < 0:
            raise BrokenFile(
                f"{self._name}: its values nest deeper than {_MAX_DEPTH} levels, or are more than {_MAX_VALUES:,}. "
                "Save the part that people ask about as a file of its own."
            )
        if isinstance(value, dict):
            yield from self._record(value, level)
        elif isinstance(value, list):
            yield from self._list(value, level)
        else:
            yield _scalar(value)

    def _record(self, record: Mapping[str, Any], level: int) -> Iterator[str]:
        """Short values as lines of ``key: value``, texts as paragraphs, what lies deeper under headings."""
        lines = [f"{_key(key)}: {_scalar(value)}" for key, value in record.items() if _is_short(value)]
        if lines:
            yield "  \n".join(lines)
        for key, value in record.items():
            if isinstance(value, str) and not _is_short(value):
                yield value if key.lower() in _TEXTS else f"{_heading(key, level)}\n\n{value}"
        for key, value in record.items():
            if isinstance(value, dict | list) and value:
                yield _heading(key, level)
                yield from self.blocks(value, level + 1)

    def _list(self, values: list[Any], level: int) -> Iterator[str]:
        if values and all(isinstance(each, dict) and all(map(_is_short, each.values())) for each in values):
            columns = list(dict.fromkeys(key for record in values for key in record))
            self._left -= len(values) * len(columns)
            rows = ([_scalar(record.get(column)) for column in columns] for record in values)
            yield tables.table([[_key(column) for column in columns], *rows])
            return
        if not any(isinstance(each, dict | list) for each in values):
            self._left -= len(values)
            yield "\n".join(f"- {' '.join(_scalar(each).split())}" for each in values)
            return
        for number, each in enumerate(values, start=1):
            titles = [each.get(key) for key in _TITLES] if isinstance(each, dict) else []
            yield _heading(next((title for title in titles if isinstance(title, str)), str(number)), level)
            yield from self.blocks(each, level + 1)


def _heading(text: str, level: int) -> str:
    return f"{'#' * min(level + 1, _MAX_HEADING)} {_key(text)}"


def _key(text: str) -> str:
    return clean_line(text, limit=_LONG) or "?"


def _is_short(value: Any) -> bool:
    return not isinstance(value, dict | list) and len(_scalar(value)) <= _LONG and "\n" not in _scalar(value)


def _scalar(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _stated(record: Mapping[str, Any]) -> dict[str, str]:
    """Fields of Metadata among the keys at the top."""

    def first(*keys: str) -> str:
        return next((clean_line(record[key], limit=500) for key in keys if isinstance(record.get(key), str)), "")

    address = first(*_ADDRESSES)
    values = {
        "title": first(*_TITLES),
        "publisher": first("publisher"),
        "author": first("author"),
        "published": iso_date_at_start(first(*_DATES)),
        "url": address if is_web_address(address) else "",
        "language": normalise(first("language", "lang")),
    }
    return {key: value for key, value in values.items() if value}
