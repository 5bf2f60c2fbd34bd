"""A quote in the reader's language, by the chat model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from policybot.errors import ChatModelError, PolicybotError
from policybot.glossary import Glossary
from policybot.models.chat import translated as as_chat_error
from policybot.prompting import Prompt
from policybot.quantities import quantities

_QUOTE_TOKENS = 300
"""Longest translation of a quote."""


class Translator:
    """Translates quotes into the reader's language.

    Args:
        name: The chat model's name, for errors.
        prompts: Prompts by the language they translate into.
        glossary: The glossary of what is indexed now.
    """

    def __init__(
        self, chat_model: BaseChatModel, *, name: str, prompts: Mapping[str, Prompt], glossary: Callable[[], Glossary]
    ) -> None:
        self._chat_model = chat_model
        self._name = name
        self._prompts = prompts
        self._glossary = glossary

    def quote(self, text: str, *, language: str, into: str) -> str:
        """A quote in another language. It is a machine's translation: figures that it changed make it none.

        Args:
            text: The quote as the document has it, in ``language``.
            into: ``en`` or ``zh``.

        Raises:
            ChatModelError: The chat model failed, or its translation states other figures than the quote.
        """
        names = self._glossary().renderings(text, language=language, into=into)
        filled = self._prompts[into].fill(quote=_with_names(" ".join(text.split()), names))
        said = self._reply(filled)
        lost = quantities(text) - quantities(said)
        if lost or not said:
            figures = ", ".join(f"{quantity.value:g}{quantity.unit}" for quantity in sorted(lost)) or "everything"
            raise ChatModelError(
                f"The chat model {self._name} lost {figures} in translating the quote. Read the quote itself, or "
                "choose a stronger model with POLICYBOT_CHAT_MODEL."
            )
        return said

    def _reply(self, prompt: tuple[str, str]) -> str:
        system, user = prompt
        try:
            reply = self._chat_model.invoke(
                [SystemMessage(system), HumanMessage(user)], max_tokens=_QUOTE_TOKENS, stop=["\n"]
            )
        except PolicybotError:
            raise
        except Exception as exc:
            # Every provider has its own exceptions; callers know one.
            raise as_chat_error(exc, model=self._name) from exc
        return str(reply.text).strip()


def _with_names(text: str, names: Sequence[tuple[str, str]]) -> str:
    """The text with the glossary's names behind it in brackets, which a small model takes over."""
    once = dict(reversed(names))
    return f"{text} ({', '.join(dict.fromkeys(reversed(once.values())))})" if once else text
