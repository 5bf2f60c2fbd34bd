"""What Prometheus is told about the server."""

from __future__ import annotations

import time
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""Prometheus's text format, which ``generate_latest`` writes [1].

[1] https://prometheus.io/docs/instrumenting/exposition_formats/
"""

_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""Upper bounds of the histograms: a quoted answer takes a few tenths of a second, a written one up to a minute."""


class Metrics:
    """The numbers of one server; nothing in them names a person or a question."""

    def __init__(self, counts: Callable[[], tuple[int, int]]) -> None:
        """Count from zero; ``counts`` gives the documents and passages that are indexed."""
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._counts = counts
        self.requests = Counter(
            "policybot_requests", "Requests by route, method and status.", ("route", "method", "status"),
            registry=self._registry,
        )  # fmt: skip
        self.questions = Counter(
            "policybot_questions", "Questions by what became of them.", ("outcome",), registry=self._registry
        )
        self.answer_seconds = Histogram(
            "policybot_answer_seconds", "Seconds from a question to its whole answer.", buckets=_SECONDS,
            registry=self._registry,
        )  # fmt: skip
        self.first_sentence_seconds = Histogram(
            "policybot_first_sentence_seconds", "Seconds from a question to its answer's first sentence.",
            buckets=_SECONDS, registry=self._registry,
        )  # fmt: skip
        self.answering = Gauge("policybot_answering", "Questions being answered now.", registry=self._registry)
        self._documents = Gauge("policybot_documents", "Indexed documents.", registry=self._registry)
        self._passages = Gauge("policybot_passages", "Indexed passages.", registry=self._registry)

    def exposition(self) -> bytes:
        """All numbers in Prometheus's text format.

        Raises:
            StoreError: The documents cannot be counted.
        """
        documents, passages = self._counts()
        self._documents.set(documents)
        self._passages.set(passages)
        return generate_latest(self._registry)


class Measured:
    """ASGI middleware that counts requests by the route that answered them; the page's own are all ``page``."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            # Only templates, so that no made-up path becomes a time series.
            route = getattr(scope.get("route"), "path_format", "page")
            self._metrics.requests.labels(route, scope["method"], str(status)).inc()


class Stopwatch:
    """Times one question and counts what became of it; use as a context manager around its events."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._outcome = "stopped"
        self._spoke = False

    def __enter__(self) -> Stopwatch:
        self._started = time.monotonic()
        self._metrics.answering.inc()
        return self

    def spoke(self) -> None:
        """A sentence of the answer is there."""
        if not self._spoke:
            self._spoke = True
            self._metrics.first_sentence_seconds.observe(time.monotonic() - self._started)

    def ended(self, outcome: str) -> None:
        """The answer is there: ``answered`` or ``abstained``."""
        self._outcome = outcome
        self._metrics.answer_seconds.observe(time.monotonic() - self._started)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._metrics.answering.dec()
        # Who stops listening closes the generator or cancels the task; neither is a failure.
        failed = kind is not None and issubclass(kind, Exception)
        self._metrics.questions.labels("failed" if failed else self._outcome).inc()
