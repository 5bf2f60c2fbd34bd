"""Reading in a process of its own: a file that makes its parser crash, hang or fill the memory costs that file only."""

from __future__ import annotations

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from policybot import errors
from policybot.domain import Document, Metadata
from policybot.errors import ReadingError, ReadingLimit
from policybot.reading.document import read
from policybot.reading.formats import OWN, Readers

_LOG = logging.getLogger(__name__)

_CHILD = Path(__file__).with_name("child.py")

READ_S = 45.0
"""Longest reading of a file, in seconds: 10,000 pages of a PDF take 9 on a busy machine, and with the start of another
process a file that is stopped stays below 60 (benchmarks/bad_files.py)."""

RECOGNISE_S = 900.0
"""Longest recognition of a scan's text, in seconds."""

MEMORY_BYTES = 1_200_000_000
"""Address space of the process."""

_START_S = 60.0  # on a busy machine; 0.7 s on an idle one
_FILES_PER_PROCESS = 1_000
_SMALL_BYTES = 1_000_000
_PLAIN = frozenset({".md", ".markdown", ".txt"})
"""Suffixes whose small files are read in this process: their readers are ours, and starting another takes longer."""

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class _Reply:
    head: dict[str, Any]
    text: str


class Worker:
    """Reads one file after the other in a process that it starts when first needed, and again after a fault.

    Threads may share it; they read one after the other. Use it in a ``with`` block, or ``close`` it.
    """

    def __init__(
        self,
        *,
        read_s: float = READ_S,
        recognise_s: float = RECOGNISE_S,
        memory_bytes: int = MEMORY_BYTES,
        readers: Readers = OWN,
    ) -> None:
        """Set the bounds.

        Args:
            read_s: Longest reading of one file, in seconds.
            recognise_s: Longest recognition of the text of one scan, in seconds; 0 recognises none.
            memory_bytes: Most memory of the process, as address space.
            readers: Among which a file's suffix decides.
        """
        self.readers = readers
        self._read_s = read_s
        self._recognise_s = recognise_s
        self._memory_bytes = memory_bytes
        self._process: subprocess.Popen[bytes] | None = None
        self._files = 0
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the process, if there is one; the worker may be used again."""
        with self._lock:
            self._end()

    def read(self, path: Path, *, name: str, document_id: str, max_bytes: int) -> Document:
        """Read a file as ``policybot.reading.read`` does, within bounds of time and memory.

        Raises:
            ReadingLimit: Reading took too long, or too much memory.
            ReadingError: As ``read`` raises it; or the parser crashed.
        """
        suffix = path.suffix.lower()
        try:
            is_small = suffix in _PLAIN - self.readers.foreign and path.stat().st_size <= _SMALL_BYTES
        except OSError:
            is_small = True  # ``read`` says what is wrong with it
        if is_small:
            return read(path, name=name, document_id=document_id, max_bytes=max_bytes)
        request = {
            "reader": self.readers.place_of(path, name=name),
            "path": os.fspath(path),
            "name": name,
            "document_id": document_id,
            "max_bytes": max_bytes,
        }
        with self._lock:
            reply = self._answered(request, name)
        return _document(reply, name)

    def _answered(self, request: dict[str, Any], name: str) -> _Reply:
        process = self._running()
        used, deadline = self._files > 0, time.monotonic() + self._read_s
        reply = self._exchanged(process, request, name, deadline)
        if used and reply.head.get("error") == ReadingLimit.__name__:
            # What earlier files have left of the memory must not decide about this one.
            reply = self._exchanged(self._running(), request, name, deadline)
        return reply

    def _exchanged(
        self, process: subprocess.Popen[bytes], request: dict[str, Any], name: str, deadline: float
    ) -> _Reply:
        """What the process answers; it is ended when it has done enough, or when anything goes wrong."""
        try:
            _send(process, request)
            reply = self._received(process, name, deadline)
        except BaseException:  # an interruption, too, must leave no process in the middle of an answer
            self._end()
            raise
        self._files += 1
        if reply.head.get("last") or self._files >= _FILES_PER_PROCESS:
            self._end()
        return reply

    def _running(self) -> subprocess.Popen[bytes]:
        """The process, started if there is none or it has died since."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        # Started as a file it would look for the standard library's `html` in this folder first: hence -I, and the
        # folders of this process, from which it imports the same policybot and the same readers.
        bounds = [str(self._memory_bytes), str(self._recognise_s)]
        command = [sys.executable, "-I", os.fspath(_CHILD), *bounds, json.dumps(sys.path)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,  # so that what it starts itself (text recognition) ends with it
        )
        self._files = 0
        try:
            ready = _Pipe(self._process, time.monotonic() + _START_S).line()
        except TimeoutError:
            ready = None
        if ready is None:
            self._end()
            raise ReadingError(
                f"The process that reads files did not start within {_START_S:.0f} s. Run `policybot doctor`, see that "
                "the machine has memory and time left, and index again."
            )
        return self._process

    def _received(self, process: subprocess.Popen[bytes], name: str, deadline: float) -> _Reply:
        pipe = _Pipe(process, deadline)
        latest = deadline + self._recognise_s
        while True:
            try:
                line = pipe.line()
                if line is None:
                    raise errors.BrokenFile(_crashed(name, process.wait()))
                head = json.loads(line)
                if "more_s" in head:
                    pipe.deadline = min(latest, max(pipe.deadline, time.monotonic() + float(head["more_s"])))
                    continue
                return _Reply(head, pipe.exactly(int(head.get("bytes", 0))).decode("utf-8"))
            except EOFError as exc:
                raise errors.BrokenFile(_crashed(name, process.wait())) from exc
            except TimeoutError as exc:
                raise ReadingLimit(
                    f"{name}: reading it took longer than {self._read_s:.0f} s and was stopped. Split it, save it in "
                    "another format, or remove it."
                ) from exc

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            _LOG.debug("The process %d that read files had ended already.", process.pid)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        process.wait()


class _Pipe:
    """What the process writes, read until a deadline."""

    def __init__(self, process: subprocess.Popen[bytes], deadline: float) -> None:
        self.deadline = deadline
        self._stream: IO[bytes] = process.stdout  # type: ignore[assignment]  # it is a pipe
        self._rest = bytearray()

    def line(self) -> bytes | None:
        """The next line; None when the process has ended."""
        while b"\n" not in self._rest:
            if not self._more():
                return None
        end = self._rest.index(b"\n") + 1
        line = bytes(self._rest[:end])
        del self._rest[:end]
        return line

    def exactly(self, size: int) -> bytes:
        """The next so many bytes."""
        while len(self._rest) < size:
            if not self._more():
                raise EOFError("the process ended in the middle of its answer")
        data = bytes(self._rest[:size])
        del self._rest[:size]
        return data

    def _more(self) -> bool:
        with selectors.DefaultSelector() as selector:
            selector.register(self._stream, selectors.EVENT_READ)
            if not selector.select(max(0.0, self.deadline - time.monotonic())):
                raise TimeoutError
        block = os.read(self._stream.fileno(), _BLOCK)
        self._rest += block
        return bool(block)


def _send(process: subprocess.Popen[bytes], request: dict[str, Any]) -> None:
    if process.stdin is None:
        raise ReadingError("The process that reads files has no way in. Index again.")
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n")
    except BrokenPipeError as exc:
        raise ReadingError(f"{request['name']}: the process that reads files ended. Index again.") from exc


def _crashed(name: str, status: int) -> str:
    how = f"signal {signal.Signals(-status).name}" if status < 0 else f"status {status}"
    return f"{name}: its reader crashed ({how}), so the file is damaged or made to do harm. Save it anew, or remove it."


def _document(reply: _Reply, name: str) -> Document:
    """The document of an answer, or the error in it."""
    head = reply.head
    if "error" in head:
        kind = getattr(errors, str(head["error"]), ReadingError)
        if not (isinstance(kind, type) and issubclass(kind, ReadingError)):
            kind = ReadingError
        raise kind(str(head["message"]))
    return Document(
        id=head["id"],
        name=name,
        text=reply.text,
        markup=head["markup"],
        metadata=Metadata(**head["metadata"]),
        body_start=head["body_start"],
        page_starts=tuple(head["page_starts"]),
    )
