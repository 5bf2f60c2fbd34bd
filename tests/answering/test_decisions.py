"""An answer says why it is what it is."""

from __future__ import annotations

import pytest

from policybot import Answer, PolicyBot
from policybot.domain import ABSTAINING
from policybot.language import codes, lexicon

QUESTIONS = (
    "How many trees does the council want to plant?",
    "Which ferry lines will run on batteries?",
    "Why does the plan abolish the car ferry?",
    "What is the capital of Peru?",
    "How many trees does the Treaty of Vik want to plant?",
    "What do you think of the plan?",
    "图书馆每天开放多长时间？",
    "读者证押金是多少？",
    "火星上有图书馆吗？",
    "Compare the northern line and the night line.",
)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_last_decision_that_is_not_passed_gave_the_kind(question: str, language: str, quoting_bot: PolicyBot) -> None:
    """The kind follows from the decisions, numbers agree with their bounds, and each says why in the answer's words."""
    answer = quoting_bot.ask(question, answer_language=language)

    assert (answer.settled.outcome if answer.settled else "full") == answer.kind
    assert (answer.kind in ABSTAINING) == (answer.status == "abstained")
    for each in answer.decisions:
        assert each.note and each.note == each.note.strip()
        assert (max(each.note) >= "一") == (language == "zh")
        if each.value is not None and each.bound is not None and each.stage in ("off_topic", "answerability"):
            assert (each.value >= each.bound) == (each.outcome == "passed")


def test_decisions_survive_json(quoting_bot: PolicyBot) -> None:
    """An answer that was kept as JSON still says why."""
    answer = quoting_bot.ask(QUESTIONS[3])

    assert Answer.from_dict(answer.as_dict()).decisions == answer.decisions != ()


def test_every_language_has_the_same_reasons() -> None:
    """No language leaves a reader without a reason that another gives."""
    reasons = {code: set(lexicon(code).reasons.notes) for code in codes()}

    assert all(notes == reasons["en"] for notes in reasons.values())
