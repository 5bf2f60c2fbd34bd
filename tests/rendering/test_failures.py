"""What readers are told of errors, in their language."""

from __future__ import annotations

import inspect
import re
import string
from pathlib import Path

import pytest

from policybot import errors
from policybot.domain import Filter
from policybot.errors import BrokenFile, ChatModelError, PolicybotError, QuestionError
from policybot.rendering import explained, explained_kind
from policybot.rendering.failures import CASES, KINDS

SOURCES = Path(errors.__file__).parent
CLASSES = [each for _, each in inspect.getmembers(errors, inspect.isclass) if issubclass(each, PolicybotError)]


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_error_is_told_in_chinese(kind: type[PolicybotError]) -> None:
    """Each class is told by a Chinese sentence, its own or the one of what it is a kind of, and by its own words."""
    told = explained(kind("a.pdf: it is so."), "zh")

    assert re.match(r"[\u4e00-\u9fff]", told)
    assert "a.pdf: it is so." in told
    assert explained(kind("a.pdf: it is so."), "en") == "a.pdf: it is so."


def test_every_case_is_raised_and_every_one_raised_is_known() -> None:
    """The table of cases and the code that raises them name the same ones."""
    raised = {
        case
        for path in SOURCES.rglob("*.py")
        for case in re.findall(r"\bcase=\"([a-z_]+)\"", path.read_text(encoding="utf-8"))
    }

    assert raised == set(CASES)


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_case_names_the_errors_values(case: str) -> None:
    """The sentence of a case shows each value that it has a place for."""
    names = [name for _, name, _, _ in string.Formatter().parse(CASES[case]) if name]
    values: dict[str, object] = {name: f"<{name}>" for name in names}

    told = explained(QuestionError("In English.", case=case, **values), "zh")

    assert all(f"<{name}>" in told for name in names)
    assert "In English." not in told


def test_an_error_keeps_its_english() -> None:
    """Whatever readers are told, an error's own text is English and names its value."""
    with pytest.raises(QuestionError, match="'soon' is none") as caught:
        Filter(published_from="soon")

    assert explained(caught.value, "zh") == "筛选日期“soon”不是日期。请写成 2024、2024-03 或 2024-03-05。"


def test_an_unknown_kind_is_told_by_its_message() -> None:
    """What another version called an error is shown as it is, and a class of a known family by its family."""

    class Newer(ChatModelError):
        """Raised by a later version."""

    assert explained_kind("Nonsense", "It is so.", "zh") == "It is so."
    assert explained_kind("BrokenFile", "x.pdf is broken.", "zh") == f"{KINDS['BrokenFile']}（x.pdf is broken.）"
    assert explained(Newer("It is so."), "zh") == "It is so."
    assert explained(BrokenFile(""), "zh") == KINDS["BrokenFile"]
