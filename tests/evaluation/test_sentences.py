"""Measures of ranked sentences: which sentence holds evidence, and what is measured of a ranking."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripted_system import ScriptedSystem, SentenceScript

from policybot.evaluation import EvaluationSet, evaluate_retrieval, retrieval_report
from policybot.evaluation.datasets import Corpus, CorpusDocument, Question
from policybot.evaluation.sentences import SENTENCES, SentenceMeasures
from policybot.evaluation.systems import Retrieved, SentenceSystem

PLAN = (
    "The plan was adopted in 2031. The council will plant 4,200 trees along the harbour by 2035. "
    "It will spend 12.5 million on quays. Last year the council planted 1,100 trees along the harbour road."
)
REPORT = (
    "一、过去一年工作回顾。地区生产总值增长5.5%，规上工业增加值增长9.4%。城镇新增就业86万人。"
    "二、今年工作安排。地区生产总值增长5%左右，城镇新增就业80万人以上。要因地制宜发展新质生产力，打造未来产业先导区。"
)
COPY = "Another page. The council will plant 4,200 trees along the harbour by 2035."
CORPUS = Corpus(
    "harbour",
    (
        CorpusDocument("plan", "Plan", PLAN, "en"),
        CorpusDocument("report", "报告", REPORT, "zh"),
        CorpusDocument("copy", "Copy", COPY, "en"),
    ),
)
TREES = "The council will plant 4,200 trees along the harbour by 2035."
GROWTH = "地区生产总值增长5.5%，规上工业增加值增长9.4%。"
PLANNED = "地区生产总值增长5%左右，城镇新增就业80万人以上。"
ZONES = "要因地制宜发展新质生产力，打造未来产业先导区。"
QUAYS = "It will spend 12.5 million on quays."


def question(*evidence: str, gold: Sequence[str] = ("plan",), alternatives: Sequence[str] | None = None) -> Question:
    return Question(
        "q", "How many?", "en", gold_documents=tuple(gold), gold_evidence=evidence,
        alternative_documents=None if alternatives is None else tuple(alternatives),
    )  # fmt: skip


def measured(asked: Question, *ranked: tuple[str, str]) -> dict[str, float]:
    """The measures of a ranking of (document id, sentence), the same over the right documents alone."""
    found = [Retrieved(*each) for each in ranked]
    return SentenceMeasures(CORPUS).of(asked, ranked=found, ranked_in_gold=found)


@pytest.mark.parametrize(
    ("document", "evidence", "sentence", "holds"),
    [
        pytest.param("plan", TREES, TREES, True, id="the evidence itself"),
        pytest.param("plan", "plant 4,200 trees", TREES, True, id="the evidence is a part of the sentence"),
        pytest.param("plan", f"{TREES} {QUAYS}", QUAYS, True, id="the sentence is a part of the evidence"),
        pytest.param("plan", TREES, TREES[:34], True, id="a clause with half of the shorter one, that is all of it"),
        pytest.param("plan", "2031. The council will plant 4,200 trees", TREES, True, id="both reach beyond the other"),
        pytest.param("plan", "in 2031. The council will plant", TREES, False, id="fewer words in common than five"),
        pytest.param("plan", TREES, "4,200 trees", False, id="a label in the evidence"),
        pytest.param("plan", TREES, QUAYS, False, id="another sentence"),
        pytest.param(
            "plan", "planted 1,100 trees along the harbour road", TREES, False, id="the same words in another place"
        ),
        pytest.param("report", "规上工业增加值增长9.4%", GROWTH, True, id="zh: in it"),
        pytest.param("report", "地区生产总值增长5%左右", GROWTH, False, id="zh: last year's"),
        pytest.param("report", ZONES, "新质生产力", False, id="zh: a title's words in it"),
        pytest.param("report", f"二、今年工作安排。{PLANNED}", "二、今年工作安排。", False, id="zh: the heading in it"),
        pytest.param("report", "80万人以上", PLANNED, True, id="zh: short but whole"),
    ],
)
def test_a_sentence_holds_evidence_that_lies_where_it_lies(
    document: str, evidence: str, sentence: str, holds: bool
) -> None:
    """They share a place: the whole evidence, or five words and half of the shorter one, however alike others are."""
    found = measured(question(evidence, gold=(document,)), (document, sentence))

    assert found["sentence_hit@1"] == float(holds)


def test_a_sentence_of_another_document_is_none() -> None:
    """The same words in a document that is not right count for nothing, unless it is an alternative one."""
    assert measured(question(TREES), ("copy", TREES))["sentence_hit@5"] == 0.0
    assert measured(question(TREES, alternatives=("copy",)), ("copy", TREES))["sentence_hit@5"] == 1.0


def test_hits_ask_for_any_piece_and_recall_for_the_share() -> None:
    """One of two pieces in the second place: no hit at 1, a hit at 5, recall one half."""
    found = measured(question(TREES, QUAYS), ("copy", "Another page."), ("plan", QUAYS))

    assert (found["sentence_hit@1"], found["sentence_hit@5"], found["sentence_recall@5"]) == (0.0, 1.0, 0.5)


def test_no_more_than_five_sentences_count() -> None:
    """Evidence in the sixth sentence is not among the first five."""
    assert measured(question(TREES), *[("plan", QUAYS)] * SENTENCES, ("plan", TREES))["sentence_recall@5"] == 0.0


def test_evidence_outside_the_body_is_left_out() -> None:
    """A line of the front matter is no evidence that a sentence could hold: neither for the share nor by itself."""
    dated = "published: 2031-04-02"

    assert measured(question(TREES, dated), ("plan", TREES))["sentence_recall@5"] == 1.0
    assert measured(question(dated), ("plan", TREES)) == {}
    assert measured(question(), ("plan", TREES)) == {}


@given(st.lists(st.sampled_from([TREES, QUAYS, PLAN[:29], PLAN[-63:]]), max_size=8), st.integers(0, 4))
def test_more_sentences_never_find_less(ranked: list[str], cut: int) -> None:
    """Every measure is a share, and grows as sentences are added behind."""
    asked = question(TREES, QUAYS)
    before = measured(asked, *(("plan", each) for each in ranked[:cut]))
    after = measured(asked, *(("plan", each) for each in ranked))

    assert all(0.0 <= before[name] <= after[name] <= 1.0 for name in after if "@1" not in name)
    assert after["sentence_hit@1"] <= after["sentence_hit@5"]


def test_every_sentence_of_the_evidence_finds_it() -> None:
    """Whichever sentence of the evidence is ranked first, it holds it."""
    for sentence in (TREES, QUAYS):
        assert measured(question(f"{TREES} {QUAYS}"), ("plan", sentence))["sentence_hit@1"] == 1.0


# In a run


def _set() -> EvaluationSet:
    unanswerable = Question("none", "Who owns the moon?", "en")
    return EvaluationSet(CORPUS, (question(TREES), unanswerable))


def _run(system: ScriptedSystem, *, sentences: bool = True):  # type: ignore[no-untyped-def]
    return evaluate_retrieval(system, _set(), sentences=sentences, on_progress=lambda _: None)


RIGHT = [Retrieved("plan", TREES)]
WRONG = [Retrieved("copy", COPY[:13])]


def test_sentences_are_measured_over_all_and_over_the_right_documents() -> None:
    """A system that finds the sentence only when it is told the document has the gold measure alone."""
    system = SentenceScript({"How many?": RIGHT}, everywhere=WRONG, within={("plan",): RIGHT})

    found = _run(system).metrics

    assert (found["sentence_hit@5"].mean, found["gold_sentence_hit@5"].mean) == (0.0, 1.0)
    assert (found["sentence_hit@5"].n, found["gold_sentence_recall@5"].n) == (1, 1)


def test_a_system_that_ranks_no_sentences_has_no_such_measure() -> None:
    """The measures are undefined for it, not 0; so they are when they are not asked for."""
    silent = ScriptedSystem({"How many?": RIGHT})
    speaking = SentenceScript({"How many?": RIGHT}, everywhere=RIGHT, within={})

    assert not isinstance(silent, SentenceSystem) and isinstance(speaking, SentenceSystem)
    for run in (_run(silent), _run(speaking, sentences=False)):
        assert run.metrics["evidence_recall@5"].mean == 1.0
        assert not [name for name in run.metrics if "sentence" in name]
        assert "sentences_latency" not in run.as_dict()


def test_the_search_for_sentences_is_timed_apart() -> None:
    """What a question's sentences cost does not count for the search for passages, and is kept beside it."""
    ticks = iter(range(1000))
    system = SentenceScript({"How many?": RIGHT}, everywhere=RIGHT, within={}, on_sentences=lambda: next(ticks))

    run = evaluate_retrieval(system, _set(), on_progress=lambda _: None, clock=lambda: float(next(ticks)))

    values = run.as_dict()
    assert (values["latency"]["p95_ms"], values["sentences_latency"]["p95_ms"]) == (1000.0, 2000.0)


def test_a_failed_question_found_no_sentence() -> None:
    """A question at which a system fails is measured as one without sentences: 0, where there is evidence."""
    system = SentenceScript({"Who owns the moon?": WRONG}, everywhere=None, within={})

    assert _run(system).metrics["sentence_hit@5"].mean == 0.0


def test_report_shows_the_measures_and_the_sentences(tmp_path: Path) -> None:
    """The overview has a column for each measure of sentences, and a failure lists the sentences found."""
    shown = retrieval_report(_set(), [_run(SentenceScript({"How many?": WRONG}, everywhere=WRONG, within={}))])

    assert "<th>sentence_hit@1</th>" in shown and "gold_sentence_hit@5" in shown
    assert "Sentences:" in shown and COPY[:13] in shown
    assert "sentence_hit" not in retrieval_report(_set(), [_run(ScriptedSystem({"How many?": WRONG}))])
