"""How labels and tables that stand in the leads of an answer's sentences are shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policybot.answering.composing.segments import label
from policybot.domain import Answer, Sentence
from policybot.rendering import as_markdown
from policybot.rendering.answers import answer_html


def _sentence(lead: str, text: str) -> Sentence:
    return Sentence(text, "supported", lead=lead)


_TABLE = (
    _sentence("| 2031 | <i>2032</i> |\n|---|---|\n| ", "one | two"),
    _sentence(" | ", "three"),
    _sentence(" |\n| – | ", "four"),
)


def test_table_is_shown_cell_by_cell() -> None:
    """Head, rows and empty cells stand where the leads say; a bar in a sentence makes no cell, and markup is text."""
    html = answer_html(_TABLE, (), turn="m1", language="en")

    assert html.count("<table>") == 1
    assert [html.count(f"<{tag}") for tag in ("th ", "tr>", "td>")] == [2, 3, 4]
    assert "one | two" in html
    assert "&lt;i&gt;2032&lt;/i&gt;" in html


def test_table_is_a_table_in_markdown() -> None:
    """The same table in Markdown keeps its rows, with the bar inside a sentence escaped."""
    lines = as_markdown(Answer("q", "answered", "en", sentences=_TABLE)).splitlines()

    assert lines[:3] == ["| 2031 | \\<i\\>2032\\</i\\> |", "|---|---|", "| one \\| two | three |"]


def test_label_is_shown_in_front_of_its_sentence() -> None:
    """A date or a side's name in the lead of an item is shown as a label, once, escaped; a plain item has none."""
    html = answer_html(
        [_sentence("\n- 2 May <b>2031</b>: ", "It began."), _sentence("\n- ", "It went on.")],
        (),
        turn="m1",
        language="en",
    )

    assert html.count("<li>") == 2
    assert html.count('<strong class="pb-label">2 May &lt;b&gt;2031&lt;/b&gt;:</strong>') == 1
    assert html.count("pb-label") == 1


@given(st.text(max_size=300))
def test_label_holds_no_markup(text: str) -> None:
    """Whatever a title or a question holds, its label is one short line without signs of Markdown, HTML or a table."""
    made = label(text)

    assert not set(made) & set("\n\r\\`*_[]<>#|~!&$")
    assert len(made) <= 120
