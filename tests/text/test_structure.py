"""Addresses in a document's structure lead to exactly that part, whole."""

from __future__ import annotations

import time

import pytest

from policybot.text.structure import addresses_in, has_parts_of, headings_in, locate

LAW = """港口条例

目录
第一章 总则
第二章 泊位
附件

第一章 总则

第一条　为了管理港口，制定本条例。

第二条 港口分为两类：
（一）客运港；
（二）货运港。
港口的类别由主管部门确定。

第二章 泊位

第十一条 泊位费按日收取。渔船免收。

第十一条之一　第十一条的规定不适用于渡轮。

第133条 违反第二条规定的，（一）处以罚款；（二）收回泊位。

附件1 费率表
每日十元。

附件2 泊位图
图略。
"""

CHARTER = """# Harbour charter

## Chapter I General

### Article 1
The charter binds all ports.

### Article 4. Fees
1. Fees are due daily.
2. Fishing boats pay none. They report:
(a) their length;
(b) their home port.

## Chapter II Noise

### Article 12 Night
(1) No horns.
(2) No repairs after ten. 3.5 decibels are allowed.
3.5 decibels more are allowed at sea.

## Annex I
Rates.

## Annex II
Map.
"""

GUIDE = """Guide

1 Purpose
Why.
3.2 Lights
All lights.
3.2.3 Red lights
Red ones are on the left.
Section 3.2.3 applies at night.
3.2.4 Green lights
Green ones are on the right.
3.3 Horns
No horns.
"""

PLAIN = """港口规划

一、总体要求
（一）指导思想。港口优先。
（二）基本原则。安全第一。
二、主要任务
（一）建设泊位。建十座。
1. 客运泊位三座。
2. 货运泊位七座。
三、保障措施
"""


def _part(text: str, question: str) -> str | None:
    [address] = addresses_in(question)
    span = locate(text, address)
    return None if span is None else text[slice(*span)]


@pytest.mark.parametrize(
    ("text", "question", "begins", "ends"),
    [
        (LAW, "第十一条怎么规定？", "第十一条 泊位费", "渔船免收。"),
        (LAW, "第11条怎么规定？", "第十一条 泊位费", "渔船免收。"),
        (LAW, "第１１條怎麼規定？", "第十一条 泊位费", "渔船免收。"),
        (LAW, "第十一条之一怎么规定？", "第十一条之一", "渡轮。"),
        (LAW, "条例第11条之1怎么规定？", "第十一条之一", "渡轮。"),
        (LAW, "第一百三十三条处什么罚？", "第133条", "收回泊位。"),
        (LAW, "第二条是什么？", "第二条", "主管部门确定。"),
        (LAW, "第二条第（二）项是什么？", "（二）货运港", "货运港。"),
        (LAW, "第二条第二款是什么？", "港口的类别", "确定。"),
        (LAW, "第133条第二项是什么？", "（二）收回", "收回泊位。"),
        (LAW, "第二章讲什么？", "第二章 泊位\n\n第十一条", "收回泊位。"),
        (LAW, "What does Article 2 of the port regulation say?", "第二条", "确定。"),
        (LAW, "附件2是什么？", "附件2", "图略。"),
        (LAW, "What is in Annex II?", "附件2", "图略。"),
        (CHARTER, "What does Article 4 say?", "Article 4. Fees", "home port."),
        (CHARTER, "What does ARTICLE IV say?", "Article 4. Fees", "home port."),
        (CHARTER, "第四条怎么规定？", "Article 4. Fees", "home port."),
        (CHARTER, "What does Article 12(2) forbid?", "(2) No repairs", "at sea."),
        (CHARTER, "What is item (b) of Article 4?", "(b) their", "home port."),
        (CHARTER, "What is the second paragraph of Article 4?", "2. Fishing", "home port."),
        (CHARTER, "What is the second item of Article 12?", "(2) No repairs", "at sea."),
        (CHARTER, "What does Chapter 2 say?", "Chapter II", "at sea."),
        (CHARTER, "What is Annex II?", "Annex II", "Map."),
        (GUIDE, "What does Section 3.2.3 say?", "3.2.3 Red", "at night."),
        (GUIDE, "What does section 3.2 say?", "3.2 Lights", "on the right."),
        (PLAIN, "第二部分讲什么？", "二、主要任务", "七座。"),
        (PLAIN, "What does part 2 say?", "二、主要任务", "七座。"),
    ],
)
def test_a_part_is_found_whole_and_nothing_else(text: str, question: str, begins: str, ends: str) -> None:
    """By its number in any writing and either language, whether headings are marked or plain; not where it is cited."""
    found = _part(text, question)

    assert found is not None
    assert found.startswith(begins)
    assert found.endswith(ends)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (LAW, "第十二条怎么规定？"),
        (LAW, "第1条之一怎么规定？"),
        (LAW, "第三章讲什么？"),
        (LAW, "第二条第三项是什么？"),
        (LAW, "附件3是什么？"),
        (CHARTER, "What does Article 2 say?"),
        (CHARTER, "What does Article 12(3) say?"),
        (GUIDE, "What does Section 3.2.5 say?"),
        (PLAIN, "第四部分讲什么？"),
    ],
)
def test_what_is_not_there_is_not_found(text: str, question: str) -> None:
    """No other part is taken for it."""
    assert _part(text, question) is None


@pytest.mark.parametrize(
    "question",
    [
        "What does the charter say of noise?",
        "港口有几座泊位？",
        "What is the second item?",
        "第二项是什么？",
        "The first part",
    ],
)
def test_a_question_without_an_address_names_none(question: str) -> None:
    """An item or a paragraph says nothing without the part in which it stands."""
    assert addresses_in(question) == ()


def test_several_parts_of_one_question_are_several_addresses() -> None:
    """Each is found by itself."""
    found = addresses_in("第一条和第十一条有什么不同？")

    assert [address.text for address in found] == ["第一条", "第十一条"]


def test_whether_a_text_is_divided_into_such_parts_is_known() -> None:
    """What has no articles lacks none."""
    article = addresses_in("第九十条")[0]

    assert has_parts_of(LAW, article)
    assert not has_parts_of(GUIDE, article)


def test_a_long_text_is_looked_through_quickly() -> None:
    """Patterns of labels are anchored at the beginnings of lines."""
    began = time.process_time()
    locate("# " * 50_000 + "\n" + "第一条" * 50_000 + "\n" + " " * 100_000, addresses_in("第二条")[0])
    assert time.process_time() - began < 60


REPORT = """海港工作报告
各位代表：
一、2031年工作回顾
过去一年，港口平稳。
（一）扩建泊位。新建泊位四个，吞吐量增长三成。
（二）疏浚航道，全面提升航道通行能力和安全水平，让大船进得来出得去，让小船避得开等得起，让船员歇得好，让港口更繁荣。疏浚十公里。
（三）改善管理。夜间有人值守。
二、2032年工作安排
重点抓好三件事：
一是修堤。
二是种树。
三、加强自身建设
少开会。"""


def test_numbered_lines_of_a_plain_text_are_headings() -> None:
    """A line of a few words, and the first sentence of a part whose text follows; a long one has an empty heading."""
    found = headings_in(REPORT)

    assert [each.text for each in found if each.alone] == [
        "一、2031年工作回顾",
        "二、2032年工作安排",
        "三、加强自身建设",
    ]
    assert [each.text for each in found if not each.alone] == ["（一）扩建泊位", "", "（三）改善管理"]
    assert all(REPORT[each.start : each.end].startswith(each.text) for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "Bring these papers:\n1. a passport\n2. a photograph\n3. the fee\nThe office is open on Monday.",
        "需要的材料：\n1.身份证\n2.照片\n3.手续费\n周一办理。",
        "The council met.\n3. It also decided on the fee, which is 45 euro and is due in May.\nIt rose.",
        "只有一处：\n一、开头\n这里没有别的标题。",
    ],
)
def test_items_of_a_list_and_a_label_alone_are_no_headings(text: str) -> None:
    """What follows an item is the next item; a rank of one label is none."""
    assert headings_in(text) == []


def test_headings_do_not_depend_on_what_stands_before_them() -> None:
    """Text before the report moves its headings, and changes none."""
    before = "海港管理局。\n\n"
    moved = headings_in(before + REPORT, len(before))

    assert [(each.text, each.start - len(before), each.end - len(before)) for each in moved] == [
        (each.text, each.start, each.end) for each in headings_in(REPORT)
    ]
