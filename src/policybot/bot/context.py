"""A question and the turns before it -> the search query; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policybot.answering.understanding.following import understood
from policybot.answering.understanding.framing import core_question
from policybot.domain import Turn
from policybot.language.script import fold_script
from policybot.searching import Query, is_follow_up
from policybot.text.detecting import detect_language
from policybot.text.places import Places

_CONTEXT_TURNS = 12
_LATEST_TURNS = 4
_CONTEXT_CHARACTERS = 600
"""Most turns, by both sides, searched with a question: a long and a short stretch, and the characters of each turn.
On 160 questions of doc2dial, evidence recall@5 is 0.71 with the last two user questions and the question alone, 0.83
with the last twelve turns, the last four turns and the question alone."""

_CONTEXT_QUESTIONS = 2
"""Earlier questions that a follow-up is searched with: two user turns lift evidence recall@5 on doc2dial from 0.51
to 0.73, the last four messages to 0.75 (docs/architecture.md)."""


def query_after(question: str, before: Sequence[Turn], places: Places) -> Query:
    """The query for a question, with its language and the earlier turns that it may refer to.

    A follow-up whose slot or subject these turns say for certain is put as a question of its own, and read without
    them, whose words would outvote its own. Where it has their subject, they still help to find passages; where one of
    their slots has changed, they would find those of the old one.

    All of it is in one script from here on: traditional characters as simplified ones, full width as half width.
    A long conversation is cut to its latest turns and the question that opened the subject: after many follow-ups only
    that question names it.
    """
    core = core_question(fold_script(question))
    meant = understood(core, before, places)
    turns = [replace(turn, text=fold_script(turn.text)) for turn in before]
    asked = [core_question(turn.text) for turn in turns if turn.role == "user"]
    opened = _opening(asked)
    said = [turn.text[:_CONTEXT_CHARACTERS] for turn in turns][-_CONTEXT_TURNS:]
    if opened and opened[:_CONTEXT_CHARACTERS] not in said:
        said.insert(0, opened[:_CONTEXT_CHARACTERS])
    stretches = dict.fromkeys((" ".join(said), " ".join(said[-_LATEST_TURNS:])))
    query = Query(
        text=meant.text,
        language=detect_language(meant.text),
        context=" ".join(dict.fromkeys(filter(None, (opened, *asked[-_CONTEXT_QUESTIONS:])))),
        follow_up=bool(asked) and is_follow_up(core),
        contexts=tuple(text for text in stretches if text),
        as_asked=question,
    )
    match meant.how:
        case "as asked":
            return query
        case "subject":
            return replace(query, context="", follow_up=False, understood=True)
        case "slot":
            return replace(query, context="", contexts=(), follow_up=False, understood=True)


def _opening(asked: Sequence[str]) -> str:
    """The last question that is not a follow-up, when the latest ones all are; else empty."""
    if not all(map(is_follow_up, asked[-_CONTEXT_QUESTIONS:])):
        return ""
    return next((question for question in reversed(asked) if not is_follow_up(question)), "")
