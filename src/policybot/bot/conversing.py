"""The conversation: a LangGraph graph that understands a question, searches, answers and remembers."""

from __future__ import annotations

import operator
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, TypedDict

from langchain_core.runnables import RunnableConfig
from langgraph.channels import UntrackedValue
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from policybot.answering import Answerer
from policybot.answering.understanding.framing import core_question
from policybot.answering.understanding.naming import DocumentNames
from policybot.domain import AnswerEvent, AnswerLanguage, Done, Filter, Hit, Turn
from policybot.errors import QuestionError, StoreError
from policybot.screening import ScreenedKind, Screener
from policybot.searching import Query, Searcher, is_follow_up
from policybot.store.catalogue import Catalogue
from policybot.text.detecting import detect_language

HITS = 10
"""Passages that a search brings: enough for the evidence, few enough to show."""

_CONTEXT_TURNS = 12
_LATEST_TURNS = 4
_CONTEXT_CHARACTERS = 600
"""Turns, by both, in front of a question that is searched: the longer and the shorter stretch, and how much of each
turn. On 160 questions of doc2dial, evidence recall@5 is 0.71 with the last two user questions and the question alone,
0.83 with all that was said, the last four turns and the question alone."""

_CONTEXT_QUESTIONS = 2
"""Earlier questions that a follow-up is searched with: two user turns lift evidence recall@5 on doc2dial from 0.51
to 0.73, the last four messages to 0.75 (docs/architecture.md)."""


class _Exchange(TypedDict):
    """A question and what was answered, as remembered."""

    question: str
    answer: str
    status: str


class _State(TypedDict):
    """The graph's state; only ``exchanges`` is remembered from turn to turn."""

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
    """What belongs to one call and not to the conversation."""

    stop: threading.Event


class Conversations:
    """All conversations, each known by its id; they share nothing but the documents.

    Raises:
        StoreError: The file of the conversations cannot be opened.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        catalogue: Catalogue,
        searcher: Searcher,
        answerer: Answerer,
        screener: Screener,
        names: DocumentNames,
    ) -> None:
        self._catalogue = catalogue
        self._names = names
        self._searcher = searcher
        self._answerer = answerer
        self._screener = screener
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
        filter: Filter,
        history: Sequence[Turn] = (),
        answer_language: AnswerLanguage = "auto",
    ) -> Iterator[AnswerEvent]:
        """Ask in a conversation. Closing the stream stops the answer, and the question is not remembered.

        Args:
            history: Turns to remember before the question, for who brings them along.
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
            context=_Call(stop),
            durability="exit",
        )
        done: Done | None = None
        try:
            for event in events:
                if isinstance(event, Done):
                    done = event
                else:
                    yield event
            # Only now the turn is remembered: whoever sees Done may close the stream at once.
            if done is not None:
                yield done
        finally:
            stop.set()

    def search(
        self, question: str, *, history: Sequence[Turn] = (), filter: Filter, limit: int = HITS
    ) -> tuple[Hit, ...]:
        """What ``stream`` would find for a question asked after these turns; nothing is answered or remembered."""
        return self._found(self._understood(question, history, filter), limit=limit)[1]

    def turns(self, conversation: str) -> tuple[Turn, ...]:
        """What was said so far, oldest first; empty for an unknown conversation."""
        return _turns(self._exchanges(conversation))

    def forget(self, conversation: str) -> None:
        """Delete a conversation; an unknown one is as good as deleted."""
        self._saver.delete_thread(conversation)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _exchanges(self, conversation: str) -> list[_Exchange]:
        values: dict[str, Any] = self._graph.get_state(_config(conversation)).values
        return list(values.get("exchanges", []))

    # The nodes of the graph

    def _screen(self, state: _State, runtime: Runtime[_Call]) -> dict[str, Any]:
        """Decline what asks for something else than what documents say; of a question beside an instruction, keep it.

        What is declined is not remembered: it must not steer how later questions are understood.
        """
        question = state["question"]
        core = core_question(question)
        screening = self._screener.screen(core, detect_language(core))
        if screening.kind is not None:
            query = replace(_understood(question, ()), wanted_language=state["wanted_language"])
            runtime.stream_writer(self._answerer.declined(query, screening.kind))
        return {"screened": screening.kind, "question": question if screening.question == core else screening.question}

    def _understand(self, state: _State) -> dict[str, Any]:
        """Tell the question's language, and what came before that it may refer to."""
        before = _turns(state.get("exchanges", []))
        query = self._understood(state["question"], before, state["filter"])
        return {"query": replace(query, wanted_language=state["wanted_language"])}

    def _understood(self, question: str, before: Sequence[Turn], filter: Filter) -> Query:
        """The question with its language, what was said before, and the documents it names or the filter allows."""
        query = _understood(question, before)
        named, mentioned = self._names.asked(query.text), self._names.mentioned(query.text)
        query = replace(query, mentioned=mentioned)
        if not filter:
            return replace(query, documents=named or None)
        documents = self._catalogue.matching(filter)
        if not documents:
            raise QuestionError(
                f"No indexed document passes the filter: {filter}. `policybot documents` lists what is indexed; "
                "ask with a wider filter.",
                case="filter_nothing",
            )
        return replace(query, documents=named & documents or documents, mentioned=mentioned & documents)

    def _search(self, state: _State, runtime: Runtime[_Call]) -> dict[str, Any]:
        """Search, and time it."""
        started = time.monotonic()
        query, hits = self._found(state["query"], limit=HITS)
        return {"query": query, "hits": hits, "search_s": time.monotonic() - started}

    def _found(self, query: Query, *, limit: int) -> tuple[Query, tuple[Hit, ...]]:
        """Search, in other languages too where they may hold the answer."""
        query = replace(query, ties=int(query.follow_up) + int(self._searcher.same_subject(query)))
        query = self._searcher.worded(query)
        hits = self._searcher.search(query, limit=limit)
        return query, hits

    def _answer(self, state: _State, runtime: Runtime[_Call]) -> dict[str, Any]:
        """Answer, passing each event on as it comes; remember the exchange when it is complete."""
        exchanges: list[_Exchange] = []
        events = self._answerer.answer(
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


def _understood(question: str, before: Sequence[Turn]) -> Query:
    """The question with its language and with what was said before that it may refer to.

    A long conversation is cut to its latest turns, and to the question that opened the subject: after many follow-ups
    only that one names it.
    """
    core = core_question(question)
    asked = [core_question(turn.text) for turn in before if turn.role == "user"]
    opened = _opening(asked)
    said = [turn.text[:_CONTEXT_CHARACTERS] for turn in before][-_CONTEXT_TURNS:]
    if opened and opened[:_CONTEXT_CHARACTERS] not in said:
        said.insert(0, opened[:_CONTEXT_CHARACTERS])
    stretches = dict.fromkeys((" ".join(said), " ".join(said[-_LATEST_TURNS:])))
    return Query(
        text=core,
        language=detect_language(core),
        context=" ".join(dict.fromkeys(filter(None, (opened, *asked[-_CONTEXT_QUESTIONS:])))),
        follow_up=bool(asked) and is_follow_up(core),
        contexts=tuple(text for text in stretches if text),
        asked=question,
    )


def _opening(asked: Sequence[str]) -> str:
    """The question that opened the subject, when all the latest ones only follow it up; else empty."""
    if not all(map(is_follow_up, asked[-_CONTEXT_QUESTIONS:])):
        return ""
    return next((question for question in reversed(asked) if not is_follow_up(question)), "")


def _turns(exchanges: Sequence[_Exchange]) -> tuple[Turn, ...]:
    """What was said, oldest first."""
    turns: list[Turn] = []
    for exchange in exchanges:
        turns += [Turn("user", exchange["question"]), Turn("assistant", exchange["answer"])]
    return tuple(turns)


def _said(turns: Sequence[Turn]) -> list[_Exchange]:
    """The turns as exchanges; what follows no question is left out, and a question without an answer keeps none."""
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
