"""The names that an owner lists decide as those that come with policybot do."""

from __future__ import annotations

from policybot.checking.differences import Comparison, differences
from policybot.checking.source import source_of
from policybot.domain import Evidence, Hit, Metadata, Passage
from policybot.text.contrasts import Contrasts, default_contrasts

OWNED = Contrasts({"medicine": {"aspirin": {"en": ("aspirin",)}, "ibuprofen": {"en": ("ibuprofen",)}}})
SENTENCE = "Patients of the harbour clinic take ibuprofen after every meal."


def _evidence(text: str) -> Evidence:
    passage = Passage("p", "d", "d.md", "Clinic", text, 0, len(text), (), None, "en", 0)
    return Evidence(Hit(passage, Metadata(title="Clinic"), "v", 1, 1.0, 1.0), text, 0, len(text), 1.0)


def test_an_owners_name_in_the_place_of_another_is_fatal() -> None:
    source = source_of(_evidence(SENTENCE.replace("ibuprofen", "aspirin")))
    shipped, owned = (Comparison(SENTENCE, source, sets, same_language=True) for sets in (default_contrasts(), OWNED))

    assert not any(found.fatal for found in differences(shipped))
    assert "it names ibuprofen where the evidence names aspirin" in [f.what for f in differences(owned) if f.fatal]
