"""Replies of a chat model that somebody waits for: all at once, and no longer than a given time."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from policybot.errors import ChatModelError
from policybot.models.chat import translated


def replies_within(
    chat_model: BaseChatModel,
    prompts: Sequence[tuple[str, str]],
    *,
    name: str,
    seconds: float,
    **options: Any,
) -> list[str | ChatModelError]:
    """What the chat model replies to each prompt, or why it does not, in their order; they are asked at the same time.

    A reply that is not complete in time is an error; the model is stopped at its next word.

    Args:
        prompts: System and user message of each.
        name: The model's name, for errors.
        seconds: Longest wait for all of them together.
        options: Of each call: ``max_tokens``, ``stop``.
    """
    until = time.monotonic() + seconds
    replies = [_Reply(chat_model, prompt, options) for prompt in prompts]
    for reply in replies:
        reply.start()
    return [_within(reply, until, name=name, seconds=seconds) for reply in replies]


def _within(reply: _Reply, until: float, *, name: str, seconds: float) -> str | ChatModelError:
    reply.join(max(until - time.monotonic(), 0))
    if reply.is_alive():
        reply.given_up.set()
        return ChatModelError(f"The chat model {name} has not replied within {seconds:g} s.")
    return reply.said if reply.failed is None else translated(reply.failed, model=name)


class _Reply(threading.Thread):
    """One call of the chat model.

    Attributes:
        said: The reply; complete when the thread has ended and nothing failed.
        failed: What the model raised.
        given_up: Set when nobody waits any more.
    """

    def __init__(self, chat_model: BaseChatModel, prompt: tuple[str, str], options: Mapping[str, Any]) -> None:
        # A provider that hangs does not keep the process from ending.
        super().__init__(name="policybot-chat-reply", daemon=True)
        self._chat_model = chat_model
        self._messages = [SystemMessage(prompt[0]), HumanMessage(prompt[1])]
        self._options = options
        self.said = ""
        self.failed: Exception | None = None
        self.given_up = threading.Event()

    def run(self) -> None:
        try:
            with closing(self._chat_model.stream(self._messages, **self._options)) as chunks:  # type: ignore[type-var]
                for chunk in chunks:
                    self.said += str(chunk.text)
                    if self.given_up.is_set():
                        return
        except Exception as exc:  # noqa: BLE001  # every provider has its own; whoever waits gets one of ours
            self.failed = exc
