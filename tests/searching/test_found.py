"""What a search finds, with the real models: phrases, editions, figures, renderings, other languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from policybot import PolicyBot, Turn, load_settings
from policybot.indexing import open_index
from policybot.indexing.places import current
from policybot.store.catalogue import Catalogue

REPORT = """---
title: "Annual harbour report {year}"
publisher: "Port Ellis Council"
published: {year}-02-0{day}
kind: report
language: en
---

# Annual harbour report {year}

## Goals

The report sets the cargo goal for the year at {growth} million tonnes. Quays will be dredged as in the years before.

## Staff

The port employs {staff} people.
"""

RANCHING = """---
title: "Coastal fisheries memo"
publisher: "Fisheries Office"
published: 2029-05-01
language: en
---

# Coastal fisheries memo

## Sea farming

The office supports marine ranching (海洋牧场) with a grant of 12.5 million crowns. The share of wild catch fell to five
percent.

## Licences

Under regulation No. 18 of 2029, a boat needs “a clean hull and a sober helmsman” before it may leave.
"""

TIDES = """---
title: "潮汐观测规定"
publisher: "海事局"
published: 2028-06-01
language: zh
---

# 潮汐观测规定

## 站点

全市设立潮汐观测站，每十五分钟记录一次水位。观测站的误差不得超过百分之五，经费为1250万元。

## 公布

观测结果由海事局在次日公布，渔民可以免费查询。
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyBot]:
    folder = tmp_path_factory.mktemp("documents")
    for day, (year, growth, staff) in enumerate(((2027, 31, 410), (2028, 33, 395), (2029, 36, 380)), start=1):
        report = REPORT.format(year=year, day=day, growth=growth, staff=staff)
        (folder / f"report-{year}.md").write_text(report, encoding="utf-8")
    (folder / "fisheries.md").write_text(RANCHING, encoding="utf-8")
    (folder / "fisheries-copy.md").write_text(RANCHING, encoding="utf-8")
    (folder / "fisheries-again.md").write_text(RANCHING, encoding="utf-8")
    (folder / "tides.md").write_text(TIDES, encoding="utf-8")
    (folder / "glossary.yaml").write_text("- {en: tide gauge, zh: 潮汐观测站}\n", encoding="utf-8")
    with PolicyBot(load_settings(data_dir=tmp_path_factory.mktemp("data"), chat_model="none")) as opened:
        opened.index(folder)
        yield opened


def documents(bot: PolicyBot, question: str) -> list[str]:
    return [hit.passage.document for hit in bot.search(question)]


def test_without_a_year_the_newest_edition_comes_first(bot: PolicyBot) -> None:
    assert documents(bot, "What is the cargo goal?")[0] == "report-2029.md"


@pytest.mark.parametrize("year", [2027, 2028, 2029])
def test_a_question_with_a_year_gets_that_years_edition(bot: PolicyBot, year: int) -> None:
    assert documents(bot, f"What was the cargo goal of {year}?")[0] == f"report-{year}.md"


def test_a_quoted_phrase_is_found_word_for_word(bot: PolicyBot) -> None:
    assert "clean hull" in bot.search('Who must have "a clean hull"?')[0].passage.text
    assert bot.search("哪里写着“次日公布”？")[0].passage.document == "tides.md"


@pytest.mark.parametrize(
    ("keywords", "document"),
    [
        ("海事局", "tides"),
        ("渔民 免费 查询", "tides"),
        ("第18号 2029", "fisheries"),
        ("No. 18", "fisheries"),
    ],
)
def test_keywords_alone_find_in_both_languages(bot: PolicyBot, keywords: str, document: str) -> None:
    assert documents(bot, keywords)[0].startswith(document)


@pytest.fixture(scope="module")
def catalogue(bot: PolicyBot) -> Iterator[Catalogue]:
    """The catalogue of the bot's index."""
    with open_index(current(bot.settings.data_dir)) as index:
        yield index.catalogue


def test_keyword_search_alone_finds_chinese(catalogue: Catalogue) -> None:
    found = catalogue.search_keywords("海事局何时公布观测结果？", language="zh", limit=5)

    assert catalogue.passages(found)[found[0]].passage.text.startswith("观测结果由海事局")


@pytest.mark.parametrize("figure", ["5%", "five percent", "百分之五", "1250万", "12.5 million"])
def test_a_figure_is_found_however_it_is_written(catalogue: Catalogue, figure: str) -> None:
    for language, document in (("en", "fisheries.md"), ("zh", "tides.md")):
        found = catalogue.search_keywords(figure, language=language, limit=10)
        assert document in {record.passage.document for record in catalogue.passages(found).values()}


def test_renderings_of_documents_and_owner_cross_languages(bot: PolicyBot) -> None:
    assert documents(bot, "海洋牧场的补助有多少？")[0].startswith("fisheries")
    assert documents(bot, "How often does a tide gauge record the level?")[0] == "tides.md"


def test_the_same_text_under_three_names_does_not_fill_the_top(bot: PolicyBot) -> None:
    """It is found once, with the other two names."""
    hits = bot.search("How large is the grant for marine ranching?")
    found = [hit for hit in hits if hit.passage.document.startswith("fisheries")]

    assert len({hit.passage.document for hit in found}) == 1
    assert {len(hit.also_in) for hit in found} == {2}


ABOUT_RANCHING = (
    Turn("user", "Does the Fisheries Office support marine ranching?"),
    Turn("assistant", "Yes, it supports marine ranching with a grant."),
)


def test_a_follow_up_is_understood_by_what_was_said(bot: PolicyBot) -> None:
    assert bot.search("How large is it?", history=ABOUT_RANCHING)[0].passage.document.startswith("fisheries")


def test_a_question_on_another_subject_is_not_drawn_to_the_old_one(bot: PolicyBot) -> None:
    found = bot.search("How many people does the harbour port employ?", history=ABOUT_RANCHING)

    assert found[0].passage.document.startswith("report")
