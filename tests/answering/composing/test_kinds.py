"""The kinds of answer people want, over invented documents, with the real models, by quoting."""

from __future__ import annotations

import pytest

from policybot import Answer, PolicyBot


def _quotes_hold(bot: PolicyBot, answer: Answer) -> bool:
    """Whether every sentence is cited and every quote stands at its offsets."""
    for citation in answer.citations:
        document = bot.document(citation.document_id, version=citation.version)
        if document.text[citation.start : citation.end] != citation.quote:
            return False
    return all(sentence.citations for sentence in answer.sentences)


def test_list_is_whole_and_nothing_else(librarian: PolicyBot) -> None:
    """A question for a list is answered with its lead and all its items, and nothing besides."""
    answer = librarian.ask("Which four steps does the tidal power plan name?")

    assert answer.wanted == "list"
    assert [s.text.split()[0] for s in answer.sentences] == ["The", "survey", "anchor", "build", "sell"]
    assert {s.lead for s in answer.sentences[1:]} == {"\n- "}
    assert _quotes_hold(librarian, answer)


def test_chinese_list_is_whole(librarian: PolicyBot) -> None:
    """Likewise in Chinese."""
    answer = librarian.ask("码头条例规定了哪三项安全措施？")

    assert [s.citations for s in answer.sentences] == [(1,), (2,), (3,), (4,)]
    assert "救生圈" in answer.text


def test_list_without_a_lead_is_that_of_the_section(librarian: PolicyBot) -> None:
    """A list below a heading that says what is asked for is whole, too, and of the year that is asked for."""
    answer = librarian.ask("List the targets for 2032 in the harbour report.")

    assert [s.text.split()[0] for s in answer.sentences] == ["A", "5", "Noise"]
    assert {c.document for c in answer.citations} == {"report-2032.md"}


def test_time_line_is_in_order_of_date(librarian: PolicyBot) -> None:
    """A time line's entries stand by date, each behind its date, over all documents."""
    answer = librarian.ask("Give me a timeline of tidal power.")

    labels = [s.lead.removeprefix("\n").removeprefix("- ").removesuffix(": ") for s in answer.sentences]

    assert answer.wanted == "timeline"
    assert labels[0] == "15 June 2029"
    assert [int(label[-4:]) for label in labels] == sorted(int(label[-4:]) for label in labels)
    assert {"tidal.md", "report-2031.md", "report-2032.md"} <= {c.document for c in answer.citations}
    assert _quotes_hold(librarian, answer)


def test_summary_of_a_document_holds_something_of_its_sections_only(librarian: PolicyBot) -> None:
    """A summary of one document cites that document alone, and more than one of its sections."""
    answer = librarian.ask("Summarise the tidal power plan.")

    assert answer.wanted == "summary"
    assert {c.document for c in answer.citations} == {"tidal.md"}
    assert len({c.section for c in answer.citations}) > 1
    assert _quotes_hold(librarian, answer)


def test_years_are_compared_side_by_side_in_a_table(librarian: PolicyBot) -> None:
    """A table has a column for each year, and each cell is quoted from that year's document."""
    answer = librarian.ask("Compare the harbour budgets of 2031 and 2032 in a table.")

    first, second = answer.sentences[:2]

    assert answer.text.startswith("| 2031 | 2032 |\n|---|---|\n| A harbour budget of 12 million crowns.")
    assert ("12 million" in first.text, "15 million" in second.text) == (True, True)
    assert [answer.citations[s.citations[0] - 1].document for s in (first, second)] == [
        "report-2031.md",
        "report-2032.md",
    ]


def test_comparison_names_the_side_of_each_sentence(librarian: PolicyBot) -> None:
    """Without a table each sentence stands behind the name of its side."""
    answer = librarian.ask("How did the number of battery ferries change between 2031 and 2032?")

    told = {s.lead.strip("\n- :"): s.text for s in answer.sentences}

    assert "3 battery ferries" in told["2031"]
    assert "5 battery ferries" in told["2032"]


def test_definition_is_one_sentence(librarian: PolicyBot) -> None:
    """A definition is the sentence that defines, alone, in the question's language."""
    english, chinese = librarian.ask("What is tidal power?"), librarian.ask("什么是码头？")

    assert [s.text for s in english.sentences] == ["Tidal power is electricity made from the rise and fall of the sea."]
    assert [s.text for s in chinese.sentences] == ["码头是指供船舶停靠、装卸货物和上下旅客的水工建筑物。"]


def test_named_document_answers_alone(librarian: PolicyBot) -> None:
    """What a document says is answered from that document, although others say more."""
    answer = librarian.ask("What does the 2031 harbour report say about tidal power?")

    assert {c.document for c in answer.citations} == {"report-2031.md"}


def test_document_mentioned_comes_forward_and_does_not_hide_the_others(librarian: PolicyBot) -> None:
    """A plan is a thing as well as a document: its own text comes forward, what others say of it is found, too."""
    named = [
        hit.passage.document
        for hit in librarian.search("How many decibels are allowed at night in the tidal power plan?")
    ]
    alone = [hit.passage.document for hit in librarian.search("How many decibels are allowed at night?")]

    assert named.index("tidal.md") < alone.index("tidal.md")
    assert {"report-2031.md", "report-2032.md"} <= set(named)


@pytest.mark.parametrize(
    "question",
    ["Give me a timeline of the Roman emperors.", "Summarise the rules of chess.", "Compare cats and dogs in a table."],
)
def test_what_the_documents_do_not_hold_is_not_put_together(librarian: PolicyBot, question: str) -> None:
    """No kind of answer is made of documents about something else."""
    assert librarian.ask(question).status == "abstained"


@pytest.mark.parametrize(
    ("question", "labels", "quotes"),
    [
        (
            "Who published the tidal power plan? Please give me its publication date.",
            ["Published by: ", "Published on: "],
            ["Port Ellis Energy Office", "2029-06-15"],
        ),
        ("码头条例那份文件出自哪里、发布日期是？", ["发布者：", "发布日期："], ["海港市人民代表大会", "2030-09-01"]),
    ],
)
def test_a_documents_origin_is_quoted_from_its_file(
    librarian: PolicyBot, question: str, labels: list[str], quotes: list[str]
) -> None:
    """What its front matter says of publisher and date, each behind its label, in the question's language."""
    answer = librarian.ask(question)

    assert [s.lead.removeprefix("\n").removeprefix("- ") for s in answer.sentences[: len(labels)]] == labels
    assert [s.text for s in answer.sentences[: len(quotes)]] == quotes
    assert _quotes_hold(librarian, answer)


def test_an_origin_that_the_file_does_not_state_is_not_made_up(librarian: PolicyBot) -> None:
    """Without an address in the front matter none is given."""
    answer = librarian.ask("Give me the link to the tidal power plan.")

    assert not any("http" in s.text for s in answer.sentences)
