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
