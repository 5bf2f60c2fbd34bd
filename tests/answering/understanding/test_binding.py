"""Which documents a question keeps to: those of the place, the issuer and the year that it asks about."""

from __future__ import annotations

import pytest

from policybot.answering.understanding.binding import Binder, Binding
from policybot.domain import DocumentSummary, Metadata
from policybot.language.script import fold_script
from policybot.text.places import Places

NAMES = (
    "2024年国务院政府工作报告.txt",
    "2026年国务院政府工作报告.txt",
    "2026年浙江省政府工作报告.txt",
    "陕西省2026年政府工作报告.txt",
    "2026年山西省人民政府工作报告.txt",
    "2026年广东省政府工作报告.txt",
    "2025年广东省政府工作报告.txt",
)
PLACES = Places({})


def _binder(names: tuple[str, ...] = NAMES, beginnings: dict[str, str] | None = None) -> Binder:
    documents = [
        DocumentSummary(name, name, Metadata(title=name.rsplit("/", 1)[-1].removesuffix(".txt")), "v", 1, "")
        for name in names
    ]
    return Binder(lambda: documents, lambda *, characters: beginnings or {}, lambda: PLACES)


def _bound(question: str, *before: str, follow_up: bool = False) -> set[str]:
    found = _binder().bound(question, before, follow_up=follow_up)
    return {_short(name) for name in found.documents}


def _short(name: str) -> str:
    year = "".join(filter(str.isdigit, name))
    of = [each.name for each in PLACES.named(name)]
    return f"{of[0]} {year}"


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("浙江2025年的粮食产量是多少？", {"Zhejiang 2026"}),
        ("浙江和陕西今年的增长目标谁高？", {"Zhejiang 2026", "Shaanxi 2026"}),
        ("浙江、陕西、山西各提出了什么？", {"Zhejiang 2026", "Shaanxi 2026", "Shanxi 2026"}),
        ("What does Zhejiang aim for?", {"Zhejiang 2026"}),
        ("How fast did Shaanxi's economy grow?", {"Shaanxi 2026"}),
        ("How fast did Shanxi's economy grow?", {"Shanxi 2026"}),
        ("Whose economy is larger, Zhejiang's or Shanxi's?", {"Zhejiang 2026", "Shanxi 2026"}),
        ("What does Guangdong's 2026 report say of ports?", {"Guangdong 2026"}),
        ("According to Guangdong's 2025 government work report, how many ports are there?", {"Guangdong 2025"}),
        ("2024年国务院报告怎么说？", {"State Council 2024"}),
        ("二〇二四年国务院政府工作报告怎么说？", {"State Council 2024"}),
        ("国务院历年报告的赤字率是多少？", {"State Council 2024", "State Council 2026"}),
        ("What did the State Council's 2026 report promise?", {"State Council 2026"}),
        ("What did the premier's 2024 report promise?", {"State Council 2024"}),
        ("What were the targets in the 2024 report?", {"State Council 2024"}),
        ("Which ports does the 2025 report name?", {"Guangdong 2025"}),
        ("What's the national 2025 growth target?", {"State Council 2024", "State Council 2026"}),
        ("全国GDP增长目标是多少？", {"State Council 2024", "State Council 2026"}),
        ("粤浙两省的港口吞吐量是多少？", {"Guangdong 2026", "Guangdong 2025", "Zhejiang 2026"}),
    ],
)
def test_a_question_keeps_to_what_it_asks_about(question: str, documents: set[str]) -> None:
    """Places, issuers and the years of documents bind, in both languages, one or several."""
    assert _bound(question) == documents


@pytest.mark.parametrize(
    "question",
    [
        "2025年的赤字率是多少？",
        "What was the deficit in 2024?",
        "How many ships sailed to Zhejiang?",
        "出口到广东的煤炭有多少？",
        "What does the Zhejiang Declaration say?",
        "浙江大学在哪里？",
        "我在浙江工作，今年的增长目标是多少？",
        "我是广东人，去年赤字多少？",
        "I live in Zhejiang, how large is the deficit?",
        "As a teacher in Guangdong, what can I expect of the budget?",
        "哪座港口吞吐量全国第一？",
        "《浙江条例》是谁写的？",
        "What is an early retirement?",
    ],
)
def test_what_is_only_mentioned_binds_nothing(question: str) -> None:
    """Neither a year of which no document is named, nor a place in passing, in another name, or the asker's."""
    assert _bound(question) == set()


@pytest.mark.parametrize("question", ["浙江2025年的粮食产量是多少？", "2024年国务院政府工作报告怎么说？"])
def test_how_a_question_is_written_changes_nothing(question: str) -> None:
    """Full-width digits, traditional characters and a greeting leave the binding as it is."""
    wide = question.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    traditional = question.replace("国务院", "國務院").replace("粮食产量", "糧食產量").replace("报告", "報告")

    assert fold_script(traditional) == question
    assert _bound(wide) == _bound(traditional) == _bound(f"您好！{question}") == _bound(question) != set()


@pytest.mark.parametrize(
    ("question", "before", "documents"),
    [
        ("那山西呢？", ["浙江去年的粮食产量是多少？"], {"Shanxi 2026"}),
        ("今年的目标呢？", ["浙江去年的粮食产量是多少？"], {"Zhejiang 2026"}),
        ("And its ports?", ["What does Guangdong's 2025 report say?"], {"Guangdong 2025"}),
        ("两省谁的目标高？", ["浙江的目标是多少？", "那山西呢？"], {"Zhejiang 2026", "Shanxi 2026"}),
        ("And in last year's report?", ["What does Guangdong's 2026 report say of ports?"], {"Guangdong 2025"}),
        ("上一年的报告呢？", ["广东2026年报告怎么说？"], {"Guangdong 2025"}),
    ],
)
def test_a_follow_up_keeps_to_what_was_asked_about_before(
    question: str, before: list[str], documents: set[str]
) -> None:
    """What a follow-up does not name itself, it takes from the questions before it."""
    assert _bound(question, *before, follow_up=True) == documents
    assert _bound(question, follow_up=True) != documents or "山西" in question


def test_a_question_without_a_place_is_about_the_one_before() -> None:
    """In a collection by place, also where no word refers back; not where the whole country is meant."""
    before = "What does Zhejiang aim for?"

    assert _bound("Exports and imports of electric ferries in tonnes?", before) == {"Zhejiang 2026"}
    assert _bound("What's the national growth target?", before) == {"State Council 2024", "State Council 2026"}
    assert _bound("Exports and imports of electric ferries in tonnes?") == set()


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("山东今年的增长目标是多少？", ["山东"]),
        ("What growth target did Shandong set?", ["Shandong"]),
        ("2019年国务院政府工作报告怎么说？", ["2019年国务院政府工作报告"]),
        ("What does Guangdong's 2019 report say?", ["Guangdong's 2019 report"]),
        ("What does the 2019 report say of ports?", ["2019 report"]),
        ("浙江今年的增长目标是多少？", []),
        ("How many ships sailed to Shandong?", []),
        ("What does the 2019 report of the Harbour Institute say?", []),
        ("What does the Institute's 2019 report say?", []),
        ("港口研究院2019年报告怎么说？", []),
        ("2019年报告怎么说？", ["2019年报告"]),
        ("2019年的赤字率是多少？", []),
    ],
)
def test_what_no_document_is_of_is_known(question: str, absent: list[str]) -> None:
    """A place or a document of a year that is asked about and not there; not one that is only mentioned."""
    assert [each.text for each in _binder().bound(question).absent] == absent


def test_documents_of_no_place_leave_places_alone() -> None:
    """Where the documents are no collection by place, a place binds nothing and is not absent."""
    briefs = _binder(("Brief on Zhejiang.txt", "The harbour plan.txt", "2026年广东省政府工作报告.txt"))

    assert briefs.bound("What does Shandong aim for?") == Binding()
    assert briefs.bound("What does Guangdong aim for?").documents == frozenset()
    assert briefs.bound("What does Guangdong aim for?").preferred == {"2026年广东省政府工作报告.txt"}
    assert briefs.bound("What does Guangdong's report say?").documents == {"2026年广东省政府工作报告.txt"}


def test_what_is_asked_of_a_place_may_stand_in_a_document_of_unknown_origin() -> None:
    """Documents of other places are left out, a brief of which it is not known whose it is stays."""
    found = _binder((*NAMES, "Brief on drones.txt")).bound("浙江有多少家企业？")

    assert found.documents == {"2026年浙江省政府工作报告.txt", "Brief on drones.txt"}
    assert found.preferred == {"2026年浙江省政府工作报告.txt"}


@pytest.mark.parametrize(
    ("name", "beginning", "place", "year"),
    [
        (
            "a.txt",
            "下载\n打印\n政府工作报告\n——2026年1月26日在广东省第十四届\n人民代表大会第五次会议上\n",
            "Guangdong",
            2026,
        ),
        ("a.txt", "Work report\nDelivered on 26 January 2026\nGovernor of Zhejiang Province\n", "Zhejiang", 2026),
        ("zhejiang/2026/report.txt", "", "Zhejiang", 2026),
        ("浙江省/2026/工作报告.txt", "", "Zhejiang", 2026),
        ("Report on the Work of the Government of Hebei 2026.txt", "", "Hebei", 2026),
        ("浙江省人民政府关于港口的意见（2026年）.txt", "", "Zhejiang", 2026),
        ("The President with the Jiangsu delegation 2026.txt", "", None, 2026),
        ("国务院关于浙江省人民政府请示的批复2026.txt", "", None, 2026),
    ],
)
def test_a_document_is_of_the_place_that_its_title_file_or_first_lines_name(
    name: str, beginning: str, place: str | None, year: int
) -> None:
    """As the one that has issued it; a place that it is about does not make it that place's."""
    found = _binder((name,), {name: beginning}).identities()[0]

    assert found.places == (frozenset({place}) if place else frozenset())
    assert found.years == {year}


def test_a_long_question_is_read_in_no_time() -> None:
    """Lists of years, blanks and joins are matched without trying every way to divide them."""
    for text in ("2016 and " * 200, "国务院" * 200 + "的" * 200, "the 2016, 2018, " * 100, " " * 2000, "省" * 2000):
        assert _binder().bound(text).absent == ()
