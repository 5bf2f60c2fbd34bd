"""Sentences end at full stops; clauses, labels, enumerations and answers stay with what they belong to."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybot.calibration import JOINED_CHARACTERS
from policybot.text.sentences import clause_spans, sentence_spans

_TEXT = st.text(alphabet=st.sampled_from("ab .。！;；\n-#|1)、中文（）\"'“”*`>"), max_size=400)
_PIECES = (
    "Q: /A: /问：/答：/？/? /（一）/（二）/(1) /(2) /①/1./2. /Article 4. /"
    "第三条. /第三条/。/；/; /. /\n/\n\n/- /: /5.2/x/费用/"
    "| a. b | c; d |"
)
_WRITTEN = st.lists(st.sampled_from(_PIECES.split("/")), max_size=40).map("".join)


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@given(_TEXT | _WRITTEN)
def test_sentences_hold_every_character(text: str) -> None:
    """Every character that is not white space lies in exactly one sentence, in order; no sentence has blank ends."""
    spans = sentence_spans(text)

    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)


@given(_TEXT | _WRITTEN)
def test_a_sentence_is_a_run_of_clauses(text: str) -> None:
    """Clauses hold every character, too, and each sentence begins and ends where a clause does."""
    clauses, sentences = clause_spans(text), sentence_spans(text)

    assert "".join("".join(text[start:end] for start, end in clauses).split()) == "".join(text.split())
    assert {start for start, _ in sentences} <= {start for start, _ in clauses}
    assert {end for _, end in sentences} <= {end for _, end in clauses}


@given(_WRITTEN, st.integers(0, 20), st.integers(0, 20))
def test_a_part_of_a_text_is_cut_within_its_bounds(text: str, before: int, behind: int) -> None:
    """The spans of a part lie within it and hold its characters."""
    start, end = min(before, len(text)), max(min(before, len(text)), len(text) - behind)

    spans = sentence_spans(text, start, end)

    assert all(start <= low < high <= end for low, high in spans)
    assert "".join("".join(text[low:high] for low, high in spans).split()) == "".join(text[start:end].split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GDP rose by 5.2 percent. Jobs grew.", ["GDP rose by 5.2 percent.", "Jobs grew."]),
        ("Document No. 12 by Dr. Li came first. It passed.", ["Document No. 12 by Dr. Li came first.", "It passed."]),
        ("The U.S. Treasury spoke. It left.", ["The U.S. Treasury spoke.", "It left."]),
        ("增长5%。就业稳定！物价呢？", ["增长5%。", "就业稳定！", "物价呢？"]),
        ("Three lines run:\n\n- north;\n- south.", ["Three lines run:", "- north;", "- south."]),
        ("1. First point. Still it.\n2. Second.", ["1. First point.", "Still it.", "2. Second."]),
        ("Prices rose by\n5.2 percent.", ["Prices rose by\n5.2 percent."]),
        ("码头收回：\n（一）甲欠租；\n（二）乙转租。", ["码头收回：", "（一）甲欠租；", "（二）乙转租。"]),
        ("It holds:\n(a) ropes; and\n(b) nets.", ["It holds:", "(a) ropes; and", "(b) nets."]),
        (
            "| Co. A | ropes; nets |\n|---|---|\n| Co. B. It | x |",
            ["| Co. A | ropes; nets |", "|---|---|", "| Co. B. It | x |"],
        ),
    ],
    ids=[
        *("decimal", "abbreviations", "initials", "Chinese", "list", "numbered list", "decimal in a new line"),
        *("bracketed list", "lettered list", "table"),
    ],
)
def test_sentences_end_where_readers_end_them(text: str, expected: list[str]) -> None:
    """Decimals, abbreviations and list numbers end no sentence; full stops, list items and table rows do."""
    assert _sentences(text) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Late boats pay 50 yuan; boats that come late twice lose their berth; appeals go to the harbour master.",
        "迟到的船只罚款五十元；再次迟到的，收回泊位；不服的，可以申诉。",
        "A berth is withdrawn from: (1) whoever sublets it. (2) whoever owes rent. (3) whoever leaves.",
        "有下列情形之一的，收回泊位：（一）私自转租的。（二）拖欠租金的。（三）离港的。",
        "有下列情形之一的，收回泊位：（一）私自转租的；\n（二）拖欠租金的；（三）离港的。",
        "条件是：①年满十八岁。②有船。",
        "Q: How long is a berth let?\nA: For one year. It may be renewed; the fee is 45 euro.",
        "问：泊位租期多长？\n\n答：一年。可以续租；费用四十五元。",
        "问题3：可以转租吗？答：不可以。",
    ],
)
def test_what_belongs_together_is_one_sentence(sentence: str) -> None:
    """Clauses, an enumeration within a paragraph, and a question with its answer stay whole, wherever they stand."""
    before, behind = "The port is old.\n\n", "\n\nIt never freezes."

    assert _sentences(sentence) == [sentence]
    assert _sentences(before + sentence + behind) == [before.strip(), sentence, behind.strip()]


@pytest.mark.parametrize(
    "label",
    [
        "Article 4.",
        "Section 3.2.3.",
        "Annex II.",
        "Rule 12(2).",
        "第三条.",
        "第一百条之二。",
        "（三）.",
        "附件2.",
        "1.",
        "iv)",
    ],
)
@pytest.mark.parametrize("between", [" ", "\n", "\n\n"])
def test_no_sentence_is_only_a_label(label: str, between: str) -> None:
    """What numbers a part of a text belongs to the sentence behind it, of which it may be parted by a line."""
    text = f"Boats are let. \n\n{label}{between}Boats shall be painted. 每年一次。"

    assert _sentences(text) == ["Boats are let.", f"{label}{between}Boats shall be painted.", "每年一次。"]
    assert [text[start:end] for start, end in clause_spans(text)] == _sentences(text)


def test_two_pairs_of_question_and_answer_are_two_sentences() -> None:
    """A pair ends where the next question begins, though no blank line stands between."""
    text = "Q: How long?\nA: A year.\nQ: How much?\nA: 45 euro.\n问：多久？\n答：一年"

    assert _sentences(text) == ["Q: How long?\nA: A year.", "Q: How much?\nA: 45 euro.", "问：多久？\n答：一年"]


def test_long_sentences_are_not_joined() -> None:
    """An answer of many sentences and an enumeration of long items are cut at their full stops."""
    pair = "Q: Why?\nA: " + "It is so. " * 100
    items = "船只分为：" + "".join(f"（{numeral}）{'大小船只' * 40}。" for numeral in "一二三四五")

    assert max(map(len, _sentences(pair))) <= JOINED_CHARACTERS and len(_sentences(pair)) > 10
    assert max(map(len, _sentences(items))) <= JOINED_CHARACTERS and len(_sentences(items)) > 1


def test_clauses_end_at_semicolons() -> None:
    """Clauses are the sentences cut at semicolons of either script, and nothing is joined in them."""
    text = "Boats pay; nets do not. 船收费；网不收。Q: Why? A: So."

    assert [text[start:end] for start, end in clause_spans(text)] == [
        *("Boats pay;", "nets do not.", "船收费；", "网不收。", "Q: Why?", "A: So."),
    ]


@pytest.mark.parametrize("indent", ["", "  ", "\t> ", " " * 150])
def test_list_numbers_end_no_sentence(indent: str) -> None:
    """The number of a list's item stays with what it numbers, however far it is indented; one in a line does not."""
    text = f"First line.\n{indent}12. Trees are planted. They cost 12. Ferries run."

    assert [each.lstrip("> \t") for each in _sentences(text)[1:]] == [
        *("12. Trees are planted.", "They cost 12.", "Ferries run."),
    ]


def test_the_lines_at_the_head_of_a_page_are_no_part_of_its_first_sentence() -> None:
    """Menus, names and dates stand alone; a sentence that two short lines break does not end there."""
    head = ["下载", "打印", "海港工作报告", "二〇三二年三月一日"]
    body = "港口去年平稳，" + "吞吐量持续增长，" * 6 + "新建泊位四个。"
    broken = "今年的\n主要目标\n是：" + "泊位增加、" * 8 + "航道畅通。"

    assert _sentences("\n".join([*head, body, broken])) == [*head, body, broken]


def test_wrapped_lines_are_joined_however_short_the_last_ones() -> None:
    """Where long lines do not end as sentences do, no line end is one."""
    text = "The harbour authority has decided, after long talks with\nall users\nof it\nand others\nto raise the fee."

    assert _sentences(text) == [text]


def test_the_lines_at_the_foot_of_a_page_end_with_the_text() -> None:
    """Short lines that stand alone are sentences of their own, also the last one of a text without a line's end."""
    body = "港口去年平稳，" + "吞吐量持续增长，" * 6 + "新建泊位四个。"
    foot = ["扫一扫", "打印本页", "关闭窗口"]

    assert _sentences("\n".join([body, *foot])) == [body, *foot]
