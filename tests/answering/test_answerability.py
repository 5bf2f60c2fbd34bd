"""How probable it is that the documents answer: what raises it, what lowers it, and where the weights come from."""

from __future__ import annotations

import json
import math
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybot import PolicyBot, load_settings
from policybot.answering import answerability
from policybot.answering.answerability import (
    AnswerabilityFeatures,
    answerable_probability,
    as_row,
    coefficients,
    missing_names,
)
from policybot.calibration import ANSWERABLE_FROM, CHOOSING_SETS, CHOSEN_ON
from policybot.searching import Query

_ODDS = st.floats(-6, 6)

FEATURES = st.builds(
    AnswerabilityFeatures,
    sentence=_ODDS,
    passage=_ODDS,
    matched=st.none() | st.floats(0, 1),
    names_missing=st.integers(0, 3),
    years_missing=st.booleans(),
    judged=st.none() | _ODDS,
)


@given(FEATURES, st.sampled_from(["sentence", "passage", "matched", "judged"]), st.floats(0, 3))
def test_the_better_the_evidence_the_more_probable_the_answer(
    features: AnswerabilityFeatures, name: str, more: float
) -> None:
    """Whatever else is known, a better sentence, passage, match or judgement never makes an answer less probable."""
    if (value := getattr(features, name)) is None:
        return

    assert answerable_probability(replace(features, **{name: value + more})) >= answerable_probability(features)


@given(FEATURES, st.sampled_from([{"names_missing": 0}, {"years_missing": False}]))
def test_what_is_missing_never_makes_an_answer_more_probable(
    features: AnswerabilityFeatures, found: dict[str, bool]
) -> None:
    """Whatever else is known, a name or a year of the question that the documents lack speaks against an answer."""
    assert answerable_probability(features) <= answerable_probability(replace(features, **found))


@given(FEATURES)
def test_every_question_has_a_probability(features: AnswerabilityFeatures) -> None:
    """One model weighs every case: whatever is missing, the row holds the weights' names, and the result is in 0..1."""
    row = as_row(features)

    assert set(row) == set(coefficients()) and all(map(math.isfinite, row.values()))
    assert 0 <= answerable_probability(features) <= 1


@pytest.mark.parametrize("matched", [None, 0.82])
def test_it_does_not_abstain_with_the_answer_in_hand(matched: float | None) -> None:
    """A best sentence of 0.97 in a passage of 0.96 answers, though the question holds words that nothing matches."""
    features = AnswerabilityFeatures(
        sentence=math.log(0.97 / 0.03),
        passage=math.log(0.96 / 0.04),
        matched=matched,
        names_missing=0,
    )

    assert answerable_probability(features) >= ANSWERABLE_FROM


def test_a_library_of_one_document_is_refused_no_more(folder: Path, quoting_bot: PolicyBot, tmp_path: Path) -> None:
    """Whether other documents are indexed too changes neither the decision nor, by a tenth, the probability."""
    for name, questions in (
        ("harbour.md", ("How many trees does the council want to plant?", "What do ferry tickets cost?")),
        ("library.md", ("读者证押金是多少？", "图书馆何时成立？")),
    ):
        alone = tmp_path / name / "documents"
        alone.mkdir(parents=True)
        shutil.copy(folder / name, alone)
        with PolicyBot(load_settings(data_dir=tmp_path / name / "data", chat_model="none")) as bot:
            bot.index(alone)
            for question in questions:
                by_itself, among_others = _probability(bot, question), _probability(quoting_bot, question)
                assert by_itself == pytest.approx(among_others, abs=0.1)
                assert (by_itself >= ANSWERABLE_FROM) == (among_others >= ANSWERABLE_FROM)


def _probability(bot: PolicyBot, question: str) -> float:
    decisions = {each.stage: each.value for each in bot.ask(question).decisions}
    return decisions.get("answerability") or 0.0


def test_weights_come_from_sets_to_choose_on() -> None:
    """The shipped weights name the sets that they were fitted on, none of which results are reported on."""
    path = Path(answerability.__file__).with_suffix(".json")
    fitted = json.loads(path.read_text(encoding="utf-8"))["fitted"]
    known = {key.partition("/")[0] for key in CHOOSING_SETS} | {"alone"}

    assert set(fitted["sets"]) <= known
    assert fitted["n"] == sum(fitted["sets"].values()) >= CHOSEN_ON


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        pytest.param("What did Zhuque-3 do in Aug 2026?", ("Zhuque-3",), id="a month cut short is no name"),
        pytest.param("Which trees did Port Ellis plant?", ("Port Ellis",), id="a name of two words"),
        pytest.param("Ferries: Who pays?", (), id="a capital that begins a sentence"),
        pytest.param("《港口条例》规定了什么？", ("港口条例",), id="a title"),
    ],
)
def test_names_that_stand_nowhere_are_missing(question: str, missing: tuple[str, ...]) -> None:
    """Capitalised words and titles are names; months, days and what begins a sentence are none."""
    assert missing_names(Query(question, "en"), lambda _: False) == missing
