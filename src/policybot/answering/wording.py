"""policybot's own messages, in the language of the answer."""

from __future__ import annotations

from collections.abc import Sequence

from policybot.domain import AnswerKind, Decision
from policybot.language import lexicon
from policybot.searching import Query
from policybot.text.plain import without_markup


def message(kind: AnswerKind, language: str, *, missing: Sequence[str] = ()) -> str:
    """The message of a kind of answer; in English for a language without a lexicon.

    Args:
        missing: Names in the question that no document mentions, listed when part or all of it is not answered.
    """
    messages = lexicon(language).messages
    said = messages.kinds[kind]
    if not missing or kind not in ("partial", "unanswered"):
        return said
    missing = [name for name in map(without_markup, missing) if name.strip()]
    names = messages.separator.join(messages.quoted.format(name=name) for name in missing)
    # Not a kind of its own: the question is not answered, and this is the reason.
    return f"{said} {messages.nothing_about.format(missing=names)}".strip()


def note(decision: Decision, language: str) -> str:
    """The reason of a decision in the reader's language; empty for a stage without one."""
    sentence = lexicon(language).reasons.notes.get(f"{decision.stage}.{decision.outcome}", "")
    return sentence.format(value=_number(decision.value), bound=_number(decision.bound))


def corrections_note(query: Query) -> str:
    """What was typed in the question and what was searched instead, in the reader's language."""
    known = lexicon(query.answer_language)
    words = known.messages.separator.join(f"{typed} → {meant}" for typed, meant in query.corrections)
    return known.reasons.corrected.format(words=words)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
