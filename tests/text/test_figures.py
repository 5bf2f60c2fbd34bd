"""Figures, units, dates and bounds mean the same however they are written, and nothing else."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybot.text.bounds import contrary
from policybot.text.dates import Date
from policybot.text.figures import codes, numbers_named, stated


def _figures(text: str) -> set[tuple[float, str]]:
    return {(round(figure.value, 6), figure.unit) for figure in stated(text).figures}


def _dates(text: str) -> set[Date]:
    return {each.date for each in stated(text).dates}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5 %", "five percent"),
        ("5 per cent", "百分之五"),
        ("5 percentage points", "5个百分点"),
        ("50 basis points", "0.5 percentage points"),
        ("12.5 million", "1250万"),
        ("1 trillion yuan", "1万亿元"),
        ("$5 billion", "50亿美元"),
        ("US$1.5m", "150万美元"),
        ("500 MW", "50万千瓦"),
        ("0.5 GW", "500 megawatts"),
        ("400 TWh", "4000亿千瓦时"),
        ("3 tonnes", "3000公斤"),
        ("two thirds", "三分之二"),
        ("70 percent", "七成"),
        ("12,500 people", "1.25万人"),
        ("fourteen hours", "十四小时"),
        ("3 to 4 million", "300万至400万"),
        ("4.5 to 5 percent", "4.5%至5%"),
    ],
)
def test_one_amount_written_in_two_ways_is_one(one: str, other: str) -> None:
    """Notation, language and the scale of a unit change no amount."""
    assert _figures(one) == _figures(other) != set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5 percent", "5 percentage points"),
        ("5%", "5"),
        ("12.5 million", "12.5 billion"),
        ("3亿元", "3万元"),
        ("5 billion yuan", "5 billion dollars"),
        ("3亿元", "3亿美元"),
        ("300 GW", "300 MW"),
        ("5 tonnes", "5 kg"),
        ("5 years", "5 months"),
    ],
)
def test_another_unit_or_scale_is_another_amount(one: str, other: str) -> None:
    """Percent is not points, a million no billion, yuan no dollars, a gigawatt no megawatt."""
    assert _figures(one) != _figures(other)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("5 March 2034", (2034, 3, 5)),
        ("March 5, 2034", (2034, 3, 5)),
        ("2034年3月5日", (2034, 3, 5)),
        ("2034-03-05", (2034, 3, 5)),
        ("in March 2034", (2034, 3, 0)),
        ("2034年3月", (2034, 3, 0)),
        ("二〇三四年", (2034, 0, 0)),
        ("二○三四年", (2034, 0, 0)),  # U+25CB, which many type for 〇
        ("by 2034", (2034, 0, 0)),
        ("，2034年", (2034, 0, 0)),
    ],
)
def test_dates_are_read_whole(text: str, date: tuple[int, int, int]) -> None:
    """Day, month and year belong together in every notation."""
    assert _dates(text) == {date}


def test_a_range_of_days_names_both() -> None:
    """Two days in July are two dates."""
    assert _dates("15 to 18 July 2034") == _dates("2034年7月15日至18日") == {(2034, 7, 15), (2034, 7, 18)}


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("around 5 percent", {"about"}),
        ("5%左右", {"about"}),
        ("约占全国的10%", {"about"}),
        ("at least 20 firms", {"at least"}),
        ("no more than 5 percent", {"at most"}),
        ("不超过5%", {"at most"}),
        ("more than 360 tonnes", {"above"}),
        ("超过360吨", {"above"}),
        ("fewer than 40 lamps", {"below"}),
        ("5 percent", set()),
    ],
)
def test_how_a_figure_is_meant_is_read(text: str, bounds: set[str]) -> None:
    """Around, at least and more than are told apart, in both languages."""
    (figure,) = stated(text).figures

    assert figure.bounds == bounds


def test_contrary_bounds_exclude_each_other() -> None:
    """At least is not at most, more than not less than; about excludes nothing."""
    assert contrary(frozenset({"at least"}), frozenset({"at most"}))
    assert contrary(frozenset({"above"}), frozenset({"below"}))
    assert not contrary(frozenset({"about"}), frozenset({"at least"}))


def test_names_with_digits_are_names() -> None:
    """A C919 is no figure, and stands in Chinese text as well."""
    assert codes("The C919 uses 5G.") == codes("C919已使用5G网络") == {"c919", "5g"}
    assert not stated("5G").figures


def test_words_that_hold_a_numeral_count_nothing() -> None:
    """统一 and 一些 are no figures, 三个 is one."""
    assert not stated("统一规划一些工作").figures
    assert 3.0 in numbers_named("三个港口")
    assert 2.0 in numbers_named("both ports")


WHOLES = {
    "三": 3,
    "十": 10,
    "二十": 20,
    "百": 100,
    "一百": 100,
    "千": 1000,
    "一千": 1000,
    "万": 10**4,
    "一万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "亿": 10**8,
    "十亿": 10**9,
    "万亿": 10**12,
    "3": 3,
    "100": 100,
    "10万": 10**5,
}
PARTS = {"一": 1, "五": 5, "十二": 12, "二点五": 2.5, "5": 5, "0.5": 0.5, "三": 3}


@pytest.mark.parametrize("whole", WHOLES)
@pytest.mark.parametrize("part", PARTS)
def test_a_share_is_the_fraction_it_says(whole: str, part: str) -> None:
    """X分之Y is Y of X in percent, whatever X is: one figure, of all its characters."""
    (figure,) = stated(f"占{whole}分之{part}。").figures

    assert (figure.unit, figure.text) == ("percent", f"{whole}分之{part}")
    assert figure.value == pytest.approx(float(100 * Fraction(PARTS[part]) / WHOLES[whole]), rel=1e-9)


@pytest.mark.parametrize("share", ["0分之五", "零分之五", "万万分之五", "百分之.", "百分之1.2.3", "百分之点"])
def test_what_is_no_share_raises_nothing(share: str) -> None:
    """A share of nothing, or of characters that are no number, is read as what is left of it."""
    assert stated(f"占{share}。") == stated(f"占{share}。")


def test_a_numeral_may_be_of_any_length() -> None:
    """A numeral too large for a float is read, as is one with more digits than Python prints."""
    assert [figure.value for figure in stated(f"一{'亿' * 600}人").figures] == [float("inf")]
    assert stated(f"{'9' * 5000}分之{'9' * 5000}人")


@given(st.text() | st.text(alphabet="零〇一二两三十百千万亿点分之成第半年月日至-5.,/ a%￥$\u0663"))
def test_any_text_is_read(text: str) -> None:
    """No characters, in no order, raise anything."""
    assert stated(text) == stated(text)
    assert numbers_named(text) >= {figure.value for figure in stated(text).figures}
