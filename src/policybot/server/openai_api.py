"""The OpenAI-compatible interface: ``/v1/chat/completions`` and ``/v1/models``, for OpenAI's clients and chat pages."""

from __future__ import annotations

import time
import uuid
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request

from policybot.domain import Answer, Citation, Delta, Done, Sentence, full_title
from policybot.rendering import web_address
from policybot.server.door import Principal, principal
from policybot.server.openai_shapes import (
    Annotation,
    AssistantMessage,
    Choice,
    CompletionBody,
    CompletionResponse,
    ModelEntry,
    ModelList,
    UrlCitation,
)
from policybot.server.question_service import QuestionService
from policybot.server.shapes import ErrorBody
from policybot.server.streams import encoded, event_stream

MODEL = "policybot"
"""The model's id; which chat model writes behind it is the server's setting."""

_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody} for status in (400, 401, 404, 409, 413, 422, 429, 500, 502, 503)
}

_Who = Annotated[Principal, Depends(principal)]


def openai_api(service: QuestionService) -> APIRouter:
    """The routes."""
    router = APIRouter(prefix="/v1", responses=_ERRORS)

    @router.get("/models")
    def models(who: _Who) -> ModelList:
        """The one model."""
        return ModelList(data=[ModelEntry(id=MODEL)])

    @router.get("/models/{id}")
    def model(id: str, who: _Who) -> ModelEntry:
        """The one model, by its id."""
        _check(id)
        return ModelEntry(id=MODEL)

    @router.post("/chat/completions", response_model=CompletionResponse)
    async def completions(body: CompletionBody, who: _Who, request: Request) -> Any:
        """Answer the last message from the documents, with its citations as annotations."""
        _check(body.model)
        question = body.question()
        asked: dict[str, Any] = {
            "history": body.history(),
            "filter": body.filter.filter(),
            "answer_language": body.answer_language,
        }
        id, created, base = f"chatcmpl-{uuid.uuid4().hex}", int(time.time()), str(request.base_url)
        if body.stream:
            events = service.events(who, question, **asked)
            return await event_stream(_chunks(events, id=id, created=created, base=base), named_errors=False)
        answer, _ = await service.answer(who, question, **asked)
        message = Message(base)
        for sentence in answer.sentences:
            message.add(sentence, answer.citations)
        return CompletionResponse(
            id=id,
            created=created,
            model=MODEL,
            choices=[
                Choice(
                    message=AssistantMessage(content=message.content or answer.message, annotations=message.annotations)
                )
            ],
            policybot=_about(answer),
        )

    return router


class Message:
    """A message that grows sentence by sentence, with an annotation for each marker in it.

    Args:
        base: Address of this server, ending in a slash.
    """

    def __init__(self, base: str) -> None:
        self._base = base
        self.content = ""
        self.annotations: list[Annotation] = []

    def add(self, sentence: Sentence, citations: Sequence[Citation]) -> tuple[str, list[Annotation]]:
        """Add a sentence; returns what is new: the text, and the annotations in it."""
        known = {citation.number: citation for citation in citations}
        text = sentence.lead + sentence.text if self.content else (sentence.lead + sentence.text).lstrip()
        new: list[Annotation] = []
        if sentence.citations:
            text += " "
        for number in sentence.citations:
            marker = f"[{number}]"
            start = len(self.content) + len(text)
            text += marker
            if number in known:
                new.append(_annotation(known[number], start, start + len(marker), self._base))
        self.content += text
        self.annotations += new
        return text, new


async def _chunks(events: AsyncGenerator[Any, None], *, id: str, created: int, base: str) -> AsyncGenerator[str, None]:
    """The answer as chunks, one for each sentence; the first comes when the search is done."""

    def chunk(delta: dict[str, Any], finish: str | None = None, **own: Any) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        values = {"id": id, "object": "chat.completion.chunk", "created": created, "model": MODEL}
        return encoded({**values, "choices": [choice], **own})

    message = Message(base)
    known: dict[int, Citation] = {}
    begun = False
    async with aclosing(events) as asked:
        async for event in asked:
            if not begun:
                yield chunk({"role": "assistant", "content": ""})
                begun = True
            if isinstance(event, Delta):
                known |= {citation.number: citation for citation in event.citations}
                text, new = message.add(event.sentence, tuple(known.values()))
                delta: dict[str, Any] = {"content": text}
                if new:
                    delta["annotations"] = [annotation.model_dump() for annotation in new]
                yield chunk(delta)
            elif isinstance(event, Done):
                if event.answer.status == "abstained":
                    yield chunk({"content": event.answer.message})
                yield chunk({}, "stop", policybot=_about(event.answer))
    yield encoded("[DONE]")


def _annotation(citation: Citation, start: int, end: int, base: str) -> Annotation:
    here = f"{base}api/v1/documents/{citation.document_id}?version={citation.version}"
    return Annotation(
        url_citation=UrlCitation(
            start_index=start,
            end_index=end,
            title=full_title(citation.title, citation.apart),
            url=web_address(citation.url) or f"{here}&start={citation.start}&end={citation.end}",
        ),
        citation=asdict(citation),
    )


def _about(answer: Answer) -> dict[str, Any]:
    return {"status": answer.status, "language": answer.language, "chat_model": answer.chat_model}


def _check(model: str) -> None:
    if model != MODEL:
        raise HTTPException(404, f"There is no model {model!r}. The one there is is {MODEL!r}.")
