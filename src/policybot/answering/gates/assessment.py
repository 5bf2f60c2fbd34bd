"""Computes the answerability features once, for the gates after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from policybot.answering.answerability import answerability_features, answerable_probability, missing_names
from policybot.answering.case import Case
from policybot.calibration import CONFIDENT_FROM, NAME_PASSAGES
from policybot.domain import Decision, Hit
from policybot.models.matching import TokenMatcher
from policybot.searching import Glosser, Query
from policybot.store.catalogue import Catalogue
from policybot.text.tokens import content_tokens, token_set


class Assessment:
    """Looks up the question's names and computes its features; it never decides.

    Args:
        matcher: Matches the question's words with the evidence's.
        judge: The chat model's log-odds that the evidence states the answer, or None where it gives none; None for no
            chat model.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        matcher: TokenMatcher,
        glosser: Glosser,
        judge: Callable[[Case], float | None] | None,
    ) -> None:
        self._catalogue = catalogue
        self._matcher = matcher
        self._glosser = glosser
        self._judge = judge

    def __call__(self, case: Case) -> Decision | None:
        """Fills in the case's ``missing`` and ``features``."""
        query, read, evidence = case.query, case.plan.hits, case.plan.evidence
        case.missing = self._missing(query, read)
        found = answerability_features(
            query, read, evidence, matcher=self._matcher, glosser=self._glosser, names_missing=len(case.missing)
        )
        if self._judge is not None and not (case.translated and answerable_probability(found) >= CONFIDENT_FROM):
            found = replace(found, judged=self._judge(case))
        case.features = found
        return None

    def _missing(self, query: Query, read: Sequence[Hit]) -> tuple[str, ...]:
        """Names in the question that occur nowhere in the documents; empty when the best hit is in another language."""
        if max(read, key=lambda hit: hit.relevance).passage.language != query.language:
            return ()
        return missing_names(query, lambda name: self._occurs(name, query))

    def _occurs(self, name: str, query: Query) -> bool:
        """Whether any passage contains all words of a name, in any order and with others between."""
        if any(self._glosser.named(name)):
            return True
        words = set(content_tokens(name))
        for language in self._catalogue.languages(query.documents):
            found = self._catalogue.search_keywords(
                name, language=language, limit=NAME_PASSAGES, documents=query.documents, figures=False
            )
            passages = [record.passage for record in self._catalogue.passages(found).values()]
            if any(words <= token_set(p.heading) | token_set(p.text) for p in passages):
                return True
        return not words
