"""Watching: what is saved is indexed, what fails is tried again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from indexed_folder import IndexedFolder

from policybot.domain import IndexPlan, IndexReport
from policybot.errors import IndexingError
from policybot.indexing import watching
from policybot.indexing.folders import is_remote
from policybot.indexing.watching import Watcher

_PATIENCE_S = 600
"""How long a test waits for what will happen: no law about speed, only an end for one that fails."""


def until(happened: Callable[[], bool]) -> None:
    """Wait until something has happened."""
    end = time.monotonic() + _PATIENCE_S
    while not happened():
        assert time.monotonic() < end, "what was waited for has not happened"
        time.sleep(0.02)


@pytest.fixture(params=["never", "always"], ids=["reported", "polled"])
def watched(request: pytest.FixtureRequest, indexed: IndexedFolder) -> Iterator[tuple[IndexedFolder, Watcher]]:
    """A folder that is followed, by the system's reports and by polling."""
    indexed.write("first.md", "# First\n\nText.\n")
    watcher = Watcher(indexed.bot.index, [indexed.documents], polling=request.param, poll_s=0.1)
    watcher.start()
    until(lambda: watcher.state.runs > 0)
    yield indexed, watcher
    watcher.close()


def _names(indexed: IndexedFolder) -> list[str]:
    return [document.name for document in indexed.bot.documents()]


def test_what_happens_to_files_happens_to_the_index(watched: tuple[IndexedFolder, Watcher]) -> None:
    """Created, edited, moved, deleted, and saved by way of a temporary file: each reaches the index."""
    indexed, _ = watched
    path = indexed.write("new.md", "# New\n\nThe council plants trees.\n")
    until(lambda: _names(indexed) == ["first.md", "new.md"])

    path.write_text("# New\n\nThe council plants ferns.\n", encoding="utf-8")
    until(lambda: "ferns" in indexed.bot.document("new.md").text)

    beside = indexed.documents / ".new.md.swp"
    beside.write_text("# New\n\nThe council plants oaks.\n", encoding="utf-8")
    beside.replace(path)
    until(lambda: "oaks" in indexed.bot.document("new.md").text)
    identity = indexed.bot.document("new.md").id

    path.rename(indexed.documents / "moved.md")
    until(lambda: _names(indexed) == ["first.md", "moved.md"])
    assert indexed.bot.document("moved.md").id == identity

    (indexed.documents / "moved.md").unlink()
    until(lambda: _names(indexed) == ["first.md"])


def test_burst_is_indexed_whole_and_at_once(watched: tuple[IndexedFolder, Watcher]) -> None:
    """Many files saved in a burst are all indexed, in far fewer runs than there are files."""
    indexed, watcher = watched
    runs = watcher.state.runs
    for number in range(60):
        indexed.write(f"burst/{number}.txt", f"Note {number} about ferries.")

    until(lambda: len(_names(indexed)) == 61)

    assert watcher.state.runs - runs < 20


def test_failing_file_is_named_and_mended(
    watched: tuple[IndexedFolder, Watcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken file is named with its reason and the next try; the others are indexed; mended it is named no more."""
    indexed, watcher = watched
    path = indexed.write("broken.md", "---\ntitle: [\n---\nText.\n")
    until(lambda: bool(watcher.state.troubles))
    trouble = watcher.state.troubles[0]
    path.write_text("# Mended\n\nText.\n", encoding="utf-8")
    until(lambda: not watcher.state.troubles)

    assert (trouble.name, trouble.tries >= 1, "broken.md" in trouble.reason) == ("broken.md", True, True)
    assert _names(indexed) == ["broken.md", "first.md"]
    assert indexed.bot.failures() == ()


def test_what_fails_is_tried_again_less_and_less_often(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that fails though nothing changes is tried again, each time after a longer wait, until it succeeds."""
    monkeypatch.setattr(watching, "_RETRY_S", 0.1)
    at: list[float] = []

    def index(_: Path) -> IndexReport:
        at.append(time.monotonic())
        if len(at) < 4:
            raise IndexingError("The other one is indexing.")
        return IndexReport(IndexPlan(), 0, 0, 0, 0.0, 0.0, 0)

    watcher = Watcher(index, [tmp_path], polling="never")
    watcher.start()
    until(lambda: len(at) == 2)
    named = watcher.state.troubles
    until(lambda: len(at) == 4 and not watcher.state.troubles)
    watcher.close()

    # The waits double; a slow machine makes each longer, never shorter.
    assert all(later - earlier >= 0.1 * 2**number for number, (earlier, later) in enumerate(pairwise(at)))
    assert named[0].reason == "The other one is indexing."
    assert watcher.state.state == "stopped"


def test_folder_that_is_away_is_waited_for(tmp_path: Path, indexed: IndexedFolder) -> None:
    """A folder that vanishes, as an unmounted one does, keeps its documents in the index and is followed again."""
    path = indexed.write("a.md", "# A\n\nText.\n")
    watcher = Watcher(indexed.bot.index, [indexed.documents], polling="never", poll_s=0.1)
    watcher.start()
    until(lambda: _names(indexed) == ["a.md"])
    indexed.documents.rename(tmp_path / "away")
    until(lambda: bool(watcher.state.troubles))
    while_away = _names(indexed)
    (tmp_path / "away").rename(indexed.documents)
    path.write_text("# A\n\nOther text.\n", encoding="utf-8")
    until(lambda: "Other" in indexed.bot.document("a.md").text)
    watcher.close()

    assert while_away == ["a.md"]


@pytest.mark.parametrize(
    ("place", "remote"),
    [("share", True), ("share/deep/down", True), ("share/local", False), ("with blank/a", True), ("elsewhere", False)],
)
def test_network_folders_are_told_by_their_mount(tmp_path: Path, place: str, remote: bool) -> None:
    """The innermost mount that holds a folder says whether it lies on another machine."""
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/sda / ext4 rw 0 0\nserver:/x {tmp_path}/share nfs4 rw 0 0\n/dev/sdb {tmp_path}/share/local ext4 rw 0 0\n"
        f"//server/y {tmp_path}/with\\040blank cifs rw 0 0\n",
        encoding="utf-8",
    )

    assert is_remote(tmp_path / place, mounts=mounts) == remote
