# ruff: noqa: E501  # documents of other formats stand in lines of their own
from __future__ import annotations

import datetime
import io
import json
import zipfile
from email.message import EmailMessage

import openpyxl
import pptx
import pytest
from openpyxl.styles import numbers
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from policybot.errors import BrokenFile, EmptyDocument
from policybot.text.tokens import token_count

CHAPTER = "<html><head><title>x</title></head><body><h1>{}</h1><p>Green hydrogen for every region.</p></body></html>"


def _bytes(saved: object) -> bytes:
    buffer = io.BytesIO()
    saved.save(buffer)
    return buffer.getvalue()


def test_slides(read_bytes) -> None:
    """A slide is a page with its title as heading, its points, tables, charts and notes; footers and hidden ones go."""
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text = "Hydrogen plan"
    frame = slide.placeholders[1].text_frame
    frame.text = "Twelve projects"
    frame.add_paragraph().text = "Seven in the north"
    frame.paragraphs[1].level = 1
    slide.notes_slide.notes_text_frame.text = "Say who pays."
    second = made.slides.add_slide(made.slide_layouts[6])
    cells = second.shapes.add_table(2, 2, 0, 0, Inches(4), Inches(1)).table
    for (row, column), text in {(0, 0): "Region", (0, 1): "Projects", (1, 0): "North", (1, 1): "7"}.items():
        cells.cell(row, column).text = text
    chart = CategoryChartData()
    chart.categories = ["2023", "2024"]
    chart.add_series("Gigawatts", (1.5, None))
    second.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, Inches(3), Inches(4), Inches(2), chart)
    hidden = made.slides.add_slide(made.slide_layouts[0])
    hidden.shapes.title.text = "Secret"
    hidden._element.set("show", "0")
    made.core_properties.title, made.core_properties.author = "The plan", "A. Author"

    document = read_bytes(_bytes(made), "a.pptx")

    first = "## Hydrogen plan\n\n- Twelve projects\n    - Seven in the north\n\nNotes: Say who pays."
    second_text = "| Region | Projects |\n| --- | --- |\n| North | 7 |\n\n"
    assert document.text.startswith(f"{first}\n\n{second_text}")
    assert "| 2023 | 1.5 |" in document.text
    assert "Secret" not in document.text
    assert [document.page_at(document.text.index(word)) for word in ("Twelve", "North | 7")] == [1, 2]
    assert (document.metadata.title, document.metadata.author) == ("The plan", "A. Author")
    assert document.metadata.origins["title"] == "office-properties"


def test_workbook(read_bytes) -> None:
    """A sheet is a section; titles above a table, its columns' names, dates, shares and notes are as Excel shows them."""
    made = openpyxl.Workbook()
    made.active.title = "Budget 2024"
    for row in (
        ["Spending by region"],
        [],
        ["Region", "Share", "Since", "Total"],
        ["North | East", 0.125, datetime.datetime(2024, 3, 7), 3.0],
        ["Note: first draft"],
    ):
        made.active.append(row)
    made.active["B4"].number_format = numbers.FORMAT_PERCENTAGE_00
    made.create_sheet("Empty")
    made.create_sheet("Hidden").append(["secret"])
    made["Hidden"].sheet_state = "hidden"

    document = read_bytes(_bytes(made), "a.xlsx")

    assert document.text == (
        "## Budget 2024\n\nSpending by region\n\n| Region | Share | Since | Total |\n| --- | --- | --- | --- |\n"
        "| North \\| East | 12.50% | 2024-03-07 | 3 |\n\nNote: first draft"
    )


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_delimited(read_bytes, mark: str) -> None:
    """The mark between cells is found, quoted cells stay whole, and the first row names the columns."""
    rows = [["Region", "Projects", "Remark"], ["North", "1,5", f'says "x{mark} y"'], ["South", "7", "two\nlines"]]
    text = "\n".join(mark.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)

    lines = read_bytes(text, "a.csv").text.split("\n")

    assert lines[0] == "| Region | Projects | Remark |"
    assert lines[2].startswith("| North | 1,5 | says")
    assert lines[3] == "| South | 7 | two lines |"


def test_long_table(read_bytes) -> None:
    """Each part of a long table names the columns again and fits a passage; no row is lost."""
    rows = [f"region {i},{i * 7}" for i in range(300)]

    parts = read_bytes("Region,Projects\n" + "\n".join(rows), "a.csv").text.split("\n\n")

    assert len(parts) > 3
    assert all(part.startswith("| Region | Projects |\n| --- | --- |\n") for part in parts)
    assert all(token_count(part) <= 340 for part in parts)
    assert [line for part in parts for line in part.split("\n")[2:]] == [
        f"| region {i} | {i * 7} |" for i in range(300)
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5"])
def test_encodings(read_bytes, encoding: str) -> None:
    """Chinese tables are read in each of the encodings in use."""
    text = "地區,項目\n北部,發展氫能的十二個項目，推動綠色產業\n南部,建設七個儲能電站，支持新質生產力的發展\n" * 5

    document = read_bytes(text.encode(encoding), "a.csv")

    assert "| 北部 | 發展氫能的十二個項目，推動綠色產業 |" in document.text
    assert document.metadata.language == "zh"


def _epub(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:x"><rootfiles><rootfile full-path="in/c.opf"/></rootfiles></container>',
        )
        for name, text in parts.items():
            archive.writestr(f"in/{name.replace('_', '.')}", text)
    return buffer.getvalue()


def test_book(read_bytes) -> None:
    """The chapters of a book come in the order of its spine, with its title, author, publisher and date."""
    package = """<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
      <dc:title>The plan</dc:title><dc:creator>A. Author</dc:creator><dc:publisher>Press</dc:publisher>
      <dc:date>2024-03-07T00:00:00Z</dc:date><dc:language>en-GB</dc:language></metadata><manifest>
      <item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
      <item id="b" href="b%20b.xhtml" media-type="application/xhtml+xml"/>
      <item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>
      <spine><itemref idref="n"/><itemref idref="b"/><itemref idref="a"/></spine></package>"""
    data = _epub(
        c_opf=package,
        nav_xhtml="<p>Contents</p>",
        a_xhtml=CHAPTER.format("Second"),
        **{"b b_xhtml": CHAPTER.format("First")},
    )

    document = read_bytes(data, "a.epub")

    assert document.text.startswith("# First\n\nGreen hydrogen for every region.\n\n# Second")
    assert "Contents" not in document.text
    found = document.metadata
    assert (found.title, found.author, found.publisher, found.published) == (
        "The plan",
        "A. Author",
        "Press",
        "2024-03-07",
    )
    assert set(found.origins.values()) <= {"book-properties", "detected", "file-date"}


def test_rtf(read_bytes) -> None:
    """Characters in code pages and as numbers are read, pictures and notes are not, rows become lines of cells."""
    rtf = (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset134 SimSun;}}{\info{\title The plan}{\author A. Author}"
        r"{\revtim\yr2024\mo3\dy7}}\f0 Caf\'e9 and {\f1 \'d0\'c2\'d6\'ca}\par \u26032?\u29983?\u-10179?\u-8704? {\pict 0101}\par "
        r"\trowd Region\cell Projects\cell\row\trowd North\cell 7\cell\row}"
    )

    document = read_bytes(rtf, "a.rtf")

    assert document.text.startswith("Café and 新质\n\n")
    assert "新质" in document.text and "😀" in document.text
    assert "0101" not in document.text
    assert "North | 7" in document.text
    assert (document.metadata.title, document.metadata.author, document.metadata.modified) == (
        "The plan",
        "A. Author",
        "2024-03-07",
    )


def test_odt(read_bytes) -> None:
    """Headings, lists, tables and blanks are read; deleted text and notes are not."""
    names = " ".join(
        f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"' for p in ("office", "text", "table", "meta")
    )
    content = f"""<office:document-content {names}><office:body><office:text>
      <text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>
      <text:h text:outline-level="2">Aims</text:h>
      <text:p>Green<text:s text:c="2"/>hydrogen<text:note><text:p>aside</text:p></text:note>, in <text:span>every</text:span> region.</text:p>
      <text:list><text:list-item><text:p>North</text:p><text:list><text:list-item><text:p>East</text:p></text:list-item></text:list></text:list-item></text:list>
      <table:table><table:table-row><table:table-cell><text:p>Region</text:p></table:table-cell><table:table-cell><text:p>Sum</text:p></table:table-cell></table:table-row>
      <table:table-row><table:table-cell table:number-columns-repeated="2"><text:p>7</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16000"/></table:table-row></table:table>
      </office:text></office:body></office:document-content>"""
    meta = f"""<office:document-meta {names} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:title>The plan</dc:title>
      <meta:initial-creator>A. Author</meta:initial-creator><dc:date>2024-03-07T10:00:00</dc:date></office:meta></office:document-meta>"""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("content.xml", content)
        archive.writestr("meta.xml", meta)

    document = read_bytes(buffer.getvalue(), "a.odt")

    assert document.text == (
        "## Aims\n\nGreen  hydrogen, in every region.\n\n- North\n    - East\n\n| Region | Sum |\n| --- | --- |\n| 7 | 7 |"
    )
    assert (document.metadata.title, document.metadata.author, document.metadata.modified) == (
        "The plan",
        "A. Author",
        "2024-03-07",
    )


def _open_document(kind: str, styles: str, body: str) -> bytes:
    """A package of OpenDocument with these styles and this body."""
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in {
            "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing",
            "presentation": "presentation", "svg": "svg-compatible",
        }.items()
    )  # fmt: skip
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        )
    return buffer.getvalue()


def test_ods(read_bytes) -> None:
    """Each sheet that is shown is a section with its tables as they are shown; comments and hidden sheets are not."""

    def row(*cells: str, times: int = 1) -> str:
        shown = "".join(
            f"<table:table-cell><office:annotation><text:p>aside</text:p></office:annotation>"
            f"<text:p>{cell}</text:p></table:table-cell>" if cell else "<table:table-cell/>"
            for cell in cells
        )  # fmt: skip
        return (
            f'<table:table-row table:number-rows-repeated="{times}">{shown}'
            '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        )

    styles = '<style:style style:name="off"><style:table-properties table:display="false"/></style:style>'
    empty = row("", times=1_000_000)
    data = _open_document(
        "spreadsheet",
        styles,
        f'<table:table table:name="Sums  2024">{row("Projects by region")}{row("Region", "", "Sum")}'
        f"{row('North', '', '1,200 €')}{row('East', '', '7 %', times=2)}{empty}</table:table>"
        f'<table:table table:name="Secret" table:style-name="off">{row("hidden")}</table:table>'
        f'<table:table table:name="Empty">{empty}</table:table>',
    )

    assert read_bytes(data, "a.ods").text == (
        "## Sums 2024\n\nProjects by region\n\n"
        "| Region | Sum |\n| --- | --- |\n| North | 1,200 € |\n| East | 7 % |\n| East | 7 % |"
    )


def test_ods_of_too_many_rows(read_bytes) -> None:
    """A sheet that is a data base is refused, however short it is written."""
    row = "<table:table-row table:number-rows-repeated='9999'><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"
    data = _open_document("spreadsheet", "", f"<table:table table:name='All'>{row * 201}</table:table>")

    with pytest.raises(BrokenFile, match=r"a\.ods: the sheet 'All' has more than 200,000 rows"):
        read_bytes(data, "a.ods")


def test_odp(read_bytes) -> None:
    """Each slide is a page: title, texts from the top, tables, notes; not its date, its number, or a hidden slide."""

    def frame(text: str, place: str = "1cm", kind: str = "") -> str:
        return (
            f'<draw:frame svg:y="{place}" svg:x="2cm" presentation:class="{kind}"><draw:text-box>'
            f"<text:p>{text}</text:p></draw:text-box></draw:frame>"
        )

    table = (
        "<draw:frame svg:y='90mm'><table:table><table:table-row><table:table-cell><text:p>Region</text:p>"
        "</table:table-cell><table:table-cell><text:p>Sum</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell><text:p>North</text:p></table:table-cell><table:table-cell><text:p>7"
        "</text:p></table:table-cell></table:table-row></table:table></draw:frame>"
    )
    notes = f"<presentation:notes>{frame('Say it slowly.')}{frame('12', kind='page-number')}</presentation:notes>"
    styles = (
        '<style:style style:name="off"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
    )
    data = _open_document(
        "presentation",
        styles,
        f"<draw:page>{table}{frame('Second.', '4in')}{frame('First.', '20mm')}{frame('Aims', '15cm', 'title')}"
        f"{frame('7 March', kind='date-time')}{notes}</draw:page>"
        f'<draw:page draw:style-name="off">{frame("hidden")}</draw:page>'
        f"<draw:page><draw:g><draw:custom-shape><text:p>Last.</text:p></draw:custom-shape></draw:g></draw:page>",
    )
    document = read_bytes(data, "a.odp")

    assert document.text == (
        "## Aims\n\nFirst.\n\n| Region | Sum |\n| --- | --- |\n| North | 7 |\n\nSecond.\n\nNotes: Say it slowly."
        "\n\n\n\nLast."
    )
    assert [document.page_at(document.text.index(word)) for word in ("Aims", "Last")] == [1, 3]


def test_mail(read_bytes) -> None:
    """A mail is its head, its text and the names of what is attached."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Ministry <m@example.org>", "all@example.org", "Wasserstoff: 新的计划"
    made["Date"] = "Thu, 07 Mar 2024 10:00:00 +0800"
    made.set_content("Green hydrogen.\n\nIn every region.\n")
    made.add_alternative("<p>Other text</p>", subtype="html")
    made.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="plan.pdf")

    document = read_bytes(bytes(made), "a.eml")

    assert document.text.startswith(
        "From: Ministry <m@example.org>\nTo: all@example.org\nDate: Thu, 07 Mar 2024 10:00:00 +0800\n"
    )
    assert "Green hydrogen.\n\nIn every region." in document.text
    assert "Other text" not in document.text
    assert "Attachments: plan.pdf" in document.text
    assert (document.metadata.title, document.metadata.published) == ("Wasserstoff: 新的计划", "2024-03-07")
    assert document.metadata.origins["published"] == "mail-header"


def test_json(read_bytes) -> None:
    """Short values are lines, lists of records tables, deeper values sections; figures stay as they are written."""
    value = (
        '{"title": "Plan", "date": "2024-03-07", "share": 1.10, "text": "'
        + "Long text. " * 30
        + '", "regions": [{"name": "North", "projects": 7}, {"name": "South", "cost": null}], "budget": {"total": 12345678901234567890}}'
    )

    document = read_bytes(value, "a.json")

    assert "share: 1.10" in document.text
    assert "| name | projects | cost |\n| --- | --- | --- |\n| North | 7 |  |" in document.text
    assert "## budget\n\ntotal: 12345678901234567890" in document.text
    assert (document.metadata.title, document.metadata.published) == ("Plan", "2024-03-07")


def test_json_lines(read_bytes) -> None:
    """Each line is a record under its title; a bad line is named with its number."""
    lines = [json.dumps({"title": f"Plan {n}", "text": "Green hydrogen. " * 20}) for n in (1, 2)]

    assert read_bytes("\n".join(lines), "a.jsonl").text.startswith("## Plan 1\n\ntitle: Plan 1")
    with pytest.raises(BrokenFile, match=r"a\.jsonl, line 3: "):
        read_bytes("\n".join([*lines, '{"a": ', *lines]), "a.jsonl")


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("2024-03-07 plan.txt", "2024-03-07"), ("plan_20240307.txt", "2024-03-07"), ("计划2024年3月.txt", "2024-03"),
        ("plan 2024.txt", ""), ("plan-2024-25.txt", ""), ("id-120240307.txt", ""), ("plan 2024-13-07.txt", ""),
    ],
)  # fmt: skip
def test_date_in_name(read_bytes, name: str, published: str) -> None:
    """The day in a file's name is its date, and is said to come from there; a year or a number is none."""
    found = read_bytes("Green hydrogen for every region.", name).metadata

    assert (found.published, found.origins.get("published", "")) == (published, "file-name" if published else "")


def test_origins(read_bytes) -> None:
    """Every field that is known says where it comes from, and none that is not."""
    front = read_bytes("---\ntitle: Plan\npublisher: Ministry\n---\nGreen hydrogen for every region.", "a.md").metadata
    page = read_bytes(
        '<html><head><title>x</title><meta name="author" content="A. Author"><script type="application/ld+json">'
        '{"headline": "Plan", "datePublished": "2024-03-07"}</script></head><body><p>Green hydrogen.</p></body></html>',
        "a.html",
    ).metadata

    assert (front.origins["title"], front.origins["publisher"]) == ("front-matter", "front-matter")
    assert (page.origins["title"], page.origins["published"], page.origins["author"]) == (
        "json-ld",
        "json-ld",
        "html-meta",
    )
    for metadata in (front, page):
        fields = {name for name in metadata.__slots__ if name != "origins" and getattr(metadata, name)}
        assert fields == set(metadata.origins)


@pytest.mark.parametrize("suffix", [".xlsx", ".pptx"])
def test_nothing_in_it(read_bytes, suffix: str) -> None:
    """A file without any text is said to hold none."""
    with pytest.raises(EmptyDocument):
        read_bytes(_bytes(openpyxl.Workbook() if suffix == ".xlsx" else pptx.Presentation()), f"a{suffix}")
