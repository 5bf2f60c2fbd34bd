from __future__ import annotations

import importlib.util
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from policybot.errors import BrokenFile, ReadingError, ReadingLimit
from policybot.reading import SUFFIXES, Worker, read, survey

_PATH = Path(__file__).parent.parent.parent / "benchmarks" / "hostile_files.py"
_SPEC = importlib.util.spec_from_file_location("hostile_files", _PATH)
hostile_files = importlib.util.module_from_spec(_SPEC)
sys.modules["hostile_files"] = hostile_files
_SPEC.loader.exec_module(hostile_files)

# The slow ones are read by benchmarks/bad_files.py.
FAST = [
    "laughs.docx", "outside.docx", "quadratic.xlsx", "laughs.odt", "laughs.epub", "deep.docx", "deep.odt", "deep.json",
    "deep.rtf", "deep-brackets.md", "aliases.md", "tag.md", "figure.json", "nan.json", "surrogate.json", "columns.csv",
    "far-cell.xlsx", "shared-string.xlsx", "protected.docx", "protected.pdf", "protected-parts.odt", "upwards.epub",
    "blanks.odt", "groups.odp", "bin.rtf", "escapes.rtf", "charset.eml", "utf16-odd.txt", "own-parent.pdf",
    "no-pages.pdf", "count.pdf", "negative.pdf", "form-loop.pdf", "head-only.pdf", "wide.pdf",
]  # fmt: skip


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as made:
        yield made


def _read(worker: Worker, path: Path):
    return worker.read(path, name=path.name, document_id="d1", max_bytes=200_000_000)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_same_as_here(tmp_path: Path, worker: Worker, suffix: str) -> None:
    """A worker reads what ``read`` reads, metadata and pages included."""
    path = tmp_path / f"plan{suffix}"
    path.write_bytes(hostile_files.sample(suffix))

    assert _read(worker, path) == read(path, name=path.name, document_id="d1", max_bytes=200_000_000)


def test_hostile_files(tmp_path: Path, worker: Worker) -> None:
    """A hostile file is read or refused by an error that names it, and what a file asks for outside is not let in."""
    makers = dict(hostile_files.special())
    for name in FAST:
        path = tmp_path / name
        path.write_bytes(makers[name]())
        try:
            assert "root:" not in _read(worker, path).text
        except ReadingError as error:
            assert str(error).startswith(name)


def test_crash(tmp_path: Path, worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader's crash is an error that names the file, and the next file is read."""
    good = tmp_path / "good.html"
    good.write_bytes(hostile_files.sample(".html"))
    _read(worker, good)
    received = worker._received
    monkeypatch.setattr(worker, "_received", lambda process, *rest: (process.kill(), received(process, *rest))[1])

    with pytest.raises(BrokenFile, match=r"^good\.html: its reader crashed \(signal SIGKILL\)"):
        _read(worker, good)
    monkeypatch.undo()

    assert "green hydrogen" in _read(worker, good).text


def test_hang(tmp_path: Path) -> None:
    """A file that takes too long is stopped at the limit, and the next one is read."""
    slow, good = tmp_path / "slow.pdf", tmp_path / "good.html"
    slow.write_bytes(hostile_files.pages_pdf(3000))
    good.write_bytes(hostile_files.sample(".html"))
    with Worker(read_s=0.02) as worker, pytest.raises(ReadingLimit, match=r"^slow\.pdf: reading it took longer than"):
        _read(worker, slow)
    with Worker() as worker:
        assert "green hydrogen" in _read(worker, good).text


def test_memory(tmp_path: Path) -> None:
    """A file that needs more memory than allowed is refused, and the next one is read."""
    large, good = tmp_path / "large.html", tmp_path / "good.html"
    large.write_bytes(b"<p>" + b"a <b>b</b> " * 400_000)
    good.write_bytes(hostile_files.sample(".html"))
    with Worker(memory_bytes=600_000_000) as worker:
        with pytest.raises(ReadingLimit, match=r"^large\.html: reading it takes more than 600 MB"):
            _read(worker, large)
        assert "green hydrogen" in _read(worker, good).text


class _Filling(Worker):
    """A worker whose process has no memory left for a second file."""

    def _exchanged(self, process, request, name, deadline):
        used = self._files > 0
        reply = super()._exchanged(process, request, name, deadline)
        if used:
            self._end()
            return type(reply)({"error": "ReadingLimit", "message": f"{name}: too much"}, "")
        return reply


def test_memory_that_earlier_files_took_decides_nothing(tmp_path: Path) -> None:
    """A file is refused for its memory only when a process of its own could not read it either."""
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_bytes(hostile_files.sample(".html"))
    with _Filling() as worker:
        texts = [_read(worker, tmp_path / name).text for name in ("a.html", "b.html")]

    assert texts[0] == texts[1]


def test_odd_names(tmp_path: Path, worker: Worker) -> None:
    """Whatever stands in a folder is read under its name or refused by it; nothing outside the folder is read."""
    wanted = hostile_files.oddly_named(tmp_path)

    found = survey(tmp_path)

    refused = {each.name for each in found.refused}
    assert set(wanted) <= refused | {name for name, _ in found.files}
    assert {"outward.md", "nowhere.md", "itself.md", "device.md", "pipe.md", "socket.md"} <= refused
    assert all(path.resolve().is_relative_to(tmp_path.resolve()) for _, path in found.files)
    with pytest.raises(BrokenFile, match=r"^sparse\.pdf: the file has 3000\.0 MB"):
        _read(worker, tmp_path / "sparse.pdf")


def _surveyed(tmp_path: Path, parts: dict[str, bytes], **options: object):
    folder = tmp_path / "documents"
    folder.mkdir(exist_ok=True)
    (folder / "a.zip").write_bytes(hostile_files.zipped(parts))
    return survey(folder, unpacked=tmp_path / "unpacked", **options)


def test_archive(tmp_path: Path) -> None:
    """The documents in an archive are documents under its name; what cannot be read in it is named."""
    parts = {"in/plan.md": b"Text.", "b.csv": b"a,b", "old.doc": b"x", "more.zip": b"x", "x.png": b"x", ".h.md": b"x"}

    found = _surveyed(tmp_path, parts)

    assert [name for name, _ in found.files] == ["a.zip/b.csv", "a.zip/in/plan.md"]
    assert dict(found.files)["a.zip/in/plan.md"].read_bytes() == b"Text."
    assert [each.name for each in found.refused] == ["a.zip/more.zip", "a.zip/old.doc"]


def test_archive_again(tmp_path: Path) -> None:
    """An archive is unpacked once, and again when it has changed."""
    first = dict(_surveyed(tmp_path, {"a.md": b"Text."}).files)["a.zip/a.md"]
    first.write_bytes(b"left as it is")
    again = survey(tmp_path / "documents", unpacked=tmp_path / "unpacked")

    assert dict(again.files)["a.zip/a.md"].read_bytes() == b"left as it is"
    changed = _surveyed(tmp_path, {"b.md": b"Other text."})
    assert [(name, path.read_bytes()) for name, path in changed.files] == [("a.zip/b.md", b"Other text.")]
    assert len(list((tmp_path / "unpacked").iterdir())) == 1


@pytest.mark.parametrize("name", ["../../up.md", "/etc/x.md", "..\\..\\up.md", "C:\\x\\up.md", "a\nb.md", "~/x.md"])
def test_archive_names(tmp_path: Path, name: str) -> None:
    """No name in an archive leads out of the folder that it is unpacked into."""
    found = _surveyed(tmp_path, {name: b"Text."})

    assert all(path.is_relative_to(tmp_path / "unpacked") for _, path in found.files)
    assert all(".." not in each and "\n" not in each for each, _ in found.files)
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} <= {"a.zip", "00000.md", "contents.json"}


def test_archive_bombs(tmp_path: Path) -> None:
    """An archive that unpacks to too much is refused before it is unpacked."""
    bomb = _surveyed(tmp_path, {"a.md": b"0" * 30_000_000, "b.md": b"Text."})
    many = _surveyed(tmp_path, {f"{i}.md": bytes(range(256)) * 40 for i in range(20)}, max_bytes=11_000)

    assert [name for name, _ in bomb.files] == ["a.zip/b.md"]
    assert "as only a bomb does" in bomb.refused[0].reason
    assert [each.name for each in many.refused] == ["a.zip"]


def test_chinese_names_in_archive(tmp_path: Path) -> None:
    """Names that Chinese programs write in GB18030 are read as they were meant."""
    folder = tmp_path / "documents"
    folder.mkdir()
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("XXXX.md", "Text.")
    data = (folder / "a.zip").read_bytes().replace(b"XXXX", "计划".encode("gb18030"))
    (folder / "a.zip").write_bytes(data)

    assert [name for name, _ in survey(folder, unpacked=tmp_path / "unpacked").files] == ["a.zip/计划.md"]


def test_archive_without_documents(tmp_path: Path) -> None:
    """An archive that holds nothing to read is named."""
    found = _surveyed(tmp_path, {".hidden.md": b"x", "x.png": b"x"})

    assert ([each.name for each in found.refused], found.files) == (["a.zip"], ())
