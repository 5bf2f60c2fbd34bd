"""Facts, figures and definitions: the few sentences that bear on the question."""

from __future__ import annotations

from policybot.answering.case import Plan
from policybot.answering.composing.choosing import defines
from policybot.answering.finding import Finder
from policybot.answering.understanding.intent import Intent
from policybot.calibration import DEFINED_FROM
from policybot.domain import Hit
from policybot.searching import Query


class Fact:
    """The answer to a plain question, and to any question that no other kind wants."""

    def wants(self, intent: Intent) -> bool:
        """Always: it is the last in the table."""
        return True

    def plan(self, query: Query, intent: Intent, read: tuple[Hit, ...], finder: Finder) -> Plan:
        """The sentences that bear on the question."""
        evidence = finder.select(query, read)
        defined = intent.kind == "definition" and any(e.score >= DEFINED_FROM and defines(query, e) for e in evidence)
        return Plan(intent, query, read, evidence, certain=defined)


FACT = Fact()
