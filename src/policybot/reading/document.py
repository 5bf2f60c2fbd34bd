"""Reading one file: load its bytes, let its format's reader find the content, settle title and language."""

from __future__ import annotations

import datetime
from pathlib import Path, PurePosixPath

from policybot.domain import Document, Metadata, Origin
from policybot.errors import EmptyDocument
from policybot.reading.content import Content, MoreTime, Source
from policybot.reading.files import load
from policybot.reading.formats import OWN, Reader, Readers
from policybot.reading.size import check_size
from policybot.reading.titles import first_heading, title_of
from policybot.text.dates import iso_date_in_name
from policybot.text.detecting import guess


def read(
    path: Path,
    *,
    name: str,
    document_id: str,
    max_bytes: int,
    more_time: MoreTime | None = None,
    readers: Readers = OWN,
) -> Document:
    """Read a file as a Document.

    Args:
        path: Where the file lies; its suffix says which reader reads it.
        name: The document's name: its path below the indexed folder.
        document_id: The identity the document keeps over all its versions.
        max_bytes: Largest file that is read.
        more_time: Told how many seconds recognising the text of a scan may take; without it scans are refused.
        readers: Among which the suffix decides.

    Raises:
        UnsupportedFormat: No reader knows the suffix.
        BrokenFile: The file is damaged, protected, larger than ``max_bytes``, or not what its suffix says.
        EmptyDocument: It holds no text; ScannedDocument, if that is because it holds pictures of pages.
        ReadingLimit: It holds more text than a document may.
        FrontMatterError: Its front matter is wrong.
        ReadingError: It vanished or may not be opened.
    """
    reader = readers.reader_for(path, name=name)
    return read_with(reader, path, name=name, document_id=document_id, max_bytes=max_bytes, more_time=more_time)


def read_with(
    reader: Reader, path: Path, *, name: str, document_id: str, max_bytes: int, more_time: MoreTime | None = None
) -> Document:
    """Read a file with this reader, whatever its suffix; see ``read``."""
    data = load(path, name=name, max_bytes=max_bytes)
    source = Source(name=name, data=data, max_bytes=max_bytes, more_time=more_time)
    return document_of(reader.read(source), name=name, document_id=document_id, changed=_day_of(path))


def document_of(content: Content, *, name: str, document_id: str, changed: str = "") -> Document:
    """What a reader found as a Document.

    Args:
        content: What it found.
        name: The document's name.
        document_id: Its identity.
        changed: ISO date on which the file itself was last changed; empty when unknown.

    Raises:
        EmptyDocument: It holds no text.
        ReadingLimit: It holds more text than a document may.
    """
    if not content.text[content.body_start :].strip():
        raise EmptyDocument(f"{name}: the file holds no text. Fill it or remove it.")
    check_size(content, name)
    return Document(
        id=document_id,
        name=name,
        text=content.text,
        markup=content.markup,
        metadata=_metadata(content, name, changed=changed),
        body_start=content.body_start,
        page_starts=content.page_starts,
    )


def _metadata(content: Content, name: str, *, changed: str) -> Metadata:
    """Title, language, dates and the rest, each with where it was read from."""
    stated = dict(content.stated)
    origins: dict[str, Origin] = dict(content.origins)
    body = content.text[content.body_start :]
    heading = first_heading(body) if content.markup == "markdown" and not stated.get("title") else ""
    title, place = title_of(stated.get("title", ""), heading=heading, name=name)
    stated["title"] = title
    if place != "stated":
        origins["title"] = place
    if not stated.get("language"):
        stated["language"], origins["language"] = _language(body, content)
    further: tuple[tuple[str, str, Origin], ...] = (
        ("published", iso_date_in_name(PurePosixPath(name).stem), "file-name"),
        ("modified", changed, "file-date"),
    )
    for field, value, origin in further:
        if value and not stated.get(field):
            stated[field], origins[field] = value, origin
    return Metadata(**stated, origins=origins)


def _language(body: str, content: Content) -> tuple[str, Origin]:
    """The detected language, unless there is too little text to overrule the declared one."""
    code, sure = guess(body)
    if content.language_hint and not sure:
        return content.language_hint, content.hint_origin
    return code, "detected"


def _day_of(path: Path) -> str:
    """ISO date, in UTC, on which the file was last changed; empty when it has gone or its clock was absurd."""
    try:
        return datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC).date().isoformat()
    except (OSError, OverflowError, ValueError):
        return ""
