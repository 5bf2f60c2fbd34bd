"""The readers that policybot brings, each imported when a file of its kind is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policybot.plugins import imported
from policybot.reading.content import Content, Source


@dataclass(frozen=True, slots=True)
class OwnReader:
    """A function of this package that reads files, and the suffixes of these files.

    Attributes:
        suffixes: Lower-case, with the dot.
        place: The function, as ``module:name``; importing it may load a parser of many megabytes.
    """

    suffixes: tuple[str, ...]
    place: str

    def read(self, source: Source) -> Content:
        """What the file holds; raises ReadingError when it cannot be read."""
        content: Content = imported(self.place)(source)
        return content


MARKDOWN = OwnReader((".md", ".markdown"), "policybot.reading.plain:read_markdown")
TEXT = OwnReader((".txt",), "policybot.reading.plain:read_text")
HTML = OwnReader((".html", ".htm", ".xhtml"), "policybot.reading.html:read_html")
PDF = OwnReader((".pdf",), "policybot.reading.pdf:read_pdf")
DOCX = OwnReader((".docx",), "policybot.reading.docx:read_docx")
PPTX = OwnReader((".pptx",), "policybot.reading.pptx:read_pptx")
XLSX = OwnReader((".xlsx",), "policybot.reading.xlsx:read_xlsx")
DELIMITED = OwnReader((".csv", ".tsv"), "policybot.reading.delimited:read_delimited")
EPUB = OwnReader((".epub",), "policybot.reading.epub:read_epub")
RTF = OwnReader((".rtf",), "policybot.reading.rtf:read_rtf")
ODT = OwnReader((".odt",), "policybot.reading.odt:read_odt")
ODS = OwnReader((".ods",), "policybot.reading.ods:read_ods")
ODP = OwnReader((".odp",), "policybot.reading.odp:read_odp")
MAIL = OwnReader((".eml",), "policybot.reading.mail:read_eml")
JSON = OwnReader((".json",), "policybot.reading.records:read_json")
JSON_LINES = OwnReader((".jsonl", ".ndjson"), "policybot.reading.records:read_json_lines")

ENTRY_POINTS: Mapping[str, str] = {
    "markdown": "policybot.reading.built_in:MARKDOWN",
    "text": "policybot.reading.built_in:TEXT",
    "html": "policybot.reading.built_in:HTML",
    "pdf": "policybot.reading.built_in:PDF",
    "docx": "policybot.reading.built_in:DOCX",
    "pptx": "policybot.reading.built_in:PPTX",
    "xlsx": "policybot.reading.built_in:XLSX",
    "delimited": "policybot.reading.built_in:DELIMITED",
    "epub": "policybot.reading.built_in:EPUB",
    "rtf": "policybot.reading.built_in:RTF",
    "odt": "policybot.reading.built_in:ODT",
    "ods": "policybot.reading.built_in:ODS",
    "odp": "policybot.reading.built_in:ODP",
    "mail": "policybot.reading.built_in:MAIL",
    "json": "policybot.reading.built_in:JSON",
    "json-lines": "policybot.reading.built_in:JSON_LINES",
}
"""Where each of them is, by name, as other packages declare theirs in the group ``policybot.readers``."""


def import_all() -> None:
    """Import the parsers of all of them now, for a process whose memory is bounded while it reads."""
    for place in ENTRY_POINTS.values():
        reader: OwnReader = imported(place)
        imported(reader.place)
