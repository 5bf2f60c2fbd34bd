"""Search: every language gets its due, and the right passage comes first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policybot import PolicyBot
from policybot.searching.languages import interleave, language_weights

CODES = st.sampled_from(["en", "zh", "de"])
RANKINGS = st.dictionaries(CODES, st.lists(st.integers(), max_size=12))
SHARES = st.dictionaries(CODES, st.floats(0, 1))


@given(st.dictionaries(CODES, st.floats(-1, 1), min_size=1), CODES, st.floats(0, 1))
def test_shares_sum_to_one(nearness: dict[str, float], own: str, coverage: float) -> None:
    weights = language_weights(nearness, own=own, coverage=coverage, passages=dict.fromkeys(nearness, 7))

    assert abs(sum(weights.values()) - 1) < 1e-9


@given(st.floats(0.7, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_question_whose_words_are_found_is_likelier_answered_in_its_language(
    cosine: float, coverage: float, other: float
) -> None:
    few, many = sorted((coverage, other))
    nearness, passages = {"en": cosine, "zh": 0.8}, {"en": 5, "zh": 5}
    rare, frequent = (
        language_weights(nearness, own="en", coverage=found, passages=passages)["en"] for found in (few, many)
    )

    assert rare <= frequent + 1e-9


@given(RANKINGS, SHARES)
def test_interleaving_keeps_every_entry_and_the_order_of_each_ranking(
    rankings: dict[str, list[int]], weights: dict[str, float]
) -> None:
    named = {code: [(code, place, entry) for place, entry in enumerate(r)] for code, r in rankings.items()}
    merged = interleave(named, weights)

    assert sorted(merged) == sorted(entry for ranking in named.values() for entry in ranking)
    assert all([e for e in merged if e[0] == code] == ranking for code, ranking in named.items())


def test_places_are_given_in_proportion() -> None:
    merged = interleave({"en": ["e"] * 9, "zh": ["z"] * 9}, {"en": 0.75, "zh": 0.25})

    assert "".join(merged[:8]) == "ezeeezee"


def test_a_question_finds_a_document_in_the_other_language(quoting_bot: PolicyBot) -> None:
    english = quoting_bot.search("What is the deposit for a library card?")
    chinese = quoting_bot.search("港口计划到2035年要种多少棵树？")

    assert english[0].passage.document == "library.md"
    assert chinese[0].passage.document == "harbour.md"


def test_a_question_in_the_documents_language_finds_it_first(quoting_bot: PolicyBot) -> None:
    assert quoting_bot.search("How many trees will be planted?")[0].passage.document == "harbour.md"
    assert quoting_bot.search("图书馆每天开放几小时？")[0].passage.document == "library.md"


def test_the_same_search_has_the_same_result(quoting_bot: PolicyBot) -> None:
    assert quoting_bot.search("Which ferries run on batteries?") == quoting_bot.search(
        "Which ferries run on batteries?"
    )
