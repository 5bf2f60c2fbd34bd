"""Errors as typed JSON: ``{"error": {"type": "QuestionError", "message": "..."}}``, with policybot's own messages."""

from __future__ import annotations

import logging
import math
from datetime import datetime
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from policybot import errors
from policybot.errors import PolicybotError, RequestRefused

log = logging.getLogger(__name__)

# The first class that an error is an instance of decides.
_STATUS: tuple[tuple[type[PolicybotError], int], ...] = (
    (errors.NotSignedIn, 401),
    (errors.NotAllowed, 403),
    (errors.TooLarge, 413),
    (errors.TooManyRequests, 429),
    (errors.Busy, 503),
    (errors.QuestionError, 400),
    (errors.AccountError, 400),
    (errors.UnknownDocument, 404),
    (errors.OriginalGone, 404),
    (errors.UnknownPassage, 404),
    (errors.UnknownConversation, 404),
    (errors.UnknownJob, 404),
    (errors.NothingIndexed, 409),
    (errors.IndexingError, 409),
    (errors.ReadingError, 422),
    (errors.ChatModelError, 502),
    (errors.ModelError, 503),
    (errors.StoreError, 503),
)


def status_of(exc: PolicybotError) -> int:
    """The HTTP status of an error; 500 for one that no request can cause."""
    return next((status for kind, status in _STATUS if isinstance(exc, kind)), 500)


def error_body(exc: PolicybotError) -> dict[str, Any]:
    """The error as the body of a response, or as the data of a streamed event."""
    return {"error": {"type": type(exc).__name__, "message": str(exc)}}


def error_response(exc: PolicybotError) -> JSONResponse:
    """The error as a response, with the headers that go with its status."""
    status = status_of(exc)
    headers = {"www-authenticate": 'Bearer realm="policybot"'} if status == 401 else {}
    if isinstance(exc, RequestRefused) and exc.retry_after_s:
        headers["retry-after"] = str(math.ceil(exc.retry_after_s))
    return JSONResponse(error_body(exc), status, headers)


def unexpected(exc: Exception) -> dict[str, Any]:
    """A bug as the body of a response: its details are in the log, not on the wire."""
    at = f"{datetime.now():%Y-%m-%d %H:%M:%S}"
    log.error("A request failed unexpectedly at %s", at, exc_info=exc)
    message = f"Something failed that should not. The server's log says what, at {at}."
    return {"error": {"type": "InternalError", "message": message}}


def install(app: FastAPI) -> None:
    """Answer every error of a route with typed JSON."""

    async def deliberate(_: Request, exc: Exception) -> Response:
        assert isinstance(exc, PolicybotError)
        return error_response(exc)

    async def invalid(_: Request, exc: Exception) -> Response:
        assert isinstance(exc, RequestValidationError)
        wrong = "; ".join(f"{'.'.join(map(str, error['loc'])) or 'body'}: {error['msg']}" for error in exc.errors())
        body = {"error": {"type": "InvalidRequest", "message": f"The request cannot be understood: {wrong}."}}
        return JSONResponse(body, 422)

    async def http(_: Request, exc: Exception) -> Response:
        assert isinstance(exc, HTTPException)
        kind = {404: "NotFound", 405: "MethodNotAllowed"}.get(exc.status_code, "InvalidRequest")
        return JSONResponse({"error": {"type": kind, "message": str(exc.detail)}}, exc.status_code, exc.headers)

    async def bug(_: Request, exc: Exception) -> Response:
        return JSONResponse(unexpected(exc), 500)

    app.add_exception_handler(PolicybotError, deliberate)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(Exception, bug)
