"""Typing mistakes are searched as what was meant, and only they."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from policybot import PolicyBot, load_settings
from policybot.indexing import Index, open_index
from policybot.indexing.places import current
from policybot.searching import Query, Speller, corrected
from policybot.searching.query import Correction
from policybot.text.dictionary import dictionary

DOCUMENTS = {
    "grants.md": "# Grants of Vik\n\nThe maximum grant for a small business is 60,000 kroner. "
    "Readers may borrow ten books.\n\nBusinesses in the harbour district pay no fee. The Ostrava line is closed.\n",
    "elevator.md": "# 加装电梯办法\n\n加装电梯须经三分之二以上业主同意。\n\n"
    "一般公共预算收入为四十亿元，城镇调查失业率为百分之五。光伏组件占八成。\n",
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyBot]:
    """A bot over documents in both languages."""
    folder = tmp_path_factory.mktemp("documents")
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with PolicyBot(load_settings(data_dir=tmp_path_factory.mktemp("data"), chat_model="none")) as bot:
        bot.index(folder)
        yield bot


@pytest.fixture
def index(bot: PolicyBot) -> Iterator[Index]:
    """The bot's index."""
    with open_index(current(bot.settings.data_dir)) as index:
        yield index


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("what is the maximim grant", "en", [("maximim", "maximum")]),
        ("grants for small buisness", "en", [("buisness", "business")]),
        ("How many books may a reader borow?", "en", [("borow", "borrow")]),
        ("the maxmium for a busines?", "en", [("maxmium", "maximum"), ("busines", "business")]),
        ("who must agree to the elevetor", "en", [("elevetor", "elevator")]),  # of a Chinese document
        ("加装电梯需要多少业主同一？", "zh", [("同一", "同意")]),
        ("一般公共预算收人是多少？", "zh", [("一般公共预算收人", "一般公共预算收入")]),
        ("城镇调查失业律多高？", "zh", [("城镇调查失业律", "城镇调查失业率")]),
        ("光伏组建占多少？", "zh", [("组建", "组件")]),
    ],
)
def test_a_word_that_no_document_holds_is_searched_as_the_one_beside_it(
    index: Index, question: str, language: str, expected: list[tuple[str, str]]
) -> None:
    """One letter more, less, other or exchanged in English; a character that sounds or looks alike in Chinese."""
    speller = Speller(index.catalogue, dictionary=dictionary)

    assert [tuple(each) for each in speller.corrections(question, language)] == expected


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What does Maximim pay, and is 60,001 right?", "en"),  # a name with a capital, and a figure
        ("may a bok be borrowed", "en"),  # a short word
        ("the maximum grant of a business in the harbour", "en"),  # words that documents hold
        ("which bridges, herbs and readings", "en"),  # words that only a dictionary holds
        ("they havent paid, and what was meant when it began?", "en"),
        ("www.maximim.org and maximim@vik.no and re-maximim", "en"),
        ("trip to ostrave", "en"),  # a name that no dictionary writes as a word
        ("业主要不要同意？一共多少？", "zh"),
        ("第二产业是多少？城镇登记失业率呢？", "zh"),  # a term a character away from others
    ],
)
def test_what_may_be_right_stays(index: Index, question: str, language: str) -> None:
    """Names, figures, short words, words of documents and words of the dictionary are not corrected."""
    assert Speller(index.catalogue, dictionary=dictionary).corrections(question, language) == ()


def test_only_the_whole_word_is_replaced() -> None:
    """A mistyped word inside a longer one stays, and the query says what was replaced."""
    query = corrected(Query("borow or borows?", "en"), [Correction("borow", "borrow")])

    assert (query.text, query.corrections) == ("borrow or borows?", (("borow", "borrow"),))


@pytest.mark.parametrize(
    ("mistyped", "right"),
    [
        ("What is the maximim grant for a small buisness?", "What is the maximum grant for a small business?"),
        ("加装电梯需要多少业主同一？", "加装电梯需要多少业主同意？"),
    ],
)
def test_a_mistyped_question_is_answered_like_the_right_one_and_says_so(
    bot: PolicyBot, mistyped: str, right: str
) -> None:
    """Answer and citations are the same, the answer keeps the question as it was typed, and names the correction."""
    answer, expected = bot.ask(mistyped), bot.ask(right)

    assert (answer.text, answer.citations) == (expected.text, expected.citations)
    assert answer.citations and answer.question == mistyped
    assert [each.stage for each in answer.decisions if "→" in each.note] == ["spelling"]
    assert not any(each.stage == "spelling" for each in expected.decisions)
