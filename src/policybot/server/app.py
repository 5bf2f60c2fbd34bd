"""The ASGI application: the page, the interfaces for programs, and the door in front of both."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import gradio as gr
from fastapi import APIRouter, FastAPI, HTTPException, Request
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp

from policybot.bot.bot import PolicyBot
from policybot.indexing.watching import Watcher, WatchState
from policybot.reading.formats import readers
from policybot.server import errors
from policybot.server.api import api
from policybot.server.door import Door, principal
from policybot.server.jobs import IndexJobs
from policybot.server.library_api import library_api
from policybot.server.metrics import Measured, Metrics
from policybot.server.openai_api import openai_api
from policybot.server.operations import health, readiness
from policybot.server.question_service import QuestionService
from policybot.server.sign_in import sign_in
from policybot.settings import Settings
from policybot.store.accounts import Accounts
from policybot.store.records import Records
from policybot.ui import CSS, SCRIPT, SCRIPT_PATH, Assistant, Visitor, build_page, theme
from policybot.ui.watching import Watching

_COMPRESSION = 5
"""Of 1 to 9: the page's document of 100 kB becomes a fifth in 2 ms; 9 takes three times as long for 2 % less."""


@dataclass(frozen=True, slots=True)
class Interfaces:
    """What programs may use beside the page.

    Attributes:
        routers: Their routes.
        metrics: Counts requests.
        bot: Whose documents the page lists.
        records: Keep the page's conversations, too.
        jobs: Index for the page, too.
        watcher: What follows the folders, if anything.
        close: Ends what runs in the background, at the server's end.
    """

    routers: tuple[APIRouter, ...]
    metrics: Metrics
    bot: PolicyBot
    records: Records
    jobs: IndexJobs
    watcher: Watcher | None
    close: Callable[[], None]


def interfaces(bot: PolicyBot, watcher: Watcher | None = None) -> Interfaces:
    """Every interface for programs.

    Args:
        watcher: What follows the folders, if anything; it is closed at the server's end.

    Raises:
        StoreError: The records in the data folder cannot be used.
    """
    records = Records(bot.settings.data_dir)
    metrics = Metrics(bot.counts)
    service = QuestionService(bot, records, metrics, questions_per_minute=bot.settings.questions_per_minute)
    jobs = IndexJobs(bot)

    def close() -> None:
        if watcher is not None:
            watcher.close()
        jobs.close()
        records.close()

    routers = (readiness(bot, metrics), api(service, jobs, watcher), library_api(bot, records), openai_api(service))
    return Interfaces(routers, metrics, bot, records, jobs, watcher, close)


def create_app(
    bot: Assistant,
    *,
    examples: Sequence[str] = (),
    accounts: Accounts | None = None,
    settings: Settings | None = None,
    programs: Interfaces | None = None,
) -> ASGIApp:
    """The page at ``/``, ``/healthz`` for whoever watches it, and the interfaces for programs.

    Args:
        bot: Answers the page's questions.
        examples: Questions offered on the empty page.
        accounts: Users and keys; None serves this computer only, without them.
        settings: Limits and the path prefix; None for the defaults.
        programs: What ``interfaces`` returned; None serves the page alone.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        if programs is not None:
            programs.close()

    app = FastAPI(
        title="policybot",
        summary="Answers questions about policy documents and cites every sentence.",
        docs_url=None,  # Its page would load scripts from elsewhere.
        redoc_url=None,
        openapi_url="/api/v1/openapi.json" if programs else None,
        lifespan=lifespan,
    )
    errors.install(app)
    app.include_router(health(bot))
    app.include_router(_script())
    if accounts is not None:
        app.include_router(sign_in(accounts, hours=settings.session_hours if settings else 12))
    if programs is not None:
        for router in programs.routers:
            app.include_router(router)
        app.include_router(_nothing_else())
        app.add_middleware(Measured, metrics=programs.metrics)
    prefix = settings.path_prefix if settings else ""
    upload_mb = settings.upload_mb if settings else 0
    if programs is None:
        page = build_page(bot, examples=examples, who=_visitor, prefix=prefix)
    else:
        page = build_page(
            bot,
            examples=examples,
            records=programs.records,
            holdings=programs.bot,
            indexing=programs.jobs,
            who=_visitor,
            suffixes=sorted(readers(programs.bot.settings.plugins).suffixes),
            upload_mb=upload_mb,
            watching=Watching(_watch_state(programs.watcher), programs.bot.failures, who=_visitor),
            prefix=prefix,
        )
    page.queue(api_open=False, max_size=None)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        root_path=prefix or None,
        theme=theme(),
        css=CSS,
        footer_links=[],
        run_history=False,
        show_error=False,
        allowed_paths=[],
        max_file_size=1,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
    )
    door = Door(app, accounts=accounts)
    if settings is not None:
        door = Door(
            app,
            accounts=accounts,
            requests_per_minute=settings.requests_per_minute,
            prefix=prefix,
            upload_bytes=upload_mb * 1_000_000,
        )
    # Outside the door, which reads the page's scripts before it lets the page out. Event streams pass as they are.
    return GZipMiddleware(door, minimum_size=1000, compresslevel=_COMPRESSION)


def _watch_state(watcher: Watcher | None) -> Callable[[], WatchState] | None:
    return None if watcher is None else lambda: watcher.state


def _visitor(request: gr.Request) -> Visitor:
    """Who looks at the page: whom the door has let in."""
    assert request.request is not None, "Gradio passes on the request of the browser"
    who = principal(request.request)
    return Visitor(who.name, editor=who.role == "editor")


def _script() -> APIRouter:
    """The page's script; its name changes with it, so a browser need never ask for it twice."""
    router = APIRouter(include_in_schema=False)

    @router.get(f"/{SCRIPT_PATH}")
    def script() -> Response:
        return Response(
            SCRIPT,
            media_type="text/javascript; charset=utf-8",
            headers={"cache-control": "public, max-age=31536000, immutable"},
        )

    return router


def _nothing_else() -> APIRouter:
    """Without it, the page would answer for programs' paths that do not exist."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/api/{path:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    @router.api_route("/v1/{path:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    def nothing(request: Request) -> None:
        where = f"{request.method} {request.url.path}"
        raise HTTPException(404, f"{where} does nothing. /api/v1/openapi.json lists what there is.")

    return router
