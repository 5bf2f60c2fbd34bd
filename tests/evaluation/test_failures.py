"""Questions at which a system fails: recorded, counted, measured as unanswered, and the run goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from scripted_system import ScriptedSystem
from typer.testing import CliRunner

from policybot.cli.evaluating import EVAL
from policybot.domain import Answer, OnProgress, Passage, Sentence, Turn
from policybot.errors import ChatModelError, PolicybotError, StoreError
from policybot.evaluation import (
    ANSWERS,
    RETRIEVAL,
    EvaluationSet,
    Examiner,
    Run,
    answers_report,
    compare,
    evaluate_answers,
    evaluate_retrieval,
    read_run,
    retrieval_report,
)
from policybot.evaluation.datasets import Corpus, Question
from policybot.evaluation.systems import Indexed, Reply, Retrieved
from policybot.testing import HashingEmbedder

FAILING = "码头有多长？"
QUAY = "The northern quay is two hundred metres long."


class FailingSearch(ScriptedSystem):
    """Raises an error for the questions named, and finds the right passage for every other."""

    def __init__(self, error: BaseException, *questions: str) -> None:
        super().__init__({}, "failing")
        self._error = error
        self._questions = questions

    def search(self, question: str, *, history: Sequence[Turn], limit: int) -> list[Retrieved]:
        if question in self._questions:
            raise self._error
        return [Retrieved("quay", QUAY)]


class FailingAnswers:
    """Raises an error for the questions named, and says how long the quay is to every other."""

    name = "failing"
    settings: Mapping[str, object] = {}

    def __init__(self, *questions: str) -> None:
        self._questions = questions

    def index(self, corpus: Corpus, *, on_progress: OnProgress) -> Indexed:
        return Indexed(1, 0)

    def ask(self, question: Question) -> Reply:
        if question.text in self._questions:
            raise ChatModelError("The chat model did not answer within 60 s. Raise POLICYBOT_CHAT_TIMEOUT_S.")
        answer = Answer(question.text, "answered", question.language, (Sentence(QUAY, "supported"),))
        passage = Passage("p", "quay", "quay", "Quays", QUAY, 0, len(QUAY), (), None, "en", 0)
        return Reply(answer, (passage,), {}, (), 0.1, 0.5, 1.0)

    def close(self) -> None:
        """Nothing to free."""


def _searched(small_set: EvaluationSet, error: BaseException, *questions: str) -> Run:
    return evaluate_retrieval(FailingSearch(error, *questions), small_set, on_progress=lambda _: None)


def _answered(small_set: EvaluationSet, *questions: str) -> Run:
    asked = replace(small_set, questions=tuple(replace(q, key="Two hundred metres.") for q in small_set.questions[:2]))
    unanswerable = replace(small_set.questions[2], answerable=False)
    asked = replace(asked, questions=(*asked.questions, unanswerable))
    examiner = Examiner.offline(HashingEmbedder())
    return evaluate_answers(FailingAnswers(*questions), asked, examiner, on_progress=lambda _: None)


@pytest.mark.parametrize(
    "error", [StoreError("The vectors cannot be read."), ValueError("a bug")], ids=lambda error: type(error).__name__
)
def test_a_failed_search_is_recorded_and_the_run_goes_on(small_set: EvaluationSet, error: Exception) -> None:
    """Whatever a system raises, the question has the error's class and message, and the questions behind it results."""
    values = _searched(small_set, error, FAILING).as_dict()

    assert values["failed"] == 1
    assert [question.get("failure") for question in values["questions"]] == [
        None, {"error": type(error).__name__, "message": str(error)}, None,
    ]  # fmt: skip
    assert [bool(question["hits"]) for question in values["questions"]] == [True, False, True]


def test_a_failed_search_found_nothing_and_took_no_time(small_set: EvaluationSet) -> None:
    """A failure is no better than finding nothing: its measures are 0, and only searches that ended are timed."""
    run = _searched(small_set, StoreError("Gone."), FAILING)
    nothing = evaluate_retrieval(
        ScriptedSystem({small_set.questions[0].text: [Retrieved("quay", QUAY)]}), small_set, on_progress=lambda _: None
    )

    assert run.results[1].metrics == nothing.results[1].metrics
    assert (run.metrics["recall@5"].mean, run.metrics["recall@5"].n) == (0.5, 2)
    assert run.as_dict()["questions"][1]["latency_s"] is None
    assert run.seconds("latency_s", 1.0) < 1.0


def test_a_failed_answer_is_neither_right_nor_a_refusal(small_set: EvaluationSet) -> None:
    """An error instead of an answer is not right, and where nothing answers it is not the refusal that was due."""
    failed = _answered(small_set, FAILING, "Who owns the moon?")
    measured = [dict(result.metrics) for result in failed.results[1:]]

    assert measured == [
        {"answered": 0.0, "correctness": 0.0, "correct_and_supported": 0.0},
        {"refusal_recall": 0.0, "abstention_recall": 0.0},
    ]
    assert [result.record["status"] for result in failed.results] == ["answered", "failed", "failed"]
    questions = failed.as_dict()["questions"]
    assert [question.keys() - questions[0].keys() for question in questions[1:]] == [{"failure"}, {"failure"}]
    assert all(questions[0].keys() <= question.keys() for question in questions)
    assert failed.as_dict()["timings"]["answer_s"] == {"median": 1.0, "p95": 1.0}


@pytest.mark.parametrize(
    "run",
    [
        pytest.param(lambda asked: _searched(asked, StoreError("Gone."), FAILING), id="retrieval"),
        pytest.param(lambda asked: _answered(asked, FAILING), id="answers"),
    ],
)
def test_a_failure_survives_json_and_is_lost(
    small_set: EvaluationSet, tmp_path: Path, run: Callable[[EvaluationSet], Run]
) -> None:
    """A run with a failure is read as the same run, and a run without it wins the question."""
    before = run(small_set)
    path = tmp_path / "run.json"
    path.write_text(json.dumps(before.as_dict()), encoding="utf-8")
    read = read_run(path, before.measures, system="failing")

    assert read.as_dict() == before.as_dict()
    assert read.failed == before.failed
    better = _searched(small_set, StoreError("")) if before.measures is RETRIEVAL else _answered(small_set)
    assert "zh" in [difference.after.id for difference in compare(read, better).won]


def test_a_run_written_before_failures_were_counted_is_read(small_set: EvaluationSet, tmp_path: Path) -> None:
    """A run without the count of failures has none."""
    values = _answered(small_set).as_dict()
    del values["failed"]
    path = tmp_path / "run.json"
    path.write_text(json.dumps(values), encoding="utf-8")

    assert read_run(path, ANSWERS, system="failing").failed == ()


def test_reports_count_failures_and_name_each(small_set: EvaluationSet) -> None:
    """Both reports say how many questions failed, and show each with its error."""
    searched = _searched(small_set, StoreError("The <b>vectors</b> are gone."), FAILING)
    answered = _answered(small_set, FAILING)

    for page, told in (
        (retrieval_report(small_set, [searched]), "The <b>vectors</b> are gone."),
        (answers_report([answered]), "did not answer within 60 s"),
    ):
        soup = BeautifulSoup(page, "html.parser")
        assert "1 of 3 of failing" in soup.text
        row = next(row for row in soup.select("table tr") if told in row.text)
        assert FAILING in row.text and "Error" in row.text


def test_reports_without_failures_say_nothing_of_them(small_set: EvaluationSet) -> None:
    """Nothing failed, nothing is told."""
    assert "Questions that failed" not in answers_report([_answered(small_set)])


def test_when_every_question_fails_the_run_fails(small_set: EvaluationSet) -> None:
    """A run without any result has no figures: what the first question raised ends it."""
    asked = [question.text for question in small_set.questions]

    with pytest.raises(StoreError, match="Gone"):
        _searched(small_set, StoreError("Gone."), *asked)
    with pytest.raises(ChatModelError, match="60 s"):
        _answered(small_set, *asked)


def test_an_interruption_is_no_failure_of_a_question(small_set: EvaluationSet) -> None:
    """Who stops a run stops all of it."""
    with pytest.raises(KeyboardInterrupt):
        _searched(small_set, KeyboardInterrupt(), FAILING)


@pytest.mark.parametrize(
    ("questions", "exit_code", "told"),
    [
        pytest.param((), 0, "", id="none fails"),
        pytest.param(("How many trees?",), 0, "failing: 1 of 2 questions failed", id="one fails"),
        pytest.param(("How many trees?", "How many quays?"), 1, "Gone.", id="all fail"),
    ],
)
def test_command_counts_failures_and_exits_as_ever(
    questions: Sequence[str], exit_code: int, told: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failures are counted on standard error beside the JSON; the exit code is 1 only when there is no result."""
    lines = [
        {"qid": text, "question": text, "gold_docs": ["harbour.md"]} for text in ("How many trees?", "How many quays?")
    ]
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    error: PolicybotError = StoreError("Gone.")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setattr("policybot.evaluation.search_system", lambda *_, **__: FailingSearch(error, *questions))

    done = CliRunner().invoke(EVAL, ["retrieval", str(tmp_path), "--documents", str(folder), "--json"])

    assert done.exit_code == exit_code
    assert told in done.stderr
    if exit_code == 0:
        assert json.loads(done.stdout)["failed"] == len(questions)
