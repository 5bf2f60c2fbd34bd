"""The setting that chooses the embedding model; the bundled models do the embedding."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from policybot import PolicyBot, load_settings
from policybot.errors import SettingsError
from policybot.indexing import ModelChoices, open_index
from policybot.indexing.places import current
from policybot.models.embedding import BgeSmall, E5Small

QUESTION = "Who plants trees by the water?"
TEXTS = {
    "trees.md": "# Harbour plan\n\nThe council plants 4,200 trees along the harbour.\n",
    "ferry.md": "# Ferry plan\n\nThree ferries run on batteries.\n",
    "图书馆.md": "# 图书馆条例\n\n市图书馆每天开放十四小时，周末不闭馆。\n",
}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder with two English documents and a Chinese one."""
    (tmp_path / "documents").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "documents" / name).write_text(text, encoding="utf-8")
    yield tmp_path


def _bot(place: Path, model: str) -> PolicyBot:
    return PolicyBot(
        load_settings(
            data_dir=place / "data", documents_dir=place / "documents", chat_model="none", embedding_model=model
        )
    )


def _vectors(place: Path, model: str, language: str) -> set[str]:
    with open_index(current(place / "data")) as index:
        return index.vectors.ids(model, language=language)


def _searched_with(place: Path, model: str) -> set[str]:
    """Languages that a bot with this setting searches with a model of their own."""
    settings = load_settings(data_dir=place / "data", chat_model="none", embedding_model=model)
    with open_index(current(place / "data")) as index:
        return set(ModelChoices(settings).serving(index.catalogue).by_language)


def test_other_choice_is_built_beside_and_serves(place: Path) -> None:
    """Changing the setting changes nothing until the next run, which builds beside and switches, both ways.

    Until then a bot with the new setting finds by meaning what one with the old setting finds; afterwards one with
    the old setting that is still open uses the new index with the new index's model.
    """
    with _bot(place, "bge-small-en-v1.5") as both, _bot(place, "multilingual-e5-small") as one:
        both.index()
        before = both.search(QUESTION)

        assert one.search(QUESTION) == before
        assert _searched_with(place, "multilingual-e5-small") == {"en"}

        changed = one.index()
        with open_index(current(place / "data")) as index:
            passages = index.catalogue.passage_ids("en")

        assert changed.rebuilt
        assert _vectors(place, E5Small.name, "en") == passages
        assert not _vectors(place, BgeSmall.name, "en")
        assert one.search(QUESTION)[0].passage.document == "trees.md"
        assert both.search(QUESTION) == one.search(QUESTION)
        assert not _searched_with(place, "bge-small-en-v1.5")
        assert not one.index().rebuilt

        back = both.index()

        assert back.rebuilt
        assert _vectors(place, BgeSmall.name, "en") == passages == _vectors(place, E5Small.name, "en")
        assert both.search(QUESTION) == before


def test_multilingual_vectors_are_used_again(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Giving up the English model embeds nothing: the multilingual vectors are there."""
    embedded: list[str] = []
    embed = E5Small.embed_passages

    def counted(self: E5Small, texts: list[str]) -> object:
        embedded.extend(texts)
        return embed(self, texts)

    with _bot(place, "bge-small-en-v1.5") as both:
        both.index()
    monkeypatch.setattr(E5Small, "embed_passages", counted)
    with _bot(place, "multilingual-e5-small") as one:
        report = one.index()

    assert report.rebuilt
    assert embedded == []


@pytest.mark.parametrize(
    ("choice", "hint"),
    [
        ("multilingual-e5-smal", "Did you mean multilingual-e5-small?"),
        ("gpt", "provider:model"),
        ("openai:", "provider:model"),
        ("", "bge-small-en-v1.5"),
    ],
)
def test_unknown_choice_is_refused(place: Path, choice: str, hint: str) -> None:
    """A name that no model has is refused when policybot starts, with what it may be."""
    with pytest.raises(SettingsError) as refused:
        _bot(place, choice)

    assert f"POLICYBOT_EMBEDDING_MODEL={choice!r}" in str(refused.value)
    assert hint in str(refused.value)
