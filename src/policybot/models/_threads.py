"""How the engines that compute at the same time share the processors."""

from __future__ import annotations

import os


def processors() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def wait_with_little_spinning() -> None:
    """Have OpenMP's threads sleep soon while they wait for each other; to be called before an engine is loaded.

    By default they spin through 300,000 rounds, so that two engines, or the chat model and any other busy process,
    hold each other up. Tokens a second that llama.cpp wrote on two cores (benchmarks/chat_speed.py), alone and beside
    one busy process: 11.4 and 2.3 by default, 11.7 and 4.4 with 10,000 rounds, 10 and 6.3 with 1,000, 8.2 and 6.0
    without. A value that is set already is kept.
    """
    os.environ.setdefault("GOMP_SPINCOUNT", "10000")
