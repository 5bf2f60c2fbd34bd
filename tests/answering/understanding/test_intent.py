"""Which kind of answer a question asks for, between what, and of which document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybot.answering.understanding.intent import classify_intent, continued
from policybot.answering.understanding.naming import DocumentNames
from policybot.domain import DocumentSummary, Metadata
from policybot.text.glossary import Glossary, Term

_KINDS = {
    "fact": [
        "Which ministry issued the notice?",
        "When was the law adopted?",
        "Why did fuel prices change?",
        "What is the growth target for 2031?",
        "Is the tax different for small firms?",
        "What happened between 2019 and 2021?",
        "What does the harbour plan say about noise?",
        "哪个部门发布了通知？这部法律是谁签署的？",
        "报告对就业说了什么？",
    ],
    "definition": [
        "What is a green bond?",
        'What does "carbon leakage" mean?',
        "How does the ministry define a small firm?",
        "什么是绿色债券？",
        "绿色债券是什么？",
        "条例如何界定小型企业？",
    ],
    "number": ["How many ferries will run by 2040?",
        "What share of households has a meter?",
        "到2040年要建多少座码头？"],
    "list": [
        "Which three ministries signed the notice?",
        "List the targets of the harbour plan.",
        "What are the five tasks?",
        "What measures does the plan propose for schools?",
        "Which documents mention tidal power?",
        "哪些省份参加了试点？",
        "请列出港口规划的目标。",
    ],
    "comparison": [
        "Compare the harbour plan and the ferry law on noise.",
        "How does the harbour plan differ from the ferry law?",
        "What do the council and the union each say about wages?",
        "港口规划和渡轮条例有什么区别？",
        "比较2031年和2032年的增长目标。",
        "用表格比较港口规划和渡轮条例对噪音的规定",
    ],
    "timeline": [
        "Give me a timeline of tidal power.",
        "How has the policy on drones evolved over time?",
        "请梳理潮汐能政策的时间线。",
        "按时间顺序列出条例的修订",
    ],
    "summary": [
        "Summarize the harbour plan.",
        "What is the harbour plan about?",
        "What are the main points of the library regulation?",
        "总结一下图书馆条例。",
        "这份报告讲了什么？",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "question"), [(kind, question) for kind, questions in _KINDS.items() for question in questions]
)
def test_kind_is_told_by_the_words_that_ask_for_it(kind: str, question: str) -> None:
    """Each kind of answer has its words in English and Chinese; a plain question asks for a fact."""
    assert classify_intent(question).kind == kind


@pytest.mark.parametrize(
    ("question", "labels", "comparands"),
    [
        ("Compare the noise rules of the harbour plan and the ferry law.", ("harbour plan", "ferry law"),
         ("noise rules of the harbour plan", "noise rules of the ferry law")),
        ("Compare the growth targets of 2031 and 2032 in a table.", ("2031", "2032"),
         ("growth targets of 2031", "growth targets of 2032")),
        ("How do Alpha, Beta Group and Gamma each judge the tax?", ("Alpha", "Beta Group", "Gamma"),
         ("How do Alpha judge the tax", "How do Beta Group judge the tax", "How do Gamma judge the tax")),
        ("Compare the council's and the union's demands.", ("council", "union"),
         ("the council's demands", "the union's demands")),
        ("用表格比较港口规划和渡轮条例对噪音的规定", ("港口规划", "渡轮条例"),
         ("港口规划对噪音的规定", "渡轮条例对噪音的规定")),
    ],
    ids=["of two", "years", "three", "possessives", "Chinese"],
)  # fmt: skip
def test_comparands_of_a_comparison_become_questions(
    question: str, labels: tuple[str, ...], comparands: tuple[str, ...]
) -> None:
    """Each comparand becomes a question of its own that keeps what is asked of all of them."""
    found = classify_intent(question)

    assert found.labels == labels
    assert tuple(side.removeprefix("the ") for side in found.comparands) == tuple(
        side.removeprefix("the ") for side in comparands
    )


def test_request_without_a_subject_takes_the_one_before() -> None:
    """A bare "And as a table?" compares what was compared before, as a table."""
    found = continued(classify_intent("And as a table, please?"), "Compare the harbour plan and the ferry law.")

    assert (found.kind, found.table, found.labels) == ("comparison", True, ("harbour plan", "ferry law"))


@given(st.text(max_size=200))
def test_any_text_asks_for_something(text: str) -> None:
    """Whatever is typed, a kind is told, and a comparison has a label for each comparand."""
    found = classify_intent(text)

    assert len(found.comparands) == len(found.labels)
    assert (found.kind == "comparison") == (len(found.comparands) > 1)


def _document(id_: str, title: str, **known: str) -> DocumentSummary:
    return DocumentSummary(id_, f"{id_}.md", Metadata(title, **known), "v", 1, "2031-01-01")


_DOCUMENTS = (
    _document(
        "harbour", "Harbour plan of Port Ellis", publisher="Port Ellis Council", published="2031-04-02", kind="plan"
    ),
    _document("report30", "Annual report 2030", publisher="Water Board", published="2031-02-01", kind="report"),
    _document("report31", "Annual report 2031", publisher="Water Board", published="2032-02-01", kind="report"),
    _document("library", "海港市图书馆条例", publisher="海港市人民代表大会", published="2030-09-01"),
)
_GLOSSARY = Glossary([Term("library regulation", "图书馆条例"), Term("harbour plan", "Harbour plan")])
_NAMES = DocumentNames(lambda: _DOCUMENTS, lambda: _GLOSSARY)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What does the harbour plan say about noise?", {"harbour"}),
        ("According to the annual report of 2030, how many leaks were there?", {"report30"}),
        ("Summarise the 2031 annual report.", {"report31"}),
        ("What do the annual reports say about leaks?", {"report30", "report31"}),
        ("What does the annual report say about leaks?", set()),
        ("What does the library regulation say about Sundays?", {"library"}),
        ("图书馆条例对押金怎么规定？", {"library"}),
        ("总结一下2030年的图书馆条例", {"library"}),
        ("总结一下2019年的图书馆条例", set()),
        ("What does the forestry plan say about oaks?", set()),
        ("What does the annual report of the post office say?", set()),
        ("How many trees will be planted?", set()),
        ("What does the council plan?", set()),
    ],
)
def test_document_is_named_only_when_every_word_of_the_name_is_its_own(question: str, named: set[str]) -> None:
    """A name is taken for a document's when all of it is known of the document, in either language; else for none."""
    assert _NAMES.addressed(question) == named


@pytest.mark.parametrize(
    ("question", "addressed", "mentioned"),
    [
        ("How loud may it be in the harbour plan?", set(), {"harbour"}),
        ("Which quays are in use under the harbour plan?", set(), {"harbour"}),
        ("How many leaks are in the annual report of 2030?", {"report30"}, {"report30"}),
        ("在图书馆条例中，押金是多少？", {"library"}, {"library"}),
        ("The harbour plan says quays are loud. What does the library regulation say?",
         {"harbour", "library"}, {"harbour", "library"}),
        ("The mayor says quays are loud. What does the library regulation say?", set(), {"library"}),
        ("What does the library regulation say?", {"library"}, {"library"}),
    ],
    ids=["in a thing", "under a thing", "in a text", "in Chinese", "told by another", "told by somebody", "asked"],
)  # fmt: skip
def test_what_is_a_thing_as_well_is_mentioned_and_not_asked_alone(
    question: str, addressed: set[str], mentioned: set[str]
) -> None:
    """What something is in may be a thing as well as a document; a question that cites somebody asks about both."""
    assert (_NAMES.addressed(question), _NAMES.mentioned(question)) == (addressed, mentioned)


@given(st.text(max_size=200))
def test_any_text_names_indexed_documents_or_none(text: str) -> None:
    """Whatever is typed, what is named is indexed."""
    assert _NAMES.addressed(text) | _NAMES.mentioned(text) | _NAMES.within(text) <= {d.id for d in _DOCUMENTS}


@pytest.mark.parametrize(
    "question",
    [
        "Which documents must applicants submit?",
        "Which documents are required for a mooring?",
        "Which of the documents do I need?",
        "Must all documents be signed?",
        "Who keeps every report?",
        "需要提交哪些文件？",
        "申请时必须出示所有文件吗？",
        "办理停泊手续要带哪些资料？",
    ],
)
def test_papers_that_somebody_must_hand_in_are_not_the_indexed_documents(question: str) -> None:
    """A question for papers is asked of the best document, however it is put; it is no list over all of them."""
    assert not classify_intent(question).everywhere


@pytest.mark.parametrize(
    "question",
    [
        "Which documents mention the toll?",
        "Which of the reports set a target for moorings?",
        "What do all the documents say about the toll?",
        "What does each report say about the toll?",
        "In which documents is the toll named?",
        "哪些文件提到了通行费？",
        "各报告对通行费怎么说？",
        "在所有文件中，通行费有哪些规定？",
    ],
)
def test_documents_that_say_something_are_all_asked(question: str) -> None:
    """What documents say, name or set is asked of every one of them."""
    assert classify_intent(question).everywhere
