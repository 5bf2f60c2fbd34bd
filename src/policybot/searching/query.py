"""The search query: the question, the conversation before it, and its translations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from policybot.calibration import FOLLOW_UP_TOKENS
from policybot.domain import AnswerLanguage
from policybot.language import phrases
from policybot.text.tokens import content_tokens

_REFERS_BACK = phrases(lambda lexicon: lexicon.questions.refers_back)


def is_follow_up(question: str) -> bool:
    """Whether a question depends on the questions before it.

    It does when it refers back ("it", "those", "它", "…呢？"), begins like a continuation ("and", "what about"), or
    has hardly any content words.
    """
    return bool(_REFERS_BACK.search(question)) or len(set(content_tokens(question))) <= FOLLOW_UP_TOKENS


class Correction(NamedTuple):
    """A typing mistake: what stood in the question, and what is searched instead."""

    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class Absent:
    """What a question asks about and no indexed document is of.

    Attributes:
        text: As the question writes it: "Shandong", "2019 report", "Article 90".
        place: The place's name in ``places.yaml``; empty for a document of a year and for a part of one.
        years: The years of the document; empty for a place and a part.
        alone: Whether the question asks about nothing else that documents are of.
    """

    text: str
    place: str = ""
    years: frozenset[int] = frozenset()
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Located:
    """A part of a document that a question names: an article, a chapter, an annex.

    Attributes:
        start: Offset in the document's text.
        text: The part, ``start:end`` of the document's text.
    """

    document_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready to be searched.

    Attributes:
        text: The question, without greetings and sentences about the asker.
        language: Its ISO 639-1 code.
        context: The user's earlier questions that it may refer to, oldest first, joined by blanks; empty at the
            start of a conversation.
        follow_up: Whether the question needs its context to be understood.
        contexts: Stretches of the conversation before it, both sides, in the question's language, the longest first.
        continuity: How many signs tie the question to the conversation: it refers back, and it finds the same document;
            0 to 2.
        translations: The question in other languages, by code.
        context_translations: The context in other languages, by code.
        documents: Ids of the documents that may be searched; None for all.
        mentioned: Ids of documents that the question mentions by name, whose passages rank higher.
        absent: What the question asks about and no indexed document is of.
        located: The parts of documents that the question names, where they were found.
        wanted_language: The language in which the answer is wanted.
        as_asked: The question as it was put, where that is more than ``text``.
        understood: Whether ``text`` is the follow-up by itself, with what the questions before it said.
        corrections: Typing mistakes of the question that ``text`` no longer has.
    """

    text: str
    language: str
    context: str = ""
    follow_up: bool = False
    contexts: tuple[str, ...] = ()
    continuity: int = 0
    translations: Mapping[str, str] = field(default_factory=dict)
    context_translations: Mapping[str, str] = field(default_factory=dict)
    documents: frozenset[str] | None = None
    mentioned: frozenset[str] = frozenset()
    absent: tuple[Absent, ...] = ()
    located: tuple[Located, ...] = ()
    wanted_language: AnswerLanguage = "auto"
    as_asked: str = ""
    understood: bool = False
    corrections: tuple[Correction, ...] = ()

    @property
    def answer_language(self) -> str:
        """Code of the language to answer in: the wanted one, else the question's."""
        return self.language if self.wanted_language == "auto" else self.wanted_language

    def wording(self, language: str) -> str | None:
        """The question in a language, None where there is no translation."""
        return self.text if language == self.language else self.translations.get(language)

    def in_context(self, language: str) -> str | None:
        """The question with its context before it, in a language; None without context or translation."""
        question = self.wording(language)
        context = self.context if language == self.language else self.context_translations.get(language, "")
        return f"{context} {question}" if question and context else None

    def in_contexts(self, language: str) -> tuple[str, ...]:
        """The question with each of ``contexts`` before it, for rankings only: too long for the reader of sentences.

        These are not translated: empty in a language that the question was translated into.
        """
        known = language == self.language or language not in self.translations
        return tuple(f"{context} {self.text}" for context in self.contexts) if known else ()

    def wordings(self, language: str) -> tuple[str, ...]:
        """The wordings to search for in a language, the most complete first.

        A follow-up is searched with its context and alone, any other question only alone.
        """
        alone, with_context = self.wording(language), self.in_context(language)
        found = (with_context, alone) if self.follow_up else (alone,)
        return tuple(text for text in found if text)
