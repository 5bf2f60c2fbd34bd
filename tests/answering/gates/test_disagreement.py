"""Documents that contradict one another."""

from __future__ import annotations

import pytest

from policybot.answering.gates.disagreement import find_contradiction
from policybot.domain import Evidence, Hit, Metadata, Passage
from policybot.searching import Query


def _said(text: str, publisher: str, title: str) -> Evidence:
    passage = Passage(publisher, publisher, f"{publisher}.md", title, text, 0, len(text), (), None, "en", 0)
    return Evidence(Hit(passage, Metadata(title, publisher), "v", 1, 1.0, 0.9), text, 0, len(text), 0.9)


@pytest.mark.parametrize(
    ("one", "other", "contrary"),
    [
        ("Exports of the port grew 5 percent in 2031.", "In 2031 exports of the port grew 7 percent.", True),
        ("Exports of the port grew 5 percent in 2031.", "In 2031 exports of the port grew 5 percent.", False),
        ("Exports of the port grew 5 percent in 2031.", "In 2030 exports of the port grew 7 percent.", False),
        ("Alder harbour will have 12 cranes by 2031.", "Cedar harbour will have 20 cranes by 2031.", False),
        (
            "Marsh said exports of Alder grew 5 percent in 2031.",
            "Stone said exports of Alder grew 7 percent in 2031.",
            True,
        ),
    ],
    ids=["other figures", "the same", "another year", "two harbours", "two speakers"],
)
def test_different_figures_for_one_thing_in_one_year_are_two_sides(one: str, other: str, contrary: bool) -> None:
    """Two publishers disagree when their figures for the same thing differ, not when they speak of two things."""
    evidence = (_said(one, "first", "Alder report"), _said(other, "second", "Cedar report"))

    assert bool(find_contradiction(Query("How much did exports grow in 2031?", "en"), evidence)) is contrary


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The council said that dogs travel free on the ferry.", "It is wrong to tie dogs to the railing."),
        ("The company says that dogs must be on a lead.", "A false alarm about a dog stopped the night ferry."),
        ("The union reported that dogs bit two sailors.", "The ferry no longer goes to the wrong quay."),
        ("The captain warned that dogs get seasick.", "The mayor opposes a bridge to the island."),
        ("协会表示狗可以上船。", "错误代码三表示舱门未关。"),
    ],
    ids=["a norm", "a false alarm", "the wrong quay", "another subject", "an error code"],
)
def test_what_denies_no_claim_of_the_other_is_no_disagreement(one: str, other: str) -> None:
    """Words of falsehood and of opposition make two publishers disagree only when they deny what the other states."""
    question = Query("狗可以上船吗？", "zh") if one[0] == "协" else Query("May dogs travel on the ferry?", "en")

    assert find_contradiction(question, (_said(one, "first", "A"), _said(other, "second", "B"))) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The union said that the ferry is unsafe.", "The company denied that the ferry is unsafe."),
        ("A report found that the ferry is unsafe.", "The claim that the ferry is unsafe is baseless."),
        ("工会认为渡轮不安全。", "公司否认渡轮不安全。"),
    ],
)
def test_a_denied_claim_is_a_disagreement(one: str, other: str) -> None:
    """One publisher states what another denies: both are shown."""
    question = Query("渡轮不安全吗？", "zh") if one[0] == "工" else Query("Is the ferry unsafe?", "en")

    assert len(find_contradiction(question, (_said(one, "first", "A"), _said(other, "second", "B")))) == 2
