"""Server-sent events: one JSON object each, with a sign of life while the models are silent [1].

[1] https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any, TypeVar

from starlette.responses import StreamingResponse

from policybot.errors import PolicybotError
from policybot.server.errors import error_body, unexpected

SILENCE_S = 15.0
"""Seconds after which a comment is sent: proxies close connections that are silent for a minute."""

T = TypeVar("T")


def encoded(data: Any, *, event: str | None = None) -> str:
    """One event on the wire."""
    name = f"event: {event}\n" if event else ""
    return f"{name}data: {data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)}\n\n"


async def event_stream(
    events: AsyncGenerator[str, None], *, named_errors: bool = True, silence_s: float = SILENCE_S
) -> StreamingResponse:
    """The events as a response, which begins when the first is there: an error before it gets its own status.

    An error after it is the last event; ``named_errors`` says whether it is called ``error``.
    """
    first = await anext(events)

    async def body() -> AsyncIterator[str]:
        yield first
        try:
            async for event in _with_signs_of_life(events, silence_s):
                yield ":\n\n" if event is None else event
        except PolicybotError as exc:
            yield encoded(error_body(exc), event="error" if named_errors else None)
        except Exception as exc:  # noqa: BLE001  # logged, and told as what it is
            yield encoded(unexpected(exc), event="error" if named_errors else None)
        finally:
            await events.aclose()

    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(body(), media_type="text/event-stream", headers=headers)


async def _with_signs_of_life(events: AsyncGenerator[T, None], silence_s: float) -> AsyncIterator[T | None]:
    """The events, and None whenever none has come for a while."""
    coming: asyncio.Task[T] | None = None
    try:
        while True:
            coming = asyncio.ensure_future(anext(events))
            while not (await asyncio.wait({coming}, timeout=silence_s))[0]:
                yield None
            try:
                event = coming.result()
            except StopAsyncIteration:
                return
            yield event
    finally:
        if coming is not None and not coming.done():
            coming.cancel()
            await asyncio.wait({coming})
