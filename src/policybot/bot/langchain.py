"""The LangChain integration: a retriever, a runnable, and a tool for agents."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Protocol

from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig, ensure_config
from langchain_core.tools import BaseTool, StructuredTool, ToolException
from pydantic import BaseModel, Field, SkipValidation

from policybot.domain import Answer, AnswerLanguage, Citation, Filter, Hit, Turn, full_title
from policybot.errors import QuestionError

TOOL_NAME = "ask_policy_documents"

_TOOL_DESCRIPTION = (
    "Answer a question about policy from the indexed documents, in English or Chinese. Every sentence of the answer is "
    "cited, and the sources stand below it. When the documents do not hold the answer, it says so."
)


class Asked(Protocol):
    """The methods of PolicyBot that are used here."""

    def ask(
        self,
        question: str,
        *,
        conversation: str | None = ...,
        history: Sequence[Turn] = ...,
        filter: Filter = ...,
        answer_language: AnswerLanguage = ...,
    ) -> Answer:
        """Answer a question."""

    async def aask(
        self,
        question: str,
        *,
        conversation: str | None = ...,
        history: Sequence[Turn] = ...,
        filter: Filter = ...,
        answer_language: AnswerLanguage = ...,
    ) -> Answer:
        """Answer a question, for asyncio."""

    def search(
        self, question: str, *, history: Sequence[Turn] = ..., filter: Filter = ..., limit: int = ...
    ) -> tuple[Hit, ...]:
        """Find passages."""


class PassageRetriever(BaseRetriever):
    """The passages that a question finds, best first, as LangChain documents.

    Attributes:
        bot: Searches.
        filter: Which documents may be searched.
        limit: Most passages returned.
    """

    bot: Annotated[Any, SkipValidation]
    filter: Filter = Filter()
    limit: int = Field(default=10, ge=1)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        bot: Asked = self.bot
        return [_document(hit) for hit in bot.search(query, filter=self.filter, limit=self.limit)]

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun
    ) -> list[Document]:
        bot: Asked = self.bot
        hits = await asyncio.to_thread(bot.search, query, filter=self.filter, limit=self.limit)
        return [_document(hit) for hit in hits]


class AnsweringRunnable(Runnable[str | Mapping[str, Any], Answer]):
    """A question -> an Answer.

    The input is a string, or a mapping with ``question`` and optionally ``conversation`` (an id) or ``history``
    (LangChain messages, oldest first).

    Args:
        bot: Answers.
        filter: Which documents may be searched.
        answer_language: The language to answer in.
    """

    def __init__(self, bot: Asked, *, filter: Filter, answer_language: AnswerLanguage) -> None:
        self._bot = bot
        self._always: dict[str, Any] = {"filter": filter, "answer_language": answer_language}

    def invoke(self, input: str | Mapping[str, Any], config: RunnableConfig | None = None, **_: Any) -> Answer:
        """Answer; raises what ``PolicyBot.ask`` raises."""
        return self._call_with_config(self._ask, input, ensure_config(config))

    async def ainvoke(self, input: str | Mapping[str, Any], config: RunnableConfig | None = None, **_: Any) -> Answer:
        """``invoke`` for asyncio; cancelling it stops the chat model."""
        return await self._acall_with_config(self._aask, input, ensure_config(config))

    def _ask(self, input: str | Mapping[str, Any]) -> Answer:
        return self._bot.ask(**_asked(input), **self._always)

    async def _aask(self, input: str | Mapping[str, Any]) -> Answer:
        return await self._bot.aask(**_asked(input), **self._always)


class _Question(BaseModel):
    """The tool's arguments."""

    question: str = Field(description="A complete question that can be understood on its own.")


def answering_tool(bot: Asked, *, filter: Filter, answer_language: AnswerLanguage) -> BaseTool:
    """A tool for agents; its message is the answer with its sources, its artifact the ``Answer``.

    A QuestionError, which the agent can correct, is returned as a tool error instead of raised.
    """

    def ask(question: str) -> tuple[str, Answer]:
        try:
            return _said(bot.ask(question, filter=filter, answer_language=answer_language))
        except QuestionError as exc:
            raise ToolException(str(exc)) from exc

    async def aask(question: str) -> tuple[str, Answer]:
        try:
            return _said(await bot.aask(question, filter=filter, answer_language=answer_language))
        except QuestionError as exc:
            raise ToolException(str(exc)) from exc

    return StructuredTool.from_function(
        func=ask,
        coroutine=aask,
        name=TOOL_NAME,
        description=_TOOL_DESCRIPTION,
        args_schema=_Question,
        response_format="content_and_artifact",
        handle_tool_error=True,
    )


def _document(hit: Hit) -> Document:
    """The passage as a document, with the metadata that a citation needs."""
    passage = hit.passage
    metadata = {
        "document": passage.document,
        "document_id": passage.document_id,
        "version": hit.version,
        "title": passage.title,
        "section": " > ".join(passage.section),
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
        "language": passage.language,
        "publisher": hit.metadata.publisher,
        "published": hit.metadata.published,
        "url": hit.metadata.url,
        "also_in": list(hit.also_in),
        "rank": hit.rank,
        "score": hit.score,
    }
    return Document(page_content=passage.text, metadata=metadata, id=passage.id)


def _others(citation: Citation) -> str:
    """The other documents with the same text, for a model to read; empty for none."""
    return f"also in {', '.join(citation.also_in)}" if citation.also_in else ""


def _asked(input: str | Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of ``ask`` from a runnable's input.

    Raises:
        QuestionError: It is neither of the forms.
    """
    if isinstance(input, str):
        return {"question": input}
    question = input.get("question") if isinstance(input, Mapping) else None
    if not isinstance(question, str):
        raise QuestionError(f"The input is {input!r}. Give a question, or a mapping with `question`.")
    unknown = sorted(set(input) - {"question", "conversation", "history"})
    if unknown:
        raise QuestionError(f"The input has {', '.join(unknown)}. Give `question`, `conversation` and `history` only.")
    history = tuple(_turn(message) for message in input.get("history") or () if _spoken(message))
    return {"question": question, "conversation": input.get("conversation"), "history": history}


def _spoken(message: BaseMessage) -> bool:
    return isinstance(message, HumanMessage | AIMessage)


def _turn(message: BaseMessage) -> Turn:
    return Turn("user" if isinstance(message, HumanMessage) else "assistant", str(message.text))


def _said(answer: Answer) -> tuple[str, Answer]:
    """The answer's text with a line for each source, for a model to read; and the answer."""
    sources = [
        f"[{c.number}] "
        + ", ".join(
            part for part in (full_title(c.title, c.apart), c.publisher, c.published, c.url, _others(c)) if part
        )
        for c in answer.citations
    ]
    return "\n".join((answer.text, *(["", "Sources:", *sources] if sources else []))), answer
