"""Signing in and out: two small pages without scripts, in the browser's language."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from policybot.rendering import LANGUAGE_TAGS, Language, escape, preferred_language, say
from policybot.server.door import SESSION_COOKIE, session_token
from policybot.server.limits import RateLimit
from policybot.store.accounts import LONGEST_PASSWORD, Accounts

ATTEMPTS_PER_MINUTE = 5
"""Wrong passwords in a minute, for one name and for one address each. At this pace, guessing the ten thousand most
common passwords takes a day and a half for each name."""

_HASHING = 2
"""Passwords compared at once: each takes a core for about 50 ms, and 64 MiB."""

_STYLE = """
:root { color-scheme: light dark; font-family: system-ui, "Noto Sans", "PingFang SC", "Microsoft YaHei", sans-serif;
  --accent: light-dark(#17676b, #74c3c6); --line: light-dark(#8d8a84, #75797c); }
body { display: grid; min-height: 100vh; margin: 0; place-items: center; line-height: 1.5;
  color: light-dark(#22252a, #e4e3e0); background: light-dark(#fbfaf8, #191a1b); }
main { box-sizing: border-box; width: min(24rem, 100%); padding: 1.5rem; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; color: var(--accent); }
label { display: block; margin: 1rem 0 .25rem; }
input, button { box-sizing: border-box; width: 100%; padding: .6rem .75rem; font: inherit; border-radius: 6px; }
input { color: inherit; background: light-dark(#fff, #212324); border: 1px solid var(--line); }
button { margin-top: 1.5rem; color: #fff; background: #17676b; border: 1px solid #17676b; font-weight: 600;
  cursor: pointer; }
button:hover { background: #135457; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[role=alert] { margin: 0; border-inline-start: .25rem solid #c0392b; padding: .25rem .75rem; }
"""


def sign_in(accounts: Accounts, *, hours: float, clock: Callable[[], float] = time.monotonic) -> APIRouter:
    """The routes ``/sign-in`` and ``/sign-out``.

    Args:
        accounts: Whose users may sign in.
        hours: How long a session lasts.
        clock: Seconds that only grow.
    """
    router = APIRouter(include_in_schema=False)
    attempts = RateLimit(ATTEMPTS_PER_MINUTE, clock=clock)
    hashing = asyncio.Semaphore(_HASHING)

    @router.get("/sign-in")
    def form(request: Request) -> Response:
        """The form."""
        return _form(request)

    @router.post("/sign-in")
    async def enter(request: Request) -> Response:
        """Sign in, and go to the page."""
        fields = parse_qs((await request.body()).decode("utf-8", "replace"))
        name = fields.get("name", [""])[0].strip()[:64]
        password = fields.get("password", [""])[0][: LONGEST_PASSWORD + 1]
        address = request.client.host if request.client else ""
        buckets = (f"name:{name}", f"address:{address}")
        # Taken before the password is looked at: attempts that wait for their turn count, too.
        wait = max(attempts.take(bucket) for bucket in buckets)
        if wait:
            return _form(request, "too_many_attempts", status=429, wait=wait)
        async with hashing:
            user = await asyncio.to_thread(accounts.user_with_password, name, password)
        if user is None:
            return _form(request, "wrong_password", status=401)
        for bucket in buckets:
            attempts.give_back(bucket)
        token = accounts.open_session(user.name, hours=hours)
        response = RedirectResponse(_home(request), status_code=303)
        response.set_cookie(
            SESSION_COOKIE,
            token,
            max_age=int(hours * 3600),
            path=_home(request),
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
        return response

    @router.get("/sign-out")
    def ask_to_leave(request: Request) -> Response:
        """A button: a link alone would let any page sign its reader out."""
        language = _language(request)
        return _page(request, "sign_out", f'<button type="submit">{escape(say(language, "sign_out"))}</button>')

    @router.post("/sign-out")
    def leave(request: Request) -> Response:
        """Close the session."""
        accounts.close_session(session_token(request.headers))
        response = RedirectResponse(f"{_home(request)}sign-in", status_code=303)
        response.delete_cookie(SESSION_COOKIE, path=_home(request), httponly=True, samesite="lax")
        return response

    return router


def _home(request: Request) -> str:
    return f"{request.scope.get('root_path', '')}/"


def _language(request: Request) -> Language:
    return preferred_language(request.headers.get("accept-language", ""))


def _form(request: Request, wrong: str = "", *, status: int = 200, wait: float = 0) -> Response:
    language = _language(request)
    alert = f'<p role="alert">{escape(say(language, wrong, seconds=round(wait) or 1))}</p>' if wrong else ""
    response = _page(
        request,
        "sign_in",
        f'{alert}<label for="name">{escape(say(language, "user_name"))}</label>'
        '<input id="name" name="name" autocomplete="username" required maxlength="64" autofocus>'
        f'<label for="password">{escape(say(language, "password"))}</label>'
        '<input id="password" name="password" type="password" autocomplete="current-password" required '
        f'maxlength="{LONGEST_PASSWORD}">'
        f'<button type="submit">{escape(say(language, "sign_in"))}</button>',
        status=status,
    )
    if wait:
        response.headers["retry-after"] = str(round(wait) or 1)
    return response


def _page(request: Request, title: str, body: str, *, status: int = 200) -> Response:
    language = _language(request)
    heading = escape(say(language, title))
    action = escape(f"{_home(request)}{title.replace('_', '-')}")
    return HTMLResponse(
        f'<!doctype html><html lang="{LANGUAGE_TAGS[language]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{heading} · policybot</title><style>{_STYLE}</style></head>"
        f'<body><main><h1>policybot</h1><form method="post" action="{action}">{body}</form></main></body></html>',
        status_code=status,
        # With none, a browser would send the form's origin as null, and the door takes that for a foreign page.
        headers={"referrer-policy": "same-origin"},
    )
