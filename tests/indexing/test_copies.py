"""The same text in several documents is found, shown once, and every origin is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from policybot import Answer, PolicyBot, load_settings
from policybot.domain import Filter
from policybot.rendering import answer_html, as_markdown, as_text, cited, hits_as_text, source_html, sources_html

TREES = "The council plants 4,200 trees along the harbour by 2035."
FERRIES = "Three ferry lines run on batteries: the northern line, the night line and the school line."
FOOT = "This page is kept by the council's office of records and says nothing that binds it."
NOTE = "Whoever parks at the quay without a permit pays a fine of ninety crowns at the office."
QUESTION = "How many trees does the council plant along the harbour?"


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyBot]:
    """A plan as Markdown, again under another name, and as DOCX; three pages with one foot; a note in two reports."""
    place = tmp_path_factory.mktemp("copies")
    folder: Path = place / "documents"
    folder.mkdir()
    plan = f"# Harbour plan\n\n## Trees\n\n{TREES}\n\n## Ferries\n\n{FERRIES}\n"
    for name in ("plan.md", "plan (1).md"):
        (folder / name).write_text(plan, encoding="utf-8")
    word = docx.Document()
    for style, text in (("Heading 1", "Harbour plan"), ("Heading 2", "Trees"), (None, TREES), ("Heading 2", "Ferries"), (None, FERRIES)):  # fmt: skip  # noqa: E501
        word.add_paragraph(text, style=style)
    word.save(str(folder / "plan.docx"))
    for name in ("a", "b", "c"):
        (folder / f"page-{name}.md").write_text(f"# Page {name}\n\nOf {name}.\n\n## Foot\n\n{FOOT}\n", encoding="utf-8")
    for year in (2031, 2032):
        (folder / f"report-{year}.md").write_text(
            f"# Report of {year}\n\nThe year {year} was calm.\n\n## Parking\n\n{NOTE}\n", encoding="utf-8"
        )
    settings = load_settings(data_dir=place / "data", documents_dir=folder, chat_model="none")
    with PolicyBot(settings) as opened:
        opened.index()
        yield opened


def _holding(bot: PolicyBot, question: str, text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(hit.passage.document, hit.also_in) for hit in bot.search(question) if text in hit.passage.text]


def test_copy_of_a_document_is_shown_once(bot: PolicyBot) -> None:
    """A file under two names and in two formats is found as one, and the hit names the others."""
    found = _holding(bot, QUESTION, TREES)

    assert len(found) == 1
    assert sorted([found[0][0], *found[0][1]]) == ["plan (1).md", "plan.docx", "plan.md"]


def test_boilerplate_is_shown_once(bot: PolicyBot) -> None:
    """What stands in three documents is found once, with all of them named."""
    found = _holding(bot, "Who keeps this page, and does it bind the council?", FOOT)

    assert [sorted([document, *others]) for document, others in found] == [["page-a.md", "page-b.md", "page-c.md"]]


def test_text_of_two_documents_keeps_both(bot: PolicyBot) -> None:
    """A passage that two documents share is found in both, each naming the other: which one is meant is not known."""
    found = _holding(bot, "What does parking at the quay without a permit cost?", NOTE)

    assert sorted(found) == [
        ("report-2031.md", ("report-2032.md",)),
        ("report-2032.md", ("report-2031.md",)),
    ]


def test_filter_reaches_the_copy(bot: PolicyBot) -> None:
    """Asked for one of the copies alone, the search finds it."""
    hits = bot.search(QUESTION, filter=Filter(documents=("plan.docx",)))

    assert {hit.passage.document for hit in hits} == {"plan.docx"}


def test_every_origin_is_named_wherever_an_answer_is_shown(bot: PolicyBot) -> None:
    """Citations name the other origins in JSON, Markdown, the terminal and on the page, in both languages."""
    answer = bot.ask(QUESTION)
    citation = answer.citations[0]
    reference, document = cited(citation), bot.document(citation.document_id)
    shown = {
        "terminal": as_text(answer, width=400),
        "hits": hits_as_text(bot.search(QUESTION), language="en", width=400),
        "markdown": as_markdown(answer).replace("\\", ""),
        "list": sources_html([reference], turn="m1", language="en", heading="Sources"),
        "card": source_html(reference, document, turn="m1", neighbours=[reference], language="en"),
    }
    chinese = sources_html([reference], turn="m1", language="zh", heading="来源")

    assert len(citation.also_in) == 2
    for where, text in shown.items():
        assert "ame text in" in text, where
        assert all(name in text for name in citation.also_in), where
    assert f"相同文字见于 {'、'.join(citation.also_in)}" in chinese
    assert Answer.from_dict(answer.as_dict()) == answer
    assert answer_html(answer.sentences, answer.citations, turn="m1", language="en")
