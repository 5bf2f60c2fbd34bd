"""Documents and questions in traditional characters are searched as those in simplified ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

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
