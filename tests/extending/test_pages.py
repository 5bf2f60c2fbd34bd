"""The pages in docs/extending: their example is installed as a package, and their tests are run as they stand."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.server

PAGES = Path(__file__).parents[2] / "docs" / "extending"

Install = Callable[..., None]


def _blocks(page: str, language: str) -> list[str]:
    text = (PAGES / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def _tests(page: str) -> dict[str, Callable[..., None]]:
    """The tests in the last block of Python of a page, by name."""
    names: dict[str, Any] = {"__name__": page}
    exec(compile(_blocks(page, "python")[-1], page, "exec"), names)
    return {name: value for name, value in names.items() if name.startswith("test_") and inspect.isfunction(value)}


@pytest.mark.parametrize("name", ["test_what_is_said_is_cited", "test_a_file_that_is_none_is_refused"])
def test_the_page_on_readers(name: str, install: Install, tmp_path: Path) -> None:
    page = "add-a-reader.md"
    declared = tomllib.loads(_blocks(page, "toml")[0])["project"]
    points = {group: dict(each) for group, each in declared["entry-points"].items()}
    module = points["policybot.readers"]["webvtt"]
    install(declared["name"], {f"{module}.py": _blocks(page, "python")[0]}, points)

    place = tmp_path / "test"
    place.mkdir()

    _tests(page)[name](place)


def test_every_test_of_the_page_on_readers_is_run() -> None:
    assert list(_tests("add-a-reader.md")) == ["test_what_is_said_is_cited", "test_a_file_that_is_none_is_refused"]
