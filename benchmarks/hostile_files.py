"""Bad and hostile files, made on the spot: empty, cut, disguised, protected, enormous, endless, deep, misnamed."""

from __future__ import annotations

import io
import json
import os
import random
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import docx
import openpyxl
import pptx
from fpdf import FPDF

Maker = Callable[[], bytes]

TEXT = "The government supports green hydrogen in every region of the country. "
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000
_LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(12))
    + b"]>"
)
_QUADRATIC = b'<!DOCTYPE x [<!ENTITY m "' + b"a" * 200_000 + b'">]>'
_OUTSIDE = b'<!DOCTYPE x [<!ENTITY m SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>'
_TABLE = (("Region", "Projects"), ("North", "12"))
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
_ELF = b"\x7fELF" + bytes(range(256)) * 8


def sample(suffix: str) -> bytes:
    """A small proper file."""
    buffer = io.BytesIO()
    match suffix:
        case ".pdf":
            return pdf_of(TEXT * 5)
        case ".docx":
            made = docx.Document()
            made.add_paragraph(TEXT)
            made.save(buffer)
        case ".pptx":
            slides = pptx.Presentation()
            slides.slides.add_slide(slides.slide_layouts[0]).shapes.title.text = TEXT
            slides.save(buffer)
        case ".xlsx":
            book = openpyxl.Workbook()
            book.active.append(["Region", "Projects"])
            book.active.append(["North", 12])
            book.save(buffer)
        case ".odt":
            return odt(f"<text:p>{TEXT}</text:p>".encode())
        case ".ods":
            cell = "<table:table-cell><text:p>%s</text:p></table:table-cell>"
            rows = "".join(f"<table:table-row>{cell % a}{cell % b}</table:table-row>" for a, b in _TABLE)
            return ods(rows.encode())
        case ".odp":
            return odp(f"<draw:frame><draw:text-box><text:p>{TEXT}</text:p></draw:text-box></draw:frame>".encode())
        case ".epub":
            return epub(f"<html><body><p>{TEXT}</p></body></html>".encode())
        case ".zip":
            return zipped({"plan.md": TEXT.encode()})
        case ".rtf":
            return b"{\\rtf1\\ansi " + TEXT.encode() + b"\\par}"
        case ".eml":
            return b"From: a@b.example\r\nSubject: Plan\r\n\r\n" + TEXT.encode()
        case ".json":
            return json.dumps({"title": "Plan", "text": TEXT}).encode()
        case ".jsonl" | ".ndjson":
            return b"".join(json.dumps({"title": f"Plan {i}", "text": TEXT}).encode() + b"\n" for i in range(3))
        case ".csv":
            return b"Region,Projects\nNorth,12\nSouth,7\n"
        case ".tsv":
            return b"Region\tProjects\nNorth\t12\nSouth\t7\n"
        case ".html" | ".htm" | ".xhtml":
            return f"<html><head><title>Plan</title></head><body><p>{TEXT}</p></body></html>".encode()
        case _:
            return f"# Plan\n\n{TEXT}\n".encode()
    return buffer.getvalue()


def pdf_of(text: str, *, password: str = "") -> bytes:
    """A PDF of one page."""
    made = FPDF()
    if password:
        made.set_encryption(owner_password="owner", user_password=password)
    made.add_page()
    made.set_font("Helvetica")
    made.multi_cell(0, 7, text)
    return bytes(made.output())


def raw_pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its root."""
    data = bytearray(b"%PDF-1.7\n")
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    return bytes(data) + head + table + end


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """A stream that is packed."""
    packed = zlib.compress(data, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), extra, packed)


def pages_pdf(count: int) -> bytes:
    """A PDF of so many pages with a line on each."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(count))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids), font]
    for i in range(count):
        body = b"BT /F 12 Tf 50 700 Td (" + TEXT.encode() + b") Tj 0 -20 Td (Page %d says so.) Tj ET" % i
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
        objects += [page % (5 + 2 * i), b"<</Length %d>>stream\n%s\nendstream" % (len(body), body)]
    return raw_pdf(objects)


def one_page(contents: bytes, resources: bytes = b"", box: bytes = b"0 0 595 842") -> bytes:
    """A PDF whose only page has these contents."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Resources<</Font<</F 5 0 R>>%s>>/Contents 4 0 R>>" % (
        box,
        resources,
    )
    return raw_pdf([
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, stream(contents),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ])  # fmt: skip


def zipped(parts: dict[str, bytes], *, flags: int = 0) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    data = buffer.getvalue()
    if flags:  # bit 0 of the flags in both headers: encrypted
        data = data.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00%c\x00" % flags)
        data = data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00%c\x00" % flags)
    return data


def with_part(suffix: str, name: str, data: bytes) -> bytes:
    """A proper file with one part replaced or added."""
    with zipfile.ZipFile(io.BytesIO(sample(suffix))) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    return zipped({**parts, name: data})


def odt(body: bytes, doctype: bytes = b"", *, kind: bytes = b"text") -> bytes:
    """An OpenDocument text, or another kind of the same format."""
    names = b" ".join(
        b'xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % pair
        for pair in ((b"office", b"office"), (b"text", b"text"), (b"table", b"table"), (b"draw", b"drawing"))
    )
    content = b"<?xml version='1.0'?>" + doctype + b"<office:document-content " + names + b"><office:body>"
    content += b"<office:%s>%s</office:%s></office:body></office:document-content>" % (kind, body, kind)
    return zipped({"mimetype": b"application/vnd.oasis.opendocument." + kind, "content.xml": content})


def ods(rows: bytes) -> bytes:
    """An OpenDocument spreadsheet of one sheet."""
    return odt(b'<table:table table:name="Projects">' + rows + b"</table:table>", kind=b"spreadsheet")


def odp(shapes: bytes) -> bytes:
    """An OpenDocument presentation of one slide."""
    return odt(b"<draw:page>" + shapes + b"</draw:page>", kind=b"presentation")


def epub(page: bytes, *, package: bytes = b"", spine: bytes = b'<itemref idref="a"/>') -> bytes:
    """A book of one page."""
    container = b'<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>'
    package = package or (
        b'<package><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Plan</dc:title></metadata><manifest>'
        b'<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine>'
        + spine
        + b"</spine></package>"
    )
    return zipped({"META-INF/container.xml": container, "c.opf": package, "a.xhtml": page})


def bomb(suffix: str, name: str, size: int) -> bytes:
    """A proper file with a part that unpacks to so many bytes."""
    with zipfile.ZipFile(io.BytesIO(sample(suffix))) as archive:
        parts = {each: archive.read(each) for each in archive.namelist() if each != name}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for each, data in parts.items():
            archive.writestr(each, data)
        with archive.open(name, "w", force_zip64=True) as part:
            block = b"<w:p/>" * 200_000
            for _ in range(size // len(block)):
                part.write(block)
    return buffer.getvalue()


def sheet(rows: bytes) -> bytes:
    """A workbook with these rows."""
    names = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return with_part(
        ".xlsx", "xl/worksheets/sheet1.xml", b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (names, rows)
    )


def common(suffixes: list[str]) -> Iterator[tuple[str, Maker]]:
    """What can be done to a file of any format."""
    chance = random.Random(6)
    noise = chance.randbytes(4000)
    for suffix in suffixes:
        kind = suffix[1:]
        yield f"empty{suffix}", lambda: b""
        yield f"blank{suffix}", lambda: b" \r\n\t " * 100
        yield f"zeros{suffix}", lambda: b"\x00" * 100_000
        yield f"noise{suffix}", lambda: noise
        yield f"picture{suffix}", lambda: _PNG
        yield f"program{suffix}", lambda: _ELF
        yield f"cut-{kind}{suffix}", lambda suffix=suffix: sample(suffix)[: len(sample(suffix)) // 2]
        yield f"scratched-{kind}{suffix}", lambda suffix=suffix: _scratched(sample(suffix))
        yield f"disguised-{kind}{suffix}", lambda suffix=suffix: sample(".pdf" if suffix != ".pdf" else ".docx")


def _scratched(data: bytes) -> bytes:
    chance = random.Random(len(data))
    made = bytearray(data)
    for _ in range(20):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def special() -> Iterator[tuple[str, Maker]]:
    """What is made for one format, small."""
    word = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    end = b"</w:body></w:document>"
    for title, doctype, use in (
        ("laughs", _LAUGHS, b"&m;"), ("quadratic", _QUADRATIC, b"&m;" * 5000), ("outside", _OUTSIDE, b"&m;"),
    ):  # fmt: skip
        paragraph = b"<w:p><w:r><w:t>" + use + b"</w:t></w:r></w:p>"
        yield (
            f"{title}.docx",
            lambda d=doctype, p=paragraph: with_part(".docx", "word/document.xml", d + word + p + end),
        )
        yield (
            f"{title}.pptx",
            lambda d=doctype, u=use: with_part(".pptx", "ppt/slides/slide1.xml", d + b"<p>" + u + b"</p>"),
        )
        yield (
            f"{title}.xlsx",
            lambda d=doctype, u=use: with_part(
                ".xlsx", "xl/worksheets/sheet1.xml", d + b"<worksheet>" + u + b"</worksheet>"
            ),
        )
        yield (
            f"{title}-strings.xlsx",
            lambda d=doctype, u=use: with_part(
                ".xlsx", "xl/sharedStrings.xml", d + b"<sst><si><t>" + u + b"</t></si></sst>"
            ),
        )
        yield f"{title}.odt", lambda d=doctype, u=use: odt(b"<text:p>" + u + b"</text:p>", d)
        yield (
            f"{title}.epub",
            lambda d=doctype, u=use: epub(b"", package=d + b"<package><metadata>" + u + b"</metadata></package>"),
        )
        yield f"{title}.xhtml", lambda d=doctype, u=use: d + b"<html><body>" + u + b"</body></html>"
    deep = 100_000
    yield (
        "deep.docx",
        lambda: with_part(".docx", "word/document.xml", word + b"<w:sdt>" * deep + b"</w:sdt>" * deep + end),
    )
    yield "deep.odt", lambda: odt(b"<text:section>" * deep + b"</text:section>" * deep)
    yield "deep.html", lambda: b"<div>" * deep + TEXT.encode()
    yield "deep-tables.html", lambda: b"<table><tr><td>" * 2000 + TEXT.encode()
    yield "deep-lists.html", lambda: b"<ul><li>" * 5000 + TEXT.encode()
    yield "deep-bold.html", lambda: b"<b><i>" * 20_000 + TEXT.encode()
    yield "deep.json", lambda: b"[" * deep + b"]" * deep
    yield "deep-objects.json", lambda: b'{"a":' * 5000 + b"1" + b"}" * 5000
    yield "deep.rtf", lambda: b"{\\rtf1 " + b"{" * deep + b"}" * deep + b"}"
    yield "deep-quotes.md", lambda: b">" * 20_000 + b" " + TEXT.encode()
    yield "deep-brackets.md", lambda: b"[" * 50_000 + TEXT.encode()
    yield "deep-lists.md", lambda: b"\n".join(b" " * 2 * i + b"- a" for i in range(600))
    yield "stars.md", lambda: b"*a **b " * 20_000
    yield "ticks.md", lambda: b"".join(b"`" * (i % 300) + b" a " for i in range(3000))
    yield "links.md", lambda: b"![a](<b" * 20_000
    yield (
        "deep.eml",
        lambda: (
            b"From: a@b\r\nSubject: x\r\n"
            + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (i, i) for i in range(500))
            + b"\r\n"
            + TEXT.encode()
        ),
    )
    yield "mails-in-mails.eml", lambda: b"From: a@b\r\nContent-Type: message/rfc822\r\n\r\n" * 2000 + TEXT.encode()
    yield (
        "charset.eml",
        lambda: (
            b"From: a@b\r\nSubject: =?x-none?B?////?=\r\nContent-Type: text/plain; charset=x-none\r\nContent-Transfer-Encoding: base64\r\n\r\n@@@@"
        ),
    )
    yield "head.eml", lambda: b"From: a@b\r\nSubject: " + b"x" * 2_000_000 + b"\r\n\r\n" + TEXT.encode()
    yield "addresses.eml", lambda: b"From: " + b"(" * 50_000 + b"\r\nSubject: x\r\n\r\n" + TEXT.encode()
    yield (
        "aliases.md",
        lambda: (
            b"---\na: &a [x,x]\n"
            + b"".join(b"%c: &%c [*%c,*%c]\n" % (98 + i, 98 + i, 97 + i, 97 + i) for i in range(20))
            + b"---\ntext"
        ),
    )
    yield "tag.md", lambda: b"---\ntitle: !!python/object/apply:os.system ['id']\n---\ntext"
    yield "open-matter.md", lambda: b"---\ntitle: a\n" + TEXT.encode()
    yield "deep-matter.md", lambda: b"---\ntitle: a\nb: " + b"[" * 5000 + b"\n---\ntext"
    yield "surrogate.json", lambda: b'{"title": "\\ud800", "text": "\\udfff ' + TEXT.encode() + b'"}'
    yield "figure.json", lambda: b'{"a": ' + b"9" * 1_000_000 + b"}"
    yield "nan.json", lambda: b'{"a": NaN, "b": Infinity, "a": 1e999}'
    yield "keys.json", lambda: json.dumps({"x" * 100_000: 1, "\n# Not a heading\n": 2, "| a | b |": 3}).encode()
    yield "bad-line.jsonl", lambda: b'{"a": 1}\n{"a": \n{"a": 3}\n'
    yield "open-quote.csv", lambda: b'a,b\n"' + TEXT.encode() * 50_000
    yield "columns.csv", lambda: b"a," * 200_000 + b"\n" + b"1," * 200_000
    yield "nul.csv", lambda: b"a,b\n1,\x002\n"
    yield "formulas.csv", lambda: b"=cmd|' /C calc'!A0,b\n@SUM(1),<script>alert(1)</script>\n"
    yield "far-cell.xlsx", lambda: sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    yield "shared-string.xlsx", lambda: sheet(b'<row r="1"><c r="A1" t="s"><v>99999</v></c></row>')
    yield "wild-cells.xlsx", lambda: sheet(b'<row r="x"><c r="??" t="d"><v>nope</v></c><c t="e"><v>#REF!</v></c></row>')
    yield (
        "date.xlsx",
        lambda: sheet(b'<row r="1"><c r="A1" s="0"><v>1e308</v></c><c r="B1"><v>-99999999999</v></c></row>'),
    )
    yield "protected.docx", lambda: _OLE
    yield "protected.xlsx", lambda: _OLE
    yield "protected.pptx", lambda: _OLE
    yield "protected.pdf", lambda: pdf_of(TEXT, password="secret")
    yield (
        "protected-parts.odt",
        lambda: zipped({"META-INF/manifest.xml": b"<m><encryption-data/></m>", "content.xml": b"\x00"}),
    )
    yield "protected.epub", lambda: zipped({"META-INF/container.xml": b"<a/>", "x": b"y"}, flags=1)
    yield "flagged.docx", lambda: zipped({"word/document.xml": b"x"}, flags=1)
    yield "chapters.epub", lambda: epub(b"<p>a</p>", spine=b'<itemref idref="a"/>' * 100_000)
    yield (
        "upwards.epub",
        lambda: epub(
            b"<p>a</p>",
            package=b'<package><manifest><item id="a" href="../../../../etc/passwd" media-type="text/html"/></manifest><spine><itemref idref="a"/></spine></package>',
        ),
    )
    yield "blanks.odt", lambda: odt(b'<text:p>a<text:s text:c="999999999"/>b<text:s text:c="-1"/></text:p>')
    yield (
        "repeated.ods",
        lambda: ods(
            b'<table:table-row table:number-rows-repeated="99999999">'
            b'<table:table-cell table:number-columns-repeated="99999999"><text:p>a</text:p></table:table-cell>'
            b"</table:table-row>" * 20
        ),
    )
    yield "groups.odp", lambda: odp(b"<draw:g>" * deep + b"</draw:g>" * deep)
    yield "bin.rtf", lambda: b"{\\rtf1{\\pict\\bin99999999999 x}" + TEXT.encode() + b"}"
    yield "escapes.rtf", lambda: b"{\\rtf1 \\u99999999? \\u-1? \\'zz \\uc9999 \\u65? text}"
    yield "open.rtf", lambda: b"{\\rtf1{\\info{\\title " + b"a" * 100_000
    yield "controls.rtf", lambda: b"{\\rtf1 " + b"\\a1\\'" * 100_000 + b"}"
    yield "attributes.html", lambda: b"<p " + b"a='b' " * 200_000 + b">" + TEXT.encode()
    yield "comment.html", lambda: b"<p>" + TEXT.encode() + b"<!--" * 50_000
    yield "entities.html", lambda: b"<p>" + b"&amp;lt;&#x41;&#99999999;&#xD800;" * 50_000
    yield "script.html", lambda: b"<script>" + TEXT.encode() * 1000
    yield "cells.html", lambda: b"<table>" + b"<tr>" * 20 + b"<td colspan=1000000 rowspan=1000000>a" * 200
    yield "json-ld.html", lambda: b'<script type="application/ld+json">' + b"[" * deep + b"</script><p>" + TEXT.encode()
    yield "utf16-odd.txt", lambda: TEXT.encode("utf-16") + b"x"
    yield "utf32.txt", lambda: TEXT.encode("utf-32")
    yield "utf7.html", lambda: b"<meta charset=utf-7><p>+ADw-script+AD4- and more of it</p>"
    yield "gb18030-cut.txt", lambda: ("政府支持每个地区的绿色氢能发展。" * 20).encode("gb18030")[:-1]
    yield "big5.txt", lambda: ("政府支持每個地區的綠色氫能發展。" * 20).encode("big5")
    yield "mixed.txt", lambda: "政府支持".encode("gb18030") * 20 + "政府支持".encode() * 20
    yield "bidi.txt", lambda: ("\u202eevil\u2066" + TEXT).encode()
    yield from pdfs()


def pdfs() -> Iterator[tuple[str, Maker]]:
    """PDFs that PDFium stumbles over, or ought to."""
    root = b"<</Type/Catalog/Pages 2 0 R>>"
    yield "own-parent.pdf", lambda: raw_pdf([root, b"<</Type/Pages/Count 99/Kids[2 0 R 2 0 R]>>"])
    yield "no-pages.pdf", lambda: raw_pdf([root, b"<</Type/Pages/Count 0/Kids[]>>"])
    yield (
        "count.pdf",
        lambda: raw_pdf([root, b"<</Type/Pages/Count 2000000000/Kids[3 0 R]>>", b"<</Type/Page/Parent 2 0 R>>"]),
    )
    yield (
        "negative.pdf",
        lambda: raw_pdf([root, b"<</Type/Pages/Count -5/Kids[3 0 R]>>", b"<</Type/Page/Parent 2 0 R>>"]),
    )
    yield "no-xref.pdf", lambda: b"%PDF-1.7\n" + b"1 0 obj<<>>endobj\n" * 5000
    yield "head-only.pdf", lambda: b"%PDF-1.7\n%%EOF"
    yield "wide.pdf", lambda: one_page(b"BT /F 12 Tf (a) Tj ET", box=b"0 0 1e30 -1e30")
    yield "letters.pdf", lambda: one_page(b"BT /F 1 Tf " + b"1 0 0 1 5 5 Tm (abcdefgh) Tj " * 40_000 + b"ET")
    yield "letters-bomb.pdf", lambda: one_page(b"BT /F 1 Tf " + b"(aaaaaaaaaaaaaaaaaaaa) Tj " * 2_000_000 + b"ET")
    yield (
        "strokes.pdf",
        lambda: one_page(b"BT /F 9 Tf 50 700 Td (a b) Tj ET " + b"10 10 m 300 10 l S 10 10 m 10 300 l S " * 20_000),
    )
    yield (
        "grid.pdf",
        lambda: one_page(
            b"BT /F 9 Tf 50 700 Td (a b) Tj ET "
            + b"".join(b"%d 10 m %d 800 l S 10 %d m 500 %d l S " % (i, i, i, i) for i in range(10, 300))
        ),
    )
    yield "saves.pdf", lambda: one_page(b"q " * 500_000)
    yield "form-loop.pdf", lambda: raw_pdf([
        root, b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Contents 5 0 R>>",
        stream(b"/X Do /X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>"), stream(b"/X Do"),
    ])  # fmt: skip
    yield "picture-bomb.pdf", lambda: raw_pdf([
        root, b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 4 0 R>>>>/Contents 5 0 R>>",
        stream(b"\x00" * 1000, b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8"),
        stream(b"595 0 0 842 0 0 cm /X Do"),
    ])  # fmt: skip
    yield "filters.pdf", lambda: raw_pdf([
        root, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length 4/Filter[" + b"/FlateDecode" * 20_000 + b"]>>stream\nabcd\nendstream",
    ])  # fmt: skip


def archives() -> Iterator[tuple[str, Maker]]:
    """Archives that try to break out, or to hide."""
    for number, name in enumerate((
        "../../up.md", "/etc/absolute.md", "..\\..\\up.md", "C:\\windows\\x.md", "a\nb.md", "a\x00b.md", "\u202efdp.md",
        "a/" * 200 + "deep.md", "x" * 300 + ".md", ".hidden.md", "con.md", "-rf.md", "~/x.md", "%2e%2e/x.md",
    )):  # fmt: skip
        yield f"name-{number:02}.zip", lambda name=name: zipped({name: TEXT.encode()})
    yield "twice.zip", _twice
    yield "nested.zip", lambda: zipped({"inner.zip": zipped({"more.zip": zipped({"plan.md": b"text"})})})
    yield "protected.zip", lambda: zipped({"plan.md": TEXT.encode()}, flags=1)
    yield "link.zip", _link
    yield "lying.zip", lambda: sample(".zip").replace(struct.pack("<I", len(TEXT)), struct.pack("<I", 99_999_999))
    yield "empty-members.zip", lambda: zipped({"a.md": b"", "b.pdf": b"", "c.docx": b"\x00"})
    yield (
        "mixed.zip",
        lambda: zipped({"good.md": TEXT.encode(), "bad.pdf": b"%PDF-1.7", "old.doc": _OLE, "x.exe": _ELF}),
    )


def _twice() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, suppress(UserWarning):
        archive.writestr("a.md", "one")
        archive.writestr("b.md", "two")
    return buffer.getvalue().replace(b"b.md", b"a.md")


def _link() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("passwd.md")
        info.create_system = 3
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return buffer.getvalue()


def enormous() -> Iterator[tuple[str, Maker]]:
    """What is large, or becomes it."""
    million = 1_000_000
    yield "line.txt", lambda: b"a" * 50 * million
    yield "line-of-words.txt", lambda: TEXT.encode() * (50 * million // len(TEXT))
    yield "line.md", lambda: TEXT.encode() * (50 * million // len(TEXT))
    yield "line-chinese.txt", lambda: ("政府支持每个地区的绿色氢能发展" * 1_100_000).encode()
    yield "line.html", lambda: b"<p>" + TEXT.encode() * (50 * million // len(TEXT))
    yield "line.csv", lambda: b"a,b\n" + b"x," * 25 * million
    yield "line.json", lambda: b'{"text": "' + TEXT.encode() * (50 * million // len(TEXT)) + b'"}'
    yield "line.rtf", lambda: b"{\\rtf1 " + TEXT.encode() * (50 * million // len(TEXT)) + b"}"
    yield "line.eml", lambda: b"From: a@b\r\n\r\n" + TEXT.encode() * (50 * million // len(TEXT))
    for name, block in (
        ("paragraphs.md", b"a\n\n"), ("headings.md", b"# a\n"), ("items.md", b"- a\n"), ("nested.md", b"- " * 20 + b"a\n"),
        ("quotes.md", b"> " * 20 + b"a\n\n"), ("rows.md", b"|a|b|\n"), ("paragraphs.txt", b"a\n\n"), ("blank.md", b"a" + b"\n" * 9),
        ("references.md", b"[a]: b\n"), ("emphasis.md", b"*a **b "),
    ):  # fmt: skip
        head = b"|a|b|\n|-|-|\n" if name == "rows.md" else b""
        yield f"million-{name}", lambda head=head, block=block: head + block * (45 * million // len(block))
    yield "headings-below-limit.md", lambda: b"# a\n" * 790_000
    yield "tags.html", lambda: b"<p>a" * 5 * million
    yield "numbers.json", lambda: b"[" + b"1," * 20 * million + b"1]"
    yield "rows.csv", lambda: b"Region,Projects\n" + b"North,12\n" * 2 * million
    yield "records.jsonl", lambda: b'{"a": 1, "b": [1]}\n' * million
    yield "pages-10000.pdf", lambda: pages_pdf(10_000)
    yield "pages-25000.pdf", lambda: pages_pdf(25_000)
    yield "stream-bomb.pdf", lambda: one_page(b"BT /F 9 Tf (a) Tj ET " + b" " * 800 * million)
    for suffix, name in (
        (".docx", "word/document.xml"), (".pptx", "ppt/slides/slide1.xml"), (".xlsx", "xl/worksheets/sheet1.xml"),
        (".odt", "content.xml"), (".ods", "content.xml"), (".odp", "content.xml"), (".epub", "a.xhtml"), (".zip", "plan.md"),
    ):  # fmt: skip
        yield f"bomb{suffix}", lambda suffix=suffix, name=name: bomb(suffix, name, 1000 * million)
    yield "bomb-below-limit.docx", lambda: bomb(".docx", "word/document.xml", 45 * million)
    yield "rows.xlsx", lambda: sheet(b"".join(b'<row r="%d"><c><v>1</v></c></row>' % i for i in range(1, 400_000)))
    yield "parts.zip", lambda: zipped({f"{i}.md": b"x" for i in range(20_000)})
    yield "parts.docx", lambda: zipped({f"{i}.xml": b"x" for i in range(60_000)})


def oddly_named(folder: Path) -> list[str]:
    """Make files whose names or kinds are the attack; returns those that a report must name."""
    names = [
        "line\nbreak.md", "tab\tand\x1b[31mcolour.md", "\u202efdp.md", "-rf.md", "..md", "...pdf", "a|b.md", "$(id).md",
        "<script>alert(1)<.md", "%2e%2e%2f.md", "新质生产力.md", "x" * 250 + ".md", "a b  c .md", "'\".md", "CON.md", "\\up.md",
    ]  # fmt: skip
    made = []
    for name in names:
        (folder / name).write_bytes(sample(".md"))
        if not name.startswith("."):  # hidden files are passed over
            made.append(name)
    (folder / b"caf\xe9.md".decode("utf-8", "surrogateescape")).write_bytes(sample(".md"))
    (folder / "folder.pdf").mkdir()
    (folder / "outward.md").symlink_to("/etc/passwd")
    (folder / "nowhere.md").symlink_to(folder / "gone.md")
    (folder / "itself.md").symlink_to(folder / "itself.md")
    (folder / "device.md").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.md")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(folder)  # the path of a socket may have 107 characters
        try:
            listener.bind("socket.md")
        finally:
            os.chdir(here)
    with (folder / "sparse.pdf").open("wb") as file:
        file.truncate(3_000_000_000)
    return [*made, "outward.md", "nowhere.md", "itself.md", "device.md", "pipe.md", "socket.md", "sparse.pdf"]
