from __future__ import annotations

from pathlib import Path

import pytest
from fpdf import FPDF

from policybot.errors import BrokenFile, EmptyDocument
from policybot.reading.paragraphs import rejoined

CHINESE_FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
SENTENCE = "The government wants to develop new quality productive forces in every region of the country. "


def pdf(*pages: str, title: str = "", font: str = "Helvetica") -> FPDF:
    made = FPDF()
    if title:
        made.set_title(title)
    if font != "Helvetica":
        made.add_font("other", "", font)
    for text in pages:
        made.add_page()
        made.set_font("Helvetica" if font == "Helvetica" else "other", size=12)
        made.multi_cell(0, 7, text, align="L")
    return made


def test_pages(read_bytes) -> None:
    """Each page's text begins where page_starts says, wrapped lines are joined, pages stand apart."""
    document = read_bytes(bytes(pdf(SENTENCE * 6, "Second page.", "").output()), "a.pdf")

    first = (SENTENCE * 6).strip()
    assert f"{first}\n\nSecond page.\n\n" == document.text
    assert (0, len(first) + 2, len(first) + 16) == document.page_starts
    assert [document.page_at(o) for o in (0, len(first), len(first) + 2, len(first) + 15, 999)] == [
        1,
        1,
        2,
        2,
        3,
    ]
    assert (document.markup, document.metadata.language, document.metadata.published) == ("plain", "en", "")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Hydrogen plan", "Hydrogen plan"),
        ("Microsoft Word - hydrogen_v3.doc", "plan of 2024"),
        ("untitled", "plan of 2024"),
        ("plan-of-2024", "plan of 2024"),
        ("final.indd", "plan of 2024"),
        ("", "plan of 2024"),
    ],
)
def test_title(read_bytes, title: str, expected: str) -> None:
    """The title property counts unless a program wrote it."""
    document = read_bytes(bytes(pdf(SENTENCE, title=title).output()), "plan-of-2024.pdf")

    assert expected == document.metadata.title


def test_hyphenated_words(read_bytes) -> None:
    """Words broken at the end of a line become whole; hyphens between numbers stay."""
    text = f"{SENTENCE}produc-\ntive forces {SENTENCE}2024-\n2030 and more"
    made = pdf("")
    made.set_font("Helvetica", size=8)
    for line in text.split("\n"):
        made.cell(0, 7, line, new_x="LMARGIN", new_y="NEXT")

    document = read_bytes(bytes(made.output()), "a.pdf")

    assert text.replace("-\nt", "t").replace("-\n", "-") == document.text


@pytest.mark.skipif(not CHINESE_FONT.exists(), reason="no Chinese font on this machine")
def test_chinese(read_bytes) -> None:
    """Chinese lines join without a blank, and a heading stays by itself."""
    body = "新质生产力是创新起主导作用，具有高科技、高效能、高质量特征的先进生产力。" * 4
    made = pdf(f"一、总体要求\n{body}\n第二段，AI技术。", font=str(CHINESE_FONT))

    document = read_bytes(bytes(made.output()), "a.pdf")

    assert f"一、总体要求\n\n{body}\n\n第二段，AI技术。" == document.text
    assert document.metadata.language == "zh"


def test_password(read_bytes) -> None:
    """A protected PDF is refused for what it is."""
    made = pdf(SENTENCE)
    made.set_encryption("owner", "user")

    with pytest.raises(BrokenFile, match=r"^a\.pdf: .*password"):
        read_bytes(bytes(made.output()), "a.pdf")


def test_scan(read_bytes) -> None:
    """A PDF without text is said to be a scan."""
    made = pdf("", "")
    made.rect(10, 10, 50, 50)

    with pytest.raises(EmptyDocument, match=r"^a\.pdf: 1 of its 2 pages are scans without text"):
        read_bytes(bytes(made.output()), "a.pdf")


def test_no_pdf(read_bytes) -> None:
    """Something else under a PDF's name is a broken file."""
    with pytest.raises(BrokenFile, match=r"^a\.pdf: this is no readable PDF"):
        read_bytes("# Markdown", "a.pdf")


LONG = "x" * 40 + " " + "y" * 40


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param(f"{LONG}\n{LONG}\nend", [f"{LONG} {LONG} end"], id="wrapped lines"),
        pytest.param(f"{LONG}\nends here.\nNext {LONG}", [f"{LONG} ends here.", f"Next {LONG}"], id="short last line"),
        pytest.param(f"Heading\n{LONG}\n{LONG}", ["Heading", f"{LONG} {LONG}"], id="heading"),
        pytest.param(f"{LONG}\n\n{LONG}", [LONG, LONG], id="blank line"),
        pytest.param(f"{LONG}\n• one\n• two {LONG}\nmore", [LONG, "• one", f"• two {LONG} more"], id="bullets"),
        pytest.param(f"rose {LONG}\n3.5 GW {LONG}", [f"rose {LONG} 3.5 GW {LONG}"], id="a figure is no item"),
        pytest.param(f"{LONG}.\n2. Aims {LONG}", [f"{LONG}.", f"2. Aims {LONG}"], id="numbered after a sentence"),
        pytest.param("发展新质生产力\n的目标", ["发展新质生产力的目标"], id="Chinese"),
        pytest.param("第一条 总则\n第二条 目标", ["第一条 总则", "第二条 目标"], id="Chinese articles"),
        pytest.param(f"{LONG}\n— 12 —", [LONG], id="page number"),
        pytest.param("Page 3 of 10\nText", ["Text"], id="page number in words"),
        pytest.param("港口规划\n第 3 页 共 10 页", ["港口规划"], id="page number in Chinese"),
        pytest.param("港口規劃\n第 3 頁", ["港口規劃"], id="page number in traditional characters"),
        pytest.param("2024", ["2024"], id="a number alone is text"),
        pytest.param("EU-\nChina", ["EU-China"], id="hyphen before a capital"),
        pytest.param(" \n\n", [], id="nothing"),
    ],
)
def test_paragraphs(page: str, expected: list[str]) -> None:
    """A paragraph ends where a line was ended on purpose."""
    assert "\n\n".join(expected) == rejoined(page)
