from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from policybot.errors import BrokenFile, EmptyDocument


def packed(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_structure(read_bytes) -> None:
    """Headings, lists and tables come as Markdown in the document's order."""
    made = docx.Document()
    made.add_heading("Hydrogen plan", 0)
    made.add_heading("Aims", 1)
    made.add_paragraph("Green hydrogen\nfor all.")
    for text, style in (
        ("One", "List Bullet"),
        ("Inner", "List Bullet 2"),
        ("A", "List Number"),
        ("B", "List Number"),
    ):
        made.add_paragraph(text, style)
    table = made.add_table(3, 2)
    for cell, text in zip(table._cells, ("Year", "GW|h", "2024", "5", "", ""), strict=True):
        cell.text = text
    table.cell(2, 0).merge(table.cell(2, 1)).text = "sum"
    made.add_paragraph("End.")

    document = read_bytes(packed(made), "a.docx")

    expected = (
        "# Hydrogen plan\n\n## Aims\n\nGreen hydrogen\nfor all.\n\n- One\n    - Inner\n1. A\n2. B\n\n"
        "| Year | GW\\|h |\n| --- | --- |\n| 2024 | 5 |\n| sum |  |\n\nEnd."
    )
    assert (expected, "markdown") == (document.text, document.markup)
    assert (
        document.metadata.title,
        document.metadata.publisher,
        document.metadata.published,
    ) == ("Hydrogen plan", "", "")


def test_title_property(read_bytes) -> None:
    """The title property comes before the first heading; author and dates of the file state nothing."""
    made = docx.Document()
    made.core_properties.title = "Stated"
    made.core_properties.author = "Wang"
    made.add_heading("Heading", 1)

    found = read_bytes(packed(made), "a.docx").metadata

    assert (found.title, found.publisher, found.published) == ("Stated", "", "")


def test_lists_by_numbering(read_bytes) -> None:
    """Items that only carry a numbering are items; each list counts from 1."""
    made = docx.Document()
    number_id = made.styles["List Number"].element.xpath("./w:pPr/w:numPr/w:numId/@w:val")[0]
    for text in ("A", "B", "", "Between.", "C"):
        paragraph = made.add_paragraph(text)
        if len(text) == 1:
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number_id}"/></w:numPr>')
            )

    assert read_bytes(packed(made), "a.docx").text == "1. A\n2. B\n\nBetween.\n\n1. C"


def test_tracked_changes(read_bytes) -> None:
    """Insertions and content controls are text, deletions are not."""
    made = docx.Document()
    paragraph = made.add_paragraph("Old ")
    for xml in (
        "<w:del {}><w:r><w:delText>gone</w:delText></w:r></w:del>",
        "<w:ins {}><w:r><w:t>and new</w:t></w:r></w:ins>",
    ):
        paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))
    control = "<w:sdt {}><w:sdtContent><w:p><w:r><w:t>Controlled</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    made.element.body.insert(1, parse_xml(control.format(nsdecls("w"))))

    assert read_bytes(packed(made), "a.docx").text == "Old and new\n\nControlled"


def test_frame(read_bytes) -> None:
    """A table with one column is a frame around text."""
    made = docx.Document()
    made.add_table(2, 1).cell(0, 0).text = "Framed"

    assert read_bytes(packed(made), "a.docx").text == "Framed"


def test_no_text(read_bytes) -> None:
    """A document without text is empty."""
    with pytest.raises(EmptyDocument, match=r"a\.docx"):
        read_bytes(packed(docx.Document()), "a.docx")


def archive(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"# Markdown", "no .docx file", id="no archive"),
        pytest.param(archive(a=b"text"), "no readable Word document", id="another archive"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "password.*old .doc", id="protected"),
        pytest.param(archive(bomb=bytes(3_000_000)), "unpacks to 3.0 MB.*2.0 MB.*POLICYBOT_MAX", id="bomb"),
    ],
)
def test_broken(read_bytes, data: bytes, message: str) -> None:
    """What is no Word document, is protected or would fill the memory is refused with the reason."""
    with pytest.raises(BrokenFile, match=rf"^a\.docx: .*{message}"):
        read_bytes(data, "a.docx", max_bytes=100_000)
