"""Runs a slow iterator in a thread, for asyncio."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import TypeVar

E = TypeVar("E")


async def in_thread(events: Iterator[E]) -> AsyncIterator[E]:
    """The same events, each computed in a thread, so that the event loop stays free.

    Cancelling or closing it closes the iterator, a generator, after the event in progress.
    """
    end = object()
    pending: asyncio.Future[object] | None = None
    try:
        while True:
            pending = asyncio.ensure_future(asyncio.to_thread(next, events, end))
            event = await asyncio.shield(pending)
            if event is end:
                return
            yield event  # type: ignore[misc]  # `end` is the only value that is no event
    finally:
        # A generator cannot be closed while a thread runs it: wait for its next event first.
        if pending is not None and not pending.done():
            await asyncio.wait([pending])
        await asyncio.to_thread(events.close)  # type: ignore[attr-defined]  # as ``PolicyBot.stream`` returns one
