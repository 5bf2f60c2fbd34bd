"""Kept indexes: what they are kept by, and for how long."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import indexes

Indexes = indexes.Indexes


def test_same_documents_have_one_folder_and_others_another(tmp_path: Path) -> None:
    """Whatever differs, a name or a byte, is another folder; each holds its own files."""
    kept = Indexes(tmp_path)
    sets = [{"a.md": b"one"}, {"a.md": b"two"}, {"b.md": b"one"}, {"a.md": b"one", "b/c.md": b""}]

    folders = [kept.documents(files) for files in sets]

    assert len(set(folders)) == len(sets)
    assert [Indexes(tmp_path).documents(files) for files in sets] == folders
    for folder, files in zip(folders, sets, strict=True):
        found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        assert found == files


@pytest.mark.parametrize(
    ("changed", "same"), [("splitting/split.py", False), ("new_room/a.py", False), ("answering/a.py", True)]
)
def test_code_that_indexes_makes_an_index_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str, same: bool
) -> None:
    """A change of any room makes a new index, unless the room is known to have no part in indexing."""
    source = tmp_path / "policybot"
    (source / changed).parent.mkdir(parents=True)
    (source / "__init__.py").touch()
    (source / changed).write_text("before")
    monkeypatch.setattr(indexes.policybot, "__file__", str(source / "__init__.py"))
    (tmp_path / "kept").mkdir()
    kept = Indexes(tmp_path / "kept")

    before = kept.documents({"a.md": b"one"})
    (source / changed).write_text("after")

    assert (kept.documents({"a.md": b"one"}) == before) == same


def test_what_nobody_asks_for_is_removed(tmp_path: Path) -> None:
    """An index is kept for a week after it was last asked for."""
    kept = Indexes(tmp_path)
    old, used = kept.documents({"a.md": b"one"}), kept.documents({"a.md": b"two"})
    for folder in (old, used):
        os.utime(folder.parent, (0, 0))
    kept.documents({"a.md": b"two"})

    Indexes(tmp_path)

    assert (old.exists(), used.exists()) == (False, True)
