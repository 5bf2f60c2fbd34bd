"""Detects false premises: presuppositions of a question that the documents do not support."""

from __future__ import annotations

from collections.abc import Sequence

from policybot.answering.case import Case
from policybot.answering.understanding.presuppositions import presupposed
from policybot.calibration import JUDGE_CONFIDENT
from policybot.checking import Checker, denies, without_negation
from policybot.domain import Decision, Evidence, Hit
from policybot.searching import Glosser, Query
from policybot.searching.sentences import sentences_of


class Premises:
    """Checks a question's presupposition against the hits that were read."""

    def __init__(self, checker: Checker, glosser: Glosser) -> None:
        self._checker = checker
        self._glosser = glosser

    def __call__(self, case: Case) -> Decision | None:
        """Decides on ``correction`` where the premise is unsupported, unless the question has a missing name."""
        judged = case.features.judged if case.features is not None else None
        if judged is not None and judged >= JUDGE_CONFIDENT:
            return Decision("premise", "passed", judged, JUDGE_CONFIDENT)
        if case.missing or not self.unsupported_presupposition(case.query, case.plan.hits):
            return None
        return Decision("premise", "correction", judged, JUDGE_CONFIDENT)

    def unsupported_presupposition(self, query: Query, read: Sequence[Hit]) -> str:
        """The question's presupposition if no sentence read supports it; empty otherwise.

        In another language than the question's a true premise resembles the evidence as little as a false one: there a
        premise counts as unsupported only when the evidence, glossed in English, denies it.
        """
        claim = presupposed(query.text)
        if not claim:
            return ""
        sentences = [e for hit in read for e in sentences_of(hit)]
        for language in sorted({e.hit.passage.language for e in sentences}):
            around = [e for e in sentences if e.hit.passage.language == language]
            check = self._checker.check(claim, query.language, around)
            if check.verdict != "unsupported" and not self._checker.contradicted(claim, query.language, check.evidence):
                return ""
        best = max(read, key=lambda hit: hit.relevance).passage.language
        return claim if best == query.language or self._denied(claim, query.language, sentences) else ""

    def _denied(self, claim: str, language: str, sentences: Sequence[Evidence]) -> bool:
        """Whether a sentence denies the claim, or one in another language supports what a negated claim negates."""
        if (affirmed := without_negation(claim)) != claim:
            others = [e for e in sentences if e.hit.passage.language != language]
            return self._checker.check(affirmed, language, others).verdict != "unsupported"
        said = self._glosser.english(claim, language)
        glossed = (self._glosser.english(e.text, e.hit.passage.language) for e in sentences)
        return said is not None and any(denies(said, text) for text in glossed if text)
