"""Questions over documents in another language: glossed at once, or written by the chat model where that is usable."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.outputs import ChatGenerationChunk

from conftest import CHINESE, ENGLISH
from indexes import Indexes
from policybot import Filter, PolicyBot, load_settings
from policybot.bot import serving
from policybot.domain import Turn
from policybot.models.prompting import load_prompt
from policybot.searching import QuestionWriter
from policybot.searching.translating import refusal
from policybot.testing import ScriptedChatModel

ASKED = "What is the deposit for a library card?"
WRITTEN = "图书馆读者证的押金是多少？"


def _writer(model: ScriptedChatModel, *, seconds: float = 60.0) -> QuestionWriter:
    folder = load_settings().prompts_dir
    prompts = {into: load_prompt(folder, f"translate-question-{into}") for into in ("en", "zh")}
    return QuestionWriter(model, name="scripted", prompts=prompts, seconds=seconds)


@pytest.mark.parametrize(
    ("text", "said", "language", "into"),
    [
        (ASKED, WRITTEN, "en", "zh"),
        ("By how much did exports grow in 2014?", "2014年出口增长多少？", "en", "zh"),
        ("Does it cover 210,000 firms?", "是否覆盖21万家企业？", "en", "zh"),
        ("What did the first six months of the 14th five-year plan bring?", "“十四五”前6个月有何成效？", "en", "zh"),
        ("What came in mid-June, and how many percent?", "6月中旬有什么，百分比多少？", "en", "zh"),
        ("Why was the ratio raised to 3.8 percent?", "为什么把比例提高到百分之三点八？", "en", "zh"),
        ("2031年种了1250万棵树吗？", "Were 12.5 million trees planted in 2031?", "zh", "en"),
        ("四大主导产业是什么？", "What are the four leading industries?", "zh", "en"),
    ],
)
def test_a_rendering_that_says_the_same_is_used(text: str, said: str, language: str, into: str) -> None:
    """A figure may be written in another way: scaled, as a numeral, in words."""
    assert refusal(text, said, language=language, into=into) == ""


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "is empty"),
        ("种树", "is too short"),
        ("2035年种4200棵树" * 12, "is too long"),
        ("How many of the 4,200 trees stand in 2035?", "is in another language"),
        ("到2035年种了多少棵树？", "lacks 4200"),
        ("到2035年种了4300棵树吗？", "lacks 4200"),
        ("到2035年，4200棵树中种了5棵吗？", "adds 5"),
        ("到2035年，4200棵树的5%种了吗？", "adds 5%"),
    ],
)
def test_a_rendering_that_says_something_else_is_not_used(said: str, why: str) -> None:
    """Nothing is searched that loses or adds a figure, or that is no rendering at all."""
    assert refusal("How many of the 4,200 trees stand in 2035?", said, language="en", into="zh") == why


@given(st.integers(10_000, 99_999), st.integers(10_000, 99_999))
def test_one_figure_is_never_taken_for_another(asked: int, said: int) -> None:
    """A rendering with the question's figure is used, with any other it is not."""
    refused = refusal(f"Are there {asked} ships?", f"有{said}艘船吗？", language="en", into="zh")

    assert bool(refused) == (asked != said)


def test_a_question_is_written_once() -> None:
    """The same question, and one that was written wrongly, are not put to the chat model again."""
    model = ScriptedChatModel(replies=[WRITTEN, "押金是100元"])
    writer = _writer(model)

    for _ in range(2):
        assert writer.written({ASKED: ()}, language="en", into="zh") == {ASKED: WRITTEN}
        assert writer.written({"Is the deposit high?": ()}, language="en", into="zh") == {}

    assert len(model.heard) == 2


def test_a_failure_is_tried_again_with_the_next_question() -> None:
    """A chat model that failed is not given up for good."""
    writer = _writer(ScriptedChatModel(replies=[ConnectionError("unreachable"), WRITTEN]))

    assert writer.written({ASKED: ()}, language="en", into="zh") == {}
    assert writer.written({ASKED: ()}, language="en", into="zh") == {ASKED: WRITTEN}


def test_terms_and_the_question_are_in_the_prompt_and_a_book_is_not_put_to_it() -> None:
    """The names to use come before the question; what is longer than a question is not translated."""
    model = ScriptedChatModel(replies=[WRITTEN])
    writer = _writer(model)

    writer.written({ASKED: ("读者证", "海港市图书馆条例")}, language="en", into="zh")
    writer.written({"Why? " * 200: ()}, language="en", into="zh")

    ((_, user),) = model.heard
    assert str(user.text).index("读者证, 海港市图书馆条例") < str(user.text).index(ASKED)


# Over an index


@pytest.fixture(scope="module")
def chinese_data(indexes: Indexes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of the module's own in which only the Chinese document is indexed."""
    folder = indexes.documents({"library.md": CHINESE.encode()})
    return indexes.copy(folder, tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def english_data(indexes: Indexes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the English one."""
    folder = indexes.documents({"harbour.md": ENGLISH.encode()})
    return indexes.copy(folder, tmp_path_factory.mktemp("data"))


def _bot(data: Path, model: ScriptedChatModel | None, **settings: Any) -> PolicyBot:
    chosen = {"chat_model": "none"} if model is None else {}
    return PolicyBot(load_settings(data_dir=data, **chosen, **settings), chat_model=model)


def test_a_question_in_the_documents_own_language_never_waits(chinese_data: Path, english_data: Path) -> None:
    """In a library of one language the chat model is not asked about a question in it, a follow-up included."""
    for data, questions in (
        (chinese_data, ("图书馆读者证的押金是多少？", "那周末呢？", "火星上有几座港口？")),
        (english_data, ("How many trees will be planted?", "And by when?", "Who lives on Mars?")),
    ):
        model = ScriptedChatModel(replies=["…"])
        with _bot(data, model) as bot:
            for question in questions:
                assert bot.search(question, history=[Turn("user", questions[0]), Turn("assistant", "…")])
                assert bot.sentences(question)
        assert model.heard == []


def test_nor_where_documents_of_its_language_answer_it(module_data: Path) -> None:
    """Among documents of both languages the chat model is asked only where those of the question's do not answer."""
    model = ScriptedChatModel(replies=[WRITTEN])
    with _bot(module_data, model) as bot:
        bot.search("How many trees will be planted along the harbour by 2035?")
        assert model.heard == []

        bot.search(ASKED)
        assert len(model.heard) == 1


def test_the_rendering_is_searched_and_read(chinese_data: Path) -> None:
    """What the chat model wrote is a wording of the question in the documents' language, with the gloss beside it."""
    with (
        _bot(chinese_data, ScriptedChatModel(replies=[WRITTEN])) as bot,
        bot._in_use.lease() as serving,
    ):
        parts = serving.answering()
        query, hits = parts.found(parts.understood(ASKED, (), Filter()), limit=3)

    assert query.wording("zh") == WRITTEN
    assert hits[0].passage.document == "library.md"


def test_a_follow_up_is_written_with_its_context(chinese_data: Path) -> None:
    """The earlier question is put into the documents' language as well."""
    model = ScriptedChatModel(replies=[WRITTEN])
    with _bot(chinese_data, model) as bot, bot._in_use.lease() as serving:
        parts = serving.answering()
        query, _ = parts.found(parts.understood("And what is it?", [Turn("user", ASKED)], Filter()), limit=3)

    assert query.follow_up
    assert len(model.heard) == 2
    assert query.context_translations["zh"] == WRITTEN


class _Silent(ScriptedChatModel):
    """Says nothing for as long as the test runs."""

    def _stream(self, *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        _NEVER.wait(60)
        yield from super()._stream(*args, **kwargs)


_NEVER = threading.Event()


@pytest.mark.parametrize(
    "model",
    [
        ScriptedChatModel(replies=[ConnectionError("unreachable")]),
        ScriptedChatModel(replies=["…"]),
        ScriptedChatModel(replies=["读者证的押金是100元。"]),
        _Silent(replies=[WRITTEN]),
    ],
    ids=["fails", "writes nothing", "adds a figure", "is silent"],
)
def test_without_a_usable_rendering_the_search_is_that_without_a_chat_model(
    chinese_data: Path, model: ScriptedChatModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chat model that fails, is slow or writes nonsense changes no hit, and the reader sees no error."""
    with _bot(chinese_data, None) as bot:
        expected = bot.search(ASKED), bot.sentences(ASKED)
    monkeypatch.setattr(serving, "QUESTION_WAIT_S", 0.2)
    with _bot(chinese_data, model) as bot:
        assert (bot.search(ASKED), bot.sentences(ASKED)) == expected


@pytest.mark.parametrize(("wanted", "asked"), [("auto", 0), ("always", 1), ("never", 0)])
def test_the_embedded_model_is_asked_only_when_it_shall_be(
    chinese_data: Path, monkeypatch: pytest.MonkeyPatch, wanted: str, asked: int
) -> None:
    """Without a setting nobody waits for the embedded chat model; the setting has it asked, or no model at all."""
    monkeypatch.setattr(serving, "LocalChatModel", ScriptedChatModel)
    model = ScriptedChatModel(replies=[WRITTEN])
    with _bot(chinese_data, model, translate_questions=wanted) as bot:
        bot.search(ASKED)

    assert len(model.heard) == asked
