"""What goes over the wire under ``/v1``: the part of OpenAI's chat completions that has a meaning here [1].

[1] https://platform.openai.com/docs/api-reference/chat
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from policybot.domain import AnswerLanguage, Turn
from policybot.errors import QuestionError
from policybot.server.shapes import LONGEST_TURN, MOST_TURNS, FilterBody


class TextPart(BaseModel):
    """A piece of a message."""

    type: Literal["text"]
    text: str = Field(max_length=LONGEST_TURN)


class MessageBody(BaseModel):
    """One message; policybot reads those of users and assistants."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant"]
    content: Annotated[str, Field(max_length=LONGEST_TURN)] | Annotated[list[TextPart], Field(max_length=100)] | None

    @property
    def text(self) -> str:
        """What it says."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class CompletionBody(BaseModel):
    """A conversation whose last message is the question.

    Sampling options (`temperature`, `max_tokens`, …) are accepted and do nothing: what may be said is decided by the
    documents. System messages do nothing either: a reader cannot change the rules of answering.
    """

    model_config = ConfigDict(extra="ignore")

    model: Annotated[str, Field(max_length=200)]
    messages: Annotated[list[MessageBody], Field(min_length=1, max_length=MOST_TURNS)]
    stream: bool = False
    n: Literal[1] | None = None
    tools: Annotated[list[Any], Field(max_length=0)] | None = Field(default=None, description="Not supported.")
    filter: FilterBody = Field(default=FilterBody(), description="policybot's own: which documents may be searched.")
    answer_language: AnswerLanguage = Field(
        default="auto", description="policybot's own: the language of the answer; `auto` is that of the question."
    )

    def question(self) -> str:
        """The last message.

        Raises:
            QuestionError: It is not a user's.
        """
        last = self.messages[-1]
        if last.role != "user":
            raise QuestionError(f"The last message is of the role {last.role!r}. Let it be the user's question.")
        return last.text

    def history(self) -> tuple[Turn, ...]:
        """What was said before."""
        return tuple(
            Turn("user" if message.role == "user" else "assistant", message.text)
            for message in self.messages[:-1]
            if message.role in ("user", "assistant")
        )


class UrlCitation(BaseModel):
    """Where a marker stands in the message, in characters, and what it leads to."""

    start_index: int
    end_index: int
    title: str
    url: str = Field(description="Of the original; without one, of the cited text on this server.")


class Annotation(BaseModel):
    """A citation of the message."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation
    citation: dict[str, Any] = Field(description="policybot's own: the citation with its quote and offsets.")


class AssistantMessage(BaseModel):
    """The answer."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[Annotation]


class Choice(BaseModel):
    """The only answer."""

    index: int = 0
    message: AssistantMessage
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class CompletionResponse(BaseModel):
    """A whole answer."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[Choice]
    policybot: dict[str, Any] = Field(description="policybot's own: status, language and chat model of the answer.")


class ModelEntry(BaseModel):
    """The one model there is."""

    id: str
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "policybot"


class ModelList(BaseModel):
    """Every model."""

    object: Literal["list"] = "list"
    data: list[ModelEntry]
