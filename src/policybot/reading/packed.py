"""Files that are zip archives inside (DOCX, PPTX, XLSX, ODT, EPUB): checked before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from policybot.errors import BrokenFile
from policybot.reading.content import Source

_MAX_EXPANSION = 20
"""How many times ``max_bytes`` a file may unpack to; the XML of honest documents packs about tenfold."""

_MAX_OWN_EXPANSION = 50
"""How many times its own size a file may unpack to, beyond 50 MB; a bomb unpacks to a thousand times."""
_FREE_BYTES = 50_000_000

_MAX_PARTS = 50_000
"""Files inside; a book of 1,000 pages has about 2,000."""

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office files, and new ones with a password
_IS_ENCRYPTED = 0x1  # general purpose bit flag, bit 0 (APPNOTE.TXT 4.4.4)


@contextmanager
def opened(source: Source, *, suffix: str, old: str = "") -> Iterator[zipfile.ZipFile]:
    """The archive inside a file; what zipfile raises meanwhile becomes a BrokenFile.

    Args:
        source: The file.
        suffix: What it calls itself, ``.docx``, for messages.
        old: The suffix that its format had before, ``.doc``; empty when none.

    Raises:
        BrokenFile: It is no archive, damaged, protected by a password, or unpacks to too much.
    """
    if source.data.startswith(_OLE_MAGIC):
        former = f" or in the old {old} format" if old else ""
        raise BrokenFile(
            f"{source.name}: the document is protected by a password{former}. Save it as {suffix} without a password."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            _check(archive, source)
            yield archive
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError, EOFError) as exc:
        raise BrokenFile(
            f"{source.name}: this is no {suffix} file, or it is damaged ({exc}). "
            f"Save it again as {suffix}, or remove it."
        ) from exc


def check(source: Source, *, suffix: str, old: str = "") -> None:
    """Refuse what is no archive, and archives that would fill the memory; raises as ``opened`` does."""
    with opened(source, suffix=suffix, old=old):
        pass


def part(archive: zipfile.ZipFile, path: str) -> bytes | None:
    """The bytes of one file inside; None when there is none of this name."""
    try:
        return archive.read(path)
    except KeyError:
        return None
    except (RuntimeError, zlib.error) as exc:
        raise zipfile.BadZipFile(str(exc)) from exc


def xml_root(data: bytes) -> etree._Element:
    """The root of an XML file; entities stay unresolved and nothing is loaded, whatever its DOCTYPE asks for.

    Raises:
        ValueError: It is no proper XML, or nests deeper than 256 levels (libxml2's limit).
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as exc:
        raise ValueError(f"its XML is broken: {exc}") from exc


def _check(archive: zipfile.ZipFile, source: Source) -> None:
    parts = archive.infolist()
    if len(parts) > _MAX_PARTS:
        raise BrokenFile(
            f"{source.name}: the file holds {len(parts)} parts, more than the {_MAX_PARTS} of any document. Remove it."
        )
    if any(each.flag_bits & _IS_ENCRYPTED for each in parts):
        raise BrokenFile(f"{source.name}: the file is protected by a password. Save a copy without one, or remove it.")
    unpacked = sum(each.file_size for each in parts)
    limit = min(_MAX_EXPANSION * source.max_bytes, _FREE_BYTES + _MAX_OWN_EXPANSION * len(source.data))
    if unpacked > limit:
        raise BrokenFile(
            f"{source.name}: the file unpacks to {unpacked / 1e6:.1f} MB, more than the {limit / 1e6:.1f} MB "
            "that a document of its size may. Split it or save it as .pdf, or raise POLICYBOT_MAX_FILE_MB."
        )
