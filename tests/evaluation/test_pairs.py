"""Pairs of evidence and claim: what is passed, refused and crashed is counted, by kind and by language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from policybot.cli.evaluating import EVAL
from policybot.domain import Verdict
from policybot.errors import EvaluationError
from policybot.evaluation.pairs import Pair, PairSet, claim_check, evaluate_pairs, read_pairs
from policybot.settings import load_settings

PAIRS = (
    Pair("1", "bound", "At least 40 ships call.", "Forty ships or more call.", supported=True, across=False),
    Pair("2", "bound", "At least 40 ships call.", "At most 40 ships call.", supported=False, across=False),
    Pair("3", "scale", "有40艘船。", "Forty ships.", supported=True, across=True),
    Pair("4", "scale", "有40艘船。", "Four hundred ships.", supported=False, across=True),
)


class Scripted:
    """A check that gives the verdicts that it was made with; None raises an error."""

    name = "scripted"

    def __init__(self, *verdicts: Verdict | None) -> None:
        self._verdicts = iter(verdicts)

    def check(self, claim: str, evidence: str) -> tuple[Verdict, str]:
        """The next verdict."""
        verdict = next(self._verdicts)
        if verdict is None:
            raise ZeroDivisionError(f"{claim} by {evidence}")
        return verdict, "so it was scripted"


def _run(*verdicts: Verdict | None):  # type: ignore[no-untyped-def]  # a Run
    return evaluate_pairs(Scripted(*verdicts), PairSet("harbour", PAIRS), on_progress=lambda _: None, clock=lambda: 0.0)


def test_only_supported_passes() -> None:
    """A false claim passes only as supported; a true one that is supported in part is refused."""
    run = _run("supported", "partly", "partly", "supported")

    assert (run.metrics["false_passed"].mean, run.metrics["false_passed"].n) == (0.5, 2)
    assert (run.metrics["true_refused"].mean, run.metrics["true_refused"].n) == (0.5, 2)
    assert run.metrics["right"].mean == 0.5
    assert run.metrics["false_passed"].low <= 0.5 <= run.metrics["false_passed"].high


def test_a_crash_is_counted_and_the_run_goes_on() -> None:
    """A check that raises has crashed at that pair, whose claim counts as refused, and the others are measured."""
    run = _run(None, "unsupported", "supported", None)

    assert run.metrics["crashed"].mean == 0.5
    assert run.metrics["true_refused"].mean == 0.5
    assert run.metrics["false_passed"].mean == 0.0
    assert [result.id for result in run.failed] == ["1", "4"]


def test_groups_are_kinds_and_languages() -> None:
    """Each kind, and the pairs within a language and across, have figures of their own."""
    run = _run("supported", "supported", "unsupported", "unsupported")

    assert {name: set(groups) for name, groups in run.groups.items()} == {
        "kind": {"bound", "scale"},
        "across": {"within a language", "across languages"},
    }
    assert run.groups["kind"]["bound"].metrics["false_passed"].mean == 1.0
    assert run.groups["across"]["across languages"].metrics["true_refused"].mean == 1.0


def _folder(path: Path, *rows: dict[str, object]) -> Path:
    (path / "pairs.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


ROW = {"id": "a", "kind": "fee", "evidence": "The fee is 12 crowns.", "claim": "The fee is 12 crowns."}


def test_command_prints_a_run(tmp_path: Path) -> None:
    """``policybot eval pairs FOLDER --json`` prints the figures, the groups and each pair with its verdict."""
    folder = _folder(
        tmp_path,
        ROW | {"right": "supported"},
        ROW | {"id": "b", "claim": "The fee is 13 crowns.", "right": "not supported"},
    )

    done = CliRunner().invoke(EVAL, ["pairs", str(folder), "--json"], env={"LC_ALL": "C.UTF-8"})

    values = json.loads(done.stdout)
    assert values["metrics"]["false_passed"]["n"] == values["metrics"]["true_refused"]["n"] == 1
    assert values["metrics"]["right"]["mean"] == 1.0
    assert [(each["qid"], each["verdict"]) for each in values["questions"]] == [
        ("a", "supported"),
        ("b", "unsupported"),
    ]


@pytest.mark.parametrize(
    ("row", "told"),
    [({"right": "true"}, "'supported', 'not supported'"), ({"right": "supported", "claim": " "}, "claim")],
)
def test_a_wrong_row_is_named(tmp_path: Path, row: dict[str, object], told: str) -> None:
    """A row of another form is refused with its line."""
    with pytest.raises(EvaluationError, match="line 1") as error:
        read_pairs(_folder(tmp_path, ROW | row))

    assert told in str(error.value)


def test_kinds_are_chosen_and_unknown_ones_named() -> None:
    """Only the pairs of the kinds asked for are left; a kind that is not there is an error with those that are."""
    pairs = PairSet("harbour", PAIRS)

    assert [pair.id for pair in pairs.of_kinds(["scale"]).pairs] == ["3", "4"]
    with pytest.raises(EvaluationError, match="bound, scale"):
        pairs.of_kinds(["toll"])


def test_unknown_checks_are_named() -> None:
    """A check that nobody brings is an error that says which there are."""
    with pytest.raises(EvaluationError, match="policybot"):
        claim_check("oracle", settings=load_settings(chat_model="none"))
