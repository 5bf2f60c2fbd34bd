"""The official OpenAI client talks to policybot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest
from running import QUESTION, Running

from policybot import PolicyBot
from policybot.errors import ChatModelError


@pytest.fixture
def official(local: Running) -> Iterator[openai.OpenAI]:
    """The client, on a server without users: any key will do."""
    with openai.OpenAI(base_url=f"{local.url}/v1", api_key="unused", max_retries=0) as client:
        yield client


def asked(text: str) -> list[Any]:
    return [{"role": "user", "content": text}]


def test_there_is_one_model(official: openai.OpenAI) -> None:
    assert [model.id for model in official.models.list()] == ["policybot"]
    assert official.models.retrieve("policybot").owned_by == "policybot"


def test_an_answer_carries_its_citations_as_annotations(official: openai.OpenAI) -> None:
    completion = official.chat.completions.create(model="policybot", messages=asked(QUESTION), temperature=0.3)

    choice = completion.choices[0]
    assert choice.finish_reason == "stop"
    assert "4,200 trees" in (choice.message.content or "")
    assert choice.message.annotations
    for annotation in choice.message.annotations:
        place = annotation.url_citation
        assert (choice.message.content or "")[place.start_index : place.end_index].strip("[]").isdigit()
        assert place.title
        assert place.url.startswith("http")
    quote = choice.message.annotations[0].citation["quote"]  # type: ignore[attr-defined]  # policybot's own
    assert "4,200 trees" in quote


def test_a_streamed_answer_adds_up_to_the_whole_one(official: openai.OpenAI) -> None:
    whole = official.chat.completions.create(model="policybot", messages=asked(QUESTION)).choices[0].message
    chunks = list(official.chat.completions.create(model="policybot", messages=asked(QUESTION), stream=True))

    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == whole.content
    assert chunks[-1].choices[0].finish_reason == "stop"
    annotations = [a for chunk in chunks for a in (getattr(chunk.choices[0].delta, "annotations", None) or [])]
    assert [a["url_citation"] for a in annotations] == [a.url_citation.model_dump() for a in whole.annotations or []]


@pytest.mark.parametrize("stream", [False, True])
def test_a_refusal_is_an_answer_without_annotations(official: openai.OpenAI, stream: bool) -> None:
    messages = asked("Who won the football world cup in 1974?")
    if stream:
        chunks = list(official.chat.completions.create(model="policybot", messages=messages, stream=True))
        said = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
        about = chunks[-1].policybot  # type: ignore[attr-defined]  # policybot's own
    else:
        completion = official.chat.completions.create(model="policybot", messages=messages)
        assert completion.choices[0].message.annotations == []
        said, about = completion.choices[0].message.content or "", completion.policybot  # type: ignore[attr-defined]

    assert said
    assert about["status"] == "abstained"


def test_a_follow_up_is_understood_with_the_messages_before_it(official: openai.OpenAI) -> None:
    messages: list[Any] = [
        {"role": "system", "content": "Answer as a pirate."},
        {"role": "user", "content": "What does the harbour plan say about trees?"},
        {"role": "assistant", "content": "The council wants to plant 4,200 trees along the harbour by 2035. [1]"},
        {"role": "user", "content": [{"type": "text", "text": "And what will it spend on quays?"}]},
    ]

    said = official.chat.completions.create(model="policybot", messages=messages).choices[0].message.content

    assert "12.5 million crowns" in (said or "")


def test_a_filter_comes_as_an_extra_field(official: openai.OpenAI) -> None:
    completion = official.chat.completions.create(
        model="policybot", messages=asked("图书馆每天开放多久？"), extra_body={"filter": {"languages": ["zh"]}}
    )

    assert "十四小时" in (completion.choices[0].message.content or "")


@pytest.mark.parametrize(
    ("request_", "error", "says"),
    [
        ({"model": "gpt-5", "messages": asked("x")}, openai.NotFoundError, "no model 'gpt-5'"),
        ({"messages": []}, openai.UnprocessableEntityError, "messages"),
        ({"messages": [{"role": "assistant", "content": "x"}]}, openai.BadRequestError, "role 'assistant'"),
        ({"messages": asked(" ")}, openai.BadRequestError, "question is empty"),
        ({"messages": asked("x"), "n": 2}, openai.UnprocessableEntityError, "n:"),
        ({"messages": asked("x"), "tools": [{"type": "function"}]}, openai.UnprocessableEntityError, "tools"),
        ({"messages": asked("x"), "extra_body": {"filter": {"kinds": ["opera"]}}}, openai.BadRequestError, "opera"),
        (
            {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]},
            openai.UnprocessableEntityError,
            "content",
        ),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_what_cannot_be_answered_raises_the_clients_own_error(
    official: openai.OpenAI, request_: dict[str, Any], error: type[openai.APIStatusError], says: str, stream: bool
) -> None:
    with pytest.raises(error) as raised:
        official.chat.completions.create(**{"model": "policybot", "stream": stream, **request_})

    assert says in str(raised.value)


def test_a_failure_in_mid_stream_raises(
    official: openai.OpenAI, quoting_bot: PolicyBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = quoting_bot.stream

    def broken(*args: Any, **options: Any) -> Any:
        yield next(iter(stream(*args, **options)))
        raise ChatModelError("The chat model did not answer. Start it.")

    monkeypatch.setattr(quoting_bot, "stream", broken)

    with pytest.raises(openai.APIError, match="did not answer"):
        list(official.chat.completions.create(model="policybot", messages=asked(QUESTION), stream=True))


def test_behind_a_closed_door_the_api_key_is_the_clients_own(closed: Running, keys: dict[str, str]) -> None:
    def client(key: str) -> openai.OpenAI:
        return openai.OpenAI(base_url=f"{closed.url}/v1", api_key=key, max_retries=0)

    with pytest.raises(openai.AuthenticationError, match="not known, or was revoked"):
        client("pb_wrong").models.list()
    with pytest.raises(openai.AuthenticationError, match="API key"):
        client("unused").models.list()
    assert client(keys["reader"]).chat.completions.create(model="policybot", messages=asked(QUESTION)).choices


def test_an_asynchronous_client_streams(local: Running) -> None:
    import asyncio

    async def ask() -> str:
        async with openai.AsyncOpenAI(base_url=f"{local.url}/v1", api_key="unused") as client:
            stream = await client.chat.completions.create(model="policybot", messages=asked(QUESTION), stream=True)
            return "".join([chunk.choices[0].delta.content or "" async for chunk in stream])

    assert "4,200 trees" in asyncio.run(ask())


def test_the_wire_ends_with_done(client: httpx.Client) -> None:
    body = {"model": "policybot", "messages": asked(QUESTION), "stream": True}

    assert client.post("/v1/chat/completions", json=body).text.endswith("data: [DONE]\n\n")
