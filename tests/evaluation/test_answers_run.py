"""Runs of answers: sets of every form, figures computed from questions, JSON and back, the report, the command."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest
from scripted_system import ScriptedSystem
from typer.testing import CliRunner

from policybot.cli.evaluating import EVAL
from policybot.domain import Answer, OnProgress, Passage, Sentence
from policybot.errors import ChatModelError, EvaluationError
from policybot.evaluation import (
    ANSWERS,
    EvaluationSet,
    Examiner,
    Run,
    answers_report,
    compare,
    evaluate_answers,
    evaluate_retrieval,
    read_run,
    read_set,
)
from policybot.evaluation.datasets import Corpus, CorpusDocument, Question
from policybot.evaluation.judging import Judge
from policybot.evaluation.systems import Indexed, Reply
from policybot.evaluation.tutorial_chain import DOES_NOT_KNOW
from policybot.models.prompting import Prompt
from policybot.testing import HashingEmbedder, ScriptedChatModel

QUAY = "The northern quay is two hundred metres long."


class ScriptedAnswers:
    """Says for each question the sentences given, and abstains otherwise."""

    name = "scripted"
    settings: Mapping[str, object] = {"scripted": True}

    def __init__(self, said: Mapping[str, Sequence[str]]) -> None:
        self._said = said

    def index(self, corpus: Corpus, *, on_progress: OnProgress) -> Indexed:
        return Indexed(2, 0)

    def ask(self, question: Question) -> Reply:
        sentences = tuple(Sentence(text, "supported") for text in self._said.get(question.text, ()))
        passage = Passage("p", "quay", "quay", "Quays", QUAY, 0, len(QUAY), (), None, "en", 0)
        answer = (
            Answer(question.text, "answered", question.language, sentences)
            if sentences
            else Answer(question.text, "abstained", question.language, message="Not said.", kind="unanswered")
        )
        return Reply(answer, (passage,), {}, (), 0.1, 0.5, 1.0)

    def close(self) -> None:
        """Nothing to free."""


@pytest.fixture
def keyed_set(small_set: EvaluationSet) -> EvaluationSet:
    """The small set with keys, its last question as an attack."""
    keys = ("Two hundred metres.", "两百米。", "Decline.")
    questions = [dataclasses.replace(q, key=key) for q, key in zip(small_set.questions, keys, strict=True)]
    questions[2] = dataclasses.replace(questions[2], type="adversarial", answerable=False)
    return dataclasses.replace(small_set, questions=tuple(questions))


def _run(keyed_set: EvaluationSet, said: Mapping[str, Sequence[str]], judge: Judge | None = None) -> Run:
    examiner = Examiner.offline(HashingEmbedder(), judge=judge)
    return evaluate_answers(ScriptedAnswers(said), keyed_set, examiner, on_progress=lambda _: None)


def test_figures_are_grouped(keyed_set: EvaluationSet) -> None:
    """Every measure is given over all questions and by kind, language, turn and attack."""
    run = _run(keyed_set, {"How long is the quay?": [QUAY]})
    values = run.as_dict()

    assert values["metrics"]["correctness"]["mean"] == 0.5
    assert values["metrics"]["refusal_recall"] == {"mean": 1.0, "ci": [1.0, 1.0], "n": 1}
    assert values["metrics"]["refusal_precision"]["mean"] == 0.5
    assert values["metrics"]["citation_recall"] == {"mean": None, "ci": None, "n": 0}
    assert values["groups"]["language"]["zh"]["metrics"]["correctness"]["mean"] == 0.0
    assert values["groups"]["turn"]["follow-up"]["n"] == 1
    assert values["groups"]["attack"] == {"attack": values["groups"]["kind"]["adversarial"]}
    assert values["timings"]["first_sentence_s"] == {"median": 0.5, "p95": 0.5}


def test_run_survives_json_and_compares(keyed_set: EvaluationSet, tmp_path: Path) -> None:
    """A run read from its JSON gives the same figures, and a better one wins the questions it answers right."""
    before, after = _run(keyed_set, {}), _run(keyed_set, {"How long is the quay?": [QUAY]})
    path = tmp_path / "run.json"
    path.write_text(json.dumps(before.as_dict()), encoding="utf-8")
    read = read_run(path, ANSWERS, system="scripted")

    assert read.as_dict() == before.as_dict()
    assert [d.after.id for d in compare(read, after).won] == ["en"]


def test_other_files_are_no_runs(tmp_path: Path) -> None:
    """A file that holds something else is named, and how to make a run is said."""
    path = tmp_path / "run.json"
    path.write_text("{}", encoding="utf-8")

    with pytest.raises(EvaluationError, match=r"run\.json holds no run of answers"):
        read_run(path, ANSWERS, system="scripted")


def test_report_shows_every_answer_and_no_markup_of_theirs(keyed_set: EvaluationSet) -> None:
    """Each question and answer stands in the report, as text whatever it holds."""
    run = _run(keyed_set, {"How long is the quay?": ["<script>alert(1)</script> &amp; twelve metres."]})
    page = answers_report([run])

    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; twelve metres." in page
    for question in keyed_set.questions:
        assert question.text in page
    ElementTree.fromstring(page.partition("<body>")[2].partition("</body>")[0])


def test_judge_is_asked_and_its_verdict_measured(keyed_set: EvaluationSet) -> None:
    """The judge's verdicts become measures; of an answer that abstains there is none."""
    prompt = Prompt("examine", "Judge.", "{{question}} {{key}} {{answer}} {{quotes}}")
    model = ScriptedChatModel(replies=["Fine.\n**correct**: yes\nsupported: No"])
    run = _run(keyed_set, {"How long is the quay?": [QUAY]}, Judge(model, name="scripted", prompt=prompt))

    assert run.metrics["judged_correctness"].mean == 1.0
    assert run.metrics["judged_support"].mean == 0.0
    assert run.metrics["judged_support"].n == 1


def test_judge_without_verdict_is_an_error(keyed_set: EvaluationSet) -> None:
    """A judge that does not decide stops the run instead of counting as anything."""
    prompt = Prompt("examine", "Judge.", "{{question}} {{key}} {{answer}} {{quotes}}")
    judge = Judge(ScriptedChatModel(replies=["Well."]), name="scripted", prompt=prompt)

    with pytest.raises(ChatModelError, match="no verdict on question 'en'"):
        _run(keyed_set, {"How long is the quay?": [QUAY]}, judge)


def test_negatives_are_the_only_documents(tmp_path: Path) -> None:
    """With negatives, each question may use only its own, nothing answers it, and no other document is needed."""
    documents = [{"doc_id": f"d{i}", "text": f"Text {i}."} for i in range(4)]
    lines = [{"qid": "a", "question": "Who?", "negatives": ["d1", "d2"]}, {"qid": "b", "question": "When?"}]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
    (tmp_path / "set_native.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")

    found = read_set(tmp_path, negatives=True).with_needed_documents()

    assert [(q.id, q.documents, q.answerable) for q in found.questions] == [("a", ("d1", "d2"), False)]
    assert [document.id for document in found.corpus.documents] == ["d1", "d2"]


def test_a_file_of_questions_is_a_set_over_the_index(tmp_path: Path) -> None:
    """Questions by themselves are asked over the documents that are indexed already."""
    path = tmp_path / "own.jsonl"
    path.write_text('{"qid": "a", "question": "Who?", "gold_docs": ["harbour.md"]}', encoding="utf-8")
    indexed = Corpus("index", (CorpusDocument("harbour.md", "Harbour", "Text.", "en"),))

    found = read_set(path, indexed=indexed)

    assert (found.name, [question.id for question in found.questions]) == ("own", ["a"])


def test_kinds_are_chosen_by_name(small_set: EvaluationSet) -> None:
    """Only questions of the kinds named are asked; an unknown kind is an error that lists the known ones."""
    assert [q.id for q in small_set.of_kinds(["unanswerable"]).questions] == ["none"]
    with pytest.raises(EvaluationError, match=r"'facts'\. It has fact, unanswerable"):
        small_set.of_kinds(["facts"])


@pytest.mark.parametrize(
    ("values", "told"),
    [
        pytest.param({"answerable": "yes"}, "answerable must be true or false", id="answerable"),
        pytest.param({"answer_groups": [[]]}, "answer_groups must be a list of lists", id="empty group"),
    ],
)
def test_wrong_keys_name_the_line(values: dict[str, object], told: str, tmp_path: Path) -> None:
    """A key in the wrong form is named with file and line."""
    (tmp_path / "corpus.jsonl").write_text('{"doc_id": "d", "text": "Text."}', encoding="utf-8")
    line = {"qid": "a", "question": "Who?"} | values
    (tmp_path / "questions.jsonl").write_text(json.dumps(line), encoding="utf-8")

    with pytest.raises(EvaluationError, match=rf"questions\.jsonl, line 1: {told}"):
        read_set(tmp_path)


@pytest.mark.parametrize(
    ("reply", "refuses"),
    [
        pytest.param("I don't know.", True, id="I don't know"),
        pytest.param("The provided context does not mention the quay's owner.", True, id="does not mention"),
        pytest.param("There is no information about that in the context.", True, id="no information"),
        pytest.param("根据提供的内容，我不知道答案。", True, id="Chinese: does not know"),
        pytest.param("上下文中没有提到码头的长度。", True, id="Chinese: not mentioned"),
        pytest.param("The quay is two hundred metres long.", False, id="an answer"),
        pytest.param("The plan does not abolish the car ferry.", False, id="an answer that negates"),
        pytest.param("市图书馆周末不闭馆。", False, id="Chinese: an answer that negates"),
    ],
)
def test_tutorials_refusals_are_known_by_their_words(reply: str, refuses: bool) -> None:
    """The chain's own way of saying that it does not know is told from an answer that negates, in both languages."""
    assert bool(DOES_NOT_KNOW.search(reply)) == refuses


def test_command_prints_json_and_writes_the_report(folder: Path, tmp_path: Path) -> None:
    """One call asks a set over a folder of documents, prints one JSON object and writes the report."""
    lines = [
        {
            "qid": "trees",
            "question": "How many trees does the council want to plant?",
            "answer": "4,200.",
            "answerable": True,
            "gold_docs": ["harbour.md"],
            "kind": "number",
        },
        {"qid": "moon", "question": "Who owns the moon?", "answerable": False, "kind": "unanswerable"},
    ]
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    report = tmp_path / "report.html"
    done = CliRunner().invoke(
        EVAL,
        ["answers", str(tmp_path), "--documents", str(folder), "--data-dir", str(tmp_path / "data"),
         "--chat-model", "none", "--json", "--html", str(report)],
    )  # fmt: skip

    assert done.exit_code == 0, done.stderr
    values = json.loads(done.stdout)
    assert values["metrics"]["correctness"] == {"mean": 1.0, "ci": [1.0, 1.0], "n": 1}
    assert values["metrics"]["refusal_recall"]["mean"] == 1.0
    assert values["metrics"]["quote_exact"]["mean"] == 1.0
    assert [question["qid"] for question in values["questions"]] == ["trees", "moon"]
    assert "How many trees" in report.read_text(encoding="utf-8")


@pytest.fixture
def pointed_set(keyed_set: EvaluationSet) -> EvaluationSet:
    """The keyed set, its first question with key points."""
    first = dataclasses.replace(
        keyed_set.questions[0], key_points=("200 metres",), must_not=("300 metres", "accepts it")
    )
    return dataclasses.replace(keyed_set, questions=(first, *keyed_set.questions[1:]))


def test_key_points_go_before_the_key(pointed_set: EvaluationSet) -> None:
    """Where a question has key points they decide, and the record says by what each is held."""
    right = _run(pointed_set, {"How long is the quay?": [QUAY]}).results[0]
    wrong = _run(pointed_set, {"How long is the quay?": ["The quay is 300 metres long."]}).results[0]

    assert (right.metrics["correctness"], wrong.metrics["correctness"]) == (1.0, 0.0)
    assert right.record["key_points"] == [{"point": "200 metres", "held_by": "figures"}]
    assert wrong.record["key_points"] == [{"point": "200 metres", "held_by": ""}]
    assert wrong.record["must_not"] == {"stated": ["300 metres"], "not_judged": ["accepts it"]}


def test_without_key_points_nothing_is_recorded_of_them(keyed_set: EvaluationSet) -> None:
    """A set without key points is measured by its key alone."""
    result = _run(keyed_set, {"How long is the quay?": [QUAY]}).results[0]

    assert result.metrics["correctness"] == 1.0
    assert not {"key_points", "must_not"} & result.record.keys()


def test_faults_are_grouped_by_kind_and_languages(pointed_set: EvaluationSet) -> None:
    """Each kind of fault has its figure, interval and number of questions for each kind and pair of languages."""
    said = {"How long is the quay?": ["The quay is 300 metres long."], "Who owns the moon?": [QUAY]}
    groups = _run(pointed_set, said).as_dict()["groups"]

    assert groups["languages"]["en→en"]["metrics"]["wrong_given"] == {"mean": 1.0, "ci": [1.0, 1.0], "n": 1}
    assert groups["languages"]["zh→en"]["metrics"]["wrongly_refused"]["mean"] == 1.0
    assert groups["languages"]["en→none"]["metrics"]["unanswerable_answered"]["mean"] == 1.0
    assert groups["kind"]["fact"]["metrics"]["wrongly_refused"]["n"] == 2


def test_report_shows_faults_and_lacking_points(pointed_set: EvaluationSet) -> None:
    """The page has a table of faults by kind and by languages, and names the key points that an answer lacks."""
    page = answers_report([_run(pointed_set, {"How long is the quay?": ["The quay is 300 metres long."]})])

    assert "wrongly refused" in page
    assert "By languages" in page
    assert "Key points that it lacks: 200 metres" in page


def _write(path: Path, run: Run) -> str:
    path.write_text(json.dumps(run.as_dict()), encoding="utf-8")
    return str(path)


def test_two_runs_are_compared_by_a_command(pointed_set: EvaluationSet, tmp_path: Path) -> None:
    """`eval compare` says how the measures differ, what came of the questions, and which were won and lost."""
    before = _write(tmp_path / "before.json", _run(pointed_set, {}))
    after = _write(tmp_path / "after.json", _run(pointed_set, {"How long is the quay?": [QUAY]}))

    told = CliRunner().invoke(EVAL, ["compare", before, after], env={"LC_ALL": "C.UTF-8", "COLUMNS": "200"})
    values = json.loads(CliRunner().invoke(EVAL, ["compare", before, after, "--json"]).stdout)

    assert told.exit_code == 0, told.stderr
    assert "1 questions won, 0 lost, of 3" in told.stdout
    assert "How long is the quay?" in told.stdout
    assert {"before": "wrongly refused", "after": "right", "qids": ["en"]} in values["outcomes"]
    assert [each["qid"] for each in values["won"]] == ["en"]
    assert values["metrics"]["wrongly_refused"]["difference"] == -0.5


def test_runs_of_two_kinds_are_not_compared(pointed_set: EvaluationSet, tmp_path: Path) -> None:
    """A run of answers and one of retrieval have nothing in common, and the message says so."""
    answered = _write(tmp_path / "answers.json", _run(pointed_set, {}))
    searched = _write(
        tmp_path / "retrieval.json",
        evaluate_retrieval(ScriptedSystem({}), pointed_set, on_progress=lambda _: None),
    )

    done = CliRunner().invoke(EVAL, ["compare", answered, searched], env={"LC_ALL": "C.UTF-8"})

    assert (done.exit_code, done.stdout) == (1, "")
    assert "run of answers cannot be compared with one of retrieval" in " ".join(done.stderr.split())
    same = CliRunner().invoke(EVAL, ["compare", searched, searched, "--json"])
    assert json.loads(same.stdout)["outcomes"] == []
