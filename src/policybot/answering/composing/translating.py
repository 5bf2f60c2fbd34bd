"""Translates quotes into the reader's language with the chat model."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from policybot.calibration import TRANSLATION_TOKENS
from policybot.errors import ChatModelError, PolicybotError
from policybot.language import lexicon
from policybot.language.messages import Messages
from policybot.models.chat import translated as as_chat_error
from policybot.models.prompting import Prompt
from policybot.text.glossary import Glossary
from policybot.text.numerals import digits_value
from policybot.text.quantities import quantities

_PLAIN = r"(?<![\d.,])(?P<figure>\d+(?:,\d{3})*(?:\.\d+)?)"


class Translator:
    """Translates quotes into the reader's language.

    Args:
        name: The chat model's name, for errors.
        prompts: Prompts by the language they translate into.
        with_terms: The same for a quote with glossary terms, which come before the quote: given them after it, a small
            model answers with the term alone.
        glossary: Returns the current glossary.
    """

    def __init__(
        self,
        chat_model: BaseChatModel,
        *,
        name: str,
        prompts: Mapping[str, Prompt],
        with_terms: Mapping[str, Prompt],
        glossary: Callable[[], Glossary],
    ) -> None:
        self._chat_model = chat_model
        self._name = name
        self._prompts = prompts
        self._with_terms = with_terms
        self._glossary = glossary

    def quote(self, text: str, *, language: str, into: str) -> str:
        """The machine translation of a quote; refused when it changes a figure.

        Args:
            text: The quote as the document has it, in ``language``.
            into: Code of a language that has prompts.

        Raises:
            ChatModelError: The chat model failed, or its translation states other figures than the quote.
        """
        names = self._glossary().renderings(text, language=language, into=into)
        quote = rescaled(" ".join(text.split()), language=language, into=into)
        if names:
            # A term inside a longer one comes after it, and is overridden by it.
            terms = ", ".join(dict.fromkeys(reversed(dict(reversed(names)).values())))
            filled = self._with_terms[into].fill(quote=quote, terms=terms)
        else:
            filled = self._prompts[into].fill(quote=quote)
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
                [SystemMessage(system), HumanMessage(user)], max_tokens=TRANSLATION_TOKENS, stop=["\n"]
            )
        except PolicybotError:
            raise
        except Exception as exc:
            # Every provider has its own exceptions; callers know one.
            raise as_chat_error(exc, model=self._name) from exc
        return str(reply.text).strip()


def rescaled(text: str, *, language: str, into: str) -> str:
    """The text with large figures in the scale of the other language: 1830万 -> 18.3 million.

    A small model translates scales of four digits wrongly: "1830 million".
    """
    own, other = lexicon(language), lexicon(into)
    blank = " " if other.spaced and not own.spaced else ""
    return re.sub(
        f"{_PLAIN}{own.messages.large_number}",
        lambda match: f"{blank}{_in_other_scale(match, own.messages, other.messages)}{blank}",
        text,
    )


def _in_other_scale(match: re.Match[str], own: Messages, other: Messages) -> str:
    """One figure in the largest fitting scale of the other language."""
    value = digits_value(match["figure"]) * own.large_numbers[match["scale"]]
    scale = next((name for name, size in other.large_numbers.items() if value >= size), "")
    figure = f"{value / other.large_numbers.get(scale, 1.0):,.10g}"
    return other.large_number_written.format(figure=figure, scale=scale) if scale else figure
