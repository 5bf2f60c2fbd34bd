"""The embedded chat model as a LangChain chat model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.chat_models import generate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import ConfigDict, Field

from policybot.errors import ChatModelError
from policybot.models._text import clean
from policybot.models.engine import ChatEngine, Piece

_ROLES = {"system": "system", "human": "user", "ai": "assistant"}


class LocalChatModel(BaseChatModel):
    """llama.cpp in this process; always the most probable token, so the same messages get the same answer.

    Attributes:
        engine: Shared by every conversation of the process.
        max_tokens: Longest answer, in tokens; ``max_tokens=`` of a call wins.
        timeout_s: Longest wait for the next word, in seconds.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    engine: ChatEngine = Field(exclude=True, repr=False)
    name_of_model: str = "local"
    max_tokens: int = Field(default=220, ge=1)
    timeout_s: float = Field(default=120.0, gt=0)

    @property
    def _llm_type(self) -> str:
        return "policybot-local"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        return {"model": self.name_of_model, "max_tokens": self.max_tokens, "temperature": 0}

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **kwargs))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        *,
        max_tokens: int | None = None,
        top_logprobs: int = 0,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        pieces = self.engine.stream(
            _as_llama(messages),
            max_tokens=max_tokens or self.max_tokens,
            stop=stop or (),
            timeout_s=self.timeout_s,
            alternatives=top_logprobs,
        )
        for piece in pieces:
            chunk = ChatGenerationChunk(message=_as_message(piece))
            if run_manager is not None:
                run_manager.on_llm_new_token(piece.text, chunk=chunk)
            yield chunk


def _as_llama(messages: Sequence[BaseMessage]) -> list[dict[str, str]]:
    """The messages as llama.cpp takes them.

    Raises:
        ChatModelError: A message is neither system, human nor AI.
    """
    unknown = {message.type for message in messages} - _ROLES.keys()
    if unknown:
        raise ChatModelError(
            f"The embedded chat model takes system, human and AI messages, not {', '.join(sorted(unknown))}."
        )
    return [{"role": _ROLES[message.type], "content": clean(str(message.text))} for message in messages]


def _as_message(piece: Piece) -> AIMessageChunk:
    if not piece.finish:
        told = {"logprobs": {"content": [_as_openai(piece)]}} if piece.alternatives else {}
        return AIMessageChunk(content=piece.text, response_metadata=told)
    return AIMessageChunk(
        content=piece.text,
        chunk_position="last",
        response_metadata={"finish_reason": piece.finish},
        usage_metadata=UsageMetadata(
            input_tokens=piece.prompt_tokens,
            output_tokens=piece.answer_tokens,
            total_tokens=piece.prompt_tokens + piece.answer_tokens,
        ),
    )


def _as_openai(piece: Piece) -> dict[str, Any]:
    """A piece's alternatives in the form that OpenAI's clients give them."""
    likely = [{"token": token, "logprob": value} for token, value in piece.alternatives.items()]
    return {"token": piece.text, "top_logprobs": likely}
