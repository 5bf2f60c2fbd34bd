"""Abstains on questions about a place, a document of a year, or a part of a document, that the documents lack."""

from __future__ import annotations

from collections.abc import Callable

from policybot.answering.case import Case
from policybot.answering.understanding.binding import named_in
from policybot.domain import Decision
from policybot.searching import Absent
from policybot.text.places import Places


class Coverage:
    """Compares what a question asks about with what the documents are of.

    "What growth target did Shandong set?", where reports of other provinces are indexed and none of Shandong, is not
    answered with theirs. A sentence of the evidence that names Shandong may answer it.

    Args:
        places: Returns the places and issuers that are known.
    """

    def __init__(self, places: Callable[[], Places]) -> None:
        self._places = places

    def __call__(self, case: Case) -> Decision | None:
        """Abstains where no document is of what the question asks about and no evidence names it."""
        absent = [each for each in case.query.absent if each.alone]
        texts = [each.text for each in case.plan.evidence]
        if not absent or any(names(text, each, self._places()) for text in texts for each in absent):
            return None
        case.missing = tuple(each.text for each in absent)
        return Decision("coverage", "unanswered")


def names(text: str, absent: Absent, places: Places) -> bool:
    """Whether a text names the place, or a document of the year, that no document is of; never a part's label."""
    if absent.place:
        return any(each.name == absent.place for each in places.named(text))
    return bool(named_in(text, places).years & absent.years)
