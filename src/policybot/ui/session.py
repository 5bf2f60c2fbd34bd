"""What one open page knows: its conversation and every question asked in it. No Gradio, no HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal
from uuid import uuid4

from policybot.domain import (
    Answer,
    AnswerEvent,
    AnswerKind,
    AnswerLanguage,
    Citation,
    Delta,
    Done,
    Found,
    Hit,
    Sentence,
    Turn,
)
from policybot.errors import PolicybotError
from policybot.rendering import Reference, cited, found

Stage = Literal["searching", "reading", "writing", "done", "stopped", "failed", "broken"]
RUNNING: frozenset[Stage] = frozenset({"searching", "reading", "writing"})

NEAREST_SHOWN = 5
"""How many of the nearest passages the page offers when the documents don't answer."""

NEAREST_OF: frozenset[AnswerKind] = frozenset({"unanswered", "full", "off_topic", "opinion"})
"""Kinds of refusal that offer the nearest passages and other questions; with the others they have nothing to do.
``full`` is what answers have that were kept before there were kinds."""

_REFERENCE = re.compile(r"m([0-9]{1,6}):([ch][0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what has become of it so far.

    Attributes:
        understood: The question by itself, where it was a follow-up that was understood so.
        stage: How far it has come; ``failed`` is a deliberate error, ``broken`` an unexpected one.
        failure: What it failed with.
        broken_at: The time of the log entry when it broke; empty otherwise.
        kept: Id under which the records keep the answer; empty when they do not.
        rating: What the reader thought of it, ``up`` or ``down``; empty before.
        further: Questions that lead on from it.
    """

    question: str
    stage: Stage = "searching"
    understood: str = ""
    hits: tuple[Hit, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    answer: Answer | None = None
    failure: PolicybotError | None = None
    broken_at: str = ""
    kept: str = ""
    rating: str = ""
    comment: str = ""
    further: tuple[str, ...] = ()

    @classmethod
    def restored(cls, answer: Answer, *, kept: str, rating: str = "", comment: str = "") -> Exchange:
        """An exchange of a conversation that is opened again."""
        done = cls(answer.question).advanced(Done(answer))
        return replace(done, kept=kept, rating=rating, comment=comment)

    @property
    def running(self) -> bool:
        """Whether more is to come."""
        return self.stage in RUNNING

    @property
    def abstained(self) -> bool:
        """Whether the documents did not hold the answer."""
        return self.answer is not None and self.answer.status == "abstained"

    @property
    def cited(self) -> tuple[Reference, ...]:
        """What the answer cites."""
        return tuple(cited(citation) for citation in self.citations)

    @property
    def nearest(self) -> tuple[Reference, ...]:
        """The nearest passages, offered when the documents don't answer."""
        offered = self.abstained and self.answer is not None and self.answer.kind in NEAREST_OF
        return tuple(found(hit) for hit in self.hits[:NEAREST_SHOWN]) if offered else ()

    def advanced(self, event: AnswerEvent) -> Exchange:
        """The exchange after one more event of its answer."""
        match event:
            case Found(hits=hits, understood=understood):
                return replace(self, stage="reading", hits=hits, understood=understood)
            case Delta(sentence=sentence, citations=citations):
                known = {citation.number for citation in self.citations}
                new = tuple(citation for citation in citations if citation.number not in known)
                return replace(
                    self,
                    stage="writing",
                    sentences=(*self.sentences, sentence),
                    citations=(*self.citations, *new),
                )
            case Done(answer=answer):
                return replace(
                    self,
                    stage="done",
                    understood=answer.understood,
                    hits=answer.hits or self.hits,
                    sentences=answer.sentences,
                    citations=answer.citations,
                    answer=answer,
                )

    def stopped(self) -> Exchange:
        """The exchange as the reader has stopped it; what was written so far stays, as with every end."""
        return replace(self, stage="stopped")

    def failed(self, failure: PolicybotError) -> Exchange:
        """The exchange as ended by an error that was raised on purpose."""
        return replace(self, stage="failed", failure=failure)

    def broken(self, *, at: str) -> Exchange:
        """The exchange as ended by a bug, which the log tells at that time."""
        return replace(self, stage="broken", broken_at=at)


@dataclass(frozen=True, slots=True)
class Opened:
    """A reference that was found again, with those that previous and next lead to."""

    turn: str
    reference: Reference
    neighbours: tuple[Reference, ...]


@dataclass(slots=True)
class Session:
    """One browser tab's conversation; it changes in place and is never shared with another tab.

    Attributes:
        conversation: Name under which the conversation is remembered; empty before the first question.
        first: Number of the first exchange still shown; numbers go on after a clear, so that an old chip can
            never open a source of a new answer.
        editing: Place of the exchange that the next question replaces, with all that follow; None for none.
        untold: Whether the bot's own memory of the conversation was thrown away, so that the next question must
            bring along what was said.
        answer_language: The language in which its answers are wanted.
    """

    conversation: str = ""
    exchanges: list[Exchange] = field(default_factory=list)
    first: int = 1
    editing: int | None = None
    untold: bool = False
    answer_language: AnswerLanguage = "auto"

    def begin(self, question: str) -> str:
        """Add a question and return the conversation it belongs to."""
        self.exchanges.append(Exchange(question))
        return self.named()

    def named(self) -> str:
        """The conversation's name; a new one gets a random one, which nobody can guess."""
        if not self.conversation:
            self.conversation = str(uuid4())
        return self.conversation

    def rewind(self) -> tuple[Exchange, ...]:
        """Take away what is being edited and all that follows; returns what was taken away."""
        if self.editing is None or self.editing >= len(self.exchanges):
            self.editing = None
            return ()
        gone = tuple(self.exchanges[self.editing :])
        self.exchanges = self.exchanges[: self.editing]
        self.editing = None
        self.untold = True
        return gone

    def turns(self) -> tuple[Turn, ...]:
        """What was asked and answered so far, oldest first; questions without an answer are left out."""
        turns: list[Turn] = []
        for exchange in self.exchanges:
            if exchange.answer is not None:
                said = " ".join(s.text for s in exchange.answer.sentences) or exchange.answer.message
                turns += [Turn("user", exchange.question), Turn("assistant", said)]
        return tuple(turns)

    def reopen(self, conversation: str, exchanges: Sequence[Exchange], answer_language: AnswerLanguage) -> None:
        """Show another conversation instead."""
        self.clear()
        self.answer_language = answer_language
        self.conversation = conversation
        self.exchanges = list(exchanges)

    def place_of(self, turn: str) -> int | None:
        """Where the exchange of this name stands; None for one that is not shown."""
        match = re.fullmatch(r"m([0-9]{1,6})", turn)
        place = -1 if match is None else int(match[1]) - self.first
        return place if 0 <= place < len(self.exchanges) else None

    @property
    def running(self) -> bool:
        """Whether an answer is being written."""
        return bool(self.exchanges) and self.exchanges[-1].running

    def update(self, exchange: Exchange, conversation: str) -> None:
        """Replace the latest exchange of ``conversation``; nothing when the reader has gone on to another one."""
        if self.conversation == conversation:
            self.exchanges[-1] = exchange

    def clear(self) -> str:
        """Start afresh and return the name of the conversation that was left, empty when there was none."""
        left = self.conversation
        self.first += len(self.exchanges)
        self.conversation = ""
        self.exchanges = []
        self.editing = None
        self.untold = False
        return left

    def turn(self, place: int) -> str:
        """Name of the exchange at ``place``, as the page's buttons carry it: ``m1`` for the first."""
        return f"m{self.first + place}"

    def find(self, reference: str) -> Opened | None:
        """What ``m3:c1`` means in this session; None for everything that its answers don't hold."""
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            return None
        place = int(match[1]) - self.first
        if not 0 <= place < len(self.exchanges):
            return None
        exchange = self.exchanges[place]
        groups: Sequence[tuple[Reference, ...]] = (exchange.cited, exchange.nearest)
        for group in groups:
            for candidate in group:
                if candidate.key == match[2]:
                    return Opened(self.turn(place), candidate, group)
        return None
