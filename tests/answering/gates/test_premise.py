"""What a question takes for granted is told apart from what it asks, and denied only when the documents deny it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from policybot import PolicyBot, load_settings
from policybot.answering.understanding.presuppositions import presupposed


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        pytest.param(
            "Why did the council close the harbour in 2031?", "the council close the harbour in 2031", id="why did"
        ),
        pytest.param("Why is the northern line free?", "is the northern line free", id="why is"),
        pytest.param("Since all ferries are free, who pays for them?", "all ferries are free", id="since"),
        pytest.param("The plan bans every car. Did it say how?", "The plan bans every car.", id="a statement first"),
        pytest.param(
            "I live in Vik. The plan bans every car. Did it say how?", "The plan bans every car.", id="behind the asker"
        ),
        pytest.param(
            "The plan bans every car. Did it say how? I live in Vik.", "The plan bans every car.", id="before the asker"
        ),
        pytest.param("条例为什么要关闭图书馆？", "条例关闭图书馆", id="Chinese why"),
        pytest.param("条例为什么要求缴纳押金？", "条例要求缴纳押金", id="Chinese demand"),
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
        "Many ports are short of money. What does the plan say about quays?",
        "许多港口缺少资金。计划如何规定码头？",
        "As a student in Vik, what do I pay?",
        "Since I live in Vik, what do I pay?",
        "Because I lost my ticket, can I get another one?",
        "Why do I have to pay?",
        "我是学生。押金是多少？",
        "由于我丢了读者证，该怎么办？",
    ],
)
def test_a_plain_question_takes_nothing_for_granted_that_could_be_told(question: str) -> None:
    """A question that states nothing has no statement to check."""
    assert presupposed(question) == ""


_PLAN = """# Harbour plan of Port Ellis

The council launched a northern ferry line in May 2031, because the road was full.

Building new quays does not mean abandoning the old harbour.
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyBot]:
    """Knows one plan, and quotes."""
    folder: Path = tmp_path_factory.mktemp("documents")
    (folder / "plan.md").write_text(_PLAN, encoding="utf-8")
    with PolicyBot(load_settings(data_dir=tmp_path_factory.mktemp("data"), chat_model="none")) as bot:
        bot.index(folder)
        yield bot


@pytest.mark.parametrize(
    ("question", "corrected"),
    [
        pytest.param("Why did the council launch a northern ferry line in May 2031?", False, id="true"),
        pytest.param("Why did the council cancel the northern ferry line in May 2031?", True, id="another deed"),
        pytest.param("Why did the council abandon the old harbour?", True, id="denied"),
        pytest.param("市议会为什么在2031年5月开通北部渡轮航线？", False, id="true, in another language"),
    ],
)
def test_only_a_premise_that_the_documents_do_not_bear_out_is_corrected(
    bot: PolicyBot, question: str, corrected: bool
) -> None:
    """What the documents say, in whatever language, is never told to be not borne out."""
    assert (bot.ask(question).kind == "correction") == corrected
