"""An answer's events, read in a thread of their own.

The chat model may be silent for seconds. Stop, a new conversation and a closed tab must not wait for its next
word, nor may other readers, so the generator that waits for the model is never the one that Gradio runs.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable, Generator, Iterator

from policybot.domain import AnswerEvent


class _End:
    """Put into the queue behind the last event."""


class Stream:
    """One answer on its way; iterate it once, ``stop`` it from anywhere in the same event loop.

    Args:
        start: Begins the answer and gives its events; called in the thread. When the stream is stopped before
            their end and they are a generator, it is closed as soon as it gives its next event.
    """

    def __init__(self, start: Callable[[], Iterator[AnswerEvent]]) -> None:
        self._start = start
        self._queue: asyncio.Queue[AnswerEvent | Exception | _End] = asyncio.Queue()
        self._stopped = threading.Event()
        self.stopped = False

    async def __aiter__(self) -> AsyncIterator[AnswerEvent]:
        """The events in order; ends early when stopped, raises what they raise."""
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._read, args=(loop,), name="answer", daemon=True).start()
        try:
            while not self.stopped:
                item = await self._queue.get()
                if isinstance(item, _End) or self.stopped:
                    return
                if isinstance(item, Exception):
                    raise item
                yield item
        finally:
            self._stopped.set()

    def stop(self) -> None:
        """End the iteration now and the model's work at its next word."""
        self.stopped = True
        self._stopped.set()
        self._queue.put_nowait(_End())

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        def put(item: AnswerEvent | Exception | _End) -> None:
            # The loop is closed when the server has stopped meanwhile: nobody waits any more.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._queue.put_nowait, item)

        try:
            events = self._start()
            with contextlib.closing(events) if isinstance(events, Generator) else contextlib.nullcontext():
                for event in events:
                    if self._stopped.is_set():
                        break
                    put(event)
        except Exception as exc:  # noqa: BLE001  # handed to the reader, which logs or shows it
            put(exc)
        finally:
            put(_End())
