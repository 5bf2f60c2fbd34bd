"""Questions to begin with."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policybot import PolicyBot
from policybot.bot.suggesting import Heading, example_questions, further_questions
from policybot.calibration import ANSWERS_FROM

HEADINGS = st.builds(
    Heading,
    document_id=st.sampled_from("abcdef"),
    title=st.sampled_from(["Harbour plan", "海港市图书馆条例", "Bericht", "《求是》文章"]),
    language=st.sampled_from(["en", "zh", "de"]),
    text=st.text(min_size=1, max_size=60),
)


@given(st.lists(HEADINGS), st.integers(0, 6))
def test_at_most_so_many_and_one_for_each_document(headings: list[Heading], limit: int) -> None:
    asked = example_questions(headings, limit)

    assert len(asked) <= min(limit, len({heading.document_id for heading in headings}))


@given(st.lists(HEADINGS))
def test_their_order_does_not_matter(headings: list[Heading]) -> None:
    assert example_questions(headings, 4) == example_questions(reversed(headings), 4)


def test_a_heading_that_repeats_the_title_is_no_question() -> None:
    assert example_questions([Heading("a", "Harbour plan", "en", "The harbour plan")], 4) == ()


def test_each_language_is_asked_in_its_own_words(quoting_bot: PolicyBot) -> None:
    asked = quoting_bot.example_questions(2)

    assert asked == (
        "What does “Harbour plan of Port Ellis” say under “Ferries”?",
        "《海港市图书馆条例》在“开放时间”部分说了什么？",
    )


def test_further_questions_are_about_what_was_not_cited(quoting_bot: PolicyBot) -> None:
    """They are made of the sections beside the cited ones, in the answer's language, never the question itself."""
    answer = quoting_bot.ask("How many ferry lines will run on batteries?")
    questions = further_questions(answer.hits, answer)

    assert questions
    assert all("Harbour plan of Port Ellis" in question for question in questions)
    assert all(f"“{citation.section}”" not in question for question in questions for citation in answer.citations)
    again = quoting_bot.ask(questions[0])
    assert questions[0] not in further_questions(again.hits, again)


def test_offered_further_questions_have_answers(quoting_bot: PolicyBot) -> None:
    """What is offered to go on with is found by a search as relevant as an answer must be, and at most so many are."""
    answer = quoting_bot.ask("How many ferry lines will run on batteries?")
    offered = quoting_bot.further_questions(answer, 1)

    assert len(offered) <= 1
    assert all(quoting_bot.search(question, limit=1)[0].relevance >= ANSWERS_FROM for question in offered)
