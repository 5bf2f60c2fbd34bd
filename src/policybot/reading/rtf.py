"""RTF -> plain text."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from policybot.errors import BrokenFile
from policybot.reading.characters import clean_text
from policybot.reading.content import Content, Source, all_from
from policybot.reading.office_properties import stated_by

_MAGIC = b"{\\rtf"
_MAX_DEPTH = 500
"""Groups in groups; Word writes fewer than 20."""

_GROUPS = re.compile(rb"\\.|([{}])", re.DOTALL)
_PICTURES = re.compile(r"(?:[0-9a-fA-F]{64,}\s*){4,}")  # hexadecimal digits of pictures and objects
_BLANKS = re.compile(r"[ \t]+")
_GAP = re.compile(r"\n{3,}")
_DATE = re.compile(r"\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")


def read_rtf(source: Source) -> Content:
    """Read a Rich Text file; cells of a table's row are parted by bars.

    Raises:
        BrokenFile: It is no RTF, or damaged.
    """
    if not source.data.lstrip().startswith(_MAGIC):
        raise BrokenFile(f"{source.name}: this is no RTF file. Save it again as .rtf or .docx, or remove it.")
    _check_depth(source)
    rtf = _PICTURES.sub("", source.data.decode("latin-1"))
    try:
        text = _with_whole_characters(rtf_to_text(rtf, encoding="cp1252", errors="replace"))
        stated = _stated(rtf, source.stem)
    except Exception as exc:  # striprtf throws ValueError, IndexError and LookupError alike
        raise BrokenFile(
            f"{source.name}: this is no readable RTF file ({type(exc).__name__}). "
            "Open it in a word processor and save it as .docx, or remove it."
        ) from exc
    lines = (_BLANKS.sub(" ", line).strip() for line in clean_text(text).split("\n"))
    # A paragraph is one line in RTF.
    paragraphs = _GAP.sub("\n\n", "\n\n".join(_row(line) for line in lines)).strip()
    return Content(paragraphs, "plain", stated=stated, origins=all_from("rtf-properties", stated))


def _row(line: str) -> str:
    """A row of a table without the bar at its end; other lines as they are."""
    return " | ".join(cell.strip() for cell in line.rstrip("|").split("|")) if line.endswith("|") else line


def _check_depth(source: Source) -> None:
    depth = 0
    for match in _GROUPS.finditer(source.data):
        depth += {b"{": 1, b"}": -1}.get(match[1], 0)
        if depth > _MAX_DEPTH:
            raise BrokenFile(
                f"{source.name}: its groups nest deeper than {_MAX_DEPTH}. Save it as .docx, or remove it."
            )


def _with_whole_characters(text: str) -> str:
    """Characters that RTF writes as two halves, put together."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _stated(rtf: str, stem: str) -> dict[str, str]:
    info = re.search(r"\{\\info\b.{0,4000}", rtf, re.DOTALL)
    if info is None:
        return {}
    date = re.search(r"\\revtim" + _DATE.pattern, info[0]) or re.search(r"\\creatim" + _DATE.pattern, info[0])
    modified = f"{date[1]}-{date[2].zfill(2)}-{date[3].zfill(2)}" if date else ""
    return stated_by(_property(info[0], "title"), _property(info[0], "author"), modified=modified, stem=stem)


def _property(info: str, name: str) -> str:
    match = re.search(rf"\{{\\{name} ((?:[^{{}}\\]|\\[^a-z{{}}]|\\u-?\d+ ?\??){{1,500}})\}}", info)
    return rtf_to_text(f"{{\\rtf1 {match[1]}}}", errors="replace").strip() if match else ""
