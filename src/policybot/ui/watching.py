"""What the watcher does and which files could not be read, above the table of documents; for editors only."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from html import escape as escape_signs

import gradio as gr

from policybot.domain import IndexFailure
from policybot.errors import PolicybotError
from policybot.indexing.watching import WatchState, WatchTrouble
from policybot.rendering import Language, say
from policybot.text.plain import visible
from policybot.ui.visitors import Who

LOOK_S = 5.0
"""How often an open page looks at the watcher, in seconds: it tries a failed file again after five at the earliest."""

_SHOWN = 100
"""Files that are listed; the API has all of them."""


class Watching:
    """The handler; it gives HTML, and whether to look again.

    Args:
        state: What the watcher does; None where nothing watches.
        failures: What could not be read when its folder was last indexed.
        who: Tells who may see it.
    """

    def __init__(
        self, state: Callable[[], WatchState] | None, failures: Callable[[], Sequence[IndexFailure]], *, who: Who
    ) -> None:
        self._state = state
        self._failures = failures
        self._who = who

    async def show(self, request: gr.Request, language: Language) -> tuple[str, gr.Timer]:
        """The watcher's state and the files that failed, and the clock by which the page asks again."""
        editor = self._who(request).editor
        again = gr.Timer(LOOK_S, active=editor and self._state is not None)
        if not editor:
            return "", again
        state = self._state() if self._state is not None else WatchState()
        try:
            failures = await asyncio.to_thread(self._failures)
        except PolicybotError as exc:
            return f'<p class="pb-note" role="alert">{_escape(str(exc))}</p>', again
        return watching_html(state, failures, language), again


def watching_html(state: WatchState, failures: Sequence[IndexFailure], language: Language) -> str:
    """One line on the watcher, then each file that could not be read with its reason; empty when all is well.

    Args:
        state: ``stopped`` when nothing watches.
        failures: Of the last indexing; those that the watcher tells of itself are left out.
    """
    told = {trouble.name for trouble in state.troubles}
    lines = [_trouble(trouble, language) for trouble in state.troubles]
    lines += [f"<li>{_escape(failure.reason)}</li>" for failure in failures if failure.name not in told]
    line = "" if state.state == "stopped" else f'<p class="pb-note">{_escape(_line(state, language))}</p>'
    if not lines:
        return line and f'<div class="pb-watching" data-watch="{state.state}">{line}</div>'
    more = "<li>…</li>" if len(lines) > _SHOWN else ""
    heading = _escape(say(language, "plan_failed", count=len(lines)))
    return (
        f'<div class="pb-watching" data-watch="{state.state}">{line}<details class="pb-group"><summary>{heading}'
        f"</summary><ul>{''.join(lines[:_SHOWN])}{more}</ul></details></div>"
    )


def _line(state: WatchState, language: Language) -> str:
    parts = [say(language, f"watch_{state.state}", count=len(state.folders))]
    if state.last_run_at:
        parts.append(say(language, "watch_last", at=_clock(state.last_run_at)))
    if state.polling:
        parts.append(say(language, "watch_polling", count=len(state.polling)))
    return " · ".join(parts)


def _trouble(trouble: WatchTrouble, language: Language) -> str:
    again = say(language, "watch_again", tries=trouble.tries, at=_clock(trouble.next_try_at))
    return f"<li>{_escape(trouble.reason)} ({_escape(again)})</li>"


def _clock(at: str) -> str:
    """The time of day of an ISO time."""
    return at[11:19] + " UTC"


def _escape(text: str) -> str:
    return escape_signs(visible(text))
