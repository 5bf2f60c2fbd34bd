"""Traditional and simplified characters, full and half width, and radicals are one script for matching."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybot.language import phrases, vocabulary
from policybot.language.script import fold_script, fold_source, folded_characters
from policybot.screening.cues import features, normalised
from policybot.text.detecting import guess
from policybot.text.orders import instructs_assistant
from policybot.text.tokens import content_tokens, keyword_tokens

TRADITIONAL = {meant: written for written, meant in sorted(folded_characters().items()) if 0x3400 <= written < 0xA000}
"""Simplified characters -> one traditional form of each."""

WIDE = {ord(c): ord(c) + 0xFEE0 for c in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"}

QUESTIONS = sorted(
    {
        json.loads(line)["text"]
        for line in (Path(__file__).parents[2] / "benchmarks/screening_questions.jsonl").read_text("utf-8").splitlines()
    }
)[::19]


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    """A folded text is as long as the text, and folding it once more changes nothing."""
    folded = fold_script(text)

    assert len(folded) == len(text)
    assert fold_script(folded) == folded


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("經濟增長目標", "经济增长目标"),
        ("增長５％", "增长5%"),
        ("ＧＤＰ　ｇｒｏｗｔｈ", "GDP growth"),
        ("⼈⼯智能", "人工智能"),  # radicals U+2F08 and U+2F2F
        ("⻋⻔", "车门"),  # radicals U+2ECB and U+2ED4
        ("乾淨", "干净"),
        ("港口，桥梁。", "港口，桥梁。"),
    ],
)
def test_one_script(written: str, folded: str) -> None:
    """Each character becomes the plain, simplified one; Chinese punctuation stays."""
    assert fold_script(written) == folded


@pytest.mark.parametrize("table", [TRADITIONAL, WIDE], ids=["traditional", "full width"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_question_is_read_alike_in_every_script(question: str, table: dict[int, int]) -> None:
    """In traditional characters or full width a question has the same tokens, language and cues, and orders as much."""
    other = question.translate(table)

    assert keyword_tokens(other) == keyword_tokens(question)
    assert content_tokens(other) == content_tokens(question)
    assert normalised(other) == normalised(question)
    assert list(features(normalised(other))) == list(features(normalised(question)))
    assert instructs_assistant(other) == instructs_assistant(question)
    assert guess(other) == guess(question)


def test_pattern_finds_traditional_characters_at_their_offsets() -> None:
    """Offsets of a match are those of the text, its groups are in the one script; what is not replaced stays."""
    bridge = phrases(lambda lexicon: "" if lexicon.spaced else "大桥|[门車]")

    match = bridge.search("港灣大橋開通")
    assert match is not None
    assert (match.span(), match.group()) == ((2, 4), "大桥")
    assert bridge.sub("渡轮", "港灣大橋開通") == "港灣渡轮開通"
    assert bridge.split("港灣大橋開通，車") == ["港灣", "開通，", ""]


def test_words_are_known_in_both_scripts() -> None:
    """A word of a lexicon is found however it is written."""
    days = vocabulary(lambda lexicon: lexicon.calendar.weekdays)

    assert "週一" in days
    assert "monday" in days


@pytest.mark.parametrize("source", ["[\uf900-\ufaff]", "[\u3400-\u9fff]", "[一-龥]"])
def test_ranges_of_a_pattern_stay(source: str) -> None:
    """The ends of a range are places, not characters to be matched."""
    assert fold_source(source) == source
