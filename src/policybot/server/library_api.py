"""Single documents over HTTP: add and remove (editors), a PDF's page as a picture; whole conversations as files."""

from __future__ import annotations

import asyncio
import tempfile
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from policybot.bot.bot import PolicyBot
from policybot.rendering import conversation_docx, conversation_json, conversation_markdown
from policybot.server.door import Principal, editor, principal
from policybot.store.records import Records

_IN_MEMORY = 1 << 20
"""Bytes of an upload that are held in memory; more goes to a temporary file."""

_TYPES = {
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

_Who = Annotated[Principal, Depends(principal)]
_Editor = Annotated[Principal, Depends(editor)]
_Id = Annotated[str, Path(max_length=500)]
_Offset = Annotated[int, Query(ge=0)]


class AddedBody(BaseModel):
    """A file that was taken; the next indexing reads it."""

    name: str = Field(description="Under which it is kept.")
    replaced: bool = Field(description="Whether a file of this name was there already.")


def library_api(bot: PolicyBot, records: Records) -> APIRouter:
    """The routes.

    Args:
        bot: Whose documents.
        records: Whose conversations.
    """
    router = APIRouter(prefix="/api/v1")

    @router.post("/documents", status_code=201)
    async def add(
        request: Request, name: Annotated[str, Query(min_length=1, max_length=300)], who: _Editor
    ) -> AddedBody:
        """Add a file, its bytes as the body; an index job takes it in. For editors."""
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as content:
            async for chunk in request.stream():
                content.write(chunk)
            content.seek(0)
            kept, replaced = await asyncio.to_thread(bot.add, name, content)
        return AddedBody(name=kept, replaced=replaced)

    @router.delete("/documents/{id}", status_code=204)
    def remove(id: _Id, who: _Editor) -> None:
        """Take a document out of the index; an added file is deleted, any other stays where it is. For editors."""
        bot.remove(id)

    @router.get(
        "/documents/{id}/pages/{page}.png", response_class=Response, responses={200: {"content": {"image/png": {}}}}
    )
    def page_picture(
        id: _Id,
        page: Annotated[int, Path(ge=1, le=100_000)],
        who: _Who,
        start: _Offset = 0,
        end: _Offset = 0,
        version: Annotated[str | None, Query(max_length=64)] = None,
    ) -> Response:
        """A page of a PDF as a picture, with the text from `start` to `end` marked."""
        picture = bot.page_picture(id, page, start=start, end=end, version=version)
        return Response(picture, media_type="image/png", headers={"cache-control": "private, max-age=3600"})

    @router.get(
        "/conversations/{id}/export",
        response_class=Response,
        responses={200: {"content": {t: {} for t in _TYPES.values()}}},
    )
    def export(id: _Id, who: _Who, format: Literal["md", "json", "docx"] = "md") -> Response:
        """One's own conversation as a file: Markdown with footnotes, JSON, or a Word document."""
        summary = records.conversation(who.name, id)
        answers = [record.restored() for record in records.answers(who.name, id)]
        content: Any
        match format:
            case "md":
                content = conversation_markdown(summary.title, answers)
            case "json":
                content = conversation_json(summary.title, answers)
            case "docx":
                content = conversation_docx(summary.title, answers)
        name = quote(f"{summary.title[:60] or 'conversation'}.{format}")
        headers = {"content-disposition": f"attachment; filename=\"conversation.{format}\"; filename*=UTF-8''{name}"}
        return Response(content, media_type=_TYPES[format], headers=headers)

    return router
