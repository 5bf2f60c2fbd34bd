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


TESTS = {
    "add-a-reader.md": ["test_what_is_said_is_cited", "test_a_file_that_is_none_is_refused"],
    "add-an-answer-kind.md": ["test_abbreviation_is_spelled_out"],
    "add-a-check.md": ["test_sentence_about_the_asker_is_rejected"],
}


@pytest.mark.parametrize(("page", "name"), [(page, name) for page, names in TESTS.items() for name in names])
def test_the_example_of_a_page_does_what_its_tests_say(page: str, name: str, install: Install, tmp_path: Path) -> None:
    """Installed as the page declares it, the example passes the page's tests."""
    declared = tomllib.loads(_blocks(page, "toml")[0])["project"]
    points = {group: dict(each) for group, each in declared["entry-points"].items()}
    (place,) = (place for each in points.values() for place in each.values())
    install(declared["name"], {f"{place.partition(':')[0]}.py": _blocks(page, "python")[0]}, points)

    folder = tmp_path / "test"
    folder.mkdir()

    _tests(page)[name](folder)


@pytest.mark.parametrize("page", TESTS)
def test_every_test_of_a_page_is_run(page: str) -> None:
    """No test of a page is left out here."""
    assert list(_tests(page)) == TESTS[page]
