"""A question and the turns before it as the query that is searched."""

from __future__ import annotations

from policybot.bot.context import query_after
from policybot.domain import Turn
from policybot.text.places import Places

PLACES = Places({})
BEFORE = (Turn("user", "浙江2031年港口吞吐量是多少？"), Turn("assistant", "一亿吨。"))


def test_a_changed_slot_is_searched_without_what_was_said_before() -> None:
    """Text, language and readings are those of the question by itself; what was asked is kept as it was typed."""
    query = query_after("那湖北呢？", BEFORE, PLACES)

    assert (query.text, query.language, query.as_asked) == ("湖北2031年港口吞吐量是多少？", "zh", "那湖北呢？")
    assert (query.understood, query.follow_up, query.context, query.contexts) == (True, False, "", ())
    assert query.wordings("zh") == (query.text,)


def test_a_subject_is_read_alone_and_searched_with_what_was_said_before() -> None:
    """Sentences are read with the question by itself; passages are found by the conversation, too."""
    query = query_after("比上一年高还是低？", BEFORE, PLACES)

    assert (query.understood, query.follow_up, query.wordings("zh")) == (True, False, (query.text,))
    assert query.contexts and all("一亿吨" in text for text in query.contexts)


def test_what_is_not_certain_is_searched_as_before() -> None:
    """A follow-up that stays as asked needs its context; a question by itself does not, and says nothing of it."""
    follow_up = query_after("那一期呢？", BEFORE, PLACES)
    alone = query_after("广东2030年的票价是多少？", BEFORE, PLACES)

    assert (follow_up.understood, follow_up.follow_up, follow_up.text) == (False, True, "那一期呢？")
    assert BEFORE[0].text in follow_up.context
    assert (alone.understood, alone.follow_up, alone.text) == (False, False, "广东2030年的票价是多少？")
