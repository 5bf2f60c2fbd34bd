"""Conversations: a LangGraph graph that screens a question, understands it, searches, answers and saves the turn."""

from __future__ import annotations

import operator
import sqlite3
import threading
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, TypedDict

from langchain_core.runnables import RunnableConfig
from langgraph.channels import UntrackedValue
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from policybot.answering.understanding.framing import core_question
from policybot.bot.context import query_after
from policybot.bot.serving import Answering
from policybot.domain import AnswerEvent, AnswerLanguage, Done, Filter, Hit, Turn
from policybot.errors import StoreError
from policybot.language.script import fold_script
from policybot.screening import ScreenedKind
from policybot.searching import Query
from policybot.text.detecting import detect_language

HITS = 10
"""Passages that a search returns: enough for the evidence, few enough to show."""


class _Exchange(TypedDict):
    """A question and its answer, as saved."""

    question: str
    answer: str
    status: str


class _State(TypedDict):
    """The graph's state; only ``exchanges`` is saved between turns."""

    question: Annotated[str, UntrackedValue]
    screened: Annotated[ScreenedKind | None, UntrackedValue]
    filter: Annotated[Filter, UntrackedValue]
    wanted_language: Annotated[AnswerLanguage, UntrackedValue]
    exchanges: Annotated[list[_Exchange], operator.add]
    query: Annotated[Query, UntrackedValue]
    hits: Annotated[tuple[Hit, ...], UntrackedValue]
    search_s: Annotated[float, UntrackedValue]


@dataclass(frozen=True, slots=True)
class _Call:
    """The context of one call, not saved with the conversation: the index to answer from, and the stop event."""

    answering: Answering
    stop: threading.Event


class Conversations:
    """All conversations by id, independent of one another.

    Each call passes the index to answer from, so conversations continue when another index replaces it.

    Raises:
        StoreError: The file of the conversations cannot be opened.
    """

    def __init__(self, data_dir: Path) -> None:
        path = data_dir / "conversations.sqlite3"
        try:
            self._connection = sqlite3.connect(path, check_same_thread=False, timeout=30)
            self._saver = SqliteSaver(self._connection)
            self._saver.setup()
        except sqlite3.Error as exc:
            raise StoreError(
                f"The conversations in {path} cannot be opened: {exc}. Make the folder writable, or set "
                "POLICYBOT_DATA_DIR to another one."
            ) from exc
        graph = StateGraph(_State, context_schema=_Call)
        graph.add_node("screen", self._screen)
        graph.add_node("understand", self._understand)
        graph.add_node("search", self._search)
        graph.add_node("answer", self._answer)
        graph.add_edge(START, "screen")
        graph.add_conditional_edges("screen", lambda state: END if state["screened"] else "understand")
        graph.add_edge("understand", "search")
        graph.add_edge("search", "answer")
        graph.add_edge("answer", END)
        self._graph = graph.compile(checkpointer=self._saver)

    def stream(
        self,
        question: str,
        conversation: str,
        *,
        answering: Answering,
        filter: Filter,
        history: Sequence[Turn] = (),
        answer_language: AnswerLanguage = "auto",
    ) -> Generator[AnswerEvent, None, None]:
        """Ask in a conversation. Closing the stream stops the answer, and the question is not saved.

        Args:
            answering: Searches and answers; not used after the end of the stream.
            history: Turns to save before the question, from a conversation kept elsewhere.
            answer_language: The language to answer in.

        Raises:
            QuestionError: No document passes the filter.
        """
        stop = threading.Event()
        events = self._graph.stream(  # type: ignore[call-overload]  # the nodes fill in the rest of the state
            {
                "question": question,
                "filter": filter,
                "wanted_language": answer_language,
                "exchanges": _said(history),
            },
            _config(conversation),
            stream_mode="custom",
            context=_Call(answering, stop),
            durability="exit",
        )
        done: Done | None = None
        try:
            for event in events:
                if isinstance(event, Done):
                    done = event
                else:
                    yield event
            # The turn is saved only now, before Done, because the caller may close the stream on Done.
            if done is not None:
                yield done
        finally:
            stop.set()
            events.close()  # waits for the node that runs

    def turns(self, conversation: str) -> tuple[Turn, ...]:
        """The turns so far, oldest first; empty for an unknown conversation."""
        return _turns(self._exchanges(conversation))

    def forget(self, conversation: str) -> None:
        """Delete a conversation; an unknown one is ignored."""
        self._saver.delete_thread(conversation)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _exchanges(self, conversation: str) -> list[_Exchange]:
        values: dict[str, Any] = self._graph.get_state(_config(conversation)).values
        return list(values.get("exchanges", []))

    # The nodes of the graph

    def _screen(self, state: _State, runtime: Runtime[_Call]) -> dict[str, Any]:
        """Decline questions that documents cannot answer; remove an instruction beside a question.

        A declined question is not saved, so that it does not change how later ones are understood.
        """
        question, answering = state["question"], runtime.context.answering
        core = core_question(fold_script(question))
        screening = answering.screener.screen(core, detect_language(core))
        if screening.kind is not None:
            query = replace(
                query_after(question, (), answering.catalogue.places()), wanted_language=state["wanted_language"]
            )
            runtime.stream_writer(answering.answerer.declined(query, screening.kind))
        return {"screened": screening.kind, "question": question if screening.question == core else screening.question}

    def _understand(self, state: _State, runtime: Runtime[_Call]) -> dict[str, Any]:
        """Make the query: the question's language, and the earlier turns that it may refer to."""
        before = _turns(state.get("exchanges", []))
        query = runtime.context.answering.understood(state["question"], before, state["filter"])
        return {"query": replace(query, wanted_language=state["wanted_language"])}

    def _search(self, state: _State, runtime: Runtime[_Call]) -> dict[str, Any]:
        """Search, and time it."""
        started = time.monotonic()
        query, hits = runtime.context.answering.found(state["query"], limit=HITS)
        return {"query": query, "hits": hits, "search_s": time.monotonic() - started}

    def _answer(self, state: _State, runtime: Runtime[_Call]) -> dict[str, Any]:
        """Answer, streaming each event; save the exchange when it is complete."""
        exchanges: list[_Exchange] = []
        events = runtime.context.answering.answerer.answer(
            state["query"],
            state["hits"],
            last=_last(state.get("exchanges", [])),
            search_s=state["search_s"],
            stopped=runtime.context.stop.is_set,
        )
        for event in events:
            runtime.stream_writer(event)
            if isinstance(event, Done):
                said = " ".join(s.text for s in event.answer.sentences) or event.answer.message
                exchanges.append({"question": state["question"], "answer": said, "status": event.answer.status})
        return {"exchanges": exchanges}


def _turns(exchanges: Sequence[_Exchange]) -> tuple[Turn, ...]:
    """The exchanges as turns, oldest first."""
    turns: list[Turn] = []
    for exchange in exchanges:
        turns += [Turn("user", exchange["question"]), Turn("assistant", exchange["answer"])]
    return tuple(turns)


def _said(turns: Sequence[Turn]) -> list[_Exchange]:
    """The turns as exchanges; turns before the first question are left out, and an answer may be empty."""
    exchanges: list[_Exchange] = []
    for turn in turns:
        if turn.role == "user":
            exchanges.append({"question": turn.text, "answer": "", "status": "answered"})
        elif exchanges:
            exchanges[-1]["answer"] = f"{exchanges[-1]['answer']} {turn.text}".strip()
    return exchanges


def _last(exchanges: Sequence[_Exchange]) -> tuple[Turn, ...]:
    """The last question and answer, if any."""
    if not exchanges:
        return ()
    return Turn("user", exchanges[-1]["question"]), Turn("assistant", exchanges[-1]["answer"])


def _config(conversation: str) -> RunnableConfig:
    return {"configurable": {"thread_id": conversation}}
