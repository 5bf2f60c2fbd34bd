"""Whether an answer holds each key point of its question and states nothing that it must not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policybot.domain import Turn
from policybot.evaluation import read_set
from policybot.evaluation.datasets import Question
from policybot.evaluation.key_points import compare_points
from policybot.evaluation.point_parts import Shown, alternatives


def _question(
    text: str,
    *points: str,
    must_not: tuple[str, ...] = (),
    evidence: tuple[str, ...] = (),
    documents: tuple[str, ...] = (),
    history: tuple[Turn, ...] = (),
    language: str = "en",
    key: str = "",
) -> Question:
    return Question(
        "q", text, language, history=history, gold_documents=documents, gold_evidence=evidence, key=key,
        key_points=points, must_not=must_not,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("question", "point", "answer", "held"),
    [
        pytest.param("How large is the fund?", "1.2 trillion yuan", "基金规模为1.2万亿元。", True, id="trillion, 万亿"),
        pytest.param("How large is the fund?", "1.2 trillion yuan", "基金规模为1.2亿元。", False, id="another scale"),
        pytest.param("增长多少？", "2.8%", "Trade grew by 2.8 percent.", True, id="percent"),
        pytest.param("增长多少？", "2.8%", "Trade grew by 2.8 percentage points.", False, id="percent is not points"),
        pytest.param(
            "When in 2025 was the fair?", "6 to 10 November 2025", "展会于11月6日至10日举行。", True,
            id="a date whose year the question states",
        ),
        pytest.param(
            "When was the fair?", "6 to 10 November 2025", "展会于2024年11月6日至10日举行。", False,
            id="a date of another year",
        ),
        pytest.param("When was the fair?", "6 November 2025", "The fair began on 2025-11-06.", True, id="ISO date"),
        pytest.param("Which issue?", "No. 11", "它登在第11期。", True, id="a number behind a sign"),
        pytest.param("Which network?", "6G", "The city builds a 5G network.", False, id="names of letters and digits"),
        pytest.param(
            "Where is the plan?", "https://harbour.example/plan", "It is at https://harbour.example/plan.", True,
            id="an address as it stands",
        ),
        pytest.param("How many trees?", "4,200 / 4.2 thousand", "4.2 thousand trees.", True, id="an alternative"),
        pytest.param("种多少棵？", "4200棵 (4,200)", "4,200 trees.", True, id="a bracket in another notation"),
        pytest.param("How long is the quay?", "200 metres", "200 metres.", True, id="nothing but the figure"),
        pytest.param("Who may fish?", "residents", "No. 3 names residents.", True, id="No. is a number sign"),
        pytest.param("Is the fee cut?", "cut, not raised", "The council cut the fee.", True, id="denied for contrast"),
        pytest.param("Will the ferry stop?", "it sails on", "It never sails on after dark.", False, id="negated"),
        pytest.param("比率去年变化多少？", "下降0.4个百分点", "比率提高0.4个百分点。", False, id="the other direction"),
        pytest.param("比率去年变化多少？", "下降0.4个百分点", "比率降低0.4个百分点。", True, id="the same direction"),
        pytest.param("CPI目标？", "CPI 2%左右", "居民消费价格涨幅2%左右。", True, id="a term by another name"),
    ],
)  # fmt: skip
def test_figures_dates_and_names_in_any_form(question: str, point: str, answer: str, held: bool) -> None:
    """A value is the same value in every notation and language, and no other value is."""
    found = compare_points(_question(question, point), [Shown(answer)])

    assert found.held[0].held == held, found


@pytest.mark.parametrize(
    ("point", "found"),
    [
        ("86万人 (860,000)", ("86万人", "860,000")),
        ("土地奖 / Land Award", ("土地奖", "Land Award")),
        ("67665亿元 (6.77 trillion yuan)", ("67665亿元", "6.77 trillion yuan")),
        ("9月讲话（多数报道）", ("9月讲话（多数报道）",)),
        ("cut, not raised", ("cut",)),
    ],
)
def test_alternatives_of_a_point(point: str, found: tuple[str, ...]) -> None:
    """A slash between blanks and a bracket that renders part alternatives; a bracket that adds something does not."""
    assert alternatives(point) == found


@pytest.mark.parametrize(
    ("point", "shown", "held"),
    [
        pytest.param("江苏5%", Shown("增长目标为5%。", sources=("江苏省政府工作报告",)), True, id="place in the title"),
        pytest.param("江苏5%", Shown("增长目标为5%。", sources=("浙江省政府工作报告",)), False, id="another place"),
        pytest.param("Jiangsu 5%", Shown("江苏的增长目标为5%。"), True, id="place in another language"),
        pytest.param("2014: 5%", Shown("The growth target is 5 percent.", "2014:"), True, id="year as a label"),
        pytest.param(
            "2014: 5%", Shown("The growth target is 5 percent.", sources=("Work report 2014",)), True,
            id="year in the title",
        ),
        pytest.param("2014: 5%", Shown("The growth target is 5 percent."), False, id="year nowhere"),
        pytest.param(
            "2014: 5%", Shown("The growth target for 2013 was 5 percent.", sources=("Work report 2014",)), False,
            id="another year in the sentence",
        ),
    ],
)  # fmt: skip
def test_what_a_point_is_of_must_be_seen(point: str, shown: Shown, held: bool) -> None:
    """The year or place of a point stands in the sentence, before it, or in what its citation shows."""
    found = compare_points(_question("What is the growth target?", point), [shown])

    assert found.held[0].held == held, found


def test_a_figure_of_something_else_holds_nothing() -> None:
    """The right number in a sentence about another thing is not the answer."""
    question = _question(
        "And how many lighthouses?",
        "20",
        evidence=("By 2027 more than 20 working lighthouses should be open to visitors.",),
        history=(Turn("user", "How many tasks are in the plan?"), Turn("assistant", "20 tasks in five fields.")),
    )

    other = compare_points(question, [Shown("It sets out 20 tasks in five fields: piers, ferries, fish and ice.")])
    right = compare_points(question, [Shown("More than 20 working lighthouses should be open.")])

    assert not other.correct
    assert right.correct


def test_every_item_of_a_list_is_needed() -> None:
    """A quote of a part of the evidence does not hold the item that it leaves out."""
    evidence = ("港口主要出口鲱鱼、鳕鱼、浮冰和木材四类货物。",)
    question = _question("港口出口哪些货物？", "鲱鱼", "鳕鱼", "木材", evidence=evidence, language="zh")

    assert compare_points(question, [Shown(evidence[0])]).correct
    assert not compare_points(question, [Shown("港口主要出口鲱鱼、鳕鱼、浮冰。")]).correct


def test_evidence_as_good_as_quoted_holds_a_point_of_another_language() -> None:
    """Where words cannot be compared, the quoted evidence decides; with another figure in it, it is no quote."""
    evidence = ("The council opened 12 new harbour schools and hired forty teachers of navigation.",)
    question = _question("议会做了什么？", "开办航海学校", evidence=evidence, language="zh")

    assert compare_points(question, [Shown(evidence[0])]).correct
    assert not compare_points(question, [Shown(evidence[0].replace("12", "15"))]).correct
    assert not compare_points(question, [Shown("The council opened a museum of ice.")]).correct


def test_the_keys_own_words_are_right() -> None:
    """An answer in the words of the key holds every point that the key states."""
    key = "The ferry is free for pupils, and the fare for others falls to 3 crowns."
    question = _question("What does the ferry cost?", "free for pupils", "3 crowns", key=key)

    assert compare_points(question, [Shown(key)]).correct


RESULT = "全市港口吞吐量达3800万吨，创历史新高。"
MISTAKEN = "港口吞吐量目标是3800万吨。"
TARGET = "今年主要目标是：港口吞吐量达到4000万吨，水产品产量增长3%。"


@pytest.mark.parametrize(
    ("must_not", "answer", "stated"),
    [
        pytest.param("3800万吨", (RESULT, TARGET), ("3800万吨",), id="the near miss beside the answer"),
        pytest.param("3%", (TARGET,), (), id="a neighbour in the right quote"),
        pytest.param("38 million tonnes", (RESULT, TARGET), ("38 million tonnes",), id="in another language"),
        pytest.param("5%", ("渔民收入增长5%。", TARGET), (), id="of another indicator"),
        pytest.param("3800万吨作为目标", (RESULT, TARGET), (), id="not in the role that is forbidden"),
        pytest.param(
            "3800万吨作为目标", (MISTAKEN, TARGET), ("3800万吨作为目标",), id="in the forbidden role"
        ),
        pytest.param("认可3800万吨", (MISTAKEN, TARGET), ("认可3800万吨",), id="a judgement with a figure"),
        pytest.param("认可3800万吨", (MISTAKEN.replace("是", "不是"), TARGET), (), id="a figure that is denied"),
        pytest.param("浮冰", ("港口还出口浮冰。", TARGET), ("浮冰",), id="a name"),
    ],
)  # fmt: skip
def test_near_misses(must_not: str, answer: tuple[str, ...], stated: tuple[str, ...]) -> None:
    """What must not be stated counts where a sentence that is no quote of the evidence states it of what was asked."""
    question = _question(
        "港口今年吞吐量的目标是多少？", "4000万吨", must_not=(must_not,), evidence=(TARGET,), language="zh"
    )
    found = compare_points(question, [Shown(text) for text in answer])

    assert found.stated == stated
    assert found.correct == (not stated)


def test_judgements_without_a_figure_are_left_to_a_reader() -> None:
    """What no rule can tell is named as such and decides nothing."""
    question = _question("Why was the ferry sold?", "it was not sold", must_not=("accepts that it was sold",))
    found = compare_points(question, [Shown("The ferry was not sold.")])

    assert found.correct
    assert found.not_judged == ("accepts that it was sold",)


def test_reason_names_what_is_lacking_and_what_is_wrong() -> None:
    """The record of an answer that is not right says why."""
    question = _question("How long and how deep?", "200 metres", "9 metres", must_not=("12 metres",))
    found = compare_points(question, [Shown("The quay is 200 metres long, its channel 12 metres deep.")]).correctness()

    assert (found.correct, found.score) == (False, 0.5)
    assert found.reason.startswith("lacks 9 metres")


def test_no_answer_holds_nothing() -> None:
    """Of an abstention no point is held."""
    found = compare_points(_question("How long?", "200 metres"), [])

    assert not found.correct
    assert found.correctness().score == 0.0


def test_sets_are_read_with_their_points(tmp_path: Path) -> None:
    """Key points and what must not be stated come with the question; a set without them has none."""
    (tmp_path / "corpus.jsonl").write_text('{"doc_id": "d", "text": "Text."}', encoding="utf-8")
    lines = [
        {"qid": "a", "question": "Who?", "gold_docs": ["d"], "key_points": ["Ada Sund"], "must_not": ["Per Holm"]},
        {"qid": "b", "question": "When?", "gold_docs": ["d"]},
    ]
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")

    with_points, without = read_set(tmp_path).questions

    assert (with_points.key_points, with_points.must_not) == (("Ada Sund",), ("Per Holm",))
    assert (without.key_points, without.must_not) == ((), ())
