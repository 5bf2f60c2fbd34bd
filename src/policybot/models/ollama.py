"""Ollama's chat model, taking ``max_tokens`` as every other model does."""

from __future__ import annotations

import importlib
from typing import Any

from langchain_core.language_models import BaseChatModel


def ollama_model(model: str, *, base_url: str | None, timeout_s: float) -> BaseChatModel:
    """A chat model on an Ollama server, which is not contacted yet.

    LangChain's own hands ``max_tokens`` of a call on to a client that does not know it; here it becomes Ollama's
    ``num_predict``.

    Raises:
        ImportError: langchain-ollama is not installed.
    """
    chat_ollama: Any = importlib.import_module("langchain_ollama").ChatOllama

    class Ollama(chat_ollama):  # type: ignore[misc]  # known only when the extra is installed
        def _chat_params(self, messages: Any, stop: Any = None, **kwargs: Any) -> dict[str, Any]:
            max_tokens = kwargs.pop("max_tokens", None)
            params: dict[str, Any] = super()._chat_params(messages, stop, **kwargs)
            if max_tokens is not None:
                params["options"] = {**params["options"], "num_predict": max_tokens}
            return params

    made: BaseChatModel = Ollama(model=model, base_url=base_url, temperature=0, client_kwargs={"timeout": timeout_s})
    return made
