# ruff: noqa: E501 (whole sentences in a line)
"""What the check must see in sentences that share nearly every word with their evidence, and what it must let pass."""

from __future__ import annotations

import pytest

from policybot.checking import Checker
from policybot.domain import Evidence, Hit, Metadata, Passage
from policybot.models.embedding import E5Small
from policybot.models.matching import ColbertSmall
from policybot.settings import load_settings


@pytest.fixture(scope="module")
def checker() -> Checker:
    """A checker with the real models."""
    cache = load_settings().cache_dir
    return Checker(multilingual=E5Small(cache), matcher=ColbertSmall(cache))


def _evidence(*texts: str) -> list[Evidence]:
    found = []
    for text in texts:
        language = "zh" if any("\u4e00" <= c <= "\u9fff" for c in text) else "en"
        passage = Passage("p", "d", "d.md", "Harbour plan", text, 0, len(text), (), None, language, 0)
        found.append(Evidence(Hit(passage, Metadata(title="Harbour plan"), "v", 1, 1.0, 1.0), text, 0, len(text), 1.0))
    return found


TRADE = "In 2034 exports through the northern port rose by 12 percent to 3.4 million tonnes, while imports fell by 7 percent."
PLAN = (
    "The harbour board may lend the ferry company at least 40 million crowns, but it has not approved all of the loans."
)
DAY = "Minister Ada Holm told the council on 5 March 2034 that only the first of four quays will be rebuilt."
PORT = "2034年北港出口增长12%，达到340万吨，进口下降7%。"
LAMPS = "港务局2034年3月5日决定，至少拨款4000万元，不再使用燃油路灯。"


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (TRADE, TRADE.replace("12 percent", "14 percent")),
        (TRADE, TRADE.replace("12 percent", "12 percentage points")),
        (TRADE, TRADE.replace("million", "billion")),
        (TRADE, TRADE.replace("tonnes", "kilograms")),
        (TRADE, TRADE.replace("12", "x").replace("7", "12").replace("x", "7")),
        (TRADE, TRADE.replace("exports", "imports").replace("while imports", "while exports")),
        (TRADE, TRADE.replace("rose", "fell")),
        (TRADE, TRADE.replace("northern", "southern")),
        (TRADE, TRADE.replace("2034", "2033")),
        (PLAN, PLAN.replace("may lend", "will lend")),
        (PLAN, PLAN.replace("may lend", "has lent")),
        (PLAN, PLAN.replace("at least", "at most")),
        (PLAN, PLAN.replace("at least ", "")),
        (PLAN, PLAN.replace("crowns", "dollars")),
        (PLAN, PLAN.replace("has not approved", "has approved")),
        (PLAN, PLAN.replace("all of", "some of")),
        (DAY, DAY.replace("Ada Holm", "Ida Berg")),
        (DAY, DAY.replace("5 March", "5 April")),
        (DAY, DAY.replace("5 March", "6 March")),
        (DAY, DAY.replace("first", "second")),
        (DAY, DAY.replace("four", "five")),
        (DAY, DAY.replace("only ", "")),
        (DAY, DAY.replace("will be", "have been")),
        (PORT, PORT.replace("12%", "14%")),
        (PORT, PORT.replace("12%", "12个百分点")),
        (PORT, PORT.replace("万吨", "亿吨")),
        (PORT, PORT.replace("增长", "下降")),
        (PORT, PORT.replace("北港", "南港")),
        (PORT, "2034年北港出口增长7%，达到340万吨，进口下降12%。"),
        (LAMPS, LAMPS.replace("不再", "继续")),
        (LAMPS, LAMPS.replace("3月5日", "3月6日")),
        (LAMPS, LAMPS.replace("至少", "至多")),
        (LAMPS, LAMPS.replace("万元", "万美元")),
    ],
)
def test_one_changed_thing_is_never_supported(checker: Checker, source: str, sentence: str) -> None:
    """Whatever single thing is changed, the sentence is no longer supported, and the reason says what differs."""
    assert sentence != source
    language = "zh" if source in (PORT, LAMPS) else "en"

    check = checker.check(sentence, language, _evidence(source))

    assert check.verdict != "supported", check.reason
    assert ";" in check.reason


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (TRADE, TRADE),
        (TRADE, "Exports through the northern port grew by 12% to 3.4 million tonnes in 2034."),
        (TRADE, "Imports fell by seven percent in 2034, while exports through the northern port rose by 12 percent."),
        (PLAN, "The harbour board may lend at least 40 million crowns to the ferry company."),
        (
            PLAN,
            "The harbour board may lend the ferry company 40 million crowns or more, but it hasn't approved all of the loans.",
        ),
        (
            DAY,
            "On March 5, 2034, Minister Ada Holm told the council that only the first of four quays will be rebuilt.",
        ),
        (PORT, "2034年北港的出口增长百分之十二，达到340万吨。"),
        (PORT, "北港2034年进口下降7%，出口增长12%。"),
        (LAMPS, "2034年3月5日，港务局决定至少拨款4000万元。"),
    ],
)
def test_an_honest_retelling_is_supported(checker: Checker, source: str, sentence: str) -> None:
    """Another order, a cut clause, another notation of a figure change nothing."""
    language = "zh" if source in (PORT, LAMPS) else "en"

    check = checker.check(sentence, language, _evidence(source, "The night line to Vik sails on Sundays."))

    assert check.verdict == "supported", check.reason


@pytest.mark.parametrize(
    ("sentence", "supported"),
    [
        ("2034年，北方港口的出口增长12%，达到340万吨，进口下降7%。", True),
        ("2034年，北方港口的出口增长14%，达到340万吨，进口下降7%。", False),
        ("2034年，北方港口的出口增长12个百分点，达到340万吨，进口下降7%。", False),
        ("2034年，北方港口的出口增长12%，达到340亿吨，进口下降7%。", False),
        ("2033年，北方港口的出口增长12%，达到340万吨，进口下降7%。", False),
        ("2034年，北方港口的出口增长7%，达到340万吨，进口下降12%。", False),
        ("2034年，南方港口的出口增长12%，达到340万吨，进口下降7%。", False),
        ("2034年，北方港口的出口没有增长12%，达到340万吨，进口下降7%。", False),
    ],
)
def test_changes_are_seen_across_languages(checker: Checker, sentence: str, supported: bool) -> None:
    """A Chinese sentence over an English source: faithful it passes, changed it does not."""
    check = checker.check(sentence, "zh", _evidence(TRADE, "The night line to Vik sails on Sundays."))

    assert (check.verdict == "supported") == supported, check.reason


def test_the_reason_names_both_values(checker: Checker) -> None:
    """Who reads the record sees what the sentence says and what the evidence says."""
    check = checker.check(TRADE.replace("12 percent", "14 percent"), "en", _evidence(TRADE))

    assert check.verdict == "unsupported"
    assert "14 percent" in check.reason
    assert "12 percent" in check.reason


def test_a_lost_hedge_is_partly_supported(checker: Checker) -> None:
    """A figure without its "around" is weaker support, not a contradiction."""
    source = "The new quays are expected to cost around 40 million crowns in the first year."

    assert checker.check(source.replace("around ", ""), "en", _evidence(source)).verdict == "partly"


def test_the_score_falls_from_supported_to_foreign(checker: Checker) -> None:
    """The score is a probability: highest for what is said, lower with a figure missing, low for what is not."""
    said = checker.check(TRADE, "en", _evidence(TRADE)).score
    changed = checker.check(TRADE.replace("12 percent", "14 percent"), "en", _evidence(TRADE)).score
    foreign = checker.check("The mayor opened a hospital in the mountains.", "en", _evidence(TRADE)).score

    assert 1 >= said > changed > foreign >= 0
    assert said > 0.5 > foreign
