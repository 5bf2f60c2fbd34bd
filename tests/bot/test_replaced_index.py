"""Another index replaces the one in use under a bot that answers: by this process, or by another."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from langchain_core.outputs import ChatGenerationChunk
from pydantic import Field

from policybot import Delta, Done, Found, PolicyBot, load_settings
from policybot.bot import serving
from policybot.bot.models import Models
from policybot.bot.serving import IndexInUse, Serving
from policybot.errors import StoreError
from policybot.indexing.places import current, switch
from policybot.settings import Settings
from policybot.testing import ScriptedChatModel

GLOSSARY = "- en: gull permit\n  zh: 蓝帆券\n"
"""What the owner calls an invented thing in both languages: no dictionary leads from one name to the other."""

ENGLISH = {
    "permits.md": "# Permits\n\nA gull permit costs nine crowns a year.\n",
    "ferries.md": "# Ferries\n\nA ferry ticket costs four crowns a year.\n",
    "quays.md": "# Quays\n\nA quay berth costs twenty crowns a year.\n",
}
CHINESE = {
    "permits.md": "# 证照\n\n蓝帆券的价格是九元。\n",
    "ferries.md": "# 渡轮\n\n渡轮车票的价格是四元。\n",
    "quays.md": "# 泊位\n\n码头泊位的价格是二十元。\n",
}

_REBUILD = """
import sys
from policybot import PolicyBot, load_settings
with PolicyBot(load_settings(data_dir=sys.argv[1], documents_dir=sys.argv[2], chat_model="none")) as bot:
    assert bot.index(rebuild=True).rebuilt
"""


def _write(folder: Path, documents: dict[str, str]) -> None:
    folder.mkdir()
    for name, text in documents.items():
        (folder / name).write_text(text, encoding="utf-8")


def _rebuild_elsewhere(settings: Settings) -> None:
    """Build a new index beside the one in use in a process of its own."""
    command = [sys.executable, "-c", _REBUILD, str(settings.data_dir), str(settings.documents_dir)]
    subprocess.run(command, check=True)


def _prompts(model: ScriptedChatModel) -> tuple[list[str], list[str]]:
    """What the chat model was given to put the question into the documents' language, and what else."""
    heard = [str(messages[-1].text) for messages in model.heard]
    return [each for each in heard if each.startswith("Terms:")], [each for each in heard if "Terms:" not in each]


@pytest.mark.parametrize("elsewhere", [False, True], ids=["by this process", "by another process"])
@pytest.mark.parametrize(
    ("documents", "question", "into", "term", "other"),
    [
        (ENGLISH, "蓝帆券一年多少钱？", "zh", "蓝帆券", "gull permit"),
        (CHINESE, "What is the price of a gull permit?", "en", "gull permit", "蓝帆券"),
    ],
    ids=["Chinese over English", "English over Chinese"],
)
def test_every_part_reads_the_glossary_of_the_new_index(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    documents: dict[str, str],
    question: str,
    into: str,
    term: str,
    other: str,
    elsewhere: bool,
) -> None:
    """A name that only the new index's glossary knows is searched, written and translated by a bot that is open.

    The term is given in no prompt while no glossary has it, and in every prompt after the next rebuild: in those that
    put the question into the documents' language by its other name.
    """
    # The embedded chat model's answers across languages are translated quotes, by which the writer shows its glossary.
    monkeypatch.setattr(serving, "LocalChatModel", ScriptedChatModel)
    model = ScriptedChatModel(replies=["…"])
    _write(tmp_path / "documents", documents)
    settings = load_settings(
        data_dir=tmp_path / "data", documents_dir=tmp_path / "documents", translate_questions="always"
    )
    with PolicyBot(settings, chat_model=model) as bot:
        bot.index()
        bot.ask(question)
        asked_before, before = _prompts(model)
        (tmp_path / "documents" / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
        if elsewhere:
            _rebuild_elsewhere(settings)
        else:
            bot.index(rebuild=True)
        model.heard.clear()

        found = bot.search(question)
        answer = bot.ask(question)
        asked, written = _prompts(model)
        model.heard.clear()
        bot.translate_quote(answer.citations[0], into=into)
        translated = [str(messages[-1].text) for messages in model.heard]

    assert asked_before
    assert all(prompt.startswith("Terms: none\n") for prompt in asked_before)
    assert not any(term in prompt for prompt in before)
    assert found[0].passage.document == "permits.md"
    assert (answer.status, answer.citations[0].document) == ("answered", "permits.md")
    assert asked
    assert all(prompt.startswith(f"Terms: {other}\n") for prompt in asked)
    assert all(f"with these terms: {term}" in prompt for prompt in written)
    assert written
    assert all(f"with these terms: {term}" in prompt for prompt in translated)
    assert translated


class _SlowChatModel(ScriptedChatModel):
    """Says nothing until it may.

    Attributes:
        asked: Set when it has been asked.
        may_speak: Set by the test.
    """

    asked: threading.Event = Field(default_factory=threading.Event)
    may_speak: threading.Event = Field(default_factory=threading.Event)

    def _stream(self, *given: Any, **named: Any) -> Iterator[ChatGenerationChunk]:
        self.asked.set()
        assert self.may_speak.wait(300)
        yield from super()._stream(*given, **named)


def test_a_stream_goes_on_with_the_index_that_it_began_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that is being written while another index replaces the old one quotes the old one; the next the new.

    The old index is closed when that answer has ended, and not before.
    """
    closed: list[Path] = []

    def close(self: Serving) -> None:
        closed.append(self.place)
        self.index.close()

    monkeypatch.setattr(Serving, "close", close)
    model = _SlowChatModel(
        replies=["A gull permit costs nine crowns a year [1].", "A gull permit costs six crowns [1]."]
    )
    _write(tmp_path / "documents", ENGLISH)
    settings = load_settings(data_dir=tmp_path / "data", documents_dir=tmp_path / "documents")
    question = "How much does a gull permit cost?"
    with PolicyBot(settings, chat_model=model) as bot:
        bot.index()
        old = current(settings.data_dir)
        events = bot.stream(question)
        first = next(events)
        assert model.asked.wait(300)
        text = ENGLISH["permits.md"].replace("nine", "six")
        (tmp_path / "documents" / "permits.md").write_text(text, encoding="utf-8")
        bot.index(rebuild=True)
        new = current(settings.data_dir)
        during = list(closed)
        model.may_speak.set()
        rest = list(events)
        after = list(closed)
        asked_again = bot.ask(question)

    answer = rest[-1].answer if isinstance(rest[-1], Done) else None
    assert answer is not None
    assert isinstance(first, Found)
    assert all(isinstance(event, Delta) for event in rest[:-1])
    assert "nine crowns" in answer.text
    assert "nine crowns" in answer.citations[0].quote
    assert "six crowns" in asked_again.text
    assert "six crowns" in asked_again.citations[0].quote
    assert (during, after, closed) == ([], [old], [old, new])


class TestIndexInUse:
    """Leases of the index in use, on real folders; no model is loaded."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return load_settings(data_dir=tmp_path, chat_model="none")

    @pytest.fixture
    def in_use(self, settings: Settings) -> Iterator[IndexInUse]:
        models = Models(settings)
        with closing(IndexInUse(settings.data_dir, lambda place: Serving.open(place, settings, models))) as in_use:
            yield in_use

    def test_a_replaced_index_is_open_until_its_last_lease_ends(self, settings: Settings, in_use: IndexInUse) -> None:
        """Whoever began with it reads it to the end; every later lease is of the new one."""
        with in_use.lease() as one:
            with in_use.lease() as other:
                _switch(settings, 2)
                with in_use.lease() as new:
                    pass
            counts = one.catalogue.counts()

        assert other is one
        assert (one.place, new.place) == (settings.data_dir, settings.data_dir / "index-2")
        assert counts == (0, 0)
        assert _is_closed(one)
        assert not _is_closed(new)

    def test_closing_waits_for_leases_and_ends_them(self, in_use: IndexInUse) -> None:
        """After ``close`` nobody gets a lease, and who has one reads to its end."""
        with in_use.lease() as lent:
            in_use.close()
            counts = lent.catalogue.counts()
            with pytest.raises(StoreError, match="Open another PolicyBot"), in_use.lease():
                pass

        assert counts == (0, 0)
        assert _is_closed(lent)

    def test_an_index_that_cannot_be_opened_leaves_the_old_one(self, settings: Settings, in_use: IndexInUse) -> None:
        """A damaged pointer is an error of that call; the index serves again when it is mended."""
        (settings.data_dir / "index.current").write_text("index-9", encoding="ascii")
        with pytest.raises(StoreError, match="index-9"), in_use.lease():
            pass
        (settings.data_dir / "index.current").unlink()

        with in_use.lease() as lent:
            assert lent.catalogue.counts() == (0, 0)

    def test_threads_never_get_an_index_that_is_closed(self, settings: Settings, in_use: IndexInUse) -> None:
        """While indexes replace one another, every thread reads an open one; in the end only the last is open."""
        seen: list[set[Serving]] = [set() for _ in range(4)]
        failed: list[Exception] = []
        done = threading.Event()

        def read(mine: set[Serving]) -> None:
            try:
                while not done.is_set():
                    with in_use.lease() as lent:
                        lent.catalogue.counts()
                        mine.add(lent)
            except Exception as exc:  # noqa: BLE001  # whatever it is, the test names it
                failed.append(exc)

        threads = [threading.Thread(target=read, args=(mine,)) for mine in seen]
        for thread in threads:
            thread.start()
        for number in range(2, 6):
            _switch(settings, number)
            with in_use.lease():
                pass
        done.set()
        for thread in threads:
            thread.join()

        assert failed == []
        assert {lent.place.name for mine in seen for lent in mine if not _is_closed(lent)} <= {"index-5"}


def _switch(settings: Settings, number: int) -> None:
    """Put an empty index in the place of the one in use."""
    place = settings.data_dir / f"index-{number}"
    place.mkdir()
    switch(settings.data_dir, place)


def _is_closed(lent: Serving) -> bool:
    try:
        lent.catalogue.languages()
    except StoreError:
        return True
    return False
