"""Prompts and their variables match exactly, and values stay values."""

from __future__ import annotations

from pathlib import Path

import pytest

from policybot.errors import PromptError
from policybot.models.prompting import load_prompt
from policybot.settings import load_settings


def test_shipped_prompts_have_the_variables_that_the_code_fills() -> None:
    """Each prompt of prompts/ loads, and both languages have the same variables."""
    folder = load_settings().prompts_dir

    found = {
        name: load_prompt(folder, name).variables
        for task in ("answer", "judge", "translate-question", "translate-quote", "translate-terms")
        for name in (f"{task}-en", f"{task}-zh")
    }

    assert found["answer-en"] == found["answer-zh"] == {"sentences", "conversation", "question"}
    assert found["judge-en"] == found["judge-zh"] == found["answer-en"]
    assert found["translate-quote-en"] == found["translate-quote-zh"] == {"quote"}
    assert found["translate-question-en"] == found["translate-question-zh"] == {"question", "terms"}
    assert found["translate-terms-en"] == found["translate-terms-zh"] == {"quote", "terms"}


def _prompt(folder: Path, text: str) -> Path:
    (folder / "p.md").write_text(text, encoding="utf-8")
    return folder


def test_missing_and_unused_variables_are_errors(tmp_path: Path) -> None:
    """A value too few or too many is an error that names it."""
    prompt = load_prompt(_prompt(tmp_path, "# system\nS\n\n# user\n{{a}}"), "p")

    with pytest.raises(PromptError, match=r"missing \['a'\], unused \['b'\]"):
        prompt.fill(b="1")


def test_value_is_never_a_template(tmp_path: Path) -> None:
    """A variable's name inside a value stays as it is: a document cannot pull other values in."""
    prompt = load_prompt(_prompt(tmp_path, "# system\nS\n\n# user\n{{a}} {{b}}"), "p")

    assert prompt.fill(a="{{b}}", b="secret") == ("S", "{{b}} secret")


@pytest.mark.parametrize(
    "text", ["", "# user\nonly", "# system\n{{a}}\n# user\nx"], ids=["empty", "one part", "variable"]
)
def test_malformed_prompt_is_named(tmp_path: Path, text: str) -> None:
    """A prompt without its two parts is an error that names the file."""
    with pytest.raises(PromptError, match=r"p\.md"):
        load_prompt(_prompt(tmp_path, text), "p")
