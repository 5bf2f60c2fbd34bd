"""A question in a conversation -> the question by itself, where that is certain; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from policybot.answering.understanding.follow_up_forms import Forms, forms_of
from policybot.answering.understanding.framing import core_question
from policybot.answering.understanding.referring import Said, topic_for, with_subject
from policybot.answering.understanding.slots import asks, fragment_of, parts_of, with_slots
from policybot.calibration import FOLLOW_UP_TOKENS, FOLLOWED_TURNS
from policybot.domain import Turn
from policybot.language.script import fold_script
from policybot.text.detecting import detect_language
from policybot.text.places import Places
from policybot.text.tokens import CJK, content_tokens

_QUESTION = re.compile(r"(?<=[?？])\s*")
_CJK = re.compile(f"[{CJK}]")


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question as understood.

    Attributes:
        text: The question by itself; as it was asked where nothing had to be, or could be, added for certain.
        how: ``slot``: the question before it with another place, time, document, group or indicator. ``subject``: the
            question with the subject of those before it.
    """

    text: str
    how: Literal["as asked", "slot", "subject"] = "as asked"


def understood(question: str, before: Sequence[Turn], places: Places) -> Understanding:
    """A question by itself, after the turns before it.

    那湖北呢？ after 浙江有多少码头？ -> 湖北有多少码头？ "Who wrote it?" after "What does the harbour plan want?" ->
    "Who wrote the harbour plan?" A question that depends on nothing stays as it is, and so does one whose slot or
    subject is not certain.

    Args:
        before: Both sides' turns, oldest first; the assistant's may come from another assistant.
    """
    said: list[Said] = []
    for turn in before[-FOLLOWED_TURNS:]:
        if turn.role == "user":
            core = core_question(fold_script(turn.text))
            if _says_something(core):
                said.append(Said(_understood(core, said, places).text))
        elif said:
            said[-1] = Said(said[-1].question, f"{said[-1].answer} {fold_script(turn.text)}".strip())
    return _understood(question, said, places)


def _says_something(text: str) -> bool:
    """Whether a turn is a question, or has a subject: "thanks" and "yes, please" are nothing to go on with."""
    return asks(text, forms_of(detect_language(text))) or len(set(content_tokens(text))) > FOLLOW_UP_TOKENS


def _understood(question: str, before: Sequence[Said], places: Places) -> Understanding:
    """A question by itself; of several in one message the first, which the others go on with."""
    first, *others = [part for part in _QUESTION.split(question) if re.search(r"\w", part)] or [question]
    found = _single(first, before, places)
    if found.how == "as asked" or not others:
        return found if found.how != "as asked" else Understanding(question)
    blank = "" if _CJK.search(question) else " "
    return Understanding(blank.join((found.text.strip(), *others)), found.how)


def _single(question: str, before: Sequence[Said], places: Places) -> Understanding:
    if not before:
        return Understanding(question)
    last = before[-1].question
    worded = re.search(r"[^\W\d_]", question) is not None
    if worded and bool(_CJK.search(question)) != bool(_CJK.search(last)):
        return Understanding(question)
    forms = forms_of(detect_language(question if worded else last))
    fragment, continues = fragment_of(question, forms)
    if fragment and (text := with_slots(fragment, last, forms, places, continues=continues)):
        return Understanding(text, "slot")
    if not forms.spaced and (text := _of_two(question, last, forms, places)):
        return Understanding(text, "slot")
    text = with_subject(question, before, forms, places)
    return Understanding(text, "subject") if text else Understanding(question)


def _of_two(question: str, last: str, forms: Forms, places: Places) -> str:
    """A follow-up that names a slot and asks of it, 那湖北呢，涨了多少？; empty for another one."""
    head, comma, rest = question.partition("，") if "，" in question else question.partition(",")
    if not comma or not forms.closing.search(head):
        return ""
    fragment, continues = fragment_of(head, forms)
    named = with_slots(fragment, last, forms, places, continues=continues) if fragment else ""
    if not named:
        return ""
    before, after = parts_of(last, forms, places), parts_of(named, forms, places)
    if before.topic == after.topic and not forms.predicate.fullmatch(rest.strip("？?。 ")):
        return after.frame + rest.strip()
    return (topic_for(rest, named, forms, places) or after.topic) + rest.strip()
