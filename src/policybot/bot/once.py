"""A value that is computed on first use."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Once(Generic[T]):
    """Computes a value at the first call and returns it afterwards. Thread-safe.

    Concurrent calls wait for the first one. When the computation fails, the next call tries again.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: list[T] = []
        self._lock = threading.RLock()

    def __call__(self) -> T:
        """The value; raises what its computation raises."""
        with self._lock:
            if not self._made:
                self._made.append(self._make())
            return self._made[0]
