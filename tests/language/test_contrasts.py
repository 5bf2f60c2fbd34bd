"""Sets of words that exclude each other: whole in every language, and read apart."""

from __future__ import annotations

import re

import pytest

from policybot.language import codes, lexicon
from policybot.language.contrasts import LOOSE, NAMES
from policybot.text.contrasts import default_contrasts


def test_every_language_has_the_same_sets_and_members() -> None:
    """What is compared within a language can be compared across languages."""
    sets = [{(group, name) for group, members in lexicon(code).contrasts.sets.items() for name in members}
            for code in codes()]  # fmt: skip

    assert all(each == sets[0] for each in sets)


def test_every_member_has_a_pattern_that_needs_a_word() -> None:
    """No pattern matches an empty text, and none is left empty."""
    for code in codes():
        for members in lexicon(code).contrasts.sets.values():
            assert len(members) > 1
            for source in members.values():
                assert source
                assert re.search(source, "") is None


def test_loose_sets_and_sets_of_names_are_sets() -> None:
    """A set that is renamed is renamed everywhere."""
    assert set(lexicon("en").contrasts.sets) >= LOOSE | NAMES
    assert not LOOSE & NAMES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Exports rose in the first half.", {"exports", "up", "first half"}),
        ("Imports declined in the second quarter.", {"imports", "down", "second quarter"}),
        ("The rural north burns coal.", {"rural", "north", "coal"}),
        ("The vice premier went to Japan.", {"vice premier", "Japan"}),
        ("The NDRC banned the sale in Hebei.", {"NDRC", "forbid", "Hebei"}),
        ("上半年出口增长。", {"first half", "exports", "up"}),
        ("二季度进口下降。", {"second quarter", "quarterly", "imports", "down"}),
        ("农村需求减少。", {"rural", "demand", "down"}),
        ("副总理访问日本。", {"vice premier", "Japan"}),
        ("发改委禁止在河北销售。", {"NDRC", "forbid", "Hebei", "north", "sales"}),
    ],
)
def test_members_are_read(text: str, expected: set[str]) -> None:
    assert {member.name for member in default_contrasts().members(text)} == expected


@pytest.mark.parametrize(
    ("text", "unexpected"),
    [
        ("The supply chain of the harbour.", "supply"),
        ("It shut down at noon.", "down"),
        ("The central bank said so.", "central"),
        ("South Korea is far.", "south"),
        ("供应链稳定。", "supply"),
        ("生产力提高。", "output"),
        ("北京的码头。", "north"),
        ("老师和学生。", "old"),
    ],
)
def test_other_words_are_not(text: str, unexpected: str) -> None:
    assert unexpected not in {member.name for member in default_contrasts().members(text)}
