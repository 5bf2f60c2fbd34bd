"""The embedded chat model streams, stops and serves several at once; other models are named by setting."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from langchain_core.messages import HumanMessage, ToolMessage

from policybot import load_settings
from policybot.errors import ChatModelError, MissingExtra, SettingsError
from policybot.models import gguf
from policybot.models.chat import LocalChatModel, chat_model, chat_model_name, translated

COUNT = [HumanMessage("Count from one to twenty in English words.")]


@pytest.fixture(scope="module")
def local() -> LocalChatModel:
    if not gguf.installed():
        pytest.skip("The extra `local` is not installed: pip install -e '.[local,dev]'")
    model = chat_model(load_settings(chat_model="local"))
    assert isinstance(model, LocalChatModel)
    return model


def test_it_streams_and_says_the_same_each_time(local: LocalChatModel) -> None:
    pieces = [str(chunk.text) for chunk in local.stream(COUNT, max_tokens=12)]

    assert len([piece for piece in pieces if piece]) > 2
    assert "".join(pieces) == str(local.invoke(COUNT, max_tokens=12).text)


def test_it_counts_its_tokens(local: LocalChatModel) -> None:
    reply = local.invoke(COUNT, max_tokens=5)

    assert reply.usage_metadata is not None
    assert reply.usage_metadata["output_tokens"] == 5
    assert reply.response_metadata["finish_reason"] == "length"


def test_a_stop_word_ends_the_answer(local: LocalChatModel) -> None:
    assert "three" not in str(local.invoke(COUNT, max_tokens=40, stop=["three", "Three"]).text).lower()


def test_a_stream_that_is_left_frees_the_model(local: LocalChatModel) -> None:
    for _ in range(load_settings().chat_parallel + 1):
        stream = local.stream(COUNT, max_tokens=400)
        next(stream)
        stream.close()  # type: ignore[attr-defined]  # LangChain's stream is a generator

    assert local.invoke(COUNT, max_tokens=3).text


def test_two_answers_are_written_at_once(local: LocalChatModel) -> None:
    questions = ["Say the word blue.", "Say the word green."]
    with ThreadPoolExecutor() as threads:
        together = list(threads.map(lambda q: str(local.invoke([HumanMessage(q)], max_tokens=8).text), questions))

    assert "blue" in together[0].lower()
    assert "green" in together[1].lower()


def test_a_text_beyond_its_reach_is_refused_with_its_length(local: LocalChatModel) -> None:
    with pytest.raises(ChatModelError, match=r"\d{4,} tokens long"):
        local.invoke([HumanMessage("word " * 6000)], max_tokens=2)


def test_other_kinds_of_message_are_refused(local: LocalChatModel) -> None:
    with pytest.raises(ChatModelError, match="tool"):
        local.invoke([ToolMessage("4", tool_call_id="1")])


def test_a_model_that_takes_too_long_is_given_up(local: LocalChatModel) -> None:
    hurried = local.model_copy(update={"timeout_s": 1e-6})

    with pytest.raises(ChatModelError, match="POLICYBOT_CHAT_TIMEOUT_S"):
        hurried.invoke([HumanMessage("word " * 300)], max_tokens=2)


def test_none_is_no_model() -> None:
    assert chat_model(load_settings(chat_model="none")) is None
    assert chat_model_name(load_settings(chat_model="none")) == "none"


def test_a_name_of_no_known_form_is_refused() -> None:
    with pytest.raises(SettingsError, match="gpt-4o-mini"):
        chat_model_name(load_settings(chat_model="gpt"))


def test_a_missing_package_is_named_with_its_command() -> None:
    with pytest.raises(MissingExtra, match="pip install langchain-mistralai"):
        chat_model(load_settings(chat_model="mistralai:large"))


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (TimeoutError(), "POLICYBOT_CHAT_TIMEOUT_S"),
        (ConnectionError("refused"), "POLICYBOT_CHAT_BASE_URL"),
        (type("AuthenticationError", (Exception,), {"status_code": 401})("no"), "OPENAI_API_KEY"),
        (type("RateLimit", (Exception,), {"status_code": 429})("slow down"), "too many requests"),
        (RuntimeError("<html>" * 1000), "POLICYBOT_CHAT_MODEL=none"),
    ],
)
def test_a_providers_failure_says_what_to_do(failure: Exception, said: str) -> None:
    message = str(translated(failure, model="openai:gpt-4o-mini"))

    assert said in message
    assert "openai:gpt-4o-mini" in message
    assert len(message) < 600
