"""Abstains on questions about a place, a year or a part of a document that the documents do not cover."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from policybot.answering.case import Case
from policybot.answering.understanding.binding import Binder, named_in
from policybot.answering.understanding.identity import Identity
from policybot.domain import Decision, Evidence
from policybot.searching import Absent
from policybot.searching.editions import years_in
from policybot.text.places import Places


class Coverage:
    """Compares what a question asks about with what the documents are of.

    "What growth target did Shandong set?", where reports of other provinces are indexed and none of Shandong, is not
    answered with theirs, nor one about 2019 with the reports of 2016 and 2023. A sentence of the evidence that names
    Shandong, or 2019, may answer it.

    Args:
        binder: Knows what each document is of.
        places: Returns the places and issuers that are known.
    """

    def __init__(self, binder: Binder, places: Callable[[], Places]) -> None:
        self._binder = binder
        self._places = places

    def __call__(self, case: Case) -> Decision | None:
        """Abstains where no document covers what the question asks about and no evidence names it."""
        evidence = case.plan.evidence
        absent = tuple(each.text for each in case.query.absent if each.alone and not self._named(each, evidence))
        absent = absent or self._years_apart(case.query.text, evidence)
        if not absent:
            return None
        case.missing = absent
        return Decision("coverage", "unanswered")

    def _named(self, absent: Absent, evidence: Sequence[Evidence]) -> bool:
        return any(names(each.text, absent, self._places()) for each in evidence)

    def _years_apart(self, question: str, evidence: Sequence[Evidence]) -> tuple[str, ...]:
        """The years of a question, where the best evidence is of an annual document of other years and none names them.

        An annual document covers the year before its own, too.
        """
        asked = years_in(question)
        if not asked or not evidence:
            return ()
        of = {each.id: each for each in self._binder.identities()}
        best = of.get(max(evidence, key=lambda each: each.score).hit.passage.document_id)
        if best is None or not best.kinds or not best.years:
            return ()
        sources = [of[id_] for each in evidence if (id_ := each.hit.passage.document_id) in of]
        texts = [text for each in evidence for text in (each.text, *each.hit.passage.section)]
        stated = frozenset(year for text in texts for year in years_in(text))
        return () if asked & (stated | _covered(sources)) else tuple(map(str, sorted(asked)))


def _covered(documents: Sequence[Identity]) -> frozenset[int]:
    """The years that annual documents cover: "2023 report" -> 2022 and 2023."""
    return frozenset(covered for each in documents for year in each.years for covered in (year - 1, year))


def names(text: str, absent: Absent, places: Places) -> bool:
    """Whether a text names the place, or a document of the year, that no document is of; never a part's label."""
    if absent.place:
        return any(each.name == absent.place for each in places.named(text))
    return bool(named_in(text, places).years & absent.years)
