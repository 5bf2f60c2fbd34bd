"""Question -> the question in another language of the documents: glossed word by word, or written by the chat model."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from langchain_core.language_models import BaseChatModel

from policybot.calibration import ANSWERS_FROM, QUESTION_CHARACTERS, QUESTION_LONGEST, QUESTION_TITLES, QUESTION_TOKENS
from policybot.domain import Hit
from policybot.language import lexicon
from policybot.models.prompting import Prompt
from policybot.models.waiting import replies_within
from policybot.searching.glossing import Glosser
from policybot.searching.query import Query
from policybot.store.catalogue import Catalogue
from policybot.text.detecting import detect_language
from policybot.text.figures import numbers_named
from policybot.text.quantities import Quantity, folded, months, quantities
from policybot.text.tokens import words

_log = logging.getLogger(__name__)

_REMEMBERED = 1024
"""Questions whose rendering is kept in memory, of about 300 bytes each."""

_NO_TERMS = "none"


class QuestionWriter:
    """Has the chat model write a question in another language, and keeps only what says the same. Thread-safe.

    Args:
        name: The chat model's name, for errors.
        prompts: Prompts by the language they translate into.
        seconds: Longest wait for a question and its context together.
    """

    def __init__(self, chat_model: BaseChatModel, *, name: str, prompts: Mapping[str, Prompt], seconds: float) -> None:
        self._chat_model = chat_model
        self._name = name
        self._prompts = prompts
        self._seconds = seconds
        self._known: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._lock = threading.Lock()

    def writes(self, language: str) -> bool:
        """Whether there is a prompt for a language."""
        return language in self._prompts

    def written(self, texts: Mapping[str, Sequence[str]], *, language: str, into: str) -> dict[str, str]:
        """Those of the texts that the chat model could put into a language, with their renderings.

        Args:
            texts: Each with the names and terms that its rendering should use.
            language: Code of the texts' language.
            into: Code of a language that has a prompt.
        """
        prompts = {
            text: self._prompts[into].fill(question=" ".join(text.split()), terms=", ".join(terms) or _NO_TERMS)
            for text, terms in texts.items()
            if len(text) <= QUESTION_CHARACTERS
        }
        with self._lock:
            found = {text: self._known[prompt] for text, prompt in prompts.items() if prompt in self._known}
        for text, said in self._replies({t: p for t, p in prompts.items() if t not in found}).items():
            if reason := refusal(text, said, language=language, into=into):
                _log.info("The question is glossed, for what %s wrote %s.", self._name, reason)
            found[text] = "" if reason else said
            with self._lock:
                self._known[prompts[text]] = found[text]
                if len(self._known) > _REMEMBERED:
                    self._known.popitem(last=False)
        return {text: said for text, said in found.items() if said}

    def _replies(self, prompts: Mapping[str, tuple[str, str]]) -> dict[str, str]:
        """What the chat model says to each; a call that failed is not remembered."""
        replies = replies_within(
            self._chat_model,
            list(prompts.values()),
            name=self._name,
            seconds=self._seconds,
            max_tokens=QUESTION_TOKENS,
            stop=["\n"],
        )
        said: dict[str, str] = {}
        for text, reply in zip(prompts, replies, strict=True):
            if isinstance(reply, str):
                said[text] = reply.strip()
            else:
                _log.info("The question is glossed: %s", reply)
        return said


class QuestionTranslator:
    """Puts a question into the languages of the documents: glossed at once, or written by the chat model in seconds.

    Args:
        writer: None without a chat model.
    """

    def __init__(self, catalogue: Catalogue, glosser: Glosser, *, writer: QuestionWriter | None) -> None:
        self._catalogue = catalogue
        self._glosser = glosser
        self._writer = writer

    def glossed(self, query: Query, languages: Iterable[str]) -> Query:
        """The query with its question and context glossed in these languages, where they can be."""
        return self._glosser.translate(query, languages)

    def writes(self, query: Query, language: str) -> bool:
        """Whether the chat model could write this query in a language."""
        return self._writer is not None and language != query.language and self._writer.writes(language)

    def written(self, query: Query, languages: Collection[str]) -> Query:
        """The query with its question, and a follow-up's context, as the chat model writes them in these languages.

        What it cannot write in time, or writes with other figures, stays as it is.
        """
        for language in sorted(languages):
            if self._writer is None or not self.writes(query, language):
                continue
            context = query.context if query.follow_up else ""
            texts = {text: self._terms(query, text, language) for text in (query.text, context) if text}
            said = self._writer.written(texts, language=query.language, into=language)
            if query.text in said:
                query = replace(query, translations={**query.translations, language: said[query.text]})
            if context in said:
                query = replace(query, context_translations={**query.context_translations, language: said[context]})
        return query

    def _terms(self, query: Query, text: str, language: str) -> Sequence[str]:
        """What a language calls the terms and places of a text, and the titles of the documents that the query means.

        Of a title that has a figure which the text lacks, the figure would come into the rendering.
        """
        places = self._catalogue.places()
        bound = query.documents or query.mentioned
        stated = quantities(text)
        titles = [
            summary.metadata.title
            for summary in (self._catalogue.summaries() if len(bound) <= QUESTION_TITLES else ())
            if summary.id in bound
            and detect_language(summary.metadata.title) == language
            and quantities(summary.metadata.title) <= stated
        ]
        return tuple(
            dict.fromkeys(
                (
                    *self._glosser.terms(text, query.language, into=language),
                    *filter(None, (places.called(place, language=language) for place in places.named(text))),
                    *titles,
                )
            )
        )


def languages_to_meet(query: Query, hits: Sequence[Hit]) -> frozenset[str]:
    """Other languages of the hits, where the best one is in another language than the question or answers nothing."""
    if hits and hits[0].passage.language == query.language and hits[0].relevance >= ANSWERS_FROM:
        return frozenset()
    return frozenset(hit.passage.language for hit in hits) - {query.language}


def refusal(text: str, said: str, *, language: str, into: str) -> str:
    """Why a rendering of a text is not used; empty where it is.

    It must be in the other language, neither much shorter nor much longer than a translation is, and state the figures
    of the text, all of them and no others. "14th" may be 十四 and "June" 6月: a figure in words may become one in
    digits, and the other way round.
    """
    shortest = lexicon(into).messages.shortest_translation * len(text)
    if not said:
        return "is empty"
    if len(said) < shortest:
        return "is too short"
    if len(said) > QUESTION_LONGEST * shortest:
        return "is too long"
    if detect_language(said) != into:
        return "is in another language"
    if lost := _unnamed(text, said):
        return f"lacks {_told(lost)}"
    if added := _unnamed(said, text):
        return f"adds {_told(added)}"
    return ""


def _unnamed(text: str, other: str) -> list[Quantity]:
    """The figures in digits of a text that another one does not state, however written."""
    stated, named = quantities(other), numbers_named(other)
    named_months = {months()[word] for word in words(folded(other)) if word in months()}
    return sorted(
        found
        for found in quantities(text) - stated
        if not (found.unit == "" and found.value in named)
        and not (found.unit == "month" and found.value in named_months)
    )


def _told(found: Sequence[Quantity]) -> str:
    return ", ".join(f"{quantity.value:g}{quantity.unit}" for quantity in found)
