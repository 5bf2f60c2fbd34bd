"""What the process of a Worker runs: reads the files it is told of, one request a line, until its input ends.

Each request names its reader, as ``module:attribute``. It is started as a file in Python's isolated mode, and gets the
folders from which its parent imports.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

_MAX_RESIDENT_KB = 500_000
"""Memory after a file, in kB, from which on the next file gets a new process."""

_MAX_WRITTEN = 100_000_000  # bytes of one file that a parser may write
_RESERVE = 4_000_000  # bytes, freed when memory is short, so that the answer can be written


def main(memory_bytes: int, recognise_s: float, folders: list[str]) -> None:
    """Answer requests from standard input on standard output."""
    _limit(memory_bytes)
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a parser prints does not belong into the answers
    sys.path[:] = folders
    from policybot.reading import built_in, document  # noqa: F401  # nothing is left to import at the first request

    built_in.import_all()
    _write(out, b'{"ready": true}\n')
    for line in sys.stdin.buffer:
        reserve: bytearray | None = bytearray(_RESERVE)
        try:
            answer = _answer(json.loads(line), out, recognise_s)
        except MemoryError:
            reserve = None
            answer = _error("ReadingLimit", _too_much(json.loads(line)["name"], memory_bytes))
        del reserve
        _write(out, answer)


def _answer(request: dict[str, Any], out: Any, recognise_s: float) -> bytes:
    from policybot.errors import ReadingError

    def more_time(seconds: float) -> None:
        _write(out, json.dumps({"more_s": min(seconds, recognise_s)}).encode() + b"\n")

    try:
        document = _read(request, more_time if recognise_s else None)
    except ReadingError as exc:
        if isinstance(exc.__cause__, MemoryError):  # a parser's own wording would blame the file, not the memory
            raise exc.__cause__ from exc
        return _error(type(exc).__name__, str(exc))
    text = document.text.encode("utf-8")
    head = {
        "id": document.id,
        "markup": document.markup,
        "metadata": asdict(document.metadata),
        "body_start": document.body_start,
        "page_starts": document.page_starts,
        "bytes": len(text),
        "last": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > _MAX_RESIDENT_KB,
    }
    return json.dumps(head).encode() + b"\n" + bytes(text)


def _read(request: dict[str, Any], more_time: Any) -> Any:
    from policybot.errors import BrokenFile, ReadingError
    from policybot.plugins import imported
    from policybot.reading.document import read_with

    name = request["name"]
    try:
        return read_with(
            imported(request["reader"]),
            Path(request["path"]),
            name=name,
            document_id=request["document_id"],
            max_bytes=request["max_bytes"],
            more_time=more_time,
        )
    except (ReadingError, MemoryError):
        raise
    except Exception as exc:  # a reader's own fault must not end the run; it is named as one
        raise BrokenFile(
            f"{name}: its reader failed ({type(exc).__name__}: {str(exc)[:200]}). "
            "Save the file anew, or in another format."
        ) from exc


def _error(kind: str, message: str) -> bytes:
    # After a fault the next file gets a process whose memory is whole.
    head = {"error": kind, "message": message, "last": kind == "ReadingLimit"}
    return json.dumps(head).encode() + b"\n"


def _too_much(name: str, memory_bytes: int) -> str:
    return (
        f"{name}: reading it takes more than {memory_bytes / 1e6:.0f} MB of memory and was stopped. Split it, save it "
        "in another format, or remove it."
    )


def _write(out: Any, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[out.write(view) :]


def _limit(memory_bytes: int) -> None:
    """Bound memory and what may be written; macOS does not keep to the first."""
    for what, wanted in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, _MAX_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        bound = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        try:
            resource.setrlimit(what, (bound, hard))
        except (ValueError, OSError):
            if what == resource.RLIMIT_AS and sys.platform == "linux":
                raise


def _end_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), json.loads(sys.argv[3]))
