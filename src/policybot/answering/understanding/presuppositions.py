"""A question -> its presupposition as a statement that can be checked; pure."""

from __future__ import annotations

import re

from policybot.answering.understanding.framing import without_asker
from policybot.calibration import STATEMENT_SHORTEST
from policybot.language import each, lexicons, phrases

_FLAGS = re.IGNORECASE | re.DOTALL

_SHOWN = each(lambda lexicon: lexicon.questions.shown, flags=_FLAGS)
_GIVEN = each(lambda lexicon: lexicon.questions.given, flags=_FLAGS)
_STATED_FIRST = re.compile(r"^(.+?(?:[.!](?=\s)|[。！]))\s*(.+[?？])\W*$", re.DOTALL)
_REFERS_BACK = phrases(lambda lexicon: lexicon.questions.refers_back)
_SELF_REFERENCE = phrases(lambda lexicon: lexicon.framing.self_reference)
_QUESTION_WORD = phrases(lambda lexicon: lexicon.questions.question_word)


def presupposed(question: str) -> str:
    """The statement that a question presupposes; empty when none is found.

    "Why did the council close the harbour?" -> "the council close the harbour"; "Since ferries are free, …?" ->
    "ferries are free"; "The plan bans cars. Did it say how?" -> "The plan bans cars."; "a source saying that ferries
    are free" -> "ferries are free". A sentence before a question that does not refer to it is background, and a
    statement about the asker cannot be checked.
    """
    claim = _claim(" ".join(without_asker(question).split()))
    return "" if _SELF_REFERENCE.search(claim) else claim


def _claim(text: str) -> str:
    if match := _SHOWN.search(text):
        return match["claim"].strip()
    if match := _GIVEN.match(text):
        return match["claim"].strip()
    if match := _STATED_FIRST.match(text):
        statement = match[1].strip()
        # Two questions, or a question behind an abbreviation, state nothing.
        short = len(statement.split()) + len(statement) < STATEMENT_SHORTEST
        background = short or _QUESTION_WORD.search(statement) or not _REFERS_BACK.search(match[2])
        return "" if background else statement
    return _claim_of_why(text)


def _claim_of_why(text: str) -> str:
    """The presupposition of a question why; its word order does not matter, as only words are compared."""
    for questions in (lexicon.questions for lexicon in lexicons()):
        if not questions.why_claim or (match := re.match(questions.why_claim, text, _FLAGS)) is None:
            continue
        found = {name: value.strip() for name, value in match.groupdict("").items()}
        auxiliary = found.get("auxiliary", "").lower()
        if not auxiliary:
            return f"{found.get('before', '')}{found['rest']}"
        if not found.get("negated"):
            return found["rest"] if auxiliary in questions.bare_auxiliaries else f"{auxiliary} {found['rest']}"
        return f"{auxiliary} {questions.negation} {found['rest']}"
    return ""
