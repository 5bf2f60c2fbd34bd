"""JSON lines whose values are checked as they are read; an error names file and line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policybot.domain import Role, Turn
from policybot.errors import EvaluationError

FORM = "docs/evaluation.md describes the form."


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a JSON-lines file."""

    path: Path
    line: int
    values: Mapping[str, Any]

    def error(self, what: str, next_step: str = FORM) -> EvaluationError:
        """What is wrong with this line."""
        return EvaluationError(f"{self.path}, line {self.line}: {what}. {next_step}")

    def text(self, key: str, *, default: str | None = None) -> str:
        """The string under a key; ``default`` when it is missing or null, an error when that is None."""
        value = self.values.get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.error(f"{key} must be a string that is not blank, found {_short(value)}")
        return self._proper(key, value)

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of strings under a key; empty when it is missing or null."""
        value = self.values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(f"{key} must be a list of strings, found {_short(value)}")
        return tuple(self._proper(key, item) for item in value)

    def groups(self, key: str) -> tuple[tuple[str, ...], ...]:
        """The list of lists of strings under a key; empty when it is missing or null."""
        value = self.values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(
            isinstance(group, list) and group and all(isinstance(item, str) for item in group) for group in value
        ):
            raise self.error(f"{key} must be a list of lists of strings, found {_short(value)}")
        return tuple(tuple(self._proper(key, item) for item in group) for group in value)

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false under a key; ``default`` when it is missing or null."""
        value = self.values.get(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.error(f"{key} must be true or false, found {_short(value)}")
        return value

    def turns(self, key: str) -> tuple[Turn, ...]:
        """The messages under a key, oldest first; empty when it is missing or null."""
        value = self.values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.error(f"{key} must be a list of messages, found {_short(value)}")
        return tuple(self._turn(key, item) for item in value)

    def _turn(self, key: str, value: Any) -> Turn:
        roles: dict[str, Role] = {"user": "user", "assistant": "assistant"}
        if (
            not isinstance(value, dict)
            or value.get("role") not in roles
            or not isinstance(value.get("content"), str)
        ):  # fmt: skip
            raise self.error(
                f'{key} must hold messages {{"role": "user" or "assistant", "content": "…"}}, found {_short(value)}'
            )
        return Turn(roles[value["role"]], self._proper(key, value["content"]))

    def _proper(self, key: str, value: str) -> str:
        """The string, unless it holds half a character, which no file and no page can take."""
        try:
            value.encode()
        except UnicodeEncodeError as exc:
            raise self.error(f"{key} holds half a character ({value[exc.start]!r})", "Write the file again.") from exc
        return value


def read_records(path: Path) -> Iterator[Record]:
    """The lines of a JSON-lines file; blank ones are passed over."""
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise EvaluationError(f"{path} cannot be read: {exc.strerror or exc}. {FORM}") from exc
    # Only line feeds end a line: JSON allows U+2028 and its like inside a string.
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as exc:
            raise EvaluationError(f"{path}, line {number}: no proper JSON ({exc}). Correct the line. {FORM}") from exc
        if not isinstance(values, dict):
            raise EvaluationError(f"{path}, line {number}: must be a JSON object, found {_short(values)}. {FORM}")
        yield Record(path, number, values)


def _short(value: object) -> str:
    """A value as JSON, cut to what a message can hold."""
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else shown[:59] + "…"
