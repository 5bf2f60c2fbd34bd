"""`policybot eval retrieval`: JSON for scripts, a report, a comparison, errors in one message."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from policybot.cli.evaluating import EVAL


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set of two questions about a folder of documents."""
    path = tmp_path_factory.mktemp("harbour")
    lines = [
        {
            "qid": "trees",
            "question": "How many trees does the council want to plant?",
            "gold_docs": ["harbour.md"],
            "gold_evidence": ["The council wants to plant 4,200 trees along the harbour by 2035."],
        },
        {"qid": "deposit", "question": "读者证押金是多少？", "gold_docs": ["library.md"]},
    ]
    (path / "questions.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def evaluated(questions: Path, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The set evaluated once, into a data folder of its own."""
    data = tmp_path_factory.mktemp("evaluation-data")
    return _run(str(questions), "--documents", str(folder), "--data-dir", str(data), "--json")


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(EVAL, ["retrieval", *arguments], env={"LC_ALL": "C.UTF-8"})


def test_json_of_one_system_is_its_run(evaluated: Result) -> None:
    """Standard output is one JSON object with the figures at its top."""
    values = json.loads(evaluated.stdout)

    assert {
        "set",
        "system",
        "settings",
        "indexing",
        "metrics",
        "groups",
        "latency",
        "sentences_latency",
        "failed",
        "questions",
    } == values.keys()
    assert values["metrics"]["evidence_recall@5"] == {"mean": 1.0, "ci": [1.0, 1.0], "n": 1}
    assert values["metrics"]["recall@1"]["n"] == 2
    assert [question["qid"] for question in values["questions"]] == ["trees", "deposit"]


def test_report_and_comparison(evaluated: Result, questions: Path, folder: Path, tmp_path: Path) -> None:
    """A later run is compared with an earlier one, over the questions that both asked, and reported."""
    earlier, report = tmp_path / "earlier.json", tmp_path / "report.html"
    earlier.write_text(evaluated.stdout, encoding="utf-8")

    done = _run(
        str(questions), "--documents", str(folder), "--data-dir", str(tmp_path), "--limit", "1",
        "--compare", str(earlier), "--html", str(report),
    )  # fmt: skip

    assert done.exit_code == 0, done.stderr
    assert "0 questions won, 0 lost, of 1" in done.stdout
    assert "1 questions over 2 documents" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["nowhere"], "nowhere is no folder", id="no such set"),
        pytest.param(
            ["SET", "--documents", "DOCUMENTS", "--compare", "nowhere.json"], "nowhere.json", id="no such run"
        ),
        pytest.param(["SET", "--documents", "DOCUMENTS", "--system", "magic"], "called 'magic'", id="no such system"),
    ],
)
def test_errors_are_one_message(arguments: list[str], told: str, questions: Path, folder: Path) -> None:
    """What cannot be done is one message and exit code 1, with nothing on standard output."""
    places = {"SET": str(questions), "DOCUMENTS": str(folder)}

    done = _run(*(places.get(argument, argument) for argument in arguments))

    assert (done.exit_code, done.stdout) == (1, "")
    assert told in done.stderr
    assert isinstance(done.exception, SystemExit)
