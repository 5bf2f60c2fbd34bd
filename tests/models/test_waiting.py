"""Replies that somebody waits for: complete, in time, or an error."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

from langchain_core.outputs import ChatGenerationChunk
from pydantic import Field

from policybot.errors import ChatModelError
from policybot.models.waiting import replies_within
from policybot.testing import ScriptedChatModel

_LONG = 60.0


class _Waiting(ScriptedChatModel):
    """Says its first word, and the rest when it may.

    Attributes:
        may_go_on: Set by the test.
        closed: Set when nobody listens any more.
    """

    may_go_on: threading.Event = Field(default_factory=threading.Event)
    closed: threading.Event = Field(default_factory=threading.Event)

    def _stream(self, *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        words = super()._stream(*args, **kwargs)
        try:
            yield next(words)
            self.may_go_on.wait(_LONG)
            yield from words
        finally:
            self.closed.set()


def test_replies_come_in_the_order_of_the_prompts() -> None:
    """Each prompt has its own reply, and the model hears the system and the user message of each."""
    model = ScriptedChatModel(replies=["Seven berths."])

    replies = replies_within(model, [("Be brief.", "How many?"), ("Be brief.", "Which?")], name="m", seconds=_LONG)

    assert replies == ["Seven berths.", "Seven berths."]
    heard = sorted([(str(system.text), str(user.text)) for system, user in model.heard])
    assert heard == [("Be brief.", "How many?"), ("Be brief.", "Which?")]


def test_a_failing_model_is_an_error_and_raises_none() -> None:
    """What a provider raises comes back as policybot's own error, with the model's name."""
    (reply,) = replies_within(
        ScriptedChatModel(replies=[RuntimeError("no such port")]), [("", "?")], name="m", seconds=9
    )

    assert isinstance(reply, ChatModelError)
    assert "The chat model m failed" in str(reply)
    assert "no such port" in str(reply)


def test_a_reply_that_is_late_is_an_error_and_the_model_is_stopped() -> None:
    """Nobody waits longer than the given time; what was said by then is no reply, and the stream is closed."""
    model = _Waiting(replies=["one two three"])

    (reply,) = replies_within(model, [("", "?")], name="m", seconds=0.05)
    model.may_go_on.set()

    assert isinstance(reply, ChatModelError)
    assert "within 0.05 s" in str(reply)
    assert model.closed.wait(_LONG)


def test_no_prompt_asks_nothing() -> None:
    """Without prompts there are no replies."""
    assert replies_within(ScriptedChatModel(replies=["x"]), [], name="m", seconds=1) == []
