"""What each click of the Documents view does. Whatever changes documents is refused to readers, not only hidden."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from policybot.domain import IndexPlan
from policybot.errors import IndexingError, PolicybotError, UnknownDocument
from policybot.indexing.addresses import LONGEST_ADDRESS, MOST_ADDRESSES, is_address
from policybot.rendering import Language, say
from policybot.ui import documents_views, indexing_views
from policybot.ui.assistant import Holdings, Indexing
from policybot.ui.visitors import Who

_SHOWN = 300
"""Characters of wrong addresses that are told."""

POLL_S = 0.3
"""How often a running job is looked at, in seconds: often enough for a bar that moves."""


class Documents:
    """The handlers; each gives the HTML of the pieces it changes.

    Args:
        holdings: The documents; None where the page has none to show.
        indexing: Runs indexing; None where it cannot.
        suffixes: Of the files that can be read.
        megabytes: Size of the largest file that may be added.
    """

    def __init__(
        self,
        holdings: Holdings | None,
        indexing: Indexing | None,
        *,
        who: Who,
        suffixes: Sequence[str],
        megabytes: int,
    ) -> None:
        self._holdings = holdings
        self._indexing = indexing
        self._who = who
        self._suffixes = suffixes
        self._megabytes = megabytes

    async def show(self, request: gr.Request, language: Language) -> tuple[str, str]:
        """Where files are added, and the table with the charts."""
        editor = self._editor(request)
        adding = documents_views.adding_html(
            language, editor=editor, suffixes=self._suffixes, megabytes=self._megabytes
        )
        return adding, await asyncio.to_thread(self._library, language, editor)

    def _editor(self, request: gr.Request) -> bool:
        return self._who(request).editor and self._indexing is not None

    def _library(self, language: Language, editor: bool) -> str:
        if self._holdings is None:
            return documents_views.library_html((), (), {}, (), language, editor=False)
        try:
            states: dict[str, str] = {}
            for plan in self._plans():
                states |= dict.fromkeys(plan.changed, "changed") | dict.fromkeys(plan.deleted, "deleted")
        except PolicybotError:
            states = {}  # `Look for changes` says what is wrong; what is indexed can be listed all the same.
        try:
            return documents_views.library_html(
                self._holdings.documents(),
                self._holdings.left_out(),
                states,
                self._holdings.passage_map(),
                language,
                editor=editor,
            )
        except PolicybotError as exc:
            return indexing_views.failure_html(exc, language)

    def _plans(self, *, addresses: bool = False) -> list[IndexPlan]:
        """What would change; pages of the web are asked for only when that is wanted, since it may take long."""
        assert self._holdings is not None
        places: list[Path | str] = [*self._holdings.indexed_paths()]
        if addresses:
            places += self._holdings.indexed_addresses()
        return [self._holdings.plan(place) for place in places]

    async def plan(self, request: gr.Request, language: Language) -> str:
        """What indexing would change."""
        if not self._editor(request):
            return indexing_views.failure_html(say(language, "readers_only"), language)
        try:
            return indexing_views.plan_html(await asyncio.to_thread(self._plans, addresses=True), language)
        except PolicybotError as exc:
            return indexing_views.failure_html(exc, language)

    async def apply(self, request: gr.Request, language: Language) -> AsyncIterator[str]:
        """Index every known folder."""
        async for work in self._run(request, language, ()):
            yield work

    async def take_in(self, request: gr.Request, language: Language) -> AsyncIterator[str]:
        """Index the files that were added."""
        if self._holdings is not None:
            async for work in self._run(request, language, (self._holdings.added_dir,)):
                yield work

    async def add_addresses(self, request: gr.Request, language: Language, event: gr.EventData) -> AsyncIterator[str]:
        """Fetch pages of the web and index them."""
        named = list(dict.fromkeys(str(getattr(event, "addresses", "")).split()))
        wrong = [name for name in named if not is_address(name) or len(name) > LONGEST_ADDRESS]
        if not named or wrong:
            note = say(language, "addresses_wrong" if wrong else "addresses_none", names=" ".join(wrong)[:_SHOWN])
            yield indexing_views.failure_html(note, language)
            return
        if len(named) > MOST_ADDRESSES:
            note = say(language, "addresses_many", count=len(named), most=MOST_ADDRESSES)
            yield indexing_views.failure_html(note, language)
            return
        async for work in self._run(request, language, named):
            yield work

    async def _run(self, request: gr.Request, language: Language, places: Sequence[Path | str]) -> AsyncIterator[str]:
        if not self._editor(request) or self._indexing is None:
            yield indexing_views.failure_html(say(language, "readers_only"), language)
            return
        try:
            job = self._indexing.start(self._who(request).name, places)
        except IndexingError as exc:
            yield indexing_views.failure_html(exc, language)
            return
        seen: Any = ()
        while job.state == "running":
            if seen != (job.outcomes, job.progress):
                seen = (job.outcomes, job.progress)
                yield indexing_views.progress_html(job, language)
            await asyncio.sleep(POLL_S)
            job = self._indexing.job(job.id)
        yield indexing_views.report_html(job, language)

    async def cancel(self, request: gr.Request, event: gr.EventData) -> None:
        """Stop a job, or one of its places."""
        if self._editor(request) and self._indexing is not None:
            self._indexing.cancel(str(getattr(event, "job", "")), str(getattr(event, "place", "")))

    async def ask_removal(self, request: gr.Request, language: Language, event: gr.EventData) -> str:
        """Ask before a document is removed."""
        if not self._editor(request) or self._holdings is None:
            return indexing_views.failure_html(say(language, "readers_only"), language)
        wanted = str(getattr(event, "document", ""))
        documents = await asyncio.to_thread(self._holdings.documents)
        found = next((document for document in documents if document.id == wanted), None)
        if found is None:
            return indexing_views.failure_html(
                UnknownDocument(f"No indexed document has the id {wanted!r}.", case="document_unknown"), language
            )
        return documents_views.removal_html(found, language)

    async def remove(self, request: gr.Request, language: Language, event: gr.EventData) -> str:
        """Remove a document."""
        if not self._editor(request) or self._holdings is None:
            return indexing_views.failure_html(say(language, "readers_only"), language)
        try:
            await asyncio.to_thread(self._holdings.remove, str(getattr(event, "document", "")))
        except PolicybotError as exc:
            return indexing_views.failure_html(exc, language)
        return ""

    async def restore(self, request: gr.Request, language: Language, event: gr.EventData) -> AsyncIterator[str]:
        """Take a removed document in again."""
        if self._editor(request) and self._holdings is not None:
            await asyncio.to_thread(self._holdings.restore, str(getattr(event, "document", "")))
        async for work in self._run(request, language, ()):
            yield work
