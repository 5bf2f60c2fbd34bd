"""The kinds of answer, in the order in which they are asked whether they want a question."""

from __future__ import annotations

from typing import Protocol

from policybot.answering.case import Plan
from policybot.answering.composing.comparison import Comparison
from policybot.answering.composing.facts import Fact
from policybot.answering.composing.listing import AcrossDocuments, DocumentList
from policybot.answering.composing.summary import Summary
from policybot.answering.composing.timeline import Timeline
from policybot.answering.finding import Finder
from policybot.answering.understanding.intent import Intent
from policybot.domain import Hit
from policybot.searching import Query


class Composer(Protocol):
    """One kind of answer: which questions want it, and what it is made from."""

    def wants(self, asked: Intent) -> bool:
        """Whether a question asks for this kind."""

    def plan(self, query: Query, asked: Intent, read: tuple[Hit, ...], finder: Finder) -> Plan:
        """The evidence for a question that wants it, put together where its order matters.

        Args:
            read: The best hits of the question itself.
        """


COMPOSERS: tuple[Composer, ...] = (
    Timeline(),
    Summary(),
    Comparison(),
    AcrossDocuments(),
    DocumentList(),
    Fact(),
)


def composer_of(asked: Intent) -> Composer:
    """The first kind that wants the question."""
    return next(each for each in COMPOSERS if each.wants(asked))
