"""A written sentence may not lend the question's words to evidence that does not say them."""

from __future__ import annotations

import pytest

from policybot.answering.vetting.echo import in_two_languages, ungrounded_terms
from policybot.domain import Evidence, Hit, Metadata, Passage
from policybot.searching import Query

_TEXT = "More than 2,300 firms were building ferries in 2031. The council owns the quays."


def _evidence(text: str = _TEXT, language: str = "en") -> Evidence:
    passage = Passage("p", "d", "d.md", "Harbour plan", text, 0, len(text), ("Ferries",), None, language, 0)
    return Evidence(Hit(passage, Metadata("Harbour plan", "Port Ellis Council"), "v", 1, 1.0, 1.0), text, 0, 52, 1.0)


@pytest.mark.parametrize(
    ("question", "sentence", "added"),
    [
        pytest.param(
            "How many people does the ferry industry employ?",
            "The ferry industry employs more than 2,300 firms.",
            ("employ", "industri"),
            id="another thing is counted",
        ),
        pytest.param(
            "How many firms were building ferries in 2031?",
            "In 2031 more than 2,300 firms were building ferries.",
            (),
            id="what was asked is said",
        ),
        pytest.param(
            "What does the harbour plan say of Port Ellis?",
            "The harbour plan of Port Ellis counts 2,300 firms.",
            (),
            id="title and publisher say it",
        ),
    ],
)
def test_words_that_only_the_question_has_are_told(question: str, sentence: str, added: tuple[str, ...]) -> None:
    """Repeated words count as said only when the sentence's sources say them, headings and publisher included."""
    assert ungrounded_terms(sentence, Query(question, "en"), [_evidence()]) == added


def test_words_of_two_languages_are_not_compared() -> None:
    """Nothing is told of a sentence whose sources are in another language."""
    query = Query("How many people does the ferry industry employ?", "en")

    assert ungrounded_terms("It employs 2,300.", query, [_evidence("2300家企业在造渡轮。", "zh")]) == ()


@pytest.mark.parametrize(
    ("language", "sentence", "mixed"),
    [
        ("zh", "渡轮公司 building ferries with batteries。", True),
        ("zh", "渡轮由北线公司（Northern Line）运营。", False),
        ("en", "The symposium was held in哈尔滨.", True),
        ("en", "The plan calls it new quality productive forces (新质生产力).", False),
    ],
)
def test_two_languages_in_one_sentence_are_seen(language: str, sentence: str, mixed: bool) -> None:
    """A sentence that falls into another language is told from one that only names something in it."""
    assert in_two_languages(sentence, Query("渡轮？" if language == "zh" else "Where was it held?", language)) is mixed
