"""An amount or a time written in one way is read as it is in another, and a text without any stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybot.text.figures import stated
from policybot.text.notation import in_one_notation
from policybot.text.references import references


def _values(text: str) -> list[float]:
    return [round(figure.value, 6) for figure in stated(text).figures]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("5½ hours", "5.5 hours"),
        ("1¼%", "1.25%"),
        ("10⁶ litres", "1000000 litres"),
        ("3×10⁴ litres", "30000 litres"),
        ("7¹ percent", "7 percent"),
        ("7 percent² of them", "7 percent of them"),
        ("40 m² of deck", "40 m2 of deck"),
        ("800②艘", "800艘"),
        ("1 250 000 crowns", "1250000 crowns"),
        ("₹1,50,000", "₹150000"),
        ("1.250.000 crowns", "1250000 crowns"),
        ("5,5 % of it", "5.5 % of it"),
        ("a deficit of (2.1) percent", "a deficit of -2.1 percent"),
        ("two and a half tonnes", "2.5 tonnes"),
        ("half a million crowns", "0.5 million crowns"),
        ("two dozen cranes", "24 cranes"),
        ("one in five ships", "20 percent of ships"),
        ("catches doubled", "catches increased to 2 times"),
        ("catches were halved", "catches were fallen by 50 percent"),
        ("a captain aged 18 may sail", "a captain aged 18 can sail"),
        ("on 18 May 2034", "on 18 May 2034"),
        ("伍拾万元", "五十万元"),
        ("大陆架", "大陆架"),
        ("1万5千吨", "15000吨"),
        ("两年半", "2.5年"),
        ("上半年", "上半年"),
        ("七成五", "75%"),
        ("翻两番", "增长到4倍"),
        ("增长了两倍", "增长到3倍"),
        ("零下5度", "-5度"),
        ("民国110年", "2021年"),
        ("二〇三四年三月五日", "2034年3月5日"),
        ("1—9月", "前三季度"),
        ("十几艘", "11至19艘"),
    ],
)
def test_each_way_of_writing_has_one_reading(written: str, read: str) -> None:
    """What is written in a text's own way is read in the one notation; a month is no modal, a continent no numeral."""
    assert in_one_notation(written) == read


@given(st.integers(min_value=1, max_value=9999))
def test_scales_of_both_languages_hold_one_value(number: int) -> None:
    """Ten thousands are 万 and thousands, a hundred millions 亿 and millions, whatever the number."""
    assert _values(f"{number}万吨") == _values(f"{number * 10} thousand tonnes") == [number * 1e4 * 1e3]
    assert _values(f"{number}亿吨") == _values(f"{number * 100} million tonnes") == [number * 1e8 * 1e3]


@given(st.integers(min_value=1, max_value=20), st.integers(min_value=1, max_value=11))
def test_times_hold_one_value(years: int, months: int) -> None:
    """Years and months are one dimension, a half behind a year is six months."""
    assert _values(f"为期{years}年") == _values(f"{years * 12} months")
    assert _values(f"为期{years}年半") == _values(f"{years * 12 + 6}个月")


@given(st.integers(min_value=2, max_value=9))
def test_growth_by_and_to_a_multiple_agree(times: int) -> None:
    """Grown by n times and by n hundred percent is to n + 1 times, in both languages."""
    assert (
        _values(f"增长{times}倍") == _values(f"增长{times}00%") == _values(f"grew by {times}00 percent") == [times + 1]
    )


@given(st.integers(min_value=1, max_value=9), st.integers(min_value=1, max_value=9))
def test_several_scale_words_add_up(one: int, other: int) -> None:
    """A number with two scale words is their sum: 三亿五千万, 3亿5千万."""
    digits = "零一二三四五六七八九"

    assert _values(f"{digits[one]}亿{digits[other]}千万吨") == _values(f"{one}亿{other}千万吨")
    assert _values(f"{one}亿{other}千万吨") == [(one * 1e8 + other * 1e7) * 1e3]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Article 15, paragraph 2", "第十五条第二款"),
        ("Article 15(2)", "第15条第2款"),
        ("第（三）项", "第三项"),
        ("Annex III", "附件三"),
        ("class B", "乙类"),
        ("Ⅱ级", "二级"),
    ],
)
def test_one_reference_written_in_two_ways_is_one(one: str, other: str) -> None:
    """Language, numerals and brackets change no reference."""
    assert references(one) == references(other) != frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [("第二十条之一", "第二十条"), ("Section 12A", "Section 12"), ("Article 6(1)", "Article 6(2)"), ("甲类", "乙类")],
)
def test_another_label_is_another_reference(one: str, other: str) -> None:
    """A letter, a number behind the label and what stands in brackets tell references apart."""
    assert references(one) != references(other)
