"""What programs rely on: names, frozen results, one tree of errors, the README's example."""

from __future__ import annotations

import dataclasses
import inspect
import re
from importlib import resources
from pathlib import Path

import pytest

import policybot
from policybot import errors

README = Path(__file__).parent.parent / "README.md"


def test_every_exported_name_is_there_and_documented() -> None:
    assert sorted(policybot.__all__) == sorted(set(policybot.__all__))
    for name in policybot.__all__:
        exported = getattr(policybot, name)
        assert inspect.getdoc(exported) or not callable(exported), name


def test_results_are_frozen() -> None:
    results = [getattr(policybot, name) for name in policybot.__all__]
    for result in (r for r in results if dataclasses.is_dataclass(r)):
        assert result.__dataclass_params__.frozen, result  # type: ignore[attr-defined]


def test_the_package_says_that_it_is_typed() -> None:
    assert resources.files("policybot").joinpath("py.typed").is_file()


def test_errors_form_one_tree_that_the_docstring_draws() -> None:
    raised = {name: e for name, e in vars(errors).items() if inspect.isclass(e) and e.__module__ == errors.__name__}

    assert all(issubclass(error, errors.PolicybotError) for error in raised.values())
    assert set(re.findall(r"\b[A-Z]\w+(?=  | *$)", errors.__doc__ or "", re.MULTILINE)) >= set(raised)


@pytest.mark.models
def test_the_readmes_example_prints_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    example = re.search(r"```python\n(.+?)```\n\n```text\n(.+?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    monkeypatch.setenv("POLICYBOT_DATA_DIR", str(tmp_path))

    exec(compile(example[1], "README.md", "exec"), {})

    assert capsys.readouterr().out == example[2]
