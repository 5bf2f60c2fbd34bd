from __future__ import annotations

from pathlib import Path

import pytest

from policybot.errors import ReadingError, UnsupportedFormat
from policybot.reading import find


def _make(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("text")


def test_folder(tmp_path: Path) -> None:
    """Everything readable below a folder is found, sorted by its name with / between parts."""
    _make(tmp_path, "b.md", "a/z.PDF", "a/README.md", "a/b/c.htm", "notes.png", "Makefile")

    names = [name for name, _ in find(tmp_path)]

    assert names == ["a/README.md", "a/b/c.htm", "a/z.PDF", "b.md"]


def test_passed_over(tmp_path: Path) -> None:
    """Hidden files and folders and the temporary files of editors are no documents."""
    _make(tmp_path, ".a.md", ".git/b.md", "~$c.docx", "d.tmp", "e.md~", "f.md")

    assert [("f.md", tmp_path / "f.md")] == find(tmp_path)


def test_ignored(tmp_path: Path) -> None:
    """What .policybotignore names at the top of the folder is passed over; a pattern is the whole name."""
    _make(tmp_path, "README.md", "a/README.md", "a/plan.md", "drafts/new/b.md", "drafts.md")
    (tmp_path / ".policybotignore").write_text("# not documents\n\nREADME.md\ndrafts/*\n", encoding="utf-8")

    assert [name for name, _ in find(tmp_path)] == ["a/README.md", "a/plan.md", "drafts.md"]
    assert [name for name, _ in find(tmp_path / "README.md")] == ["README.md"], "A file that is named is read."


def test_unreadable_ignore_file(tmp_path: Path) -> None:
    """Nothing is read while it is unknown what is to be kept out."""
    _make(tmp_path, "a.md")
    (tmp_path / ".policybotignore").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ReadingError, match="policybotignore cannot be read"):
        find(tmp_path)


def test_shipped_documents_are_the_briefs() -> None:
    """The folder's own page is none of its documents."""
    shipped = Path(__file__).parents[2] / "documents"

    names = [name for name, _ in find(shipped)]

    assert (shipped / "README.md").is_file()
    assert [name[:2] for name in names if name.endswith(".md")] == [f"{n:02}" for n in range(1, 25)]


def test_links(tmp_path: Path) -> None:
    """A link that leads out of the folder is passed over, one that stays inside is a document."""
    _make(tmp_path, "outside/secret.md", "root/a.md")
    root = tmp_path / "root"
    (root / "out.md").symlink_to(tmp_path / "outside" / "secret.md")
    (root / "folder").symlink_to(tmp_path / "outside")
    (root / "loop").symlink_to(root)
    (root / "in.md").symlink_to(root / "a.md")
    (root / "broken.md").symlink_to(root / "nowhere.md")

    assert [name for name, _ in find(root)] == ["a.md", "in.md"]


def test_hidden_root(tmp_path: Path) -> None:
    """A folder that is named is read, hidden or not."""
    _make(tmp_path, ".docs/a.md")

    assert [name for name, _ in find(tmp_path / ".docs")] == ["a.md"]


def test_single_file(tmp_path: Path) -> None:
    """A single file has its own name."""
    _make(tmp_path, "a/b.txt")

    assert [("b.txt", tmp_path / "a/b.txt")] == find(tmp_path / "a/b.txt")


def test_single_unreadable_file(tmp_path: Path) -> None:
    """A file named by the user that no reader knows is an error, not an empty list."""
    _make(tmp_path, "b.pages")

    with pytest.raises(UnsupportedFormat, match=r"b\.pages"):
        find(tmp_path / "b.pages")


def test_nothing_there(tmp_path: Path) -> None:
    """A path that does not exist is an error."""
    with pytest.raises(ReadingError, match="no such file or folder"):
        find(tmp_path / "gone")


def test_name_in_another_encoding(tmp_path: Path) -> None:
    """A name that is no UTF-8 on disk becomes one that can be stored."""
    (tmp_path / "caf\udce9.md").write_text("text")

    assert [name for name, _ in find(tmp_path)] == ["caf\ufffd.md"]
