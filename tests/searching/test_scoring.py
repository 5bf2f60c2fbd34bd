"""Sentences are scored in their context, and passages ranked by their best sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policybot import Evidence, Filter, PolicyBot

QUESTIONS = (
    "How many trees will be planted?",
    "图书馆读者证的押金是多少？",
    "What is the deposit for a library card?",
    "港口计划到2035年要种多少棵树？",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_score_is_a_probability_and_orders_the_sentences(quoting_bot: PolicyBot, question: str) -> None:
    """Every score is in 0..1, and the best sentence comes first."""
    scores = [each.score for each in quoting_bot.sentences(question, limit=10)]

    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_passage_is_as_relevant_as_its_best_sentence(quoting_bot: PolicyBot, question: str) -> None:
    """The first hit holds the first sentence, and its relevance is that sentence's probability, in either language."""
    hits, sentences = quoting_bot.search(question), quoting_bot.sentences(question, limit=10)

    assert sentences[0].hit.passage.id == hits[0].passage.id
    assert hits[0].relevance == pytest.approx(sentences[0].score, abs=0.001)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_order_of_the_sentences_does_not_change_their_scores(quoting_bot: PolicyBot, question: str) -> None:
    """Scored in the reverse order, each sentence has the score it had."""
    found = quoting_bot.sentences(question, limit=10)
    with quoting_bot._in_use.lease() as serving:
        parts = serving.answering()
        query = parts.searcher.expand(parts.understood(question, (), Filter()))
        scorer = parts.finder._selector._scorer
        there = scorer.scored(query, found)
        back = scorer.scored(query, found[::-1])

    assert [each.score for each in there] == [each.score for each in back[::-1]]


def test_a_long_sentence_has_the_score_of_its_best_clause(quoting_bot: PolicyBot) -> None:
    """What else a sentence says beside its semicolons takes nothing from its score."""
    question = "How many trees will be planted?"
    first = quoting_bot.sentences(question, limit=1)[0]
    with quoting_bot._in_use.lease() as serving:
        parts = serving.answering()
        query = parts.searcher.expand(parts.understood(question, (), Filter()))
        scorer = parts.finder._selector._scorer
        joined = replace(first, text=f"{first.text.rstrip('.')}; {first.text}")
        clauses = [clause.text for clause in joined.clauses()]
        whole = scorer.scored(query, [joined])[0]
        apart = scorer.scored(query, joined.clauses())

    assert len(clauses) == 2
    assert whole.score == max(each.score for each in apart)


def test_what_was_read_is_not_read_again(quoting_bot: PolicyBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked again, the same sentences have the same scores without the reader."""
    question = "Which ferries run on batteries?"
    before = quoting_bot.sentences(question, limit=5)
    with quoting_bot._in_use.lease() as serving:
        reader = serving.answering().finder._selector._scorer._reader
    read: list[int] = []
    score = reader.score
    monkeypatch.setattr(reader, "score", lambda asked, units: read.append(len(units)) or score(asked, units))

    assert quoting_bot.sentences(question, limit=5) == before
    assert sum(read) == 0


def test_no_sentences_have_no_scores(quoting_bot: PolicyBot) -> None:
    """Nothing to score is no error."""
    with quoting_bot._in_use.lease() as serving:
        parts = serving.answering()
        query = parts.searcher.expand(parts.understood("Why?", (), Filter()))
        scored: list[Evidence] = parts.finder._selector._scorer.scored(query, [])

    assert scored == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_passages_without_a_vector_have_the_scores_that_they_will_have(
    quoting_bot: PolicyBot, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    """While indexing has not yet added the multilingual vectors, a sentence is as probable as afterwards."""
    found = quoting_bot.sentences(question, limit=10)
    with quoting_bot._in_use.lease() as serving:
        parts = serving.answering()
        query = parts.searcher.expand(parts.understood(question, (), Filter()))
        scorer = parts.finder._selector._scorer
        there = [each.score for each in scorer.scored(query, found)]
        monkeypatch.setattr(scorer._vectors, "get", lambda model, ids, language: {})
        without = [each.score for each in scorer.scored(query, found)]

    assert without == pytest.approx(there, abs=0.01)
