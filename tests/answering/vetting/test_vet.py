"""What the chat model wrote is shown only when it passes every vetter."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from policybot.answering.vetting.vet import Written, rejection, vetters
from policybot.checking import Check, Checker
from policybot.domain import Evidence, Hit, Metadata, Passage
from policybot.searching import Query


class _Carries(Checker):
    """A check that finds every sentence carried by all candidates."""

    def __init__(self) -> None:
        """No model is needed."""

    def check(self, sentence: str, language: str, candidates: Sequence[Evidence]) -> Check:
        """Supported, by all of them."""
        return Check("supported", "for the test", tuple(candidates))


def _written(text: str, *, question: str = "How many firms does the harbour have?") -> Written:
    source = "The company says that the harbour has 40 firms."
    passage = Passage("p", "d", "d.md", "Harbour plan", source, 0, len(source), (), None, "en", 0)
    metadata = Metadata("Harbour plan", publisher="Port Ellis Council", published="2031-04-02")
    evidence = (Evidence(Hit(passage, metadata, "v", 1, 1.0, 0.9), source, 0, len(source), 0.9),)
    return Written(text, Query(question, "en"), evidence, evidence, _Carries())


def test_plain_sentence_passes() -> None:
    """A sentence that its source carries and that says no more passes every vetter."""
    assert rejection(_written("The harbour has 40 firms."), vetters()) == ""


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Which harbour do you mean?", "How many firms does the harbour have?"),
        ("The harbour has 40 家企业 now.", "How many firms does the harbour have?"),
        ("Harbour plan, Port Ellis Council", "How many firms does the harbour have?"),
        ("The harbour employs 40 firms.", "How many people employs the harbour?"),
        ("The Union of Sailors says that the harbour has 40 firms.", "How many firms does the harbour have?"),
    ],
    ids=["asks", "two languages", "only a source", "echo", "somebody else's view"],
)
def test_each_fault_is_rejected_with_a_reason(text: str, question: str) -> None:
    """Exactly one vetter finds each fault, and says why."""
    written = _written(text, question=question)

    assert sum(bool(vetter(written)) for vetter in vetters()) == 1
    assert rejection(written, vetters())


def test_further_vetter_is_asked_too() -> None:
    """A vetter that is added rejects what all others pass."""

    def no_figures(written: Written) -> str:
        return "it has a figure" if any(c.isdigit() for c in written.text) else ""

    assert rejection(_written("The harbour has 40 firms."), (*vetters(), no_figures)) == "it has a figure"
