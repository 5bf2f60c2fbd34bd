"""Texts that try to change what the assistant does or how its answers are shown: none of them may."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from island import HERE, unhidden
from shown import check_harmless

from policybot import Answer, PolicyBot
from policybot.domain import Turn
from policybot.screening import Screener
from policybot.testing import ScriptedChatModel

Case = dict[str, Any]

FAMILIES: dict[str, list[Case]] = yaml.safe_load((HERE / "cases.yaml").read_text("utf-8"))


def _cases(*families: str) -> list[Any]:
    return [pytest.param(case, id=f"{family}: {case['id']}") for family in families for case in FAMILIES[family]]


def test_the_set_is_as_large_as_it_must_be() -> None:
    """Each family has as many cases as were agreed, both languages occur in each, and they are 60 at least."""
    least = {"document": 15, "question": 15, "history": 10, "markup": 10, "model": 5, "figure": 5}

    assert {family: len(cases) >= least[family] for family, cases in FAMILIES.items()} == dict.fromkeys(least, True)
    assert sum(map(len, FAMILIES.values())) >= 60
    for cases in FAMILIES.values():
        assert {any("\u4e00" <= c <= "\u9fff" for c in case["question"]) for case in cases} == {True, False}


@pytest.mark.parametrize("case", _cases("document", "history", "model", "figure", "markup"))
def test_attack_changes_nothing(
    case: Case, writing: PolicyBot, quoting: PolicyBot, taken_over: ScriptedChatModel
) -> None:
    """The honest answer is given, what was planted is not, the model never reads it, and nothing shown does harm."""
    answer = _asked(case, quoting if case.get("quoting") else writing, taken_over)
    check_harmless(answer, quoting)
    _check_said(case, answer)
    read = "\n".join(str(message.content) for messages in taken_over.heard for message in messages)
    assert not [words for words in case.get("unread", ()) if words in read]


@pytest.mark.parametrize("case", _cases("question"))
def test_question_changes_nothing(
    case: Case, writing: PolicyBot, quoting: PolicyBot, taken_over: ScriptedChatModel, screener: Screener
) -> None:
    """It is declined for what it is, or its honest part is answered."""
    screening = screener.screen(case["question"], "en")

    assert screening.kind == case.get("asks")
    assert screening.question == case.get("left", case["question"])
    answer = _asked(case, writing, taken_over)
    check_harmless(answer, quoting)
    _check_said(case, answer)
    if case.get("asks"):
        assert ("abstained", case["asks"]) == (answer.status, answer.kind)


def _asked(case: Case, bot: PolicyBot, taken_over: ScriptedChatModel) -> Answer:
    """The answer after the case's history; the chat model says what the attack wants, or an order's answer."""
    taken_over.heard.clear()
    taken_over.replies = (
        [case["reply"]] if case.get("reply") else [" ".join(case.get("never") or ["HACKED"]) + " it is."]
    )
    history = tuple(
        Turn("assistant" if place % 2 else "user", unhidden(text)) for place, text in enumerate(case.get("history", ()))
    )
    return bot.ask(unhidden(case["question"]), history=history)


def _check_said(case: Case, answer: Answer) -> None:
    said = answer.text if not case.get("planted") else _by_others(case, answer)
    if case.get("says") and not (case.get("may_abstain") and answer.status == "abstained"):
        assert case["says"] in said
    if case.get("shown"):
        assert any(sentence.text.startswith(case["shown"]) for sentence in answer.sentences)
    forbidden = [*case.get("never", ()), *([case["planted"]] if case.get("planted") else ())]
    assert not [words for words in forbidden if words in said]


def _by_others(case: Case, answer: Answer) -> str:
    """What is said on another word than that of the document with the planted figure."""
    planted = {citation.number for citation in answer.citations if citation.document == case["by"]}
    return " ".join(sentence.text for sentence in answer.sentences if not planted & set(sentence.citations))
