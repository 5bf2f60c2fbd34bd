"""What indexing changed, what it could not read, what is there twice, and what the watcher does."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from policybot.bot.bot import PolicyBot
from policybot.domain import IndexFailure
from policybot.domain.changes import DocumentChange, Duplicates
from policybot.indexing.watching import Watcher, WatchState
from policybot.server.door import Principal, editor
from policybot.server.shapes import MOST_LISTED

_Editor = Annotated[Principal, Depends(editor)]


def reindexing(bot: PolicyBot, watcher: Watcher | None) -> APIRouter:
    """The routes; all for editors, as changes name conversations."""
    router = APIRouter()

    @router.get("/changes")
    def changes(
        who: _Editor,
        document: Annotated[str | None, Query(max_length=500, description="Id of a document.")] = None,
        limit: Annotated[int, Query(ge=1, le=MOST_LISTED)] = 50,
    ) -> tuple[DocumentChange, ...]:
        """What indexing changed, the latest first: sections side by side, and answers that lost their ground."""
        return bot.changes(document_id=document, limit=limit)

    @router.get("/failures")
    def failures(who: _Editor) -> tuple[IndexFailure, ...]:
        """Files that could not be read when their folder was last indexed, and why."""
        return bot.failures()

    @router.get("/duplicates")
    def duplicates(who: _Editor) -> Duplicates:
        """Documents of the same text, and passages that many documents repeat."""
        return bot.duplicates()

    @router.get("/watch")
    def watch(who: _Editor) -> WatchState:
        """What the watcher does, and what it could not index; `stopped` when the server does not watch."""
        return watcher.state if watcher is not None else WatchState()

    return router
