"""Which sentences are quoted when nothing puts them together."""

from __future__ import annotations

import pytest

from policybot.answering.composing.choosing import quotations
from policybot.domain import Evidence, Hit, Metadata, Passage
from policybot.searching import Query


def _evidence(text: str, sentence: str, language: str) -> Evidence:
    passage = Passage("p", "d", "d.md", "Harbour plan", text, 0, len(text), (), None, language, 0)
    hit = Hit(passage, Metadata("Harbour plan"), "v", 1, 1.0, 0.9)
    start = text.index(sentence)
    return Evidence(hit, sentence, start, start + len(sentence), 0.9)


@pytest.mark.parametrize(
    ("text", "sentence", "quoted"),
    [
        pytest.param(
            "The plan speaks of blue jobs. It calls them lasting.",
            "It calls them lasting.",
            ["The plan speaks of blue jobs.", "It calls them lasting."],
            id="pronoun",
        ),
        pytest.param(
            "规划提到蓝色岗位。它称其为长久的岗位。",
            "它称其为长久的岗位。",
            ["规划提到蓝色岗位。", "它称其为长久的岗位。"],
            id="Chinese pronoun",
        ),
        pytest.param(
            "The plan speaks of blue jobs.\n\nIt is due in 2031.", "It is due in 2031.", ["It is due in 2031."],
            id="another paragraph",
        ),
        pytest.param(
            "The plan speaks of blue jobs. Ferries are lasting.", "Ferries are lasting.", ["Ferries are lasting."],
            id="a name",
        ),
    ],
)  # fmt: skip
def test_quote_that_refers_back_comes_behind_what_it_refers_to(text: str, sentence: str, quoted: list[str]) -> None:
    """A sentence that begins with a pronoun is quoted with the one before it in its paragraph, others alone."""
    language = "zh" if "规" in text else "en"
    pieces = quotations(Query("What does it call them?", language), [_evidence(text, sentence, language)], "fact")

    assert [piece.evidence.text.strip() for piece in pieces] == quoted
    assert all(text[p.evidence.start : p.evidence.end] == p.evidence.text for p in pieces)


@pytest.mark.parametrize(
    ("question", "own", "another"),
    [
        ("How many ferries sailed in 2031, according to the Port Union?",
         "Ferries that sailed in 2031: 16.", "In 2031 there were 43 ferries, according to the Harbour Office."),
        ("据港口协会统计，2031年有多少艘渡轮？", "2031年渡轮16艘。", "据海事局统计，2031年渡轮43艘。"),
    ],
    ids=["English", "Chinese"],
)  # fmt: skip
def test_what_another_source_says_steps_behind(question: str, own: str, another: str) -> None:
    """Who asks what one source says is not first given what a sentence takes from another."""
    language = "zh" if "渡轮" in own else "en"
    text = f"{own} {another}"
    pieces = quotations(
        Query(question, language), [_evidence(text, own, language), _evidence(text, another, language)], "number"
    )

    assert [piece.evidence.text for piece in pieces] == [own]
