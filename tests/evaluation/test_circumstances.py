"""The project's own set of questions with circumstances: what makes its figures worth reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from policybot.calibration import CHOOSING_SETS, CHOSEN_ON, REPORTED_SETS
from policybot.evaluation import EvaluationSet, read_set
from policybot.evaluation.datasets import Question
from policybot.evaluation.metrics import tokens
from policybot.text.sentences import sentence_spans

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def circumstances() -> EvaluationSet:
    return read_set(ROOT / "benchmarks" / "circumstances", documents=ROOT / "documents")


def _across(evaluation_set: EvaluationSet, questions: Sequence[Question]) -> list[Question]:
    languages = {document.id: document.language for document in evaluation_set.corpus.documents}
    return [q for q in questions if any(languages[id_] != q.language for id_ in q.gold_documents)]


def test_evidence_stands_word_for_word_in_its_document(circumstances: EvaluationSet) -> None:
    """Every piece of evidence is an exact stretch of a right document's body; every right document has one."""
    bodies = {document.id: document.text for document in circumstances.corpus.documents}
    for question in circumstances.questions:
        for evidence in question.gold_evidence:
            assert any(evidence in bodies[id_] for id_ in question.gold_documents), (question.id, evidence)
        for id_ in question.gold_documents:
            assert any(evidence in bodies[id_] for evidence in question.gold_evidence), (question.id, id_)


def test_ids_are_numbers_in_order(circumstances: EvaluationSet) -> None:
    """Ids are unique and numbered from 1, so that even and odd ones halve the set."""
    assert [question.id for question in circumstances.questions] == [
        f"c{number:03}" for number in range(1, len(circumstances.questions) + 1)
    ]


def test_both_halves_hold_every_sort_of_question(circumstances: EvaluationSet) -> None:
    """In the set and each half of it: both languages alike, a fifth across languages, some unanswerable."""
    assert len(circumstances.questions) >= CHOSEN_ON
    assert "circumstances/even" in CHOOSING_SETS and "circumstances/odd" in REPORTED_SETS
    for questions in (circumstances.questions, circumstances.questions[::2], circumstances.questions[1::2]):
        share = sum(question.language == "zh" for question in questions) / len(questions)
        assert abs(share - 0.5) < 0.05
        assert len(_across(circumstances, questions)) >= len(questions) / 5
        assert sum(not question.answerable for question in questions) >= 3


def test_every_document_is_asked_about(circumstances: EvaluationSet) -> None:
    """Of each document there is a question, and a question that nothing answers has neither document nor evidence."""
    asked = {id_ for question in circumstances.questions for id_ in question.gold_documents}
    assert asked == {document.id for document in circumstances.corpus.documents}
    for question in circumstances.questions:
        assert question.answerable == bool(question.gold_documents) == bool(question.gold_evidence)
        assert question.key


def test_circumstances_come_first_and_the_question_last(circumstances: EvaluationSet) -> None:
    """Before the question stand at least two sentences, and only the last one asks."""
    for question in circumstances.questions:
        sentences = [question.text[start:end] for start, end in sentence_spans(question.text)]
        assert len(sentences) >= 3, question.id
        assert [bool(re.search(r"[?？]$", sentence)) for sentence in sentences] == [False] * (len(sentences) - 1) + [
            True
        ]


def test_questions_are_in_other_words_than_their_evidence(circumstances: EvaluationSet) -> None:
    """No eight words or Chinese characters in a row are the evidence's: nobody asks in a document's sentences."""
    for question in circumstances.questions:
        asked = _runs(question.text)
        assert not [e for e in question.gold_evidence if asked & _runs(e)], question.id


def _runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    found = tokens(text)
    return {tuple(found[i : i + length]) for i in range(len(found) - length + 1)}
