"""The HTTP API under ``/api/v1``; ``/api/v1/openapi.json`` describes it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request

from policybot.domain import Delta, Done, Found, Passage
from policybot.indexing.addresses import LONGEST_ADDRESS
from policybot.indexing.watching import Watcher
from policybot.server.door import Principal, editor, principal
from policybot.server.jobs import IndexJob, IndexJobs
from policybot.server.question_service import QuestionService
from policybot.server.reindexing import reindexing
from policybot.server.shapes import (
    MOST_LISTED,
    AnswerBody,
    AskBody,
    ConversationBody,
    ConversationsBody,
    ConversationSettings,
    DocumentBody,
    DocumentsBody,
    ErrorBody,
    FeedbackBody,
    HitsBody,
    KeptAnswer,
    PlacesBody,
    SearchBody,
)
from policybot.server.streams import encoded, event_stream
from policybot.store.records import ConversationSummary, Feedback

LONGEST_STRETCH = 200_000
"""Characters of a document's text in one response; `start` pages on."""

_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody} for status in (400, 401, 403, 404, 409, 413, 422, 429, 500, 502, 503)
}

_Who = Annotated[Principal, Depends(principal)]
_Editor = Annotated[Principal, Depends(editor)]
_Id = Annotated[str, Path(max_length=500)]
_Limit = Annotated[int, Query(ge=1, le=MOST_LISTED)]
_Offset = Annotated[int, Query(ge=0)]


def api(service: QuestionService, jobs: IndexJobs, watcher: Watcher | None = None) -> APIRouter:
    """The routes.

    Args:
        service: Answers questions and keeps conversations.
        jobs: Indexes.
        watcher: What follows the folders, if anything.
    """
    router = APIRouter(prefix="/api/v1", responses=_ERRORS)
    _questions(router, service)
    _documents(router, service)
    _conversations(router, service)
    _feedback(router, service)
    _index_jobs(router, jobs)
    router.include_router(reindexing(service.bot, watcher))
    return router


def _questions(router: APIRouter, service: QuestionService) -> None:
    @router.post(
        "/ask",
        response_model=AnswerBody,
        responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
    )
    async def ask(body: AskBody, who: _Who, request: Request) -> Any:
        """Answer a question with citations, as JSON or, when asked to stream, as server-sent events.

        Events: `found` with the passages, a `sentence` for each that has passed its check with its new citations,
        `answer` with the whole answer, or `error`. Closing the connection stops the answer.
        """
        filter = body.filter.filter()
        if body.stream or "text/event-stream" in request.headers.get("accept", ""):
            return await event_stream(_events(service, body, who))
        answer, kept = await service.answer(
            who,
            body.question,
            conversation=body.conversation,
            filter=filter,
            answer_language=body.answer_language,
        )
        return AnswerBody.of(answer, id=kept, conversation=body.conversation)

    @router.post("/search")
    async def search(body: SearchBody, who: _Who) -> HitsBody:
        """The passages that a question would be answered from, best first; nothing is answered or remembered."""
        hits = await service.search(
            who,
            body.question,
            history=tuple(turn.turn() for turn in body.history),
            filter=body.filter.filter(),
            limit=body.limit,
        )
        return HitsBody(hits=hits)


async def _events(service: QuestionService, body: AskBody, who: Principal) -> AsyncGenerator[str, None]:
    """The answer's events on the wire."""
    done: Done | None = None
    kept: str | None = None
    asked = service.events(
        who,
        body.question,
        conversation=body.conversation,
        filter=body.filter.filter(),
        answer_language=body.answer_language,
    )
    async with aclosing(asked) as events:
        async for event in events:
            match event:
                case Found():
                    yield encoded(asdict(event), event="found")
                case Delta():
                    yield encoded(asdict(event), event="sentence")
                case Done():
                    done = event
                case str():
                    kept = event
    assert done is not None, "a stream that nobody closes ends with Done"
    answer = AnswerBody.of(done.answer, id=kept, conversation=body.conversation)
    yield encoded(answer.model_dump_json(), event="answer")


def _documents(router: APIRouter, service: QuestionService) -> None:
    bot = service.bot

    @router.get("/documents")
    def documents(who: _Who, limit: _Limit = 100, offset: _Offset = 0) -> DocumentsBody:
        """What is indexed, by name."""
        every = bot.documents()
        return DocumentsBody(total=len(every), documents=every[offset : offset + limit])

    @router.get("/documents/{id}")
    def document(
        id: _Id,
        who: _Who,
        version: Annotated[str | None, Query(max_length=64)] = None,
        start: _Offset = 0,
        end: Annotated[int | None, Query(ge=0)] = None,
    ) -> DocumentBody:
        """A document's text, the one that citations count in; in its current version or the one a citation names."""
        found = bot.document(id, version=version)
        size = len(found.text)
        start = min(start, size)
        end = max(start, min(size if end is None else end, size, start + LONGEST_STRETCH))
        return DocumentBody(
            id=found.id,
            name=found.name,
            version=found.version,
            markup=found.markup,
            metadata=found.metadata,
            characters=size,
            start=start,
            end=end,
            text=found.text[start:end],
        )

    @router.get("/passages/{id}")
    def passage(id: _Id, who: _Who) -> Passage:
        """A passage by the id that hits and citations carry."""
        return bot.passage(id)


def _conversations(router: APIRouter, service: QuestionService) -> None:
    records = service.records

    @router.post("/conversations", status_code=201)
    def begin(who: _Who, body: ConversationSettings | None = None) -> ConversationSummary:
        """Begin a conversation; questions name it by its id. Without a title it gets its first question's."""
        stated = ConversationSettings() if body is None else body
        return records.begin(who.name, title=stated.title or "", answer_language=stated.answer_language or "auto")

    @router.get("/conversations")
    def conversations(
        who: _Who,
        search: Annotated[str, Query(max_length=200)] = "",
        limit: _Limit = 100,
        offset: _Offset = 0,
    ) -> ConversationsBody:
        """One's own conversations, the latest first; those whose title or a question of theirs holds `search`."""
        found = records.conversations(who.name, search=search, limit=limit, offset=offset)
        return ConversationsBody(conversations=found)

    @router.get("/conversations/{id}")
    def conversation(id: _Id, who: _Who) -> ConversationBody:
        """A conversation with its answers."""
        summary = records.conversation(who.name, id)
        answers = tuple(KeptAnswer(**asdict(record)) for record in records.answers(who.name, id))
        return ConversationBody(conversation=summary, answers=answers)

    @router.patch("/conversations/{id}")
    def change(id: _Id, body: ConversationSettings, who: _Who) -> ConversationSummary:
        """Give a conversation another title, or its answers another language."""
        if body.title is not None:
            records.rename(who.name, id, body.title)
        if body.answer_language is not None:
            records.set_answer_language(who.name, id, body.answer_language)
        return records.conversation(who.name, id)

    @router.delete("/conversations/{id}", status_code=204)
    def forget(id: _Id, who: _Who) -> None:
        """Delete a conversation, with what is remembered of it."""
        records.forget(who.name, id)
        service.bot.forget(id)


def _feedback(router: APIRouter, service: QuestionService) -> None:
    records = service.records

    @router.post("/feedback", status_code=201)
    def rate(body: FeedbackBody, who: _Who) -> Feedback:
        """Rate an answer of one's own; a second rating replaces the first."""
        return records.rate(who.name, body.answer, body.rating, body.comment)

    @router.get("/feedback")
    def feedback(who: _Editor) -> tuple[Feedback, ...]:
        """Everybody's feedback, oldest first; for editors."""
        return records.feedback()


def _index_jobs(router: APIRouter, jobs: IndexJobs) -> None:
    @router.post("/index-jobs", status_code=202)
    def start(who: _Editor, body: PlacesBody | None = None) -> IndexJob:
        """Begin to bring the index up to date with what it was made from, or add pages of the web; for editors."""
        return jobs.start(who.name, body.addresses if body else ())

    @router.get("/index-jobs")
    def listed(who: _Editor) -> tuple[IndexJob, ...]:
        """The latest jobs, the latest first; for editors."""
        return jobs.jobs()

    @router.get("/index-jobs/{id}")
    def job(id: _Id, who: _Editor) -> IndexJob:
        """How far a job has come; for editors."""
        return jobs.job(id)

    @router.post("/index-jobs/{id}/cancel", status_code=202)
    def cancel(id: _Id, who: _Editor, place: Annotated[str, Query(max_length=LONGEST_ADDRESS)] = "") -> IndexJob:
        """Stop a job, or one place of it, after the page or passages in hand; what was indexed stays. For editors."""
        return jobs.cancel(id, place)
