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
from policybot.text.sentences import sentence_spans
from policybot.text.tokens import token_count

_TEXT = st.text(alphabet=st.sampled_from("ab .。！;；\n-#|1)、中文（）\"'“”*`>"), max_size=400)


def _document(text: str, markup: Markup = "markdown", title: str = "T") -> Document:
    return Document("d", "d.md", text, markup, Metadata(title=title, language="en"))


@given(_TEXT)
def test_sentences_hold_every_character(text: str) -> None:
    """Every character that is not white space lies in exactly one sentence, in order."""
    spans = sentence_spans(text)

    joined = "".join(text[start:end] for start, end in spans)

    assert "".join(joined.split()) == "".join(text.split())
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GDP rose by 5.2 percent. Jobs grew.", ["GDP rose by 5.2 percent.", "Jobs grew."]),
        ("Document No. 12 by Dr. Li came first. It passed.", ["Document No. 12 by Dr. Li came first.", "It passed."]),
        ("The U.S. Treasury spoke. It left.", ["The U.S. Treasury spoke.", "It left."]),
        ("增长5%。就业稳定！物价呢？", ["增长5%。", "就业稳定！", "物价呢？"]),
        ("Three lines run:\n\n- north;\n- south.", ["Three lines run:", "- north;", "- south."]),
        ("1. First point. Still it.\n2. Second.", ["1. First point.", "Still it.", "2. Second."]),
    ],
    ids=["decimal", "abbreviations", "initials", "Chinese", "list", "numbered list"],
)
def test_sentences_end_where_readers_end_them(text: str, expected: list[str]) -> None:
    """Decimals, abbreviations and list numbers end no sentence; full stops of both scripts and list items do."""
    found = [text[start:end] for start, end in sentence_spans(text)]

    assert found == expected


def test_passage_never_crosses_a_heading() -> None:
    """Text under two headings stands in two passages, each with its section path."""
    document = _document("# T\n\n## A\n\nOne.\n\n### B\n\nTwo.\n\n## C\n\nThree.\n")

    found = [(p.section, p.text) for p in split(document, target_tokens=100, detect_language=lambda _: "en")]

    assert found == [(("A",), "One."), (("A", "B"), "Two."), (("C",), "Three.")]


def test_endless_line_is_cut() -> None:
    """A line without blanks or full stops is still cut into passages of bounded size."""
    passages = split(_document("字" * 5000, "plain"), target_tokens=100, detect_language=lambda _: "zh")

    assert max(token_count(p.text) for p in passages) <= 100
    assert sum(len(p.text) for p in passages) == 5000


def test_passage_id_does_not_depend_on_what_stands_before() -> None:
    """A passage keeps its id when another section is put before it, so that it is not embedded again."""
    short = split(_document("# T\n\n## B\n\nTwo.\n"), target_tokens=100, detect_language=lambda _: "en")
    longer = split(
        _document("# T\n\n## A\n\nOne.\n\n## B\n\nTwo.\n"), target_tokens=100, detect_language=lambda _: "en"
    )

    assert short[0].id == longer[1].id


@pytest.mark.parametrize("indent", ["", "  ", "\t> ", " " * 150])
def test_list_numbers_end_no_sentence(indent: str) -> None:
    """The number of a list's item stays with what it numbers, however far it is indented; one in a line does not."""
    text = f"First line.\n{indent}12. Trees are planted. They cost 12. Ferries run."

    found = [text[start:end].lstrip("> \t") for start, end in sentence_spans(text)]

    assert found[1:] == ["12. Trees are planted.", "They cost 12.", "Ferries run."]


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
