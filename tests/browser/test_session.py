"""What a page remembers and how it reads an answer's events; no browser needed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import gradio as gr
import pytest
from visiting import ENGLISH, EXAMPLES, SLOW, UNANSWERED, ScriptedBot

from policybot.domain import AnswerEvent, DocumentSummary, Done, Filter, Found, Metadata
from policybot.errors import ChatModelError
from policybot.ui.chat_events import ChatEvents
from policybot.ui.conversations import Conversations
from policybot.ui.drawing import Drawing, Pieces
from policybot.ui.filters import Filters, filter_of
from policybot.ui.keeping import Keeping
from policybot.ui.session import Session
from policybot.ui.streaming import Stream
from policybot.ui.visitors import anybody


def asked(question: str) -> Session:
    session = Session()
    session.begin(question)
    for event in ScriptedBot(pace_s=0).stream(question):
        session.update(session.exchanges[-1].advanced(event), session.conversation)
    return session


class TestSession:
    """References and numbers."""

    def test_finds_citations_and_their_neighbours(self) -> None:
        """A citation is found with the other citations of its answer."""
        opened = asked(ENGLISH).find("m1:c2")

        assert opened is not None
        assert (opened.reference.number, [n.key for n in opened.neighbours]) == (2, ["c1", "c2", "c3"])

    def test_finds_nearest_passages_only_when_abstaining(self) -> None:
        """Passages can be opened where they are offered, nowhere else."""
        assert asked(UNANSWERED).find("m1:h1") is not None
        assert asked(ENGLISH).find("m1:h1") is None

    @pytest.mark.parametrize(
        "reference",
        ["", "m1", "m1:c9", "m0:c1", "m2:c1", "m-1:c1", "m1:c1 ", "m1:x1", "../etc/passwd", "m1:c" + "9" * 99, "m١:c1"],
    )
    def test_finds_nothing_else(self, reference: str) -> None:
        """Whatever the session's answers do not hold is not found."""
        assert asked(ENGLISH).find(reference) is None

    def test_update_of_a_conversation_that_was_left(self) -> None:
        """What is still said in a conversation that was left changes nothing in the next one."""
        session = asked(ENGLISH)
        late = session.exchanges[-1]
        left = session.clear()
        session.update(late, left)
        assert session.exchanges == []
        session.begin(UNANSWERED)
        session.update(late, left)
        assert session.exchanges[-1].question == UNANSWERED

    def test_clear(self) -> None:
        """After a clear old references are dead, and the next question begins another conversation."""
        session = asked(ENGLISH)
        left = session.clear()
        now = session.begin(ENGLISH)

        assert left
        assert left != now
        assert session.find("m1:c1") is None
        assert session.turn(0) == "m2"

    def test_stages(self) -> None:
        """An exchange goes from searching over reading and writing to done."""
        session = Session()
        session.begin(ENGLISH)
        stages = [session.exchanges[-1].stage]
        for event in ScriptedBot(pace_s=0).stream(ENGLISH):
            session.update(session.exchanges[-1].advanced(event), session.conversation)
            stages.append(session.exchanges[-1].stage)

        assert list(dict.fromkeys(stages)) == ["searching", "reading", "writing", "done"]
        assert not session.running


class TestFilters:
    """What the filters offer, and what is made of what was chosen."""

    @pytest.fixture
    def filters(self) -> Filters:
        with gr.Blocks():
            return Filters("en")

    def test_offers_what_tells_documents_apart(self, filters: Filters) -> None:
        """Documents of one title carry their names; one publisher in two writings is offered once."""
        summaries = [
            DocumentSummary("1", "a.md", Metadata("Report", "Harbour Office", language="en"), "v", 1, ""),
            DocumentSummary("2", "b.md", Metadata("Report", "HARBOUR OFFICE", language="fr"), "v", 1, ""),
            DocumentSummary("3", "c.md", Metadata("Memo", language="zh"), "v", 1, ""),
        ]

        documents, publishers, kinds, languages = (each["choices"] for each in filters.redrawn(summaries, "zh")[1:5])

        assert documents == [("Report (a.md)", "1"), ("Report (b.md)", "2"), ("Memo", "3")]
        assert [len(publishers), kinds] == [1, []]
        assert languages == [("英文", "en"), ("fr", "fr"), ("中文", "zh")]

    def test_cleared_is_no_filter(self, filters: Filters) -> None:
        """The values of cleared components, and what Gradio sends for empty ones, let everything pass."""
        assert filter_of(filters.cleared()) == filter_of([None] * 6) == Filter()
        assert filters.line((), "en", filters.cleared()) == ""

    def test_the_line_is_text(self, filters: Filters) -> None:
        """A document's metadata cannot become markup in the line."""
        line = filters.line((), "en", [[], ["<img src=x onerror=alert(1)>"], [], [], '"><script>', ""])

        assert "<img" not in line
        assert "<script" not in line


class TestStream:
    """Reading events in a thread."""

    def test_events_in_order(self) -> None:
        """All events arrive, Found first and Done last."""

        async def read() -> list[AnswerEvent]:
            return [event async for event in Stream(lambda: ScriptedBot(pace_s=0).stream(ENGLISH))]

        events = asyncio.run(read())
        assert isinstance(events[0], Found)
        assert isinstance(events[-1], Done)

    def test_errors_arrive(self) -> None:
        """What the answer raises is raised to the reader."""

        def failing() -> Iterator[AnswerEvent]:
            yield Found(())
            raise ChatModelError("gone")

        async def read() -> None:
            async for _ in Stream(failing):
                pass

        with pytest.raises(ChatModelError, match="gone"):
            asyncio.run(read())

    def test_stop_does_not_wait_for_the_model(self) -> None:
        """Stopping ends the reading at once; the generator is closed at its next event."""
        speak, closed = threading.Event(), threading.Event()

        def silent() -> Iterator[AnswerEvent]:
            try:
                yield Found(())
                speak.wait(10)
                yield Found(())
                yield Found(())
            finally:
                closed.set()

        async def read() -> int:
            stream = Stream(silent)
            count = 0
            async for _ in stream:
                count += 1
                asyncio.get_running_loop().call_later(0.05, stream.stop)
            return count

        assert asyncio.run(read()) == 1
        assert not closed.is_set()
        speak.set()
        assert closed.wait(5)


def test_what_is_drawn_last_is_the_conversation_shown() -> None:
    """When a conversation is left in the middle of an answer, the answer's last drawing is that of the next one.

    Its earlier drawings may reach the page after the new conversation was drawn.
    """
    pieces = Pieces(**{name: name for name in Pieces.__slots__})
    drawing = Drawing(pieces, EXAMPLES)
    chat = ChatEvents(ScriptedBot(pace_s=0), drawing, Keeping(None), anybody)
    conversations = Conversations(chat, drawing, Keeping(None), anybody)
    session, request = Session(), gr.Request()

    async def leave() -> list[str]:
        drawn = []
        left = False
        async for changes in chat.ask(request, SLOW, session, "en", [], [], [], [], "", ""):
            drawn.append(str(changes.get("current")))
            if session.exchanges and session.exchanges[-1].stage == "writing" and not left:
                left = True
                await conversations.clear(request, session, "en")
        return drawn

    *_, writing, last = asyncio.run(leave())
    assert "pb-exchange" in writing
    assert "pb-welcome" in last
    assert session.exchanges == []
