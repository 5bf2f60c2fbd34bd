"""Sets: what is read from a folder, and what is said when a line is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from policybot.domain import Turn
from policybot.errors import EvaluationError
from policybot.evaluation import read_set

DOCUMENT: dict[str, Any] = {"doc_id": "quay", "title": "Quays", "url": None, "text": "# Quays\n\nThe quay is long."}
QUESTION: dict[str, Any] = {"qid": "q1", "question": "How long is the quay?", "gold_docs": ["quay"], "lang": "en"}


def written(folder: Path, documents: list[Any] | None = None, questions: list[Any] | None = None) -> Path:
    """A set folder with these lines; strings are written as they are."""
    for name, records in (("corpus", documents or [DOCUMENT]), ("questions", questions or [QUESTION])):
        lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_every_field_arrives(tmp_path: Path) -> None:
    """What a line states is what the question holds."""
    line = QUESTION | {
        "type": "fact",
        "history": [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Yes?"}],
        "gold_evidence": ["The quay is long."],
        "alt_gold_docs": ["pier"],
    }

    question = read_set(written(tmp_path, questions=[line])).questions[0]

    assert (question.id, question.text, question.language, question.type) == (
        "q1", "How long is the quay?", "en", "fact",
    )  # fmt: skip
    assert question.history == (Turn("user", "Hello"), Turn("assistant", "Yes?"))
    assert (question.gold_documents, question.gold_evidence) == (("quay",), ("The quay is long.",))
    assert question.alternative_documents == ("pier",)


def test_missing_is_not_empty_for_alternatives(tmp_path: Path) -> None:
    """A set that does not speak of alternative documents leaves hit_alt@k undefined, one that lists none does not."""
    questions = [QUESTION, QUESTION | {"qid": "q2", "alt_gold_docs": []}]

    found = read_set(written(tmp_path, questions=questions)).questions

    assert [question.alternative_documents for question in found] == [None, ()]


def test_language_is_detected_where_none_is_stated(tmp_path: Path) -> None:
    """Questions and documents without `lang` get the language of their text."""
    question = {"qid": "q1", "question": "码头有多长？"}

    found = read_set(written(tmp_path, questions=[question]))

    assert (found.questions[0].language, found.corpus.documents[0].language) == ("zh", "en")


def test_kind_stands_in_for_type(tmp_path: Path) -> None:
    """A set may call the type of its questions `kind`."""
    question = read_set(written(tmp_path, questions=[QUESTION | {"kind": "date"}])).questions[0]

    assert question.type == "date"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("{", "no proper JSON", id="broken JSON"),
        pytest.param("[1]", "must be a JSON object, found [1]", id="no object"),
        pytest.param({"qid": "q2"}, "question must be a string", id="no question"),
        pytest.param(
            QUESTION | {"qid": 7}, "qid must be a string that is not blank, found 7", id="number for a string"
        ),
        pytest.param(QUESTION, "the qid 'q1' was used before", id="qid twice"),
        pytest.param(QUESTION | {"qid": "q2", "gold_docs": "quay"}, "gold_docs must be a list", id="string for a list"),
        pytest.param(QUESTION | {"qid": "q2", "gold_docs": ["sea"]}, "'sea', which is none of the 1", id="unknown id"),
        pytest.param(QUESTION | {"qid": "q2", "history": [{"role": "ghost"}]}, "messages", id="unknown role"),
        pytest.param('{"qid": "q2", "question": "\\ud800"}', "half a character", id="lone surrogate"),
    ],
)
def test_wrong_line_is_named(tmp_path: Path, line: Any, told: str) -> None:
    """A wrong line is an EvaluationError that names file, line and what is wrong with it."""
    folder = written(tmp_path, questions=[QUESTION, line])

    with pytest.raises(EvaluationError) as caught:
        read_set(folder)

    assert f"{folder / 'questions.jsonl'}, line 2: " in str(caught.value)
    assert told in str(caught.value)


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    """A line that is no UTF-8 is an EvaluationError like any wrong line."""
    folder = written(tmp_path)
    (folder / "corpus.jsonl").write_bytes(b'{"doc_id": "\xff"}\n')

    with pytest.raises(EvaluationError, match="line 1: no proper JSON"):
        read_set(folder)


def test_only_line_feeds_end_lines(tmp_path: Path) -> None:
    """A separator that JSON allows inside a string does not cut the line."""
    text = "One\u2028two\u0085three"
    document = json.dumps(DOCUMENT | {"text": text}, ensure_ascii=False)

    assert read_set(written(tmp_path, documents=[document])).corpus.documents[0].text == text


def test_document_twice_is_refused(tmp_path: Path) -> None:
    """Two documents with one id would make right and wrong the same."""
    with pytest.raises(EvaluationError, match="line 2: the doc_id 'quay' was used before"):
        read_set(written(tmp_path, documents=[DOCUMENT, DOCUMENT]))


def test_questions_about_a_folder(tmp_path: Path, folder: Path) -> None:
    """Without corpus.jsonl the documents are the files of a folder, by their names, with their stated language."""
    (tmp_path / "questions.jsonl").write_text(json.dumps(QUESTION | {"gold_docs": ["library.md"]}), encoding="utf-8")

    corpus = read_set(tmp_path, documents=folder).corpus

    assert {d.id: d.language for d in corpus.documents} == {"harbour.md": "en", "library.md": "zh"}
    assert not any(d.text.startswith("---") for d in corpus.documents)


def test_missing_corpus_says_what_to_do(tmp_path: Path) -> None:
    """A set without documents is told the option that names them."""
    (tmp_path / "questions.jsonl").write_text(json.dumps(QUESTION), encoding="utf-8")

    with pytest.raises(EvaluationError, match="--documents FOLDER"):
        read_set(tmp_path)


def test_two_corpora_are_refused(tmp_path: Path, folder: Path) -> None:
    """A set with documents of its own is not asked over others by mistake."""
    with pytest.raises(EvaluationError, match="Leave out --documents"):
        read_set(written(tmp_path), documents=folder)


def test_sample_is_spread_over_the_set(tmp_path: Path) -> None:
    """A sample has the asked size, keeps the order, and reaches over the whole set; documents stay."""
    questions = [QUESTION | {"qid": f"q{i}"} for i in range(10)]
    whole = read_set(written(tmp_path, questions=questions))

    sample = whole.sample(3)

    assert [question.id for question in sample.questions] == ["q0", "q3", "q6"]
    assert sample.corpus == whole.corpus
    assert whole.sample(99) == whole


def test_fingerprint_follows_the_documents(tmp_path: Path) -> None:
    """The same documents have one fingerprint, a changed letter another."""
    first = read_set(written(tmp_path)).corpus.fingerprint
    again = read_set(written(tmp_path)).corpus.fingerprint
    changed = read_set(written(tmp_path, documents=[DOCUMENT | {"text": "The quay is short."}])).corpus.fingerprint

    assert first == again != changed
