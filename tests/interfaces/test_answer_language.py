"""The language of the answer is the reader's choice, over every interface; quotes keep the language of their source."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path

import httpx
import openai
import pytest
from langchain.agents import create_agent
from langchain_core.messages import ToolMessage
from mcp import Client
from running import QUESTION, Running
from terminal import policybot
from test_langchain import script
from test_mcp_server import given

from policybot import PolicyBot, load_settings
from policybot.errors import QuestionError
from policybot.server.mcp import mcp_server
from policybot.store.records import Records
from policybot.testing import ScriptedChatModel

FOREIGN = "Who won the football world cup in 1998?"
CHINESE = "已收录的文件"
QUOTED = "4,200 trees"


def test_python(quoting_bot: PolicyBot) -> None:
    """What policybot says itself is in the chosen language, what it quotes in its own; without a choice, it follows."""
    answered = quoting_bot.ask(QUESTION, answer_language="zh")
    declined = quoting_bot.ask(FOREIGN, answer_language="zh")
    followed = quoting_bot.ask("1998年谁赢得了世界杯足球赛？", answer_language="en")
    talk = quoting_bot.conversation(answer_language="zh")

    assert (answered.language, QUOTED in answered.text) == ("zh", True)
    assert (declined.language, CHINESE in declined.message) == ("zh", True)
    assert (followed.language, followed.message.isascii()) == ("en", True)
    assert talk.ask(FOREIGN).language == "zh"
    assert asyncio.run(talk.aask(FOREIGN)).language == "zh"
    assert quoting_bot.ask(FOREIGN).language == "en"
    with pytest.raises(QuestionError, match="'fr' cannot be given"):
        quoting_bot.ask(FOREIGN, answer_language="fr")  # type: ignore[arg-type]


def test_the_chat_model_is_asked_in_that_language(own_data: Path) -> None:
    """A chat model gets the prompt of the wanted language, and a sentence in another one is not shown."""
    model = ScriptedChatModel(replies=["到2035年，市议会将在海港沿线种植4,200棵树。The council plants trees there."])
    with PolicyBot(load_settings(data_dir=own_data), chat_model=model) as bot:
        bot.ask(QUESTION, answer_language="zh")
        heard = str(model.heard[-1][-1].text)
        model.heard.clear()
        bot.ask(QUESTION)

    assert "用简体中文回答" in heard
    assert QUESTION in heard
    assert "in English" in str(model.heard[-1][-1].text)


def test_what_should_have_been_translated_is_not_shown(own_data: Path) -> None:
    """A sentence that keeps the question's words in the question's language is none in the wanted one."""
    kept = "读者证押金 is one hundred yuan."
    model = ScriptedChatModel(replies=[kept])
    with PolicyBot(load_settings(data_dir=own_data), chat_model=model) as bot:
        answer = bot.ask("读者证押金是多少？", answer_language="en")

    assert kept not in answer.text
    # The second time it was asked to translate the evidence.
    assert {(each.text, each.reason) for each in answer.rejected} == {(kept, "it is written in two languages")}


def test_evidence_in_another_language_is_translated_where_the_models_own_answer_mixes_both(own_data: Path) -> None:
    """A translation that its sentence carries is shown and cites it; the mixture is kept aside."""
    mixed, told = "市议会 wants to plant trees along the 港口.", "市议会希望到2035年沿港口种植4,200棵树。"
    model = ScriptedChatModel(replies=[mixed, told])
    with PolicyBot(load_settings(data_dir=own_data), chat_model=model) as bot:
        answer = bot.ask(
            "How many trees does the council want to plant along the harbour by 2035?", answer_language="zh"
        )

    assert told in answer.text
    assert mixed in {each.text for each in answer.rejected}
    assert "4,200 trees" in answer.citations[0].quote


def test_http(client: httpx.Client) -> None:
    """A question's language goes before the conversation's, which can be set, changed and read."""
    talk = client.post("/api/v1/conversations", json={"answer_language": "zh"}).json()
    asked = {"question": FOREIGN, "conversation": talk["id"]}
    first = client.post("/api/v1/ask", json=asked).json()
    own = client.post("/api/v1/ask", json=asked | {"answer_language": "en"}).json()
    changed = client.patch(f"/api/v1/conversations/{talk['id']}", json={"answer_language": "auto"}).json()
    last = client.post("/api/v1/ask", json=asked).json()
    wrong = client.post("/api/v1/ask", json={"question": FOREIGN, "answer_language": "fr"})

    assert [first["language"], own["language"], last["language"]] == ["zh", "en", "en"]
    assert (talk["answer_language"], changed["answer_language"], changed["title"]) == ("zh", "auto", FOREIGN)
    assert wrong.status_code == 422


def test_openai(local: Running) -> None:
    """The official client asks for it beside OpenAI's own fields."""
    with openai.OpenAI(base_url=f"{local.url}/v1", api_key="unused") as official:
        completion = official.chat.completions.create(
            model="policybot",
            messages=[{"role": "user", "content": FOREIGN}],
            extra_body={"answer_language": "zh"},
        )

    assert CHINESE in (completion.choices[0].message.content or "")


def test_mcp(quoting_bot: PolicyBot) -> None:
    """The tool takes it as an argument."""

    async def asked() -> str:
        async with Client(mcp_server(quoting_bot)) as client:
            called = await client.call_tool("ask", {"question": FOREIGN, "answer_language": "zh"})
            return str(given(called)["text"])

    assert CHINESE in asyncio.run(asked())


def test_langchain(quoting_bot: PolicyBot) -> None:
    """Runnable and tool are made with it."""
    agent = create_agent(script(FOREIGN), [quoting_bot.as_tool(answer_language="zh")])
    messages = agent.invoke({"messages": [("user", FOREIGN)]})["messages"]

    assert any(isinstance(message, ToolMessage) and CHINESE in message.text for message in messages)
    assert quoting_bot.as_runnable(answer_language="zh").invoke(FOREIGN).language == "zh"


def test_terminal(quoting_bot: PolicyBot) -> None:
    """`--answer-language` chooses it, and `/language` changes it in a chat."""
    data = quoting_bot.settings.data_dir
    asked = policybot(data, "ask", "--answer-language", "zh", "--json", FOREIGN)
    lines = [FOREIGN, "/language zh", FOREIGN, "/language fr"]
    chat = policybot(data, "chat", "--json", given="\n".join(lines))

    assert json.loads(asked.stdout)["language"] == "zh"
    assert [json.loads(line)["language"] for line in chat.stdout.splitlines()] == ["en", "zh"]
    assert "'fr'" in chat.stderr


def test_conversations_of_an_earlier_version_follow_the_question(tmp_path: Path) -> None:
    """Records that know no answer language are read, and their conversations have none chosen."""
    with sqlite3.connect(tmp_path / "records.sqlite3") as db:
        db.execute(
            "CREATE TABLE conversations (id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, "
            "created_at TEXT NOT NULL, updated_at TEXT NOT NULL)"
        )
        db.execute("INSERT INTO conversations VALUES ('c1', 'ada', 'Trees', '2026', '2026')")
    with Records(tmp_path) as records:
        before = records.conversation("ada", "c1").answer_language
        records.set_answer_language("ada", "c1", "zh")
    with Records(tmp_path) as records:
        after = records.conversation("ada", "c1").answer_language

    assert (before, after) == ("auto", "zh")
