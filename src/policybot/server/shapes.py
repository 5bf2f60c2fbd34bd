"""What goes over the wire under ``/api/v1``: bounded requests, and responses that OpenAPI describes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from policybot.bot.questions import LONGEST_QUESTION
from policybot.domain import (
    Answer,
    AnswerKind,
    AnswerLanguage,
    Citation,
    Decision,
    DocumentSummary,
    Filter,
    Hit,
    Metadata,
    Role,
    Sentence,
    Status,
    Turn,
)
from policybot.indexing.addresses import LONGEST_ADDRESS, MOST_ADDRESSES
from policybot.store.records import LONGEST_COMMENT, LONGEST_TITLE, ConversationSummary, Rating

LONGEST_TURN = 20_000
MOST_TURNS = 200
"""Characters of one turn and number of turns that a request may bring along; searching reads the last dozen."""

MOST_HITS = 50
MOST_LISTED = 500
"""Passages of one search; documents or conversations of one page of a list."""

Question = Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION, description="In English or Chinese.")]
ConversationId = Annotated[str, Field(max_length=64)]
_Address = Annotated[str, Field(max_length=LONGEST_ADDRESS, pattern=r"^[Hh][Tt][Tt][Pp][Ss]?://\S+$")]
_Name = Annotated[str, Field(max_length=500)]
_Names = Annotated[tuple[_Name, ...], Field(max_length=500)]


class _Request(BaseModel):
    """A body; a misspelt field is an error."""

    model_config = ConfigDict(extra="forbid")


class FilterBody(_Request):
    """Which documents may be searched; what is empty allows everything."""

    documents: _Names = Field(default=(), description="Names or ids.")
    publishers: _Names = ()
    kinds: _Names = ()
    languages: _Names = Field(default=(), description="ISO 639-1 codes.")
    published_from: str = Field(default="", max_length=10, description="`2024`, `2024-03` or `2024-03-05`.")
    published_to: str = Field(default="", max_length=10, description="Likewise; included whole.")

    def filter(self) -> Filter:
        """As the bot takes it.

        Raises:
            QuestionError: A date is wrong.
        """
        return Filter(**self.model_dump())


class TurnBody(_Request):
    """One message said before."""

    role: Role
    text: str = Field(max_length=LONGEST_TURN)

    def turn(self) -> Turn:
        """As the bot takes it."""
        return Turn(self.role, self.text)


class AskBody(_Request):
    """A question."""

    question: Question
    conversation: ConversationId | None = Field(
        default=None, description="Id of one's own conversation; none: asked once."
    )
    filter: FilterBody = FilterBody()
    answer_language: AnswerLanguage | None = Field(
        default=None,
        description="`auto` is the question's language; none: the conversation's setting. Quotes keep their own.",
    )
    stream: bool = Field(default=False, description="Answer with server-sent events.")


class SearchBody(_Request):
    """A question whose passages are wanted."""

    question: Question
    history: tuple[TurnBody, ...] = Field(
        default=(), max_length=MOST_TURNS, description="What was said before, oldest first."
    )
    filter: FilterBody = FilterBody()
    limit: int = Field(default=10, ge=1, le=MOST_HITS)


class ConversationSettings(_Request):
    """What of a conversation can be set; what is left out stays as it is."""

    title: str | None = Field(default=None, max_length=LONGEST_TITLE)
    answer_language: AnswerLanguage | None = Field(default=None, description="The language of its answers.")


class PlacesBody(_Request):
    """What to index."""

    addresses: tuple[_Address, ...] = Field(
        default=(),
        max_length=MOST_ADDRESSES,
        description="Pages, files, feeds or sitemaps of the web; none: all that was indexed before.",
    )


class FeedbackBody(_Request):
    """What is thought of an answer."""

    answer: Annotated[str, Field(max_length=64, description="Id of an answer of one's own conversation.")]
    rating: Rating
    comment: str = Field(default="", max_length=LONGEST_COMMENT)


class AnswerBody(BaseModel):
    """An answer; offsets are characters of the document's text in the version named."""

    id: str | None = Field(default=None, description="Names the answer for feedback; only in conversations.")
    conversation: str | None = None
    question: str
    status: Status
    kind: AnswerKind = Field(description="How far the answer goes, or why there is none.")
    language: str
    text: str = Field(description="The answer with its citation markers, or what an abstaining answer says.")
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    message: str
    rejected: tuple[Sentence, ...] = Field(description="Written by the chat model, not carried by the passages.")
    hits: tuple[Hit, ...]
    chat_model: str
    timings: dict[str, float] = Field(description="Seconds by step.")
    understood: str = Field(
        description="The question by itself, where it was a follow-up: what was searched and answered. Else empty."
    )
    decisions: tuple[Decision, ...] = Field(
        description="What each stage decided, in order; the last whose outcome is not `passed` gave the kind."
    )

    @classmethod
    def of(cls, answer: Answer, *, id: str | None = None, conversation: str | None = None) -> AnswerBody:
        """The answer as it goes out."""
        values: dict[str, Any] = {name: getattr(answer, name) for name in cls.model_fields if hasattr(answer, name)}
        return cls(**{**values, "timings": dict(answer.timings)}, id=id, conversation=conversation)


class HitsBody(BaseModel):
    """Passages, best first."""

    hits: tuple[Hit, ...]


class DocumentsBody(BaseModel):
    """A page of the list of documents."""

    total: int
    documents: tuple[DocumentSummary, ...]


class DocumentBody(BaseModel):
    """A document, or a stretch of it."""

    id: str
    name: str
    version: str
    markup: Literal["markdown", "plain"]
    metadata: Metadata
    characters: int = Field(description="Of the whole text.")
    start: int
    end: int
    text: str = Field(description="The text from `start` to `end`.")


class ConversationsBody(BaseModel):
    """A page of one's conversations, the latest first."""

    conversations: tuple[ConversationSummary, ...]


class KeptAnswer(BaseModel):
    """An answer as it was given."""

    id: str
    number: int
    answered_at: str
    answer: dict[str, Any] = Field(description="As `/api/v1/ask` gave it.")


class ConversationBody(BaseModel):
    """A conversation with its answers, oldest first."""

    conversation: ConversationSummary
    answers: tuple[KeptAnswer, ...]


class Refusal(BaseModel):
    """What went wrong."""

    type: str = Field(description="Name of the error: `QuestionError`, `NothingIndexed`, `TooManyRequests`, …")
    message: str = Field(description="What happened, with which value, and what to do next.")


class ErrorBody(BaseModel):
    """The body of every response that is no success."""

    error: Refusal
