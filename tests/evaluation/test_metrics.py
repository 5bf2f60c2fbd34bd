"""Measures: small cases computed by hand, and laws that hold for all."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybot.evaluation import metrics

ids = st.lists(st.sampled_from("abcdefghijklmnop"), max_size=25)
some_ids = st.lists(st.sampled_from("abcdefghijklmnop"), min_size=1, max_size=12)
words = st.lists(st.sampled_from(["harbour", "quay", "tree", "4,200", "海", "港", "%"]), min_size=1, max_size=30)


# Tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The Council's plan", ["the", "councils", "plan"], id="lower case, apostrophe deleted"),
        pytest.param("4,200 trees, 12.5%", ["4200", "trees", "12.5", "%"], id="numbers and percent"),
        pytest.param("costs £3.", ["costs", "£", "3"], id="currency sign, full stop dropped"),
        pytest.param("到2032年", ["到", "2032", "年"], id="each Chinese character"),
        pytest.param("２０３２年ＡＩ", ["2032", "年", "ai"], id="full width folded"),
        pytest.param("snake_case", ["snake", "case"], id="underscore divides"),
        pytest.param(" … — ", [], id="nothing but signs"),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    """Tokens are folded words, numbers without commas, single CJK characters, and currency and percent signs."""
    assert metrics.tokens(text) == expected


# Documents


def test_recall_counts_right_documents() -> None:
    """recall@k is the share of right documents among the first k."""
    ranked = ["a", "b", "c"]

    assert metrics.recall(ranked, ["a", "c", "x", "y"], k=2) == 0.25
    assert metrics.recall(ranked, ["a", "c", "x", "y"], k=3) == 0.5


def test_passages_of_one_document_count_once() -> None:
    """k counts documents, not passages: a repeated document takes one place."""
    assert metrics.recall(["a", "a", "c"], ["a", "c"], k=2) == 1.0


def test_hit_asks_for_one() -> None:
    """hit@k is 1 as soon as one right document is there."""
    assert metrics.hit(["b", "a"], ["a", "z"], k=1) == 0.0
    assert metrics.hit(["b", "a"], ["a", "z"], k=2) == 1.0


def test_reciprocal_rank_is_that_of_the_first_right_document() -> None:
    """MRR takes the first right document, and none beyond the tenth."""
    assert metrics.reciprocal_rank(["x", "y", "a", "b"], ["a", "b"]) == pytest.approx(1 / 3)
    assert metrics.reciprocal_rank([*"0123456789", "a"], ["a"]) == 0.0


def test_ndcg_by_hand() -> None:
    """Right documents at ranks 2 and 4 of two: (1/log2 3 + 1/log2 5) / (1/log2 2 + 1/log2 3)."""
    expected = (1 / math.log2(3) + 1 / math.log2(5)) / (1 + 1 / math.log2(3))

    assert metrics.ndcg(["x", "a", "y", "b"], ["a", "b"]) == pytest.approx(expected)


def test_ndcg_of_more_right_documents_than_places() -> None:
    """Ten right documents in ten places are perfect even when twelve are right."""
    assert metrics.ndcg(list("abcdefghij"), list("abcdefghijkl")) == 1.0


@given(ids, some_ids)
def test_document_measures_are_shares(ranked: list[str], right: list[str]) -> None:
    """Every measure lies in 0..1, and repeating documents never changes it."""
    repeated = [id_ for id_ in ranked for _ in range(2)]
    for measure in (
        lambda r: metrics.recall(r, right, k=5),
        lambda r: metrics.hit(r, right, k=5),
        lambda r: metrics.reciprocal_rank(r, right),
        lambda r: metrics.ndcg(r, right),
    ):
        assert 0.0 <= measure(ranked) <= 1.0
        assert measure(ranked) == measure(repeated)


@given(ids, some_ids, st.integers(1, 19))
def test_more_places_never_find_less(ranked: list[str], right: list[str], k: int) -> None:
    """recall@k and hit@k grow with k."""
    assert metrics.recall(ranked, right, k=k) <= metrics.recall(ranked, right, k=k + 1)  # type: ignore[operator]
    assert metrics.hit(ranked, right, k=k) <= metrics.hit(ranked, right, k=k + 1)  # type: ignore[operator]


@given(some_ids)
def test_the_right_documents_in_front_are_perfect(right: list[str]) -> None:
    """A ranking that begins with the right documents has nDCG and MRR 1."""
    assert metrics.ndcg([*right, "x", "y"], right) == pytest.approx(1.0)
    assert metrics.reciprocal_rank([*right, "x", "y"], right) == 1.0


# Evidence

SENTENCE = "You must apply within 28 days of the decision"  # nine tokens: a run of five is needed


@pytest.mark.parametrize(
    ("passage", "found"),
    [
        pytest.param("… you must  apply\nwithin 28 days of the decision.", True, id="whole, other blanks and case"),
        pytest.param("You must apply within 28", True, id="cut after five of nine"),
        pytest.param("You must apply within", False, id="four of nine"),
        pytest.param("the decision within days: you must apply of 28", False, id="the same words in another order"),
    ],
)
def test_evidence_stands_where_a_long_enough_run_does(passage: str, found: bool) -> None:
    """Evidence stands in a passage that shares half of its tokens, at least five, in one run."""
    assert metrics.evidence_recall([passage], [SENTENCE], k=1) == float(found)


@pytest.mark.parametrize(
    ("evidence", "passage", "found"),
    [
        pytest.param("if you can", "as if you were", False, id="two of three"),
        pytest.param("if you can", "apply if you can.", True, id="all three"),
        pytest.param("cat", "concatenate", False, id="part of a word"),
        pytest.param("押金为一百元", "读者证押金为一百元，退还。", True, id="Chinese"),
        pytest.param("…", "…", False, id="no token at all"),
    ],
)
def test_short_evidence_must_stand_whole(evidence: str, passage: str, found: bool) -> None:
    """Evidence of fewer than five tokens counts only whole, and never as part of a word."""
    assert metrics.evidence_recall([passage], [evidence], k=1) == float(found)


def test_evidence_must_stand_in_one_passage() -> None:
    """Pieces of the evidence in several passages do not add up."""
    assert metrics.evidence_recall(["You must apply", "within 28 days", "of the decision"], [SENTENCE], k=3) == 0.0


def test_evidence_recall_is_a_share() -> None:
    """One of two pieces of evidence at rank 2: 0 at 1, one half at 2."""
    evidence = ["alpha beta gamma delta", "one two three four"]
    passages = ["zeta", "alpha beta gamma delta"]

    assert metrics.evidence_recall(passages, evidence, k=1) == 0.0
    assert metrics.evidence_recall(passages, evidence, k=2) == 0.5
    assert metrics.evidence_ranks(passages, evidence) == [2, None]


@given(words, words, words)
def test_whole_evidence_is_always_found(before: list[str], evidence: list[str], after: list[str]) -> None:
    """A passage that holds the evidence word for word holds it, whatever stands around it."""
    passage = " ".join([*before, *evidence, *after])

    assert metrics.evidence_recall([passage], [" ".join(evidence)], k=1) == 1.0


@given(words, st.lists(words, max_size=5))
def test_evidence_rank_is_the_first(evidence: list[str], passages: list[list[str]]) -> None:
    """The rank of evidence is that of the first passage in which it stands on its own."""
    texts, piece = [" ".join(p) for p in passages], " ".join(evidence)
    alone = [metrics.evidence_recall([text], [piece], k=1) == 1.0 for text in texts]

    assert metrics.evidence_ranks(texts, [piece]) == [alone.index(True) + 1 if True in alone else None]


# All measures of a question


def test_passage_of_a_wrong_document_counts_for_nothing() -> None:
    """Evidence found in another document is no evidence, but the passage keeps its place."""
    text = "the quay is two hundred metres long"
    found = metrics.question_metrics(
        [("other", text), ("quay", text)],
        gold_documents=["quay"], gold_evidence=[text], alternative_documents=None,
    )  # fmt: skip

    assert (found["evidence_recall@1"], found["evidence_recall@3"]) == (0.0, 1.0)
    assert (found["recall@1"], found["mrr@10"]) == (0.0, 0.5)
    assert "hit_alt@1" not in found


def test_alternative_documents_are_right_too() -> None:
    """An alternative document counts for evidence and hit_alt@k, not for recall and hit."""
    text = "the quay is two hundred metres long"
    found = metrics.question_metrics(
        [("copy", text)], gold_documents=["quay"], gold_evidence=[text], alternative_documents=["copy"]
    )

    assert (found["evidence_recall@1"], found["hit_alt@1"]) == (1.0, 1.0)
    assert (found["recall@1"], found["hit@1"], found["ndcg@10"]) == (0.0, 0.0, 0.0)


def test_nothing_right_is_undefined_not_zero() -> None:
    """A question that no document answers has no measure at all."""
    found = metrics.question_metrics([("quay", "text")], gold_documents=[], gold_evidence=[], alternative_documents=[])

    assert found == {}


# Certainty


def test_estimate_of_equal_values_is_certain() -> None:
    """Without spread the interval is a point."""
    found = metrics.estimate([0.5] * 20)

    assert found == metrics.Estimate(0.5, 0.5, 0.5, 20)


def test_no_values_no_estimate() -> None:
    """Nothing measured gives no mean, no interval and no p-value."""
    assert (metrics.estimate([]), metrics.paired_p_value([])) == (None, None)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_interval_surrounds_what_can_be(values: list[float]) -> None:
    """The interval lies within the values, and the same values give the same interval."""
    found = metrics.estimate(values, resamples=200)

    assert found is not None
    assert min(values) - 1e-12 <= found.low <= found.high <= max(values) + 1e-12
    assert found == metrics.estimate(values, resamples=200)


def test_interval_of_a_coin() -> None:
    """100 questions, half of them right: the interval is about 0.5 ± 1.96 · 0.05."""
    found = metrics.estimate([0.0, 1.0] * 50)

    assert found is not None
    assert (found.low, found.high) == (pytest.approx(0.402, abs=0.015), pytest.approx(0.598, abs=0.015))


def test_p_value_by_hand() -> None:
    """Three equal differences: of eight sign patterns two are as far from 0, so p is about one quarter."""
    assert metrics.paired_p_value([1.0, 1.0, 1.0]) == pytest.approx(0.25, abs=0.02)


def test_no_difference_is_never_surprising() -> None:
    """Differences of 0 have p 1; differences that all point one way are the more surprising the more there are."""
    assert metrics.paired_p_value([0.0] * 10) == 1.0
    assert metrics.paired_p_value([0.1] * 20) < 0.001  # type: ignore[operator]


@given(st.lists(st.sampled_from([-1.0, -0.5, 0.0, 0.5, 1.0]), min_size=1, max_size=20))
def test_p_value_does_not_see_which_is_which(differences: list[float]) -> None:
    """Swapping the two runs changes nothing."""
    swapped = metrics.paired_p_value([-d for d in differences], flips=500)

    assert metrics.paired_p_value(differences, flips=500) == swapped
