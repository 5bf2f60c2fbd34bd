"""Documents and questions in traditional characters are searched as those in simplified ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexes import Indexes
from policybot import PolicyBot, load_settings
from policybot.indexing import open_index
from policybot.indexing.places import current
from policybot.language.script import fold_script, folded_characters
from policybot.searching import Glosser, Query
from policybot.text.dictionary import dictionary

TRADITIONAL = {meant: written for written, meant in sorted(folded_characters().items()) if 0x3400 <= written < 0xA000}

DOCUMENTS = {
    "library.md": "# 海港市图书馆条例\n\n## 开放时间\n\n市图书馆每天开放十四小时，周末不闭馆。\n\n## 押金\n\n"
    "读者证押金为一百元，退证时全额退还。\n\n## 藏书\n\n到2032年，全市人均藏书量应达到2.5册。\n",
    "ferry.md": "# 海港市轮渡规划\n\n## 线路\n\n三条轮渡线路将改用电池。\n\n"
    "## 票价\n\n学生乘船票价为三元，周末免费。\n",
}
QUESTIONS = (
    "读者证押金是多少？",
    "图书馆每天开放多少小时？",
    "轮渡的票价是多少？",
    "哪些线路改用电池？",
    "2032年藏书量要达到多少？",
)


@pytest.fixture(scope="module")
def bots(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[PolicyBot, PolicyBot]]:
    """A bot over the documents in simplified characters, and one over the same in traditional ones."""
    opened = []
    for table in ({}, TRADITIONAL):
        folder: Path = tmp_path_factory.mktemp("documents")
        for name, text in DOCUMENTS.items():
            (folder / name).write_text(text.translate(table), encoding="utf-8")
        bot = PolicyBot(load_settings(data_dir=tmp_path_factory.mktemp("data"), chat_model="none"))
        bot.index(folder)
        opened.append(bot)
    yield opened[0], opened[1]
    for bot in opened:
        bot.close()


@pytest.mark.parametrize("question", QUESTIONS)
def test_keywords_find_the_same_in_both_scripts(bots: tuple[PolicyBot, PolicyBot], question: str) -> None:
    """Whatever question and documents are written in, the keyword index gives the same passages in one order."""
    found = []
    for bot in bots:
        with open_index(current(bot.settings.data_dir)) as index:
            for asked in (question, question.translate(TRADITIONAL)):
                ids = index.catalogue.search_keywords(asked, language="zh", limit=10)
                records = index.catalogue.passages(ids)
                found.append([fold_script(records[id_].passage.text) for id_ in ids])

    assert found[0]
    assert found == [found[0]] * 4


@pytest.mark.parametrize("question", QUESTIONS)
def test_question_in_traditional_characters_is_glossed_alike(bots: tuple[PolicyBot, PolicyBot], question: str) -> None:
    """The dictionary knows a word however it is written."""
    with open_index(current(bots[0].settings.data_dir)) as index:
        glosser = Glosser(index.catalogue, dictionary=dictionary)
        traditional = question.translate(TRADITIONAL)

        assert glosser.gloss(traditional, "zh") == glosser.gloss(question, "zh")
        assert glosser.translate(Query(traditional, "zh"), ["en"]).translations["en"]


def test_quote_stays_as_the_document_writes_it(bots: tuple[PolicyBot, PolicyBot]) -> None:
    """A simplified question over traditional documents is answered by their own characters."""
    bot = bots[1]

    answer = bot.ask("读者证押金是多少？")

    assert answer.citations
    for citation in answer.citations:
        document = bot.document(citation.document)
        assert document.text[citation.start : citation.end] == citation.quote
    assert "讀者" in answer.citations[0].quote


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_in_traditional_characters_is_answered_alike(
    bots: tuple[PolicyBot, PolicyBot], question: str
) -> None:
    """Whatever the question is written in, its answer, its citations and its decisions are the same."""
    for bot in bots:
        expected, answer = bot.ask(question), bot.ask(question.translate(TRADITIONAL))

        assert (answer.text, answer.kind, answer.citations) == (expected.text, expected.kind, expected.citations)
        assert answer.decisions == expected.decisions
        assert answer.question == question.translate(TRADITIONAL)


OWN = Path(__file__).parents[2] / "documents"
ASKED = (
    ("大规模设备更新方案是哪一天公布的？", "大規模設備更新方案是哪一天公佈的？"),
    ("到2024年底发布了多少项国家标准？", "到2024年底發佈了多少項國家標準？"),
    ("以旧换新带动了多少销售额？", "以舊換新帶動了多少銷售額？"),
    ("2025年安排了多少超长期特别国债支持以旧换新？", "2025年安排了多少超長期特別國債支持以舊換新？"),
    ("新能源汽车年产量突破了多少辆？", "新能源汽車年產量突破了多少輛？"),
    ("2024年集成电路产量增长多少？", "2024年集成電路產量增長多少？"),
    ("国务院2025年6月的报告讲了哪些科技创新方面的数据？", "國務院2025年6月的報告講了哪些科技創新方面的數據？"),
    ("谁受国务院委托作了这份报告？", "誰受國務院委託作了這份報告？"),
    ("习近平把未来产业的特点概括为什么？", "習近平把未來產業的特點概括爲什麼？"),
    ("选择未来产业的方向要考虑哪三个因素？", "選擇未來產業的方向要考慮哪三個因素？"),
    ("集体学习是谁作的讲解？", "集體學習是誰作的講解？"),
    ("“产业出题、科技答题”是什么意思？", "「產業出題、科技答題」是什麼意思？"),
    ("氢能规划提出到２０２５年燃料电池汽车要有多少辆？", "氫能規劃提出到2025年燃料電池汽車要有多少輛？"),
)
"""Questions in simplified characters, and as people in Taiwan and Hong Kong type them."""


@pytest.fixture(scope="module")
def own_bot(indexes: Indexes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyBot]:
    """A bot over some of the documents that come with policybot."""
    names = ("10-equipment-renewal-and-standards-zh.md", "12-hydrogen-plan.md", "15-state-council-report-2025-zh.md",
             "18-politburo-future-industries-2026-zh.md")  # fmt: skip
    folder = indexes.documents({name: (OWN / name).read_bytes() for name in names})
    data = indexes.copy(folder, tmp_path_factory.mktemp("data"))
    with PolicyBot(load_settings(data_dir=data, chat_model="none")) as bot:
        yield bot


@pytest.mark.parametrize(("simplified", "traditional"), ASKED)
def test_our_own_documents_answer_in_either_script(own_bot: PolicyBot, simplified: str, traditional: str) -> None:
    """Answer and citations do not depend on the script, the width or the quotation marks of the question."""
    expected, answer = own_bot.ask(simplified), own_bot.ask(traditional)

    assert (answer.text, answer.kind, answer.citations) == (expected.text, expected.kind, expected.citations)
