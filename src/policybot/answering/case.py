"""The state of one question while it is answered, and the signature of a stage."""

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
    """A quoted sentence and the text before it: a line end, or a list mark and a label."""

    lead: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Plan:
    """The evidence for a question, and the assembled answer where code assembles it.

    Attributes:
        intent: The kind of answer that is wanted, and of what.
        query: The query that was searched; its text is the subject where the question asks for more than a fact.
        hits: The hits that were read.
        evidence: The sentences chosen from them; empty when none bears on the question.
        pieces: The answer assembled from quoted sentences; empty where the order of the evidence is used.
        fixed: Whether the pieces are the answer even where a chat model could write one.
        certain: Whether the documents are known to answer, so that the gates are skipped.
        missing: Labels of comparands that the documents say nothing about.
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
    """The state of one question while it is answered. Each attribute is written by one stage.

    Attributes:
        query: The question as understood and searched.
        hits: What the search found, best first.
        last: The last question and answer, for a follow-up.
        stopped: Called between two words; True ends the answer.
        plan: The evidence, by the composer of the kind of answer that is wanted.
        missing: Names in the question that no document holds, by ``gates.coverage`` or ``gates.assessment``.
        features: The answerability features, by ``gates.assessment``; None where the gates are skipped.
        quotations: The quotes that make the answer where the chat model writes none.
        translated: Whether all quotations are in another language than the answer's and the chat model translates them.
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
        """The last decision that set the kind of answer; None while every stage was passed."""
        return next((each for each in reversed(self.decisions) if each.outcome != "passed"), None)

    @property
    def abstains(self) -> bool:
        """Whether a gate decided to abstain."""
        return self.settled is not None and self.settled.outcome in ABSTAINING


Stage = Callable[[Case], Decision | None]
"""One stage: it may return a decision, which is recorded. An outcome other than ``passed`` ends the stages."""
