"""What is put around a question changes nothing of its answer."""

from __future__ import annotations

import pytest

from policybot import PolicyBot
from policybot.answering.understanding.framing import core_question

QUESTIONS = (
    "How many trees does the council want to plant?",
    "which ferry lines will run on batteries",
    "Does the plan abolish the car ferry?",
    "Why does the plan abolish the car ferry?",
    "What is the capital of Peru?",
    "Summarise the harbour plan.",
    "图书馆每天开放多长时间？",
    "读者证押金是多少",
    "条例有哪些内容？",
    "火星上有图书馆吗？",
)
IN_FRONT = (
    "Good morning. ",
    "Thank you. ",
    "Hello, ",
    "I am a student in Beijing. ",
    "我是北京的一名学生。",
    "您好！",
    "谢谢，",
)
BEHIND = (" Thank you.", " I work for a newspaper.", "谢谢！", "我在北京上学。")


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_put_around_a_question_changes_nothing(question: str, quoting_bot: PolicyBot) -> None:
    """A greeting, thanks, or a sentence about the asker changes neither status, kind, sentences nor citations."""
    plain = quoting_bot.ask(question)

    ended = question if question.endswith(("?", "？", ".", "。")) else f"{question}?"
    for framed in (*(front + question for front in IN_FRONT), *(ended + behind for behind in BEHIND)):
        answer = quoting_bot.ask(framed)

        assert framed == answer.question
        assert (plain.status, plain.kind, plain.text) == (answer.status, answer.kind, answer.text)
        assert [c.quote for c in plain.citations] == [c.quote for c in answer.citations]


@pytest.mark.parametrize("question", QUESTIONS)
def test_core_of_a_question_is_the_question(question: str) -> None:
    """What has nothing around it stays as it is, to the letter, and taking the core twice takes it once."""
    assert question == core_question(question)
    assert question == core_question(core_question(f"Hi there! {question}"))


@pytest.mark.parametrize(
    ("polite", "question"),
    [
        (
            "Could you please tell me: why does the plan abolish the car ferry?",
            "why does the plan abolish the car ferry?",
        ),
        ("Hello! I would like to know how many trees are planted. Thanks.", "how many trees are planted."),
        ("Do you know what a mooring costs?", "what a mooring costs?"),
        ("您好，请问押金是多少？谢谢", "押金是多少？"),
        ("The plan names three lines. What are they? I live in Vik.", "The plan names three lines. What are they?"),
        ("I live in Vik. The plan names three lines. What are they?", "The plan names three lines. What are they?"),
        ("能告诉我图书馆几点开门吗？", "图书馆几点开门吗？"),
    ],
)
def test_a_polite_request_is_the_question_it_asks(polite: str, question: str) -> None:
    """How one asks to be told is no part of the question."""
    assert core_question(polite) == question


@pytest.mark.parametrize(
    "question",
    [
        "I lost my ticket. Can I travel?",
        "I bought a house in 2019. Is that early enough?",
        "I have a dog. What about them?",
        "I had an accident on the ferry. Can you help me figure out what to do?",
        "I am very curious why all sailors get the same pay. Isn't it usually different?",
        "我丢了读者证。我该怎么办？",
        "我住在海港市。那里的图书馆几点开门？",
        "I read that the plan bans cars. Does it?",
        "我国2030年的目标是什么？",
        "我们要的是目标，不是完成数。目标是多少？",
        "Thank you.",
        "你好",
    ],
)
def test_what_a_question_depends_on_stays(question: str) -> None:
    """Circumstances that the question asks about, and what is all that was said, stay."""
    assert question == core_question(question)
