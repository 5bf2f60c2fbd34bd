"""The owner's file of places and issuers goes with the index, as the one of names that exclude each other does."""

from __future__ import annotations

from pathlib import Path

import pytest
from indexed_folder import IndexedFolder

from policybot.store.catalogue import Catalogue


@pytest.fixture
def indexed(tmp_path: Path) -> IndexedFolder:
    folder = IndexedFolder(tmp_path)
    folder.write("tides.md", "# Tides\n\nThe gauge reports every quarter of an hour.\n")
    return folder


def _named(indexed: IndexedFolder, text: str) -> set[str]:
    return {each.name for each in Catalogue(indexed.settings.data_dir).places().named(text)}


def test_the_owners_places_count_until_their_file_is_gone(indexed: IndexedFolder) -> None:
    """A set of one's own takes the place of policybot's of that name, and leaves the others."""
    file = indexed.write("places.yaml", "place:\n  Vik: {en: vik, zh: 维克}\n")
    indexed.bot.index()
    about = Catalogue(indexed.settings.data_dir).about()

    assert _named(indexed, "Vik, Hebei and the State Council") == {"Vik", "State Council"}

    file.unlink()
    indexed.bot.index()

    assert _named(indexed, "Vik, Hebei and the State Council") == {"Hebei", "State Council"}
    assert Catalogue(indexed.settings.data_dir).about() == about


def test_a_file_that_cannot_be_read_is_named_and_the_earlier_places_stay(indexed: IndexedFolder) -> None:
    """As with every file of the owner's."""
    indexed.write("places.yaml", "place:\n  Vik: {en: vik}\n")
    indexed.bot.index()
    indexed.write("places.yaml", "place: [\n")
    report = indexed.bot.index()

    assert [failure.name for failure in report.plan.failed] == ["places.yaml"]
    assert _named(indexed, "Vik") == {"Vik"}
