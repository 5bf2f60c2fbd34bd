"""Answers keep to the documents of the place and the part that a question asks about, with the real models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexes import Indexes
from policybot import PolicyBot, load_settings
from policybot.rendering import as_markdown


def _report(province: str, mayor: str, growth: str, trees: int) -> str:
    return f"""2026年{province}政府工作报告
——2026年1月20日在{province}第十四届人民代表大会第四次会议上
{province}省长 {mayor}

各位代表：

一、2025年工作回顾
去年地区生产总值增长{growth}%，种植树木{trees}万棵，新建码头{trees + 1}座。

二、2026年主要任务
今年计划种植树木{trees + 20}万棵，渡轮全部改用电池。
"""


LAW = """海港市码头条例

第一章 总则

第一条 为了管理码头，制定本条例。

第二条 码头分为客运码头和货运码头。
客运码头由市交通局管理。

第二章 收费

第十一条 货船每天停靠费为三百元。
渡轮免收停靠费。

第十二条 逾期不缴费的，每日加收百分之一。
"""

CHARTER = """Ferry charter

Article 1. The charter binds all ferries.

Article 4. Bicycles travel free of charge.
Dogs pay half.

Article 12. (1) No horns at night. (2) No repairs after ten.
"""

FILES = {
    "2026年浙江省政府工作报告.txt": _report("浙江省", "甲某", "5.5", 40),
    "2026年陕西省政府工作报告.txt": _report("陕西省", "乙某", "5.1", 60),
    "2026年山西省政府工作报告.txt": _report("山西省", "丙某", "4.9", 80),
    "码头条例.txt": LAW,
    "charter.txt": CHARTER,
}


@pytest.fixture(scope="module")
def bound(indexes: Indexes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyBot]:
    """A bot over three provinces' reports, a regulation and a charter that answers by quoting."""
    documents: Path = indexes.documents({name: text.encode() for name, text in FILES.items()})
    data = indexes.copy(documents, tmp_path_factory.mktemp("data"))
    with PolicyBot(load_settings(data_dir=data, chat_model="none")) as bot:
        yield bot


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("陕西去年种了多少树？", "60万棵"),
        ("山西去年种了多少树？", "80万棵"),
        ("浙江去年种植树木多少万棵？", "40万棵"),
        ("山西省去年種植樹木多少萬棵？", "80万棵"),
    ],
)
def test_answers_are_of_the_place_that_is_asked_about(question: str, said: str, bound: PolicyBot) -> None:
    """Reports of one wording are told apart by their place."""
    answer = bound.ask(question)

    assert said in answer.text
    assert len({citation.document for citation in answer.citations}) == 1


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("山东去年种了多少树？", "山东"),
        ("浙江2019年种植树木多少万棵？", "2019"),
        ("How many trees did Zhejiang plant in 2019?", "2019"),
        ("How many trees did Shandong plant last year?", "Shandong"),
        ("码头条例第二十条怎么规定？", "第二十条"),
        ("What does Article 9 of the ferry charter say?", "Article 9"),
    ],
)
def test_what_is_not_there_is_said_and_nothing_else_is_quoted(question: str, absent: str, bound: PolicyBot) -> None:
    """No other place's report, no other year's and no other article stands in for it."""
    answer = bound.ask(question)

    assert answer.kind == "unanswered"
    assert absent in answer.message
    assert answer.decisions[0].stage == "coverage"
    assert answer.decisions[0].note


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("码头条例第十一条怎么规定？", ["第十一条 货船每天停靠费为三百元。", "渡轮免收停靠费。"]),
        ("第11条是什么？", ["第十一条 货船每天停靠费为三百元。", "渡轮免收停靠费。"]),
        ("第二条第二款是什么？", ["客运码头由市交通局管理。"]),
        (
            "What does Article 4 of the ferry charter say?",
            ["Article 4. Bicycles travel free of charge.", "Dogs pay half."],
        ),
        ("What does Article 12(2) of the ferry charter forbid?", ["(2) No repairs after ten."]),
    ],
)
def test_a_part_that_is_named_is_quoted_whole(question: str, quotes: list[str], bound: PolicyBot) -> None:
    """And nothing else; its label is no sentence of its own."""
    answer = bound.ask(question)

    assert [citation.quote for citation in answer.citations] == quotes


@pytest.mark.parametrize("question", ["浙江2025年种植树木多少万棵？", "浙江2026年计划种植树木多少万棵？"])
def test_a_report_covers_its_year_and_the_year_before(question: str, bound: PolicyBot) -> None:
    """Its results are of the one, its plans of the other, though its sentences name neither."""
    assert bound.ask(question).status == "answered"


def test_documents_of_one_title_are_told_apart(indexes: Indexes, tmp_path: Path) -> None:
    """By date, publisher, folder or name, whichever they differ in: in citations, hits and titles that are shown."""
    report = "# Port report\n\nThe port of {place} handled {count} ships.\n"
    files = {f"{place}/report.md": report.format(place=place, count=n).encode() for place, n in (("Vik", 3), ("Ny", 5))}
    with PolicyBot(load_settings(data_dir=indexes.copy(indexes.documents(files), tmp_path), chat_model="none")) as bot:
        answer = bot.ask("How many ships did the port of Vik handle?")

    assert {hit.apart for hit in answer.hits} == {"Vik", "Ny"}
    assert [citation.apart for citation in answer.citations] == ["Vik"]
    assert "Port report (Vik)" in as_markdown(answer)
