"""Validates questions before anything is searched; pure."""

from __future__ import annotations

from policybot.domain import ANSWER_LANGUAGES, WRITTEN_LANGUAGES, Filter
from policybot.errors import QuestionError

LONGEST_QUESTION = 4000
"""Most characters of a question: a page of context and a question."""

EVERYTHING = Filter()
"""The filter that every document passes."""


def checked_question(question: str) -> str:
    """The question without surrounding white space and unprintable characters.

    Raises:
        QuestionError: Nothing is left of it, or it is too long.
    """
    cleaned = "".join(c for c in question if c in "\n\t" or (c.isprintable() or c == "\u200d")).strip()
    if not cleaned:
        raise QuestionError("The question is empty. Ask something about the indexed documents.", case="question_empty")
    if len(cleaned) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(cleaned)} characters; the most is {LONGEST_QUESTION}. Shorten it.",
            case="question_too_long",
            characters=len(cleaned),
            most=LONGEST_QUESTION,
        )
    return cleaned


def check_answer_language(answer_language: str) -> None:
    """Refuse a language that answers cannot be given in.

    Raises:
        QuestionError: It is neither ``auto`` nor ``en`` nor ``zh``.
    """
    if answer_language not in ANSWER_LANGUAGES:
        raise QuestionError(
            f"Answers in {answer_language!r} cannot be given. Name auto (the question's language), en or zh.",
            case="answer_language",
            language=answer_language,
        )


def check_translation(language: str, into: str) -> None:
    """Refuse to translate a quote from a language into one, unless both are written and not the same.

    Raises:
        QuestionError: They are the same, or one is neither ``en`` nor ``zh``.
    """
    if into not in WRITTEN_LANGUAGES or language not in WRITTEN_LANGUAGES or language == into:
        raise QuestionError(
            f"A quote in {language!r} cannot be translated into {into!r}. Quotes are translated from "
            "English into Chinese (zh) and from Chinese into English (en)."
        )
