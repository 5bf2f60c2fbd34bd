"""Laws of the order of hits that need no model: phrases, editions, near-duplicates, figures."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policybot.domain import Metadata, Passage
from policybot.searching.duplicates import without_copies, without_repetition
from policybot.searching.editions import in_time, years_in
from policybot.searching.fusion import fuse
from policybot.searching.phrases import phrases_held, quoted_phrases
from policybot.text.quantities import figure_tokens


@dataclass(frozen=True)
class Ranked:
    """A hit as ordering sees it."""

    passage: Passage
    metadata: Metadata
    relevance: float = 0.9


def ranked(
    text: str, *, document: str = "a", title: str = "Harbour report", published: str = "", relevance: float = 0.9
) -> Ranked:
    metadata = Metadata(title, publisher="Port", published=published, kind="report", language="en")
    passage = Passage(f"{document}-{hash(text)}", document, document, title, text, 0, len(text), (), None, "en", 0)
    return Ranked(passage, metadata, relevance)


def editions() -> list[Ranked]:
    return [
        ranked(
            f"Cargo will grow by {growth} percent.",
            document=year,
            title=f"Harbour report {year}",
            published=f"{year}-03-05",
        )
        for year, growth in (("2024", 5), ("2026", 4), ("2025", 6))
    ]


@settings(deadline=None)
@given(st.permutations(["a", "b", "c", "d", "e"]), st.permutations(["a", "b", "c", "d", "e"]))
def test_the_first_ranking_decides_between_equals(first: list[str], second: list[str]) -> None:
    """Of two passages with the same fused score the one before the other in the first ranking comes first."""
    fused = fuse([(1.0, first), (1.0, second)])

    order = list(fused)
    assert all(fused[one] > fused[other] or first.index(one) < first.index(other) for one, other in pairwise(order))


def test_a_ranking_that_begins_later_does_not_decide_first() -> None:
    """What only a later ranking holds stands behind what an earlier one holds in the same place."""
    assert list(fuse([(1.0, ["z"]), (1.0, ["a"])])) == ["z", "a"]


def test_without_a_year_the_newest_edition_comes_first() -> None:
    assert [hit.passage.document for hit in in_time(editions(), frozenset())] == ["2026", "2025", "2024"]


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_a_year_gets_that_years_edition_first(year: int) -> None:
    assert in_time(editions(), frozenset({year}))[0].passage.document == str(year)


def test_an_edition_that_hardly_answers_keeps_its_place() -> None:
    old, new = (
        editions()[0],
        ranked("Seagulls.", document="2026", title="Harbour report 2026", published="2026-03-05", relevance=0.1),
    )

    assert in_time([old, new], frozenset()) == [old, new]


def test_documents_of_other_publishers_or_subjects_keep_their_places() -> None:
    one = ranked("Cargo grows.", document="1", title="Harbour report", published="2020-01-01")
    other = ranked("Cargo grows fast.", document="2", title="Minutes about whales", published="2026-01-01")

    assert in_time([one, other], frozenset()) == [one, other]


@given(
    st.lists(st.tuples(st.integers(2000, 2030), st.floats(0, 1)), max_size=12), st.frozensets(st.integers(2000, 2030))
)
def test_time_only_reorders(found: list[tuple[int, float]], years: frozenset[int]) -> None:
    hits = [
        ranked(
            f"Text {i}.",
            document=str(year),
            title=f"Harbour report {year}",
            published=f"{year}-01-01",
            relevance=relevance,
        )
        for i, (year, relevance) in enumerate(found)
    ]

    assert sorted(map(id, in_time(hits, years))) == sorted(map(id, hits))


def test_years_are_told_from_other_figures() -> None:
    assert years_in("2026年的目标和 targets for 2030, not 2024.5 or 2050% or 12025") == {2026, 2030}


def test_near_duplicates_step_behind_the_others_but_for_one_from_a_second_document() -> None:
    words = " ".join(f"word{chr(97 + i)}" for i in range(26))
    first, twice, copy, third, other = (
        ranked(words),
        ranked(words + " verily"),
        ranked(words + " indeed", document="b"),
        ranked(words + " truly", document="c"),
        ranked("Something else.", document="d"),
    )

    assert without_repetition([first, twice, copy, third, other]) == [first, copy, other, twice, third]


def test_texts_that_differ_in_a_figure_are_no_duplicates() -> None:
    words = " ".join(f"word{chr(97 + i)}" for i in range(26))
    hits = [ranked(f"{words} 5 percent"), ranked(f"{words} 6 percent", document="b"), ranked("Other.", document="c")]

    assert without_repetition(hits) == hits


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ('What does "harbour dues" mean?', ("harbour dues",)),
        ("《渔业法》怎么说“海洋牧场”？", ("渔业法", "海洋牧场")),
        ("It's the port's dues", ()),
        ('An inch is 2" wide', ()),
    ],
)
def test_phrases_stand_in_quotation_or_title_marks(question: str, phrases: tuple[str, ...]) -> None:
    assert quoted_phrases(question) == phrases


def test_a_phrase_is_held_word_for_word_whatever_its_case_and_line_breaks() -> None:
    passage = ranked("The Harbour\n  dues rose.").passage

    assert phrases_held(("harbour dues", "dues harbour"), passage) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12.5 million tonnes", "1250万吨"),
        ("5 percent", "百分之五"),
        ("5%", "five per cent"),
        ("1 trillion yuan", "1万亿元"),
        ("3 percentage points", "3个百分点"),
    ],
)
def test_a_figure_has_one_token_however_it_is_written(one: str, other: str) -> None:
    assert figure_tokens(one) == figure_tokens(other) != []


def test_percent_and_percentage_points_are_two_things() -> None:
    assert not set(figure_tokens("5%")) & set(figure_tokens("5 percentage points"))


def test_copies_are_left_out_behind_the_first_document_that_holds_them() -> None:
    """Of passages with one key only those of the first document stay; without a key every passage stays."""
    first, copy, again, other = (
        ranked("A b."),
        ranked("A b.", document="b"),
        ranked("C d."),
        ranked("E f.", document="b"),
    )
    copied = {hit.passage.id: ("document 1", "passage 2") for hit in (first, copy)} | {
        again.passage.id: ("document 1",)
    }

    assert without_copies([first, copy, again, other], copied) == [first, again, other]
    assert without_copies([copy, first, again, other], copied) == [copy, other]
    assert without_copies([first, copy, again, other], {}) == [first, copy, again, other]
