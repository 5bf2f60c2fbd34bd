"""What is asked: a question's filter, the turns before it, and the kind of answer that is wanted."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, fields
from typing import Literal, get_args

from policybot.errors import QuestionError

Role = Literal["user", "assistant"]
AnswerLanguage = Literal["auto", "en", "zh"]
ANSWER_LANGUAGES: tuple[AnswerLanguage, ...] = get_args(AnswerLanguage)
"""The language to answer in: ``auto`` for that of the question, else English or Chinese. Quotes keep their own."""
WRITTEN_LANGUAGES = tuple(each for each in ANSWER_LANGUAGES if each != "auto")
"""The languages that answers are written in, and quotes translated between."""
Wanted = Literal["fact", "definition", "number", "list", "comparison", "timeline", "summary"]
"""The kind of answer that a question asks for."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents a question may be answered from; what is empty allows everything.

    Within one attribute any value will do, and every attribute that is not empty must allow the document.

    Attributes:
        documents: Names or ids.
        publishers: As the documents name them; upper and lower case are one.
        kinds: Likewise, ``government-report`` for example.
        languages: ISO 639-1 codes of the documents' texts.
        published_from: First date, ``2024``, ``2024-03`` or ``2024-03-05``; documents without a date are left out.
        published_to: Last date, included whole: ``2024`` ends with December.

    Raises:
        QuestionError: A date is not of one of these forms, is in no calendar, or the first is after the last.
    """

    documents: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    published_from: str = ""
    published_to: str = ""

    def __post_init__(self) -> None:
        # Dates are compared as text: one in another form would let the wrong documents pass without a word.
        for date in (self.published_from, self.published_to):
            if date and not _is_date(date):
                raise QuestionError(
                    f"The filter's date {date!r} is none. Write it as 2024, 2024-03 or 2024-03-05.",
                    case="filter_date",
                    date=date,
                )
        if self.published_to and self.published_from[: len(self.published_to)] > self.published_to:
            raise QuestionError(
                f"The filter's first date, {self.published_from!r}, is after its last, {self.published_to!r}. "
                "Exchange them.",
                case="filter_order",
                first=self.published_from,
                last=self.published_to,
            )

    def __bool__(self) -> bool:
        """Whether it leaves anything out."""
        return any(getattr(self, each.name) for each in fields(self))

    def __str__(self) -> str:
        """What it demands, by attribute: ``kinds 'speech', 'plan'; published_from '2024'``."""
        stated = {each.name: getattr(self, each.name) for each in fields(self)}
        listed = {name: (value,) if isinstance(value, str) else value for name, value in stated.items() if value}
        return "; ".join(f"{name} {', '.join(map(repr, values))}" for name, values in listed.items())


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Role
    text: str


def _is_date(value: str) -> bool:
    """Whether it is a year, a month or a day of the calendar."""
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", value, re.ASCII):
        return False
    try:
        datetime.date.fromisoformat(value + "0000-01-01"[len(value) :])
    except ValueError:
        return False
    return True
