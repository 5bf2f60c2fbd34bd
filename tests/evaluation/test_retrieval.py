"""Runs: what is asked, measured, grouped, timed, written and read again; and two of them compared."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest
from scripted_system import ScriptedSystem

from policybot.domain import Progress, Turn
from policybot.errors import EvaluationError
from policybot.evaluation import (
    LATENCY,
    RETRIEVAL,
    EvaluationSet,
    Run,
    check_comparable,
    compare,
    evaluate_retrieval,
    read_run,
)


def run(system: ScriptedSystem, evaluation_set: EvaluationSet) -> Run:
    """The system over the set; each search takes one second of a clock that ticks when it is read."""
    ticks = itertools.count()
    return evaluate_retrieval(system, evaluation_set, on_progress=lambda _: None, clock=lambda: float(next(ticks)))


def test_every_question_is_asked_with_its_history(small_set: EvaluationSet, finds_all: ScriptedSystem) -> None:
    """The system hears each question once, with what was said before."""
    run(finds_all, small_set)

    assert finds_all.asked == [
        ("How long is the quay?", ()),
        ("码头有多长？", (Turn("user", "你好"),)),
        ("Who owns the moon?", ()),
    ]


def test_progress_ends_at_the_last_question(small_set: EvaluationSet, finds_all: ScriptedSystem) -> None:
    """Documents first, then one step for each question."""
    told: list[Progress] = []

    evaluate_retrieval(finds_all, small_set, on_progress=told.append)

    assert told == [Progress("documents", 2, 2), *(Progress("questions", i, 3) for i in (1, 2, 3))]


def test_mean_leaves_out_what_is_undefined(small_set: EvaluationSet, finds_english: ScriptedSystem) -> None:
    """One of two answerable questions found is one half; the question that nothing answers does not count."""
    found = run(finds_english, small_set).metrics["evidence_recall@5"]

    assert (found.mean, found.n) == (0.5, 2)


def test_groups_follow_language_type_and_direction(small_set: EvaluationSet, finds_english: ScriptedSystem) -> None:
    """Questions are grouped by their language, their type, and the way from their language to that of the gold."""
    groups = run(finds_english, small_set).groups

    assert {name: group.questions for name, group in groups["language"].items()} == {"en": 2, "zh": 1}
    assert {name: group.questions for name, group in groups["type"].items()} == {"fact": 2, "unanswerable": 1}
    assert {name: g.metrics["recall@5"].mean for name, g in groups["direction"].items()} == {"en→en": 1.0, "zh→en": 0.0}
    assert set(groups["crossing"]) == {"same language", "other language"}


def test_documents_of_both_languages_are_a_group_of_their_own(
    small_set: EvaluationSet, finds_all: ScriptedSystem
) -> None:
    """A question with right documents in its own and another language is neither same nor other."""
    question = replace(small_set.questions[0], gold_documents=("quay", "library"))

    groups = run(finds_all, replace(small_set, questions=(question,))).groups

    assert (set(groups["direction"]), set(groups["crossing"])) == ({"en→en+zh"}, {"both"})


def test_latency_is_that_of_the_search(small_set: EvaluationSet, finds_all: ScriptedSystem) -> None:
    """Each search of one second is timed as one second; indexing is timed apart."""
    timed = run(finds_all, small_set)

    assert (timed.seconds(LATENCY, 0.5), timed.seconds(LATENCY, 0.95), timed.indexing.seconds) == (1.0, 1.0, 1.0)


def test_json_has_the_agreed_form(small_set: EvaluationSet, finds_all: ScriptedSystem) -> None:
    """A run's JSON names set, system, settings, metrics with intervals, groups, latency and questions."""
    values = run(finds_all, small_set).as_dict()

    assert (values["set"], values["system"], values["settings"]) == ("harbour", "scripted", {"scripted": True})
    assert values["metrics"]["evidence_recall@5"] == {"mean": 1.0, "ci": [1.0, 1.0], "n": 2}
    assert values["groups"]["direction"]["zh→en"]["metrics"]["mrr@10"]["mean"] == 1.0
    assert values["latency"] == {"p50_ms": 1000.0, "p95_ms": 1000.0}
    assert values["questions"][0]["hits"][0]["rank"] == 1
    assert values["questions"][0]["latency_s"] == 1.0


def test_a_run_survives_json(small_set: EvaluationSet, finds_english: ScriptedSystem, tmp_path: Path) -> None:
    """What is printed as JSON is read as the same run."""
    before = run(finds_english, small_set)
    path = tmp_path / "run.json"
    path.write_text(json.dumps(before.as_dict()), encoding="utf-8")

    assert read_run(path, RETRIEVAL, system="any name").as_dict() == before.as_dict()


def test_one_of_several_runs_is_chosen_by_name(
    small_set: EvaluationSet, finds_all: ScriptedSystem, finds_english: ScriptedSystem, tmp_path: Path
) -> None:
    """A file with several runs gives the one of the same system, and an error for a system it does not hold."""
    runs = [run(system, small_set).as_dict() for system in (finds_all, finds_english)]
    path = tmp_path / "runs.json"
    path.write_text(json.dumps({"runs": runs}), encoding="utf-8")

    assert read_run(path, RETRIEVAL, system="english only").system == "english only"
    with pytest.raises(EvaluationError, match="none of policybot"):
        read_run(path, RETRIEVAL, system="policybot")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"set": 1}', '{"runs": []}', '{"runs": 3}', "\udcff"])
def test_file_without_a_run_is_refused(tmp_path: Path, content: str) -> None:
    """What is no run is an EvaluationError that names the file and the command that makes one."""
    path = tmp_path / "run.json"
    path.write_text(content, encoding="utf-8", errors="surrogateescape")

    with pytest.raises(EvaluationError, match=r"run\.json holds no run.*eval retrieval FOLDER --json"):
        read_run(path, RETRIEVAL, system="policybot")


def test_won_and_lost_are_mirror_images(
    small_set: EvaluationSet, finds_all: ScriptedSystem, finds_english: ScriptedSystem
) -> None:
    """A question won in one direction is lost in the other, by the same measure and as much."""
    first, second = run(finds_english, small_set), run(finds_all, small_set)
    forth, back = compare(first, second), compare(second, first)

    assert [(d.after.id, d.metric, d.change) for d in forth.won] == [("zh", "evidence_recall@5", 1.0)]
    assert [(d.after.id, d.metric, d.change) for d in back.lost] == [("zh", "evidence_recall@5", -1.0)]
    assert (forth.lost, back.won) == ((), ())
    assert forth.metrics["recall@5"].estimate.mean == 0.5 == -back.metrics["recall@5"].estimate.mean


def test_a_run_against_itself_is_a_draw(small_set: EvaluationSet, finds_english: ScriptedSystem) -> None:
    """No question is won or lost, and no difference is more than luck."""
    same = compare(run(finds_english, small_set), run(finds_english, small_set))

    assert (same.won, same.lost, same.shared) == ((), (), 3)
    assert {d.p_value for d in same.metrics.values()} == {1.0}


def test_only_shared_questions_are_compared(small_set: EvaluationSet, finds_all: ScriptedSystem) -> None:
    """A sample is compared with a full run over the sample's questions; with no shared question there is an error."""
    whole = run(finds_all, small_set)

    assert compare(whole, run(finds_all, small_set.sample(1))).shared == 1
    with pytest.raises(EvaluationError, match="asked none of these 1 questions"):
        compare(replace(whole, results=whole.results[1:]), run(finds_all, small_set.sample(1)))


def test_runs_of_two_sets_are_not_compared(small_set: EvaluationSet, finds_all: ScriptedSystem) -> None:
    """Figures of different sets say nothing about each other."""
    other = replace(run(finds_all, small_set), set_name="elsewhere")

    with pytest.raises(EvaluationError, match="of the set elsewhere, not of harbour"):
        compare(other, run(finds_all, small_set))
    with pytest.raises(EvaluationError, match="of the set elsewhere, not of harbour"):
        check_comparable(other, small_set)
