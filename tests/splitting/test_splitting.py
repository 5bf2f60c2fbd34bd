"""Splitting keeps every word, every offset, and no more than fits."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from policybot.domain import Document, Markup, Metadata
from policybot.splitting import split
from policybot.splitting.blocks import blocks
from policybot.text.tokens import token_count

_TEXT = st.text(alphabet=st.sampled_from("ab .。！;；\n-#|1)、中文（）\"'“”*`>"), max_size=400)


def _document(text: str, markup: Markup = "markdown", title: str = "T") -> Document:
    return Document("d", "d.md", text, markup, Metadata(title=title, language="en"))


@given(_TEXT, st.sampled_from(["markdown", "plain"]))
def test_passages_are_substrings_in_order(text: str, markup: Markup) -> None:
    """A passage's offsets give its text; passages do not overlap; ids are unique."""
    document = _document(text, markup)

    passages = split(document, target_tokens=40, detect_language=lambda _: "en")

    assert all(document.text[p.start : p.end] == p.text for p in passages)
    assert all(before.end <= after.start for before, after in pairwise(passages))
    assert len({p.id for p in passages}) == len(passages)


@given(_TEXT)
def test_plain_text_is_kept_whole(text: str) -> None:
    """Every character of a plain document that is not white space lies in a passage."""
    passages = split(_document(text, "plain"), target_tokens=40, detect_language=lambda _: "en")

    assert "".join("".join(p.text for p in passages).split()) == "".join(text.split())


def test_passage_never_crosses_a_heading() -> None:
    """Text under two headings stands in two passages, each with its section path."""
    document = _document("# T\n\n## A\n\nOne.\n\n### B\n\nTwo.\n\n## C\n\nThree.\n")

    found = [(p.section, p.text) for p in split(document, target_tokens=100, detect_language=lambda _: "en")]

    assert found == [(("A",), "One."), (("A", "B"), "Two."), (("C",), "Three.")]


@pytest.mark.parametrize("markup", ["plain", "markdown"])
def test_a_numbered_line_is_a_heading_without_marks(markup: Markup) -> None:
    """Passages of the parts of a plain report have their headings, and a part ends where the next one begins."""
    text = "港口\n\n一、回顾\n\n港口平稳。\n\n（一）泊位。新建四个。\n\n（二）航道。疏浚十里。\n\n二、安排\n\n修堤。"
    passages = split(_document(text, markup), target_tokens=200, detect_language=lambda _: "zh")

    assert [(each.section, each.text) for each in passages] == [
        ((), "港口"),
        (("一、回顾",), "港口平稳。"),
        (("一、回顾", "（一）泊位"), "（一）泊位。新建四个。"),
        (("一、回顾", "（二）航道"), "（二）航道。疏浚十里。"),
        (("二、安排",), "修堤。"),
    ]


def test_endless_line_is_cut() -> None:
    """A line without blanks or full stops is still cut into passages of bounded size."""
    passages = split(_document("字" * 5000, "plain"), target_tokens=100, detect_language=lambda _: "zh")

    assert max(token_count(p.text) for p in passages) <= 100
    assert sum(len(p.text) for p in passages) == 5000


@pytest.mark.parametrize(
    ("clause", "sentences", "language"),
    [("Late fees of the harbour office are 50 yuan a day; ", 12, "en"), ("逾时取水的，处五十元罚款；", 12, "zh")],
)
def test_a_sentence_is_cut_only_where_it_alone_is_too_large(clause: str, sentences: int, language: str) -> None:
    """A passage ends at a semicolon only when the sentence around it is larger than a passage."""
    stop = ". " if language == "en" else "。"
    short = clause * 2 + clause.rstrip("；; ") + stop
    text = short * sentences

    fitting = split(_document(text, "plain"), target_tokens=60, detect_language=lambda _: language)
    forced = split(_document(clause * 40, "plain"), target_tokens=60, detect_language=lambda _: language)

    assert len(fitting) > 1 and all(p.text.endswith(stop.strip()) for p in fitting)
    assert len(forced) > 1 and all(p.text.endswith(clause.strip()[-1]) for p in forced)


def test_passage_id_does_not_depend_on_what_stands_before() -> None:
    """A passage keeps its id when another section is put before it, so that it is not embedded again."""
    short = split(_document("# T\n\n## B\n\nTwo.\n"), target_tokens=100, detect_language=lambda _: "en")
    longer = split(
        _document("# T\n\n## A\n\nOne.\n\n## B\n\nTwo.\n"), target_tokens=100, detect_language=lambda _: "en"
    )

    assert short[0].id == longer[1].id


_TABLES = st.lists(
    st.sampled_from(
        [
            "| a | b |",
            "|---|---|",
            "| - | :-: |",
            "a | b",
            "    | code |",
            "",
            "# H",
            "- item",
            "> quote",
            "text",
            "  | c |",
        ]
    ),
    max_size=14,
)


@given(_TABLES)
def test_tables_are_the_blocks_that_markdown_says(lines: list[str]) -> None:
    """A table ends where markdown-it ends it, though its cells are not parsed."""
    text = "\n".join(lines)
    whole = MarkdownIt("commonmark").enable("table").parse(text)
    expected = [token.map for token in whole if token.type == "table_open" and token.level == 0]

    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text)]
    found = [(block.start, block.end) for block in blocks(_document(text)) if block.kind == "table"]

    assert found == [(starts[first], starts[min(last, len(starts) - 1)]) for first, last in expected]
