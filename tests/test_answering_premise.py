"""What a question takes for granted is told apart from what it asks."""

from __future__ import annotations

import pytest

from policybot.answering.premise import presupposed


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        pytest.param(
            "Why did the council close the harbour in 2031?", "the council close the harbour in 2031", id="why did"
        ),
        pytest.param("Why is the northern line free?", "is the northern line free", id="why is"),
        pytest.param("Since all ferries are free, who pays for them?", "all ferries are free", id="since"),
        pytest.param("The plan bans every car. Did it say how?", "The plan bans every car.", id="a statement first"),
        pytest.param("条例为什么要关闭图书馆？", "条例关闭图书馆", id="Chinese why"),
        pytest.param("既然图书馆免费，谁来出钱？", "图书馆免费", id="Chinese since"),
        pytest.param(
            "Give me a source saying that the council sold the harbour.",
            "the council sold the harbour",
            id="a source that",
        ),
        pytest.param("给我一条证明图书馆已经关闭的出处。", "图书馆已经关闭", id="Chinese source"),
    ],
)
def test_what_is_taken_for_granted_is_a_statement(question: str, statement: str) -> None:
    """Asking why, and stating something before asking, take a statement for granted."""
    assert presupposed(question) == statement


@pytest.mark.parametrize(
    "question",
    [
        "How many trees will be planted by 2035?",
        "What does the plan say about ferries?",
        "Does the plan abolish the car ferry?",
        "How large is the U.S. share?",
        "押金是多少？",
        "Which ferries run? When do they leave?",
    ],
)
def test_a_plain_question_takes_nothing_for_granted_that_could_be_told(question: str) -> None:
    """A question that states nothing has no statement to check."""
    assert presupposed(question) == ""
