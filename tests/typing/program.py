"""How a program uses policybot, for the type checker; never run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import assert_type

from policybot import (
    Answer,
    Citation,
    Delta,
    Done,
    Evidence,
    Filter,
    Found,
    Hit,
    IndexReport,
    PolicyBot,
    Sentence,
    load_settings,
)


def asking() -> None:
    with PolicyBot(load_settings(chat_model="none")) as bot:
        assert_type(bot, PolicyBot)
        assert_type(bot.index(), IndexReport)
        answer = bot.ask("Why?")
        assert_type(answer, Answer)
        assert_type(answer.sentences, tuple[Sentence, ...])
        assert_type(answer.citations[0], Citation)
        assert_type(answer.citations[0].quote, str)
        assert_type(bot.conversation("id").ask("And then?"), Answer)
        assert_type(bot.ask("Why?", filter=Filter(kinds=("speech",), published_from="2024")), Answer)
        assert_type(bot.search("Why?", filter=Filter()), tuple[Hit, ...])
        assert_type(bot.sentences("Why?", limit=3), tuple[Evidence, ...])
        assert_type(bot.stream("Why?"), Iterator[Found | Delta | Done])


async def waiting(bot: PolicyBot) -> None:
    assert_type(await bot.aask("Why?"), Answer)
    assert_type(bot.astream("Why?"), AsyncIterator[Found | Delta | Done])
