"""DOCX -> Markdown: headings, lists and tables in the order of the document."""

from __future__ import annotations

import io
import zipfile

import docx

from policybot.errors import BrokenFile
from policybot.reading.characters import clean_text
from policybot.reading.content import Content, Source
from policybot.reading.docx_blocks import markdown_blocks
from policybot.reading.titles import is_title

_MAX_EXPANSION = 20
"""How many times ``max_bytes`` a file may unpack to; the XML of honest documents packs about tenfold."""

_MAX_OWN_EXPANSION = 50
"""How many times its own size a file may unpack to, beyond 50 MB; a bomb unpacks to a thousand times."""
_FREE_BYTES = 50_000_000

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old .doc files, and .docx files with a password


def read_docx(source: Source) -> Content:
    """Read a Word document; tracked deletions, headers, footers, notes and text boxes are left out.

    Publisher and date stay unknown: Word's author and creation date are those of the file.

    Raises:
        BrokenFile: It is no Word document, damaged, protected by a password, or unpacks to too much.
    """
    _check_archive(source)
    try:
        document = docx.Document(io.BytesIO(source.data))
        text = clean_text("\n\n".join(markdown_blocks(document)))
        title = document.core_properties.title
    except Exception as exc:  # python-docx throws KeyError, ValueError and lxml's errors alike
        raise BrokenFile(
            f"{source.name}: this is no readable Word document ({type(exc).__name__}). "
            "Open it in Word and save it again as .docx, or remove it."
        ) from exc
    stated = {"title": title} if is_title(title, stem=source.stem) else {}
    return Content(text.strip(), "markdown", stated=stated)


def _check_archive(source: Source) -> None:
    """Refuse what is no archive, and archives that would fill the memory."""
    if source.data.startswith(_OLE_MAGIC):
        raise BrokenFile(
            f"{source.name}: the document is protected by a password or in the old .doc format. "
            "Save it as .docx without a password."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as exc:
        raise BrokenFile(
            f"{source.name}: this is no .docx file, or it is damaged ({exc}). Save it again as .docx, or remove it."
        ) from exc
    limit = min(_MAX_EXPANSION * source.max_bytes, _FREE_BYTES + _MAX_OWN_EXPANSION * len(source.data))
    if unpacked > limit:
        raise BrokenFile(
            f"{source.name}: the file unpacks to {unpacked / 1e6:.1f} MB, more than the {limit / 1e6:.1f} MB "
            "that a document of its size may. Split it or save it as .pdf, or raise POLICYBOT_MAX_FILE_MB."
        )
