"""Single documents: their originals, adding and leaving out, the map of passages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from policybot import PolicyBot, load_settings
from policybot.bot.library import LONGEST_NAME, principal_plane, safe_name
from policybot.errors import BrokenFile, OriginalGone, UnknownDocument, UnsupportedFormat
from policybot.reading import page_mark

QUOTE = "The keeper tends 731 lamps, and each of them burns until the mor-\nning."
NOTE = "# Note\n\nThe tram has seventeen lines.\n"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a PDF whose third line is the quote, and a note."""
    path = tmp_path_factory.mktemp("shelf")
    pdf = FPDF()
    pdf.set_font("Helvetica", size=12)
    pdf.add_page()
    for line in ("The weather is fair.", "The sea is calm.", QUOTE, "The harbour sleeps."):
        pdf.multi_cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(20)
    pdf.output(str(path / "lamps.pdf"))
    (path / "note.md").write_text(NOTE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def bot(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyBot]:
    with PolicyBot(load_settings(data_dir=tmp_path_factory.mktemp("data"), chat_model="none")) as bot:
        bot.index(shelf)
        yield bot


def place(bot: PolicyBot, words: str) -> tuple[str, int, int]:
    document = bot.document("lamps.pdf")
    start = document.text.index(words)
    return document.id, start, start + len(words)


class TestOriginals:
    """A page as a picture."""

    def test_marks_the_quote_and_nothing_else(self, bot: PolicyBot) -> None:
        """The mark covers a word broken over two lines, too, and lies where ``page_mark`` says."""
        id_, start, end = place(bot, "The keeper tends 731 lamps, and each of them burns until the morning.")
        plain = np.asarray(Image.open(io.BytesIO(bot.page_picture(id_, 1))).convert("RGB")).astype(int)
        marked = np.asarray(Image.open(io.BytesIO(bot.page_picture(id_, 1, start=start, end=end))).convert("RGB"))
        rows = np.flatnonzero((np.abs(plain - marked).max(axis=2) > 60).any(axis=1))
        mark = bot.page_mark(id_, 1, start=start, end=end)

        assert (mark.height, mark.width) == plain.shape[:2]
        assert mark.top is not None
        assert abs(rows[0] / mark.height - mark.top) < 0.01
        assert 0.02 < (rows[-1] - rows[0]) / mark.height < 0.06  # two lines of a page of 297 mm

    def test_marks_what_the_file_holds_in_another_order(self, bot: PolicyBot, shelf: Path) -> None:
        """Columns that were read in another order than the file's are marked run by run; a few letters are not."""
        path = shelf / "lamps.pdf"
        turned = page_mark(path, name="lamps.pdf", page=1, quote="The harbour sleeps. The weather is fair.")
        alone = page_mark(path, name="lamps.pdf", page=1, quote="The weather is fair.")

        assert turned.top == alone.top
        assert page_mark(path, name="lamps.pdf", page=1, quote="The fair is a market of horses.").top is None

    def test_what_is_not_on_the_page_is_not_marked(self, bot: PolicyBot) -> None:
        """Without letters to look for, the page comes without a mark."""
        id_, start, _ = place(bot, "731")

        assert bot.page_mark(id_, 1, start=start, end=start).top is None

    def test_no_such_page(self, bot: PolicyBot) -> None:
        """A page that is not there is refused, for a document without pages as well."""
        with pytest.raises(UnknownDocument, match="no page 2"):
            bot.page_picture(bot.document("lamps.pdf").id, 2)
        with pytest.raises(UnknownDocument, match="no page 1"):
            bot.page_picture(bot.document("note.md").id, 1)

    def test_only_the_file_that_was_indexed(self, bot: PolicyBot, shelf: Path) -> None:
        """A file with other bytes is refused, one that was only touched is not, another version never."""
        id_, file = bot.document("lamps.pdf").id, shelf / "lamps.pdf"
        content = file.read_bytes()
        file.write_bytes(content + b"\n")
        with pytest.raises(OriginalGone, match=r"lamps\.pdf is missing or has changed"):
            bot.original(id_)
        file.write_bytes(content)

        assert bot.original(id_) == file
        with pytest.raises(OriginalGone, match="another version"):
            bot.original(id_, version="0" * 12)


class TestChanging:
    """Adding, removing, taking in again."""

    def test_added_files_go_with_their_document(self, bot: PolicyBot) -> None:
        """A file is kept under a safe name, replaced by one of the same name, indexed, and deleted when removed."""
        assert bot.add("../../etc/plan <b>.md", io.BytesIO(NOTE.encode())) == ("plan _b_.md", False)
        assert bot.add("plan _b_.md", io.BytesIO(b"# Plan\n\nNine lines.\n")) == ("plan _b_.md", True)
        bot.index(bot.added_dir)
        document = bot.document("plan _b_.md")
        assert "Nine lines" in document.text
        bot.remove(document.id)

        assert list(bot.added_dir.iterdir()) == []
        assert "plan _b_.md" not in [d.name for d in bot.documents()]

    def test_removed_documents_stay_out_until_restored(self, bot: PolicyBot, shelf: Path) -> None:
        """A removed document is found no more, its file stays, and only restoring lets indexing take it in again."""
        note = bot.document("note.md").id
        bot.remove(note)
        bot.index(shelf)
        assert ([d.name for d in bot.documents()], [d.name for d in bot.left_out()]) == (["lamps.pdf"], ["note.md"])
        assert (shelf / "note.md").exists()
        bot.restore(note)
        assert bot.index(shelf).plan.new == ("note.md",)

        assert bot.left_out() == ()
        with pytest.raises(UnknownDocument, match="Reload the list"):
            bot.remove("nothing")

    def test_only_what_can_be_read(self, bot: PolicyBot) -> None:
        """A file that no reader reads is refused before a byte of it is kept."""
        with pytest.raises(UnsupportedFormat, match=r"\.exe files cannot be read"):
            bot.add("setup.exe", io.BytesIO(b"MZ"))


@given(st.text(max_size=300))
def test_names_are_safe(name: str) -> None:
    """No name leads out of its folder, hides a file, or is longer than a file system takes; else it is refused."""
    try:
        safe = safe_name(f"{name}.md")
    except BrokenFile:
        return
    assert safe == Path(safe).name
    assert not safe.startswith((".", "~"))
    assert safe.endswith(".md")
    assert len(safe) <= LONGEST_NAME + 3
    assert safe_name(safe) == safe


@given(st.integers(3, 30), st.integers(0, 2**32 - 1))
def test_the_plane_is_the_same_each_time_and_bounded(count: int, seed: int) -> None:
    """The same vectors in any order lie at the same places, and all in -1..1."""
    vectors = np.random.default_rng(seed).standard_normal((count, 6)).astype(np.float32)
    places = principal_plane(vectors)

    assert np.abs(places).max() <= 1
    assert np.allclose(places, principal_plane(vectors[::-1])[::-1], atol=1e-5)


def test_the_plane_shows_what_differs_most() -> None:
    """Two groups that differ in one direction lie at the two ends of the first axis."""
    vectors = np.random.default_rng(1).standard_normal((20, 8)).astype(np.float32) * 0.01
    vectors[:10, 3] += 1
    places = principal_plane(vectors)

    assert np.all(places[:10, 0] > 0.5)
    assert np.all(places[10:, 0] < -0.5)


def test_each_passage_is_a_point(bot: PolicyBot) -> None:
    """Of a small index, every passage is on the map, with its document."""
    assert {p.document_id for p in bot.passage_map()} <= {d.id for d in bot.documents()}
    assert len(bot.passage_map()) in (0, bot.counts()[1])
