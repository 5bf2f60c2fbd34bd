"""A question on its way to its answer, and what a stage on that way is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from policybot.answering.answerability import AnswerabilityFeatures
from policybot.answering.drafting import Draft
from policybot.answering.understanding.intent import Intent
from policybot.domain import ABSTAINING, Decision, Evidence, Hit, Turn
from policybot.searching import Query


@dataclass(frozen=True, slots=True)
class Segment:
    """A quoted sentence and what stands before it: a line end, a list mark and a label, say."""

    lead: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Plan:
    """The evidence for a question, and how it is put together where code does that.

    Attributes:
        query: What was searched; its text is the subject where the question asks for more than a fact.
        hits: The hits that were read.
        evidence: The sentences chosen from them; empty when they hold nothing.
        pieces: The answer put together from quoted sentences; empty where the sentences have no order of their own.
        fixed: Whether the pieces are the answer even when a chat model could write one.
        certain: Whether it is known that the documents answer: the gates are passed over.
        missing: Labels of a comparison's sides that the documents hold nothing about.
    """

    intent: Intent
    query: Query
    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    pieces: tuple[Segment, ...] = ()
    fixed: bool = False
    certain: bool = False
    missing: tuple[str, ...] = ()


@dataclass
class Case:
    """A question on its way to its answer: what each stage found. Each attribute is written by one stage.

    Attributes:
        query: The question as understood and searched.
        hits: What the search found, best first.
        last: The last question and answer, for a follow-up.
        stopped: Asked between two words; True ends the answer.
        plan: The evidence, by the composer of the kind of answer that is wanted.
        missing: Names in the question that no document holds, by ``gates.assessment``.
        features: What speaks for and against an answer, likewise; None where the gates are passed over.
        quotations: What is quoted of the evidence where nothing is written.
        translated: Whether these are all in another language than the answer's, and the chat model translates them.
        draft: The sentences so far, by ``composing``.
        decisions: What the stages decided, in order.
    """

    query: Query
    hits: tuple[Hit, ...]
    plan: Plan
    quotations: tuple[Segment, ...]
    translated: bool
    draft: Draft
    last: Sequence[Turn] = ()
    stopped: Callable[[], bool] = lambda: False
    missing: tuple[str, ...] = ()
    features: AnswerabilityFeatures | None = None
    decisions: list[Decision] = field(default_factory=list)

    @property
    def settled(self) -> Decision | None:
        """The last decision that settled on a kind of answer; None while all stages were passed."""
        return next((each for each in reversed(self.decisions) if each.outcome != "passed"), None)

    @property
    def abstains(self) -> bool:
        """Whether a gate settled on giving no answer."""
        return self.settled is not None and self.settled.outcome in ABSTAINING


Stage = Callable[[Case], Decision | None]
"""One step on the way: it may decide, and is recorded when it does. An outcome other than ``passed`` ends the way."""
