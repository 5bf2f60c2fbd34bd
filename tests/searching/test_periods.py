"""The years that a question asks about, and those that a clause of an annual report speaks of."""

from __future__ import annotations

import pytest

from policybot.domain import Evidence, Hit, Metadata, Passage
from policybot.searching.periods import Period, asked_period, speaks_of_others


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("去年港口吞吐量是多少？", Period(last_year=True)),
        ("今年港口打算扩建几个泊位？", Period(this_year=True)),
        ("How many berths will be built this year?", Period(this_year=True)),
        ("How many berths were built in 2031?", Period(frozenset({2031}))),
        ("2031年和2032年的泊位各有多少？", Period(frozenset({2031, 2032}))),
        ("2031年工作报告里的泊位目标是多少？", Period()),
        ("According to the harbour's 2031 annual report, how many berths are there?", Period()),
        ("How many berths are named in the report of 2031?", Period()),
        ("吞吐量比2031年增长多少？", Period()),
        ("By how much did traffic grow compared with 2031?", Period()),
        ("过去五年吞吐量年均增长多少？", Period()),
        ("2029年的数我有了。2031年的泊位有多少？不要2030年的。", Period(frozenset({2031}))),
        ("How fast did traffic grow on average over the past five years?", Period()),
    ],
)
def test_a_question_asks_about_the_years_it_names_and_of_no_document(question: str, period: Period) -> None:
    """A year that names a document, is compared with, or is one of several together is not what is asked about."""
    assert asked_period(question) == period


def _clause(text: str, *section: str, title: str = "2032年海港工作报告") -> Evidence:
    passage = Passage("p", "d", "d.txt", title, text, 0, len(text), section, None, "zh", 0)
    return Evidence(Hit(passage, Metadata(title=title), "v", 1, 1.0, 1.0), text, 0, len(text), 0.0)


@pytest.mark.parametrize(
    ("text", "section", "years"),
    [
        ("去年吞吐量为三千万吨。", (), {2031}),
        ("今年计划扩建泊位四个。", (), {2032}),
        ("吞吐量为三千万吨。", ("一、2031年工作回顾",), {2031}),
        ("吞吐量为三千万吨。", ("三、今年工作安排", "（一）扩建泊位"), {2032}),
        ("2029年吞吐量为两千万吨。", ("一、2031年工作回顾",), {2029}),
    ],
)
def test_a_clause_speaks_of_its_own_years_else_of_its_sections(
    text: str, section: tuple[str, ...], years: set[int]
) -> None:
    """It speaks of other years than every year that it does not name, and of none but these."""
    clause = _clause(text, *section)

    assert {y for y in range(2027, 2035) if not speaks_of_others(Period(frozenset({y})), clause)} == years


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("五年来吞吐量翻了一番。", "一、2031年工作回顾"),
        ("吞吐量年均增长5%。", ""),
        ("吞吐量翻了一番。", "二、“十四五”时期回顾"),
    ],
)
def test_several_years_together_are_no_year_that_a_question_names(text: str, section: str) -> None:
    """Such a clause, or one of such a section, speaks of other years, whichever is asked about."""
    assert all(speaks_of_others(Period(frozenset({year})), _clause(text, section)) for year in range(2027, 2035))


def test_of_a_clause_that_tells_no_year_nothing_is_known() -> None:
    """It is never held to speak of other years, whatever is asked; nor is any where the question asks about none."""
    assert not any(speaks_of_others(Period(frozenset({y})), _clause("吞吐量为三千万吨。")) for y in range(2027, 2035))
    assert not speaks_of_others(Period(), _clause("五年来吞吐量翻了一番。", "一、2031年工作回顾"))


def test_a_base_of_comparison_is_no_year_of_a_clause() -> None:
    """What grew more than last year, in a section on this year, speaks of this year."""
    clause = _clause("吞吐量比去年增长5%。", "三、2032年工作安排")

    assert not speaks_of_others(Period(this_year=True), clause)
    assert speaks_of_others(Period(last_year=True), clause)
