"""How the engines that compute at the same time share the processors."""

from __future__ import annotations

import os


def processors() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def wait_without_spinning() -> None:
    """Have OpenMP's threads sleep while they wait for each other; to be called before an engine is loaded.

    By default they spin, so that two engines, or the chat model and any other busy process, hold each other up:
    on two cores, beside one other busy process, llama.cpp wrote 0.7 tokens/s spinning and 8.8 sleeping; alone, there
    was no difference beyond the noise. A value that is set already is kept.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
