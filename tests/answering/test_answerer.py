"""What becomes of the sentences a chat model writes: checked, cited, or kept as rejected."""

from __future__ import annotations

from pathlib import Path

import pytest

from policybot import Answer, PolicyBot, load_settings
from policybot.answering.vetting.vet import UNSAID
from policybot.errors import ChatModelError
from policybot.testing import ScriptedChatModel

_QUESTION = "How many trees does the council want to plant along the harbour by 2035?"


def _ask(data: Path, *replies: str | Exception, question: str = _QUESTION) -> tuple[Answer, ScriptedChatModel]:
    model = ScriptedChatModel(replies=replies)
    with PolicyBot(load_settings(data_dir=data, chat_model="none"), chat_model=model) as bot:
        return bot.ask(question), model


def test_supported_sentence_is_shown_with_its_citation(own_data: Path) -> None:
    """A sentence that the evidence carries is shown and cites the sentence that carries it."""
    answer, _ = _ask(own_data, "The council wants to plant 4,200 trees.")

    assert [s.verdict for s in answer.sentences] == ["supported"]
    assert "4,200 trees" in answer.citations[0].quote


def test_changed_figure_is_never_shown(own_data: Path) -> None:
    """A sentence with another figure is kept as rejected; the evidence is quoted in its place."""
    answer, _ = _ask(own_data, "The council wants to plant 9,900 trees.")

    assert "9,900" not in answer.text
    assert "4,200" in answer.text
    assert [s.text for s in answer.rejected] == ["The council wants to plant 9,900 trees."]


def test_invented_marker_is_recorded_and_not_shown(own_data: Path) -> None:
    """A marker that the chat model writes says nothing about the source: it is kept for the record only."""
    answer, _ = _ask(own_data, "The council wants to plant 4,200 trees [7].")

    assert answer.sentences[0].rejected_markers == ("[7]",)
    assert "[7]" not in answer.text


def test_chat_model_that_finds_nothing_makes_the_bot_abstain(own_data: Path) -> None:
    """When the chat model, having read the evidence, says that it holds no answer, the bot abstains."""
    answer, _ = _ask(own_data, "These sentences do not mention the answer.")

    assert answer.status == "abstained"


def test_failing_chat_model_is_an_error_not_an_answer(own_data: Path) -> None:
    """A chat model that fails raises, naming the model and the next step."""
    with pytest.raises(ChatModelError, match="ScriptedChatModel"):
        _ask(own_data, TimeoutError("slow"))


def test_document_text_reaches_the_model_as_sentences_only(own_data: Path) -> None:
    """The chat model reads evidence sentences and the question, never front matter."""
    _, model = _ask(own_data, "The council wants to plant 4,200 trees.")

    prompt = str(model.heard[-1][-1].content)

    assert "plant 4,200 trees" in prompt
    assert "publisher:" not in prompt


def test_question_is_no_answer(own_data: Path) -> None:
    """A chat model that asks back in the evidence's words has not answered: the evidence is quoted."""
    answer, _ = _ask(own_data, "Does the council want to plant 4,200 trees?")

    assert [s.text for s in answer.rejected] == ["Does the council want to plant 4,200 trees?"]
    assert "4,200" in answer.text


def test_source_is_quoted_of_a_sentence_in_the_questions_words(own_data: Path) -> None:
    """A sentence that lends its source a word of the question is not shown; what the source says is quoted."""
    question = "How many trees does the generous council want to plant along the harbour by 2035?"
    written = "The generous council wants to plant 4,200 trees along the harbour."
    answer, _ = _ask(own_data, written, question=question)

    assert [s.text for s in answer.rejected] == [written]
    assert answer.rejected[0].reason.startswith(UNSAID)
    assert "4,200" in answer.text
    assert "generous" not in answer.text
