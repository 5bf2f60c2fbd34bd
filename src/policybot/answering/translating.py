"""A question in the languages of the documents, and a quote in the reader's, by the chat model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from policybot.errors import ChatModelError, PolicybotError
from policybot.glossary import Glossary
from policybot.models.chat import translated as as_chat_error
from policybot.prompting import Prompt
from policybot.quantities import quantities
from policybot.searching import Query

TRANSLATE_BELOW = 0.9
"""Share of the question's own language below which documents in other languages are asked in theirs, too: a
translation costs a second or two."""

_TOKENS = 80
"""Longest translation of a question."""

_QUOTE_TOKENS = 300
"""Longest translation of a quote."""

_REMEMBERED = 512
"""Translations kept in memory: the context of a follow-up was the question before."""


class Translator:
    """Translates questions, so that documents in another language are searched in their own words.

    The cross-encoder and the keyword index read one language each: a translated question is worth more to them
    than the best cross-lingual embedding.
    """

    def __init__(
        self,
        chat_model: BaseChatModel,
        *,
        name: str,
        prompts: Mapping[str, Prompt],
        quote_prompts: Mapping[str, Prompt],
        glossary: Callable[[], Glossary],
    ) -> None:
        """Put the parts together.

        Args:
            name: The chat model's name, for errors.
            prompts: Translation prompts for questions, by the language they translate into.
            quote_prompts: Likewise for quotes.
            glossary: The glossary of what is indexed now.
        """
        self._glossary = glossary
        self._chat_model = chat_model
        self._name = name
        self._prompts = prompts
        self._quote_prompts = quote_prompts
        self._translated = lru_cache(maxsize=_REMEMBERED)(self._ask)

    def translate(self, query: Query, languages: Sequence[str]) -> Query:
        """The query with its question and context in these languages, where a prompt for the language exists.

        Raises:
            ChatModelError: The chat model failed.
        """
        # The prompts translate between English and Chinese; any other language is left to the embeddings.
        known = [language for language in languages if language in self._prompts and query.language in self._prompts]
        glossary = self._glossary()

        def translated(text: str, language: str) -> str:
            names = glossary.renderings(text, language=query.language, into=language)
            return self._translated(_with_names(text, names), language)

        return replace(
            query,
            translations={language: translated(query.text, language) for language in known},
            context_translations={
                language: translated(query.context, language) for language in known if query.follow_up and query.context
            },
        )

    def quote(self, text: str, *, language: str, into: str) -> str:
        """A quote in another language. It is a machine's translation: figures that it changed make it none.

        Args:
            text: The quote as the document has it, in ``language``.
            into: ``en`` or ``zh``.

        Raises:
            ChatModelError: The chat model failed, or its translation states other figures than the quote.
        """
        names = self._glossary().renderings(text, language=language, into=into)
        filled = self._quote_prompts[into].fill(quote=_with_names(" ".join(text.split()), names))
        said = self._reply(filled, tokens=_QUOTE_TOKENS)
        lost = quantities(text) - quantities(said)
        if lost or not said:
            figures = ", ".join(f"{quantity.value:g}{quantity.unit}" for quantity in sorted(lost)) or "everything"
            raise ChatModelError(
                f"The chat model {self._name} lost {figures} in translating the quote. Read the quote itself, or "
                "choose a stronger model with POLICYBOT_CHAT_MODEL."
            )
        return said

    def _ask(self, text: str, language: str) -> str:
        return self._reply(self._prompts[language].fill(question=" ".join(text.split())), tokens=_TOKENS)

    def _reply(self, prompt: tuple[str, str], *, tokens: int) -> str:
        system, user = prompt
        try:
            reply = self._chat_model.invoke([SystemMessage(system), HumanMessage(user)], max_tokens=tokens, stop=["\n"])
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
