"""A view is attributed to who holds it."""

from __future__ import annotations

import pytest

from policybot.answering.vetting.attribution import attributed_otherwise
from policybot.domain import Evidence, Hit, Metadata, Passage

_TEXT = "The harbour masters set out their position in May:\n\n- low fees draw ships;\n- piers need no subsidies.\n"


def _evidence(sentence: str, language: str = "en") -> Evidence:
    text = _TEXT if sentence in _TEXT else sentence
    passage = Passage("p", "d", "d.md", "Fees at Port Ellis", text, 0, len(text), (), None, language, 0)
    hit = Hit(passage, Metadata("Fees at Port Ellis", "Port Ellis Gazette"), "v", 1, 1.0, 1.0)
    start = text.index(sentence)
    return Evidence(hit, sentence, start, start + len(sentence), 1.0)


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        pytest.param("The Ferry Union argues that piers need no subsidies.", "Ferry Union", id="somebody else"),
        pytest.param("According to the Ferry Union, piers need no subsidies.", "Ferry Union", id="according to"),
        pytest.param("Harbour Masters argue that piers need no subsidies.", "", id="in what leads into the list"),
        pytest.param("The Port Ellis Gazette says that piers need no subsidies.", "", id="publisher"),
        pytest.param("He says that piers need no subsidies.", "", id="pronoun"),
        pytest.param("Piers need no subsidies.", "", id="nobody"),
    ],
)
def test_view_belongs_to_who_is_named_with_it(sentence: str, speaker: str) -> None:
    """Whoever is said to hold a view stands in it, in what leads into it, or in its document's title or publisher."""
    assert attributed_otherwise(sentence, [_evidence("piers need no subsidies.")]) == speaker


def test_names_of_two_languages_are_not_compared() -> None:
    """Nothing is told of a sentence whose source is in another language."""
    assert attributed_otherwise("The Ferry Union says piers need none.", [_evidence("码头不需要补贴。", "zh")]) == ""
