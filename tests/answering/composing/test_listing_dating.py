"""Lists, tables and dates in a text, as they are written."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybot.answering.composing.segments import quoted
from policybot.answering.drafting import Draft
from policybot.domain import Document, Evidence, Hit, Metadata, Passage
from policybot.searching import Query
from policybot.searching.listing import listing_with, listings, render_row
from policybot.searching.sentences import sentences_of, with_context
from policybot.text.dates import Date, date_of, dates_in


def _hit(text: str, start: int = 0) -> Hit:
    passage = Passage("p", "d", "d.md", "Title", text, start, start + len(text), (), None, "en", 0)
    return Hit(passage, Metadata("Title"), "v", 1, 1.0, 1.0)


def _texts(found: tuple[Evidence, ...]) -> list[str]:
    return [e.text for e in found]


def test_items_are_whole_and_know_their_lead() -> None:
    """An item of several sentences and lines is one; the sentence with a colon before the list leads into it."""
    hit = _hit("Before. It has:\n\n- one; and more.\n  Still one.\n- two\n\nAfter.\n\n（一）甲。\n（二）乙。")

    first, second = listings(hit)

    assert first.lead is not None
    assert (first.lead.text, _texts(first.items)) == ("It has:", ["- one; and more.\n  Still one.", "- two"])
    assert (second.lead, _texts(second.items)) == (None, ["（一）甲。", "（二）乙。"])
    assert [listing_with(e) is not None for e in sentences_of(hit)][:4] == [False, True, True, True]


@given(
    st.lists(st.text(alphabet="ab .:;\n-|1中。", min_size=1, max_size=30), max_size=8).map("\n- ".join),
    st.integers(0, 50),
)
def test_items_stand_where_they_say(text: str, start: int) -> None:
    """Whatever the text, every item and lead is the stretch at its offsets, in order and without overlap."""
    hit = _hit(text, start)
    stretches = [e for found in listings(hit) for e in ((found.lead,) if found.lead else ()) + found.items]

    assert all(text[e.start - start : e.end - start] == e.text and e.text.strip() for e in stretches)
    assert all(a.end <= b.start for a, b in itertools.pairwise(stretches))


def test_row_is_told_with_its_columns_and_nothing_else_is() -> None:
    """Only a row below a head with as many cells is told; head, rule and plain sentences are not."""
    hit = _hit("Text | with a bar.\n\n| Who | Rate |\n|---|---|\n| A | 1 % |\n| B | |")

    told = [row[0] if (row := render_row(e)) else None for e in sentences_of(hit)]

    assert told[-2:] == ["Who: A; Rate: 1 %", "Who: B"]
    assert told[:-2] == [None] * len(told[:-2])


@pytest.mark.parametrize(
    ("above", "read"),
    [
        pytest.param("Fares are those of the Port Union.\n\n", "Fares are those of the Port Union. ", id="a sentence"),
        pytest.param("Ferries sail daily. Fares are the Union's.\n\n", "Fares are the Union's. ", id="the last one"),
        pytest.param("", "", id="nothing"),
        pytest.param("| Noise |\n|---|\n| 50 |\n\n", "", id="another table"),
    ],
)
def test_row_is_read_with_the_sentence_above_its_table(above: str, read: str) -> None:
    """Whose figures a table gives often stands only above it; a model that reads a row reads that, too."""
    hit = _hit(f"{above}| Line | Fare |\n|---|---|\n| North | 3 crowns |\n")
    row = next(e for e in sentences_of(hit) if "North" in e.text)

    assert with_context(row) == f"{hit.passage.heading}: {read}Line: North; Fare: 3 crowns"


def test_row_is_quoted_with_its_columns() -> None:
    """A row of a table is shown with the names of its columns, and both rows are cited word for word."""
    hit = _hit("| Who | Rate |\n|---|---|\n| A | 1 % |")
    document = Document("d", "d.md", hit.passage.text, "markdown", Metadata("Title"))
    draft = Draft(Query("What is A's rate?", "en"), (hit,), 0.0, "none", lambda _: document, lambda _: "")

    quoted(draft, sentences_of(hit)[-1], lead="\n")
    answer = draft.finished("full", wanted="fact")

    assert answer.text == "Who: A; Rate: 1 % [1][2]"
    assert [c.quote for c in answer.citations] == ["| Who | Rate |", "| A | 1 % |"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("On 27 March 2031 four bodies issued a plan for 2031 to 2040.", Date(2031, 3, 27)),
        ("Sept. 3, 2021 was a Friday.", Date(2021, 9, 3)),
        ("by May 2030", Date(2030, 5)),
        ("2031年1月31日下午开会", Date(2031, 1, 31)),
        ("it grew by 5 % in 2032", Date(2032)),
        ("adopted 2031-04-02", Date(2031, 4, 2)),
        ("the average from 2013 to 2024", None),
        ("2021年至2035年的规划", None),
        ("the 2021-2035 plan", None),
        ("2,030 trees and 2030% more", None),
    ],
)
def test_date_is_the_most_precise_one_written(text: str, date: Date | None) -> None:
    """A sentence's date is the most precise one it tells; spans of years and other figures are none."""
    assert date_of(text) == date


@given(
    st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2099, 12, 31)), st.sampled_from(["en", "zh"])
)
def test_written_date_is_read_again(day: datetime.date, language: str) -> None:
    """A date in a time line's own writing is read as the same date, in both languages."""
    date = Date(day.year, day.month, day.day)

    assert dates_in(date.text(language)) == (date,)
