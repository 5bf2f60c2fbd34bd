"""Laws that hold for every file whatsoever."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import docx
import pytest
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from policybot.errors import ReadingError
from policybot.reading import SUFFIXES, read
from policybot.reading.characters import clean_line, clean_text


def _sample(suffix: str) -> bytes:
    """A small proper file of the format, to be damaged."""
    if suffix == ".pdf":
        made = FPDF()
        made.add_page()
        made.set_font("Helvetica")
        made.cell(text="Plan")
        return bytes(made.output())
    if suffix == ".docx":
        buffer = io.BytesIO()
        docx.Document().save(buffer)
        return buffer.getvalue()
    return b"---\ntitle: A\n---\n<p>Plan &amp; more</p>\n\xe6\x96\xb0 | a | b |\n"


def _read_or_refuse(data: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(data)
        try:
            document = read(path, name=path.name, document_id="d1", max_bytes=1_000_000)
        except ReadingError as error:
            assert path.name in str(error)
            return
    document.text.encode("utf-8")
    assert "\x00" not in document.text
    assert document.metadata.title
    assert document.text[document.body_start :].strip()


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=400))
def test_any_bytes(suffix: str, data: bytes) -> None:
    """Any bytes under any suffix are read or refused with a ReadingError that names the file."""
    _read_or_refuse(data, suffix)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_damage(suffix: str, data: st.DataObject) -> None:
    """A proper file with any stretch of it overwritten is read or refused with a ReadingError."""
    whole = _sample(suffix)
    place = data.draw(st.integers(0, len(whole) - 1))
    _read_or_refuse(whole[:place] + data.draw(st.binary(max_size=20)) + whole[place + 10 :], suffix)


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=80), min_size=1, max_size=5))
def test_pages_cover_the_text(texts: list[str]) -> None:
    """Pages follow each other without a gap, and page_at never goes back."""
    made = FPDF()
    for text in [*texts, "Last page."]:
        made.add_page()
        made.set_font("Helvetica")
        made.multi_cell(0, 7, text)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.pdf"
        made.output(str(path))
        document = read(path, name="a.pdf", document_id="d1", max_bytes=1_000_000)

    pages = [document.page_at(offset) or 0 for offset in range(len(document.text))]
    assert len(texts) + 1 == len(document.page_starts)
    assert (0, len(texts) + 1) == (document.page_starts[0], pages[-1])
    assert sorted(pages) == pages
    assert sorted(set(document.page_starts)) == list(document.page_starts)


@given(st.text(st.characters()))
def test_cleaned_text(text: str) -> None:
    """Cleaned text can be stored, and cleaning it again changes nothing."""
    cleaned = clean_text(text)

    cleaned.encode("utf-8")
    assert cleaned == clean_text(cleaned)
    assert "\x00" not in cleaned


@given(st.text(st.characters()), st.integers(1, 50))
def test_cleaned_line(text: str, limit: int) -> None:
    """Metadata is one line within its limit, and cleaning it again changes nothing."""
    line = clean_line(text, limit=limit)

    assert len(line) <= limit
    assert line == clean_line(line, limit=limit)
    assert line == " ".join(line.split())
