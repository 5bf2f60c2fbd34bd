"""The whole way, from a folder to a cited answer, with the real embedding and reranking models."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from policybot import Answer, Delta, Done, Filter, Found, PolicyBot, Turn, load_settings
from policybot.errors import IndexingError, NothingIndexed, QuestionError, StoreError, UnknownDocument
from policybot.indexing import open_index
from policybot.indexing.places import current
from policybot.models.embedding import BgeSmall, E5Small
from policybot.store.catalogue import Catalogue


def test_answer_quotes_its_document_exactly(quoting_bot: PolicyBot) -> None:
    """Every quote is the substring of the document's text at the citation's offsets."""
    answer = quoting_bot.ask("How many trees does the council want to plant?")

    assert answer.status == "answered"
    assert "4,200 trees" in answer.text
    for citation in answer.citations:
        document = quoting_bot.document(citation.document_id, version=citation.version)
        assert citation.quote == document.text[citation.start : citation.end]


def test_offsets_are_those_of_the_file(quoting_bot: PolicyBot, folder: Path) -> None:
    """The offsets of a Markdown citation count in the file itself, front matter included."""
    citation = quoting_bot.ask("How many trees does the council want to plant?").citations[0]

    text = (folder / citation.document).read_text(encoding="utf-8")

    assert citation.quote == text[citation.start : citation.end]


def test_citation_carries_the_front_matter(quoting_bot: PolicyBot) -> None:
    """Title, publisher, date, section and URL of the document reach the citation."""
    citation = quoting_bot.ask("How many trees does the council want to plant?").citations[0]

    found = (citation.title, citation.publisher, citation.published, citation.section, citation.url)

    assert found == (
        "Harbour plan of Port Ellis", "Port Ellis Council", "2031-04-02", "Targets", "https://example.org/harbour",
    )  # fmt: skip


def test_list_is_answered_with_its_items(quoting_bot: PolicyBot) -> None:
    """A sentence that leads into a list brings the items along."""
    answer = quoting_bot.ask("Which ferry lines will run on batteries?")

    assert all(line in answer.text for line in ("Skarholm", "Vik", "school line"))


def test_chinese_question_is_answered_from_a_chinese_document(quoting_bot: PolicyBot) -> None:
    """A Chinese question finds the Chinese sentence, and the answer's language is Chinese."""
    answer = quoting_bot.ask("读者证押金是多少？")

    assert (answer.status, answer.language) == ("answered", "zh")
    assert "一百元" in answer.text


def test_sentences_are_ranked_with_their_places(quoting_bot: PolicyBot) -> None:
    """The sentence that answers comes first, at its place in its document; fewer are the beginning of more."""
    question = "How many trees does the council want to plant?"
    found = quoting_bot.sentences(question)

    assert "4,200 trees" in found[0].text
    assert len(found) > 1 and [e.score for e in found] == sorted((e.score for e in found), reverse=True)
    assert quoting_bot.sentences(question, limit=1) == found[:1]
    for evidence in found:
        document = quoting_bot.document(evidence.hit.passage.document_id)
        assert document.text[evidence.start : evidence.end] == evidence.text


def test_sentences_of_a_follow_up_and_a_filter(quoting_bot: PolicyBot) -> None:
    """A follow-up is understood with what came before, and only what the filter lets through is ranked."""
    before = [Turn("user", "How many trees does the council want to plant along the harbour?"), Turn("assistant", "…")]
    then = quoting_bot.sentences("And how much will it spend on quays?", history=before)
    chinese = quoting_bot.sentences("How many trees will be planted?", filter=Filter(languages=("zh",)))

    assert any("12.5 million" in evidence.text for evidence in then[:3])
    assert {evidence.hit.passage.language for evidence in chinese} == {"zh"}


@pytest.mark.parametrize(
    "question",
    ["Who won the football world cup in 1998?", "How many trees did the council fell in 2019?"],
    ids=["off the subject", "not said"],
)
def test_what_the_documents_do_not_hold_is_not_answered(quoting_bot: PolicyBot, question: str) -> None:
    """Without an answer in the documents the bot abstains, says so, cites nothing, and offers the nearest passages."""
    answer = quoting_bot.ask(question)

    assert (answer.status, answer.kind in ("off_topic", "unanswered")) == ("abstained", True)
    assert answer.text
    assert answer.citations == ()
    assert answer.hits


def test_follow_up_is_understood_with_what_came_before(quoting_bot: PolicyBot) -> None:
    """A question that refers back is searched with the question before it; another conversation knows nothing of it."""
    talk, other = quoting_bot.conversation(), quoting_bot.conversation()
    talk.ask("How many trees does the council want to plant along the harbour?")

    answer = talk.ask("And how much will it spend on quays?")

    assert "12.5 million" in answer.text
    assert [turn.role for turn in talk.turns] == ["user", "assistant"] * 2
    assert other.turns == ()


def test_the_question_as_understood_is_told(quoting_bot: PolicyBot) -> None:
    """A follow-up is answered as it is understood, which is told with the answer; the question stays as typed."""
    talk = quoting_bot.conversation()
    first = talk.ask("How many trees does the council want to plant along the harbour by 2035?")
    events = list(quoting_bot.stream("By 2030?", history=talk.turns))
    found, done = events[0], events[-1]

    assert isinstance(found, Found) and isinstance(done, Done)
    assert done.answer.question == "By 2030?"
    assert done.answer.understood == "How many trees does the council want to plant along the harbour by 2030?"
    assert found.understood == done.answer.as_dict()["understood"] == done.answer.understood
    assert Answer.from_dict(json.loads(json.dumps(done.answer.as_dict()))).understood == done.answer.understood
    assert first.understood == ""


def test_memory_survives_a_restart(own_data: Path) -> None:
    """A conversation's turns are there when the data folder is opened again, and gone when forgotten."""
    settings = load_settings(data_dir=own_data, chat_model="none")
    with PolicyBot(settings) as bot:
        bot.conversation("c1").ask("How many trees will be planted?")
    with PolicyBot(settings) as bot:
        remembered = bot.turns("c1")
        bot.forget("c1")
        forgotten = bot.turns("c1")

    assert remembered[0].text == "How many trees will be planted?"
    assert forgotten == ()


def test_stream_ends_with_the_answer_that_ask_returns(quoting_bot: PolicyBot) -> None:
    """Streaming and asking are one path: Found, the sentences, then Done with the same answer."""
    question = "Which ferry lines will run on batteries?"

    events = list(quoting_bot.stream(question))

    assert isinstance(events[0], Found)
    assert isinstance(events[-1], Done)
    assert tuple(e.sentence for e in events if isinstance(e, Delta)) == events[-1].answer.sentences
    assert events[-1].answer.text == quoting_bot.ask(question).text


def test_async_twins_give_the_same_answer(quoting_bot: PolicyBot) -> None:
    """aask returns what ask returns."""
    question = "How many trees does the council want to plant?"

    answer = asyncio.run(quoting_bot.aask(question))

    assert answer.text == quoting_bot.ask(question).text


def test_answer_is_plain_json(quoting_bot: PolicyBot) -> None:
    """An answer turns into JSON with text, status, sentences, citations and timings."""
    values = json.loads(json.dumps(quoting_bot.ask("How many trees will be planted?").as_dict()))

    assert {"text", "status", "sentences", "citations", "timings"} <= values.keys()


@pytest.mark.parametrize("question", ["", "  \n", "\x00", "x" * 4001], ids=["empty", "blank", "control", "too long"])
def test_unaskable_questions_are_refused(quoting_bot: PolicyBot, question: str) -> None:
    """An empty or endless question is an error, not an answer."""
    with pytest.raises(QuestionError):
        quoting_bot.ask(question)


def test_asking_an_empty_index_says_what_to_do(tmp_path: Path) -> None:
    """Before anything is indexed the error names the next step."""
    with (
        PolicyBot(load_settings(data_dir=tmp_path, chat_model="none")) as bot,
        pytest.raises(NothingIndexed, match="policybot index"),
    ):
        bot.ask("Anything?")


def test_unknown_document_is_named(quoting_bot: PolicyBot) -> None:
    """Opening a document that is not indexed names it; a path is no way to other files."""
    with pytest.raises(UnknownDocument, match="passwd"):
        quoting_bot.document("../../etc/passwd")


def test_data_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    """A data folder that cannot be made is one clear error with the setting to change."""
    (tmp_path / "data").write_text("")
    settings = load_settings(data_dir=tmp_path / "data" / "below", chat_model="none")

    with pytest.raises(StoreError, match="POLICYBOT_DATA_DIR"):
        PolicyBot(settings)


class TestIndexing:
    """Indexing brings the index up to date and loses nothing."""

    @pytest.fixture
    def bot(self, tmp_path: Path, folder: Path) -> PolicyBot:
        documents = tmp_path / "documents"
        documents.mkdir()
        for file in folder.iterdir():
            (documents / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
        bot = PolicyBot(load_settings(data_dir=tmp_path / "data", documents_dir=documents, chat_model="none"))
        bot.index()
        return bot

    def test_nothing_changed_embeds_nothing(self, bot: PolicyBot) -> None:
        """Indexing again embeds nothing and calls every document unchanged."""
        report = bot.index()

        assert (report.embedded, len(report.plan.unchanged)) == (0, 2)

    def test_changed_document_replaces_its_old_text(self, bot: PolicyBot) -> None:
        """After an edit the new figure answers and the old one is gone; only changed passages are embedded."""
        path = bot.settings.documents_dir / "harbour.md"
        path.write_text(path.read_text(encoding="utf-8").replace("4,200", "9,900"), encoding="utf-8")

        report = bot.index()

        assert (report.plan.changed, report.embedded) == (("harbour.md",), 1)
        assert "9,900" in bot.ask("How many trees does the council want to plant?").text

    def test_old_version_still_opens(self, bot: PolicyBot) -> None:
        """A citation's version opens the text it was read from after the document changed."""
        citation = bot.ask("How many trees does the council want to plant?").citations[0]
        path = bot.settings.documents_dir / "harbour.md"
        path.write_text("# Another text\n\nNothing of the old one.\n", encoding="utf-8")
        bot.index()

        document = bot.document(citation.document_id, version=citation.version)

        assert document.text[citation.start : citation.end] == citation.quote

    def test_deleted_document_is_forgotten(self, bot: PolicyBot) -> None:
        """A file that is gone answers no more."""
        (bot.settings.documents_dir / "harbour.md").unlink()

        report = bot.index()

        assert (report.plan.deleted, report.documents) == (("harbour.md",), 1)
        assert bot.ask("How many trees does the council want to plant?").status == "abstained"

    def test_broken_file_does_not_stop_the_others(self, bot: PolicyBot) -> None:
        """A broken PDF and a wrong front matter are named in the report, the rest is indexed."""
        folder = bot.settings.documents_dir
        (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
        (folder / "wrong.md").write_text("---\ntitle: [\n---\nText.\n", encoding="utf-8")
        (folder / "good.txt").write_text("The lighthouse keeper feeds seven gulls.", encoding="utf-8")

        report = bot.index()

        assert {failure.name for failure in report.plan.failed} == {"broken.pdf", "wrong.md"}
        assert report.documents == 3

    def test_emptied_folder_keeps_what_was_indexed(self, bot: PolicyBot) -> None:
        """A folder that suddenly holds nothing is an error; the index stays as it was."""
        for file in bot.settings.documents_dir.iterdir():
            file.unlink()

        with pytest.raises(IndexingError, match="left as they are"):
            bot.index()

        assert len(bot.documents()) == 2

    def test_interrupted_run_is_finished_by_the_next(self, bot: PolicyBot, monkeypatch: pytest.MonkeyPatch) -> None:
        """A run that dies between vectors and catalogue leaves no trace that a later run does not mend."""
        (bot.settings.documents_dir / "new.txt").write_text("The lighthouse keeper feeds seven gulls.")

        class Killed(BaseException):
            pass

        def die(*_: object, **__: object) -> None:
            raise Killed

        with monkeypatch.context() as dying, pytest.raises(Killed):
            dying.setattr(Catalogue, "put", die)
            bot.index()
        during = len(bot.documents())
        report = bot.index()

        assert (during, report.documents, report.embedded) == (2, 3, 0)

    def test_lost_vectors_are_made_again(self, bot: PolicyBot) -> None:
        """The vectors are a cache: what is missing is embedded again, though no file changed."""
        with open_index(current(bot.settings.data_dir)) as index:
            for model in (BgeSmall.name, E5Small.name):
                index.vectors.remove(model, sorted(index.vectors.ids(model)))

        report = bot.index()

        assert report.embedded == report.passages
