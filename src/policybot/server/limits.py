"""How often somebody may do something: a bucket of permits that refills steadily."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class RateLimit:
    """So many a minute for each name, in bursts up to a minute's worth.

    A token bucket, kept in memory: a restart fills every bucket.

    Args:
        per_minute: Permits that come back in a minute, and the most that are held.
        clock: Seconds that only grow.
    """

    def __init__(self, per_minute: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(per_minute)
        self._per_s = per_minute / 60
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, name: str) -> float:
        """Take a permit; returns 0 when there was one, else the seconds until there is."""
        with self._lock:
            now = self._clock()
            left = self._left(name, now)
            if left < 1:
                return (1 - left) / self._per_s
            self._buckets[name] = (left - 1, now)
            if len(self._buckets) > 10_000:
                self._forget_full(now)
            return 0.0

    def give_back(self, name: str) -> None:
        """Return a permit that was not used."""
        with self._lock:
            now = self._clock()
            self._buckets[name] = (min(self._most, self._left(name, now) + 1), now)

    def _left(self, name: str, now: float) -> float:
        left, since = self._buckets.get(name, (self._most, now))
        return min(self._most, left + (now - since) * self._per_s)

    def _forget_full(self, now: float) -> None:
        """Names that made no request for a minute need no bucket."""
        self._buckets = {name: bucket for name, bucket in self._buckets.items() if self._left(name, now) < self._most}
