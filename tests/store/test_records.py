"""Whose conversations are whose, what is kept of an answer, and what comes back."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybot import Answer, Citation, Hit, Metadata, Passage, Sentence
from policybot.errors import UnknownConversation
from policybot.store.records import Records

TEXT = st.text(max_size=20)
METADATA = st.builds(Metadata, title=TEXT, publisher=TEXT, published=TEXT, url=TEXT, language=TEXT)
PASSAGES = st.builds(Passage, section=st.lists(TEXT, max_size=2).map(tuple), title=TEXT, text=TEXT)
ANSWERS = st.builds(
    Answer,
    question=TEXT,
    status=st.sampled_from(["answered", "abstained"]),
    language=TEXT,
    sentences=st.lists(st.builds(Sentence, citations=st.lists(st.integers()).map(tuple)), max_size=2).map(tuple),
    rejected=st.lists(st.builds(Sentence, rejected_markers=st.lists(TEXT).map(tuple)), max_size=1).map(tuple),
    citations=st.lists(st.builds(Citation), max_size=2).map(tuple),
    hits=st.lists(st.builds(Hit, passage=PASSAGES, metadata=METADATA, score=st.just(0.5), relevance=st.just(0.5))).map(
        tuple
    ),
    timings=st.just({"total_s": 0.1}),
)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    with Records(tmp_path) as records:
        yield records


def answer(question: str) -> Answer:
    return Answer(question, "answered", "en", sentences=(Sentence("So it is.", "supported", (1,)),))


@given(ANSWERS)
def test_an_answer_comes_back_from_json_as_it_went(given_answer: Answer) -> None:
    """What was kept is what was answered, in every field."""
    kept = json.loads(json.dumps(given_answer.as_dict()))

    assert Answer.from_dict(kept) == given_answer


def test_an_answer_of_another_version_can_be_read() -> None:
    """Fields that are not known are passed over, and missing ones have their default."""
    kept = answer("What is so?").as_dict() | {"mood": "good"}
    del kept["kind"]
    kept["sentences"][0]["colour"] = "red"

    assert Answer.from_dict(kept) == answer("What is so?")


def test_found_by_title_and_by_question_of_ones_own(records: Records) -> None:
    """A search finds titles and questions, large or small, and never somebody else's."""
    mine = records.begin("ada", title="Häfen").id
    records.add_answer("ada", mine, answer("Which QUAYS are new?"))
    theirs = records.begin("bo").id
    records.add_answer("bo", theirs, answer("Which quays are old?"))

    for search, found in {"quays": [mine], "HÄFEN": [mine], "quays%": [], "": [mine]}.items():
        assert (search, found) == (search, [each.id for each in records.conversations("ada", search=search)])


def test_dropped_answers_are_gone_and_their_ratings_stay(records: Records) -> None:
    """An answer that is replaced leaves the conversation; what was thought of it stays in the export."""
    conversation = records.begin("ada").id
    first, second = (records.add_answer("ada", conversation, answer(question)) for question in ("One?", "Two?"))
    records.rate("ada", second, "down", "Too short.")
    assert records.ratings("ada", conversation) == {second: ("down", "Too short.")}
    records.drop_answers("ada", conversation, [second])

    assert [record.id for record in records.answers("ada", conversation)] == [first]
    assert records.ratings("ada", conversation) == {}
    assert [feedback.question for feedback in records.feedback()] == ["Two?"]


def test_nobody_drops_what_is_somebody_elses(records: Records) -> None:
    """Another's conversation is unknown, and an answer's id alone deletes nothing."""
    conversation = records.begin("ada").id
    kept = records.add_answer("ada", conversation, answer("One?"))
    own = records.begin("bo").id

    with pytest.raises(UnknownConversation):
        records.drop_answers("bo", conversation, [kept])
    records.drop_answers("bo", own, [kept])
    assert [record.id for record in records.answers("ada", conversation)] == [kept]


def test_every_field_of_an_answer_is_kept() -> None:
    """A field that is added to Answer is restored, too."""
    assert {each.name for each in dataclasses.fields(Answer)} <= set(answer("What?").as_dict())
