"""A question that asks the same of several places or editions is asked of each alone, in its own documents."""

from __future__ import annotations

import pytest

from policybot.answering.understanding.identity import Identity
from policybot.answering.understanding.per_source import sources_in
from policybot.text.places import Places

PLACES = Places({})
KNOWN = (
    *(Identity(f"country {year}", frozenset(), frozenset({"State Council"}), frozenset({year}), frozenset({"report"}))
      for year in (2028, 2030, 2031)),
    *(Identity(f"{place} 2032", frozenset({place}), frozenset(), frozenset({2032}), frozenset({"report"}))
      for place in ("Zhejiang", "Hunan", "Gansu")),
)  # fmt: skip


def _asked(question: str) -> list[tuple[str, set[str]]]:
    return [(each.label, set(each.documents)) for each in sources_in(question, PLACES, KNOWN)]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("浙江和湖南今年各修多少公里路？", [("浙江", {"Zhejiang 2032"}), ("湖南", {"Hunan 2032"})]),
        ("浙江、湖南、甘肃谁的路长？",
         [("浙江", {"Zhejiang 2032"}), ("湖南", {"Hunan 2032"}), ("甘肃", {"Gansu 2032"})]),
        ("Which builds more roads, Gansu or Hunan?", [("Gansu", {"Gansu 2032"}), ("Hunan", {"Hunan 2032"})]),
        ("浙江和海南今年各修多少公里路？", []),
        ("2028年和2030年的赤字各是多少？", [("2028", {"country 2028"}), ("2030", {"country 2030", "country 2031"})]),
        ("赤字变化：2028、2030、2031",
         [("2028", {"country 2028"}), ("2030", {"country 2030", "country 2031"}), ("2031", {"country 2031"})]),
        ("What was the deficit in the 2028 and 2031 reports?",
         [("2028", {"country 2028"}), ("2031", {"country 2031"})]),
        ("Trace the deficit from 2028 to 2031.",
         [("2028", {"country 2028"}), ("2030", {"country 2030", "country 2031"}), ("2031", {"country 2031"})]),
        ("各份国务院报告里的赤字是多少？",
         [("2028", {"country 2028"}), ("2030", {"country 2030"}), ("2031", {"country 2031"})]),
        ("湖南去年修了多少公里路，今年呢？", []),
        ("湖南去年修的路和今年要修的路各多少公里？", [("去年", {"Hunan 2032"}), ("今年", {"Hunan 2032"})]),
        ("浙江今年修多少公里路？", []),
        ("原定2031年完成的路，2030年修完了几条？", []),
    ],
)  # fmt: skip
def test_what_is_asked_of_several_is_asked_of_each(question: str, asked: list[tuple[str, set[str]]]) -> None:
    """Places and years of a list, or a span, with their documents, in the order of the question."""
    assert [(label, documents) for label, documents in _asked(question) if documents] == asked


@pytest.mark.parametrize("question", ["浙江和湖南今年各修多少公里路？", "2028年和2030年的赤字各是多少？"])
def test_the_question_of_one_names_none_of_the_others(question: str) -> None:
    """No label of another stands in the question that is asked of one, and its own does."""
    found = sources_in(question, PLACES, KNOWN)

    for each in found:
        assert each.label in each.question
        assert not any(other.label in each.question for other in found if other is not each)
