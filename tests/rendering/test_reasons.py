"""Why a sentence stands in part is told to Chinese readers in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from policybot.checking.differences import Comparison, differences
from policybot.checking.scoring import Features
from policybot.checking.source import source_of
from policybot.domain import Evidence, Hit, Metadata, Passage
from policybot.rendering.reasons import localised_reason
from policybot.text.contrasts import default_contrasts

PAIRS = (
    ("The plan is to end coal.", "The plan may end coal, and does not touch gas."),
    ("The port plants 40 trees.", "The port plants around 40 trees."),
    ("The minister opened the port in Vik.", "The governor could open the port in Orrin unless it is closed."),
    ("Ferries may run on batteries.", "Ferries run on batteries."),
    ("The council wants ferries.", "Most of the council wants ferries only in summer."),
    ("政府可能建设港口。", "政府已经建设港口，但不包括码头。"),
)


def evidence(text: str) -> Evidence:
    passage = Passage("0" * 32, "d", "d.md", "D", text, 0, len(text), (), None, "en", 0)
    return Evidence(Hit(passage, Metadata("D"), "v", 1, 1.0, 1.0), text, 0, len(text), 1.0)


def reasons() -> Iterator[str]:
    """What the check notes of sentences that stand in part, as it writes it."""
    for kind in ("tokens", "words", "across"):
        yield f"{0.52:.2f} probable from {Features(kind, 0.5, 0.25, 0.1, 0)}"  # type: ignore[arg-type]
    for sentence, text in PAIRS:
        compared = Comparison(sentence, source_of(evidence(text)), default_contrasts(), same_language=True)
        found = differences(compared)
        yield from (each.what for each in found)


@pytest.mark.parametrize("reason", sorted(set(reasons())))
def test_what_the_check_notes_is_told_in_chinese(reason: str) -> None:
    """No reason that the check gives for a sentence in part is left in English but for the words it names."""
    told = localised_reason(reason, "zh")

    assert re.search(r"[\u4e00-\u9fff]", told)
    assert not re.search(r"\b(it|the evidence|probable|where|says)\b", told)
    assert localised_reason(reason, "en") == reason


def test_every_part_is_told() -> None:
    """Of several reasons each is told; one that is not known stays."""
    told = localised_reason("0.41 probable from 0.50 of its words in the evidence; something new", "zh")

    assert told == "可信度 0.41（0.50 的词见于依据）；something new"
