"""Search: every language gets its due, and the right passage comes first."""

from __future__ import annotations

from policybot import PolicyBot


def test_a_question_finds_a_document_in_the_other_language(quoting_bot: PolicyBot) -> None:
    english = quoting_bot.search("What is the deposit for a library card?")
    chinese = quoting_bot.search("港口计划到2035年要种多少棵树？")

    assert english[0].passage.document == "library.md"
    assert chinese[0].passage.document == "harbour.md"


def test_a_question_in_the_documents_language_finds_it_first(quoting_bot: PolicyBot) -> None:
    assert quoting_bot.search("How many trees will be planted?")[0].passage.document == "harbour.md"
    assert quoting_bot.search("图书馆每天开放几小时？")[0].passage.document == "library.md"


def test_the_same_search_has_the_same_result(quoting_bot: PolicyBot) -> None:
    assert quoting_bot.search("Which ferries run on batteries?") == quoting_bot.search(
        "Which ferries run on batteries?"
    )
