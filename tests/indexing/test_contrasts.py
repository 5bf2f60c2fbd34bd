"""The owner's file of names that exclude each other goes with the index, as the glossary does."""

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


def _names(indexed: IndexedFolder, text: str) -> set[str]:
    catalogue = Catalogue(indexed.settings.data_dir)
    return {member.name for member in catalogue.contrasts().members(text)}


def test_the_owners_names_count_from_the_next_indexing_on_until_their_file_is_gone(indexed: IndexedFolder) -> None:
    file = indexed.write("contrasts.yaml", "gauge:\n  Fulmar: {en: fulmar}\n  Petrel: {en: petrel}\n")
    indexed.bot.index()

    assert _names(indexed, "The Fulmar gauge in Hebei") == {"Fulmar", "Hebei"}

    file.unlink()
    indexed.bot.index()

    assert _names(indexed, "The Fulmar gauge in Hebei") == {"Hebei"}


def test_a_file_that_cannot_be_read_is_named_and_the_earlier_names_stay(indexed: IndexedFolder) -> None:
    indexed.write("contrasts.yaml", "gauge:\n  Fulmar: {en: fulmar}\n")
    indexed.bot.index()
    indexed.write("contrasts.yaml", "gauge:\n  Fulmar: [\n")
    report = indexed.bot.index()

    assert [failure.name for failure in report.plan.failed] == ["contrasts.yaml"]
    assert "It must be YAML in UTF-8." in report.plan.failed[0].reason
    assert _names(indexed, "The Fulmar gauge") == {"Fulmar"}


def test_how_the_index_was_made_does_not_tell_the_owners_names(indexed: IndexedFolder) -> None:
    """Otherwise their change would have the index rebuilt."""
    indexed.bot.index()
    before = Catalogue(indexed.settings.data_dir).about()
    indexed.write("contrasts.yaml", "gauge:\n  Fulmar: {en: fulmar}\n")
    indexed.bot.index()

    assert Catalogue(indexed.settings.data_dir).about() == before
