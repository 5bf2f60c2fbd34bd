"""Planning: what is new, changed, moved, deleted and unchanged."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from indexed_folder import IndexedFolder

from policybot import PolicyBot
from policybot.domain.changes import Move
from policybot.errors import IndexingError
from policybot.indexing.planning import compare
from policybot.indexing.scanning import FoundFile
from policybot.store.catalogue import FileState

_NAMES = st.sampled_from(["a.md", "b.md", "c.txt", "sub/a.md", "sub/d.md"])
_DIGESTS = st.sampled_from(["1", "2", "3"])
_FOLDERS = st.dictionaries(_NAMES, _DIGESTS, max_size=5)


def _files(folder: dict[str, str]) -> list[FoundFile]:
    return [FoundFile(Path(name), name, digest, 1, 1) for name, digest in folder.items()]


@given(before=_FOLDERS, after=_FOLDERS)
def test_every_file_is_planned_once(before: dict[str, str], after: dict[str, str]) -> None:
    """Each name that is there is new, changed, moved or unchanged; each that is gone is deleted or moved from."""
    first = compare("/root", {}, _files(before), recipe="r")
    known = {step.state.name: step.state for step in first.to_read}

    plan = compare("/root", known, _files(after), recipe="r").plan

    moved_to, moved_from = [m.name for m in plan.moved], [m.before for m in plan.moved]
    assert sorted([*plan.new, *plan.changed, *moved_to, *plan.unchanged]) == sorted(after)
    assert sorted([*plan.deleted, *moved_from]) == sorted(set(before) - set(after))


@given(folders=st.lists(_FOLDERS, min_size=1, max_size=5))
def test_carried_out_plan_leaves_nothing_to_plan(folders: list[dict[str, str]]) -> None:
    """What a plan says, done, makes the next plan empty; and no two documents ever share an identity."""
    known: dict[str, FileState] = {}
    for folder in folders:
        difference = compare("/root", known, _files(folder), recipe="r")
        for name in [*difference.plan.deleted, *(m.before for m in difference.plan.moved)]:
            del known[name]
        known.update({step.state.name: step.state for step in difference.to_read})
        ids = [state.document_id for state in known.values()]
        again = compare("/root", known, _files(folder), recipe="r")

        assert (again.to_read, again.to_remove) == ((), ())
        assert len(set(ids)) == len(ids)


def test_same_name_elsewhere_is_the_likelier_move() -> None:
    """Of two files that are gone with the same content, the one of the same last part has moved."""
    known = compare("/root", {}, _files({"old/plan.md": "1", "a.md": "1"}), recipe="r").to_read

    plan = compare("/root", {s.state.name: s.state for s in known}, _files({"new/plan.md": "1"}), recipe="r").plan

    assert plan.moved == (Move("old/plan.md", "new/plan.md"),)
    assert plan.deleted == ("a.md",)


_TEXTS = st.sampled_from(
    [
        "# One\n\nThe council plants trees.\n\n## More\n\nThe quay is new.\n",
        "# One\n\nThe council plants 40 trees.\n\n## More\n\nThe quay is new.\n",
        "# 港口\n\n市图书馆每天开放十四小时。\n",
        "Plain words about ferries.\n\nAnd about quays.\n",
    ]
)
_OPERATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), _NAMES, _TEXTS),
        st.tuples(st.just("move"), _NAMES, _NAMES),
        st.tuples(st.just("delete"), _NAMES),
        st.tuples(st.just("index")),
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(operations=_OPERATIONS)
def test_any_history_of_files_ends_in_the_index_of_a_fresh_start(operations: list[tuple[str, ...]]) -> None:
    """However the files came to be as they are, the index holds what a new index of them would hold."""
    with tempfile.TemporaryDirectory() as place, IndexedFolder(Path(place)) as indexed:
        for kind, *names in operations:
            path = indexed.documents / names[0] if names else indexed.documents
            if kind == "write":
                indexed.write(names[0], names[1])
            elif kind == "move" and path.exists() and names[0] != names[1]:
                (indexed.documents / names[1]).parent.mkdir(parents=True, exist_ok=True)
                path.rename(indexed.documents / names[1])
            elif kind == "delete":
                path.unlink(missing_ok=True)
            elif kind == "index":
                indexed.bot.index(allow_empty=True)
        indexed.bot.index(allow_empty=True)
        again = indexed.bot.index(allow_empty=True)
        fresh_settings = indexed.settings.model_copy(update={"data_dir": Path(place, "fresh")})
        with PolicyBot(fresh_settings, embedding_models=indexed.models) as fresh:
            fresh.index(allow_empty=True)
            wanted = indexed.contents(fresh)

        assert (again.plan.new, again.plan.changed, again.plan.moved, again.plan.deleted) == ((), (), (), ())
        assert (again.embedded, again.changes) == (0, ())
        assert indexed.contents() == wanted
        assert indexed.is_whole()


def test_planning_changes_nothing(indexed: IndexedFolder) -> None:
    """A plan is only a plan: asked twice it says the same, and nothing is indexed."""
    indexed.write("a.md", "# A\n\nText.\n")

    plans = indexed.bot.plan(), indexed.bot.plan()

    assert plans[0] == plans[1]
    assert plans[0].new == ("a.md",)
    assert indexed.bot.documents() == ()


def test_emptied_folder_is_forgotten_only_on_demand(indexed: IndexedFolder) -> None:
    """A folder that suddenly holds nothing is refused; with allow_empty its documents are gone."""
    path = indexed.write("a.md", "# A\n\nText.\n")
    indexed.bot.index()
    path.unlink()
    with pytest.raises(IndexingError, match="--allow-empty"):
        indexed.bot.index()
    kept = len(indexed.bot.documents())

    report = indexed.bot.index(allow_empty=True)

    assert (kept, report.plan.deleted, indexed.bot.documents()) == (1, ("a.md",), ())


def test_edit_that_keeps_size_and_time_is_seen(indexed: IndexedFolder) -> None:
    """A file written again within its clock's resolution, to the same size, is hashed again."""
    path = indexed.write("a.md", "# A\n\nText 1.\n")
    indexed.bot.index()
    stat = path.stat()
    path.write_text("# A\n\nText 2.\n", encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    assert indexed.bot.plan().changed == ("a.md",)


def test_copied_file_is_embedded_once(indexed: IndexedFolder) -> None:
    """The same text under a second name is found there, too, and nothing of it is embedded anew."""
    path = indexed.write("a.md", "# A\n\nThe council plants trees.\n")
    indexed.bot.index()
    indexed.embedded()
    shutil.copy(path, indexed.documents / "b.md")

    report = indexed.bot.index()

    assert (report.plan.new, report.embedded, indexed.embedded()) == (("b.md",), 0, [])
    assert report.duplicates.documents[0].names == ("a.md", "b.md")
    assert indexed.is_whole()
