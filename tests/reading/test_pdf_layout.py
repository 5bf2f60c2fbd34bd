"""What a PDF's layout says: tables, running heads, broken words, scans."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from fpdf import FPDF

from policybot.domain import Document
from policybot.errors import ScannedDocument
from policybot.reading import Worker, scans

SENTENCE = "The government wants to develop new quality productive forces in every region of the country. "


def _pages(*texts: str, head: str = "", foot: str = "") -> bytes:
    made = FPDF()
    made.set_font("Helvetica", size=11)
    made.set_auto_page_break(False)
    for number, text in enumerate(texts, start=1):
        made.add_page()
        if head:
            made.set_y(8)
            made.cell(0, 6, head.replace("#", str(number)))
        made.set_y(30)
        made.multi_cell(0, 6, text, align="L")
        if foot:
            made.set_y(-14)
            made.cell(0, 6, foot.replace("#", str(number)), align="C")
    return bytes(made.output())


@pytest.mark.parametrize("foot", ["#", "- # -", "Page # of 5", "Ministry of Industry, draft of March, page #"])
def test_heads_and_feet(read_bytes, foot: str) -> None:
    """Running heads and feet go, on every page; what the pages say stays."""
    texts = [f"Chapter {word}. {SENTENCE * 4}" for word in ("one", "two", "three", "four", "five")]

    document = read_bytes(_pages(*texts, head="Hydrogen plan 2024 - page #", foot=foot), "a.pdf")

    assert document.text == "\n\n".join(text.strip() for text in texts)


def test_changing_heads(read_bytes) -> None:
    """A head that names the chapter goes although it changes, and a slide's title, larger than its text, stays."""
    made = FPDF()
    made.set_font("Helvetica", size=11)
    for number in range(8):
        made.add_page()
        made.set_y(8)
        made.cell(0, 6, f"{number}. About {'abcdefgh'[number] * 5}")
        made.set_y(30)
        made.multi_cell(0, 6, SENTENCE * 6)
    slides = FPDF(orientation="landscape")
    for number in range(8):
        slides.add_page()
        slides.set_font("Helvetica", size=24)
        slides.cell(0, 12, f"About {'abcdefgh'[number] * 5}")
        slides.set_y(40)
        slides.set_font("Helvetica", size=14)
        slides.multi_cell(0, 8, SENTENCE * 3)

    assert "About" not in read_bytes(bytes(made.output()), "a.pdf").text
    assert read_bytes(bytes(slides.output()), "b.pdf").text.count("About") == 8


def test_repeated_text_stays(read_bytes) -> None:
    """What stands on every page within its text stays."""
    text = read_bytes(_pages(*[f"{SENTENCE * 2}\nNote well.\n{SENTENCE * 2}"] * 4), "a.pdf").text

    assert text.count("Note well.") == 4


def _table(rows: list[list[str]], *, lines: str) -> Document:
    made = FPDF()
    made.add_page()
    made.set_font("Helvetica", size=11)
    made.multi_cell(0, 6, SENTENCE)
    with made.table(borders_layout=lines, first_row_as_headings=False) as table:
        for row in rows:
            cells = table.row()
            for cell in row:
                cells.cell(cell)
    made.multi_cell(0, 6, SENTENCE)
    return bytes(made.output())


ROWS = [
    ["Region", "Projects", "Remark"],
    ["North", "7", "Begun in 2023 and to be finished in the year after, if money allows"],
    ["South-East", "12", "Planned"],
    ["West", "1,250", "Stopped"],
]


@pytest.mark.parametrize("lines", ["ALL", "INTERNAL", "HORIZONTAL_LINES", "NONE"])
def test_tables(read_bytes, lines: str) -> None:
    """A table's rows are lines of cells, with rules and without; the text around it stays apart."""
    blocks = read_bytes(_table([[*row[:2], row[2][:20]] for row in ROWS], lines=lines), "a.pdf").text.split("\n\n")

    assert blocks == [
        SENTENCE.strip(),
        "Region | Projects | Remark\nNorth | 7 | Begun in 2023 and to\n"
        "South-East | 12 | Planned\nWest | 1,250 | Stopped",
        SENTENCE.strip(),
    ]


def test_cells_of_several_lines(read_bytes) -> None:
    """A cell of several lines is one cell where rules part the rows."""
    text = read_bytes(_table(ROWS, lines="ALL"), "a.pdf").text

    assert "North | 7 | Begun in 2023 and to be finished in the year after, if money allows\nSouth-East" in text


def test_lists_are_no_tables(read_bytes) -> None:
    """Numbers and bullets with a gap behind them are lists, and dots that lead to a page are no columns."""
    lines = [f"{n}.      {SENTENCE[:40]}" for n in range(1, 6)] + [
        f"Chapter {n} ........................ {n}" for n in range(5)
    ]

    assert "|" not in read_bytes(_pages("\n".join(lines)), "a.pdf").text


def test_compounds(read_bytes) -> None:
    """A word broken at its own hyphen keeps it when the document writes it so elsewhere; others become whole."""
    made = FPDF()
    made.add_page()
    made.set_font("Helvetica", size=8)
    for line in (
        f"A well-known plan. {SENTENCE}It is a well-",
        f"known plan. {SENTENCE}The produc-",
        f"tive forces. {SENTENCE}",
    ):
        made.cell(0, 7, line, new_x="LMARGIN", new_y="NEXT")

    text = read_bytes(bytes(made.output()), "a.pdf").text

    assert (text.count("well-known"), text.count("productive forces.")) == (2, 1)


def test_properties(read_bytes) -> None:
    """Author and date of the last change are the PDF's own, and are said to be."""
    made = FPDF()
    made.set_author("A. Author")
    made.add_page()
    made.set_font("Helvetica")
    made.cell(text=SENTENCE)

    metadata = read_bytes(bytes(made.output()), "a.pdf").metadata

    assert (metadata.author, metadata.published) == ("A. Author", "")
    assert (metadata.origins["author"], metadata.origins["modified"]) == ("pdf-properties", "pdf-properties")


def _scan(text: str) -> bytes:
    """A PDF whose page is a picture of a text."""
    page = pypdfium2.PdfDocument(_pages(text))[0]
    picture = io.BytesIO()
    page.render(scale=3).to_pil().save(picture, "PNG")
    made = FPDF()
    made.add_page()
    made.image(picture, 0, 0, 210)
    return bytes(made.output())


def test_scan_alone(read_bytes) -> None:
    """A scan is said to be one, with how many of its pages are and what to do."""
    with pytest.raises(ScannedDocument, match=r"^a\.pdf: 1 of its 1 pages are scans without text\. (Install|Index)"):
        read_bytes(_scan(SENTENCE), "a.pdf")


@pytest.mark.skipif(not scans.languages(), reason="tesseract is not installed")
def test_scan_recognised(tmp_path) -> None:
    """A worker recognises the text of a scan where tesseract is installed, page by page."""
    (tmp_path / "a.pdf").write_bytes(_scan(SENTENCE * 3))

    with Worker() as worker:
        document = worker.read(tmp_path / "a.pdf", name="a.pdf", document_id="d1", max_bytes=10_000_000)

    assert document.text == (SENTENCE * 3).strip()
    assert document.page_starts == (0,)
