"""Facts, figures and definitions: the few sentences that bear on the question."""

from __future__ import annotations

from policybot.answering.case import Plan
from policybot.answering.composing.choosing import defines
from policybot.answering.finding import Finder
from policybot.answering.understanding.intent import Intent
from policybot.domain import Hit
from policybot.searching import Query

_DEFINED = 0.3
"""Score from which a sentence that says of the term what it is is taken for its definition."""


class Fact:
    """What a plain question asks for; also whatever no other kind wants."""

    def wants(self, asked: Intent) -> bool:
        """Always: it is the last in the table."""
        return True

    def plan(self, query: Query, asked: Intent, read: tuple[Hit, ...], finder: Finder) -> Plan:
        """The sentences that bear on the question."""
        evidence = finder.select(query, read)
        defined = asked.kind == "definition" and any(e.score >= _DEFINED and defines(query, e) for e in evidence)
        return Plan(asked, query, read, evidence, certain=defined)
