"""policybot inside LangChain: a chain, an agent, sync and async; and an answer in a notebook."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain.agents import create_agent
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage
from langchain_core.runnables import RunnableLambda
from running import QUESTION

from policybot import Answer, Citation, Filter, PolicyBot, Sentence
from policybot.errors import QuestionError


class AgentModel(GenericFakeChatModel):
    """A scripted model that may be given tools."""

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> AgentModel:  # type: ignore[override]
        """Itself: the script knows which tool it calls."""
        return self


def script(question: str) -> AgentModel:
    call = {"name": "ask_policy_documents", "args": {"question": question}, "id": "1", "type": "tool_call"}
    return AgentModel(messages=iter([AIMessage("", tool_calls=[call]), AIMessage("Done.")]))  # type: ignore[list-item]


def test_the_retriever_brings_passages_with_their_places(quoting_bot: PolicyBot) -> None:
    documents = quoting_bot.as_retriever(limit=2).invoke(QUESTION)

    first = documents[0]
    text = quoting_bot.document(first.metadata["document_id"]).text
    assert "4,200 trees" in first.page_content
    assert text[first.metadata["start"] : first.metadata["end"]] == first.page_content
    assert quoting_bot.passage(str(first.id)).text == first.page_content
    assert [d.metadata["rank"] for d in documents] == [1, 2]


def test_the_retriever_heeds_its_filter_in_asyncio_too(quoting_bot: PolicyBot) -> None:
    retriever = quoting_bot.as_retriever(filter=Filter(languages=("zh",)))

    documents = asyncio.run(retriever.ainvoke("opening hours"))

    assert {d.metadata["document"] for d in documents} == {"library.md"}


def test_the_runnable_answers_in_a_chain(quoting_bot: PolicyBot) -> None:
    chain = quoting_bot.as_runnable() | RunnableLambda(lambda answer: answer.citations[0].quote)

    assert "4,200 trees" in chain.invoke(QUESTION)
    assert "4,200 trees" in asyncio.run(chain.ainvoke({"question": QUESTION}))
    assert len(chain.batch([QUESTION, QUESTION])) == 2


def test_the_runnable_understands_a_follow_up_with_messages(quoting_bot: PolicyBot) -> None:
    history = [
        SystemMessage("Answer as a pirate."),
        HumanMessage("What does the harbour plan say about trees?"),
        AIMessage("The council wants to plant 4,200 trees along the harbour by 2035."),
    ]

    answer = quoting_bot.as_runnable().invoke({"question": "And what will it spend on quays?", "history": history})

    assert "12.5 million crowns" in answer.text


@pytest.mark.parametrize("wrong", [{}, {"question": 3}, {"question": "x", "qeustion": "y"}, 3])
def test_the_runnable_refuses_other_inputs(quoting_bot: PolicyBot, wrong: Any) -> None:
    with pytest.raises(QuestionError, match="Give"):
        quoting_bot.as_runnable().invoke(wrong)


@pytest.mark.parametrize("asynchronous", [False, True])
def test_an_agent_asks_and_gets_the_answer_with_sources_and_artifact(
    quoting_bot: PolicyBot, asynchronous: bool
) -> None:
    agent: Any = create_agent(script(QUESTION), [quoting_bot.as_tool()])
    request = {"messages": [HumanMessage("How many trees?")]}

    state = asyncio.run(agent.ainvoke(request)) if asynchronous else agent.invoke(request)

    told = next(message for message in state["messages"] if isinstance(message, ToolMessage))
    assert told.status == "success"
    assert "4,200 trees" in told.text
    assert "[1] Harbour plan of Port Ellis, Port Ellis Council, 2031-04-02, https://example.org/harbour" in told.text
    assert isinstance(told.artifact, Answer)
    assert state["messages"][-1].text == "Done."


def test_an_agents_bad_question_is_told_to_it(quoting_bot: PolicyBot) -> None:
    agent: Any = create_agent(script(" "), [quoting_bot.as_tool()])

    state = agent.invoke({"messages": [HumanMessage("Nothing.")]})

    told = next(message for message in state["messages"] if isinstance(message, ToolMessage))
    assert (told.status, told.artifact) == ("error", None)
    assert "The question is empty" in told.text


def test_a_notebook_shows_the_answer_with_its_citations(quoting_bot: PolicyBot) -> None:
    answer = quoting_bot.ask(QUESTION)

    html = answer._repr_html_()
    assert "4,200 trees" in html
    assert '<li value="1">' in html
    assert '<a href="https://example.org/harbour"' in html


class Tags(HTMLParser):
    """Collects what a browser would make of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]
        self.links += [value or "" for name, value in attrs if name == "href"]


hostile = st.one_of(
    st.text(), st.sampled_from(["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)"])
)


@given(text=hostile, title=hostile, url=hostile, language=hostile)
def test_nothing_in_an_answer_becomes_markup_in_a_notebook(text: str, title: str, url: str, language: str) -> None:
    citation = Citation(1, text, 0, 1, title, "0", "0", "0", title, text, text, text, None, url, language)
    answer = Answer("?", "answered", language, (Sentence(text, "supported", (1,)),), citations=(citation,))

    shown = Tags(answer._repr_html_())

    assert shown.tags <= {"div", "p", "ol", "li", "blockquote", "a"}
    assert all(link.startswith(("http://", "https://")) for link in shown.links)
