"""For whoever runs the server: is it alive, is it ready, and Prometheus's numbers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse, Response

from policybot.bot.bot import PolicyBot
from policybot.errors import PolicybotError
from policybot.server.door import Principal, principal
from policybot.server.metrics import CONTENT_TYPE, Metrics
from policybot.ui import Assistant


def health(bot: Assistant) -> APIRouter:
    """``/healthz``: the catalogue can be read."""
    router = APIRouter()

    @router.get("/healthz")
    def healthz() -> Response:
        """Whether the server is alive and its catalogue can be read."""
        try:
            documents = bot.documents()
        except PolicybotError as exc:
            return JSONResponse({"status": "failed", "reason": str(exc)}, status_code=503)
        return JSONResponse({"status": "ok", "documents": len(documents)})

    return router


def readiness(bot: PolicyBot, metrics: Metrics) -> APIRouter:
    """``/readyz`` and ``/metrics``."""
    router = APIRouter()

    @router.get("/readyz")
    def readyz() -> Response:
        """Whether questions can be answered: the models are loaded before the server listens, so documents decide."""
        try:
            documents, passages = bot.counts()
        except PolicybotError as exc:
            return JSONResponse({"status": "failed", "reason": str(exc)}, status_code=503)
        status = "ready" if documents else "nothing indexed"
        body = {"status": status, "documents": documents, "passages": passages}
        return JSONResponse(body, status_code=200 if documents else 503)

    @router.get("/metrics")
    def exposition(who: Annotated[Principal, Depends(principal)]) -> Response:
        """Numbers in Prometheus's text format; with users, for whoever shows an API key."""
        return Response(metrics.exposition(), headers={"content-type": CONTENT_TYPE})

    return router
