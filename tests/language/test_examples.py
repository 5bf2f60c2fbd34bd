"""What each pattern of a lexicon finds, and what it does not."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
import yaml

from policybot.language import codes, lexicon

TOPICS = ("cues", "follow_ups", "orders", "words")
_TEXTS = frozenset(
    {
        "year_form",
        "month_form",
        "ask_value",
        "ask_state",
        "of_thing",
        "of_inside",
        "in_edition",
        "both",
        "counted",
        "counted_of",
    }
)
"""Fields that are text, no patterns."""


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("code", codes())
def test_pattern_finds_its_examples_and_nothing_in_the_others(code: str, topic: str) -> None:
    """Every pattern of a language finds something in three texts at least, and nothing in three others."""
    held = getattr(lexicon(code), topic)
    sources = {field.name: getattr(held, field.name) for field in dataclasses.fields(held)}
    patterns = {
        name: re.compile(source, re.IGNORECASE)
        for name, source in sources.items()
        if isinstance(source, str) and source and name not in _TEXTS
    }
    path = Path(__file__).parent / "examples" / code / f"{topic}.yaml"
    examples = yaml.safe_load(path.read_text(encoding="utf-8"))

    assert examples.keys() == patterns.keys()
    for name, pattern in patterns.items():
        found, left = examples[name]["matches"], examples[name]["does_not_match"]
        assert len(set(found)) >= 3 and len(set(left)) >= 3, name
        assert [text for text in found if not pattern.search(text)] == [], name
        assert [text for text in left if pattern.search(text)] == [], name
