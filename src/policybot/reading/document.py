"""Reading one file: load its bytes, let its format's reader find the content, settle title and language."""

from __future__ import annotations

from pathlib import Path

from policybot.domain import Document, Metadata
from policybot.errors import EmptyDocument
from policybot.reading import language
from policybot.reading.content import Content, Source
from policybot.reading.files import load
from policybot.reading.formats import reader_for
from policybot.reading.titles import first_heading, title_of


def read(path: Path, *, name: str, document_id: str, max_bytes: int) -> Document:
    """Read a file as a Document.

    Args:
        path: Where the file lies; its suffix says which reader reads it.
        name: The document's name: its path below the indexed folder.
        document_id: The identity the document keeps over all its versions.
        max_bytes: Largest file that is read.

    Raises:
        UnsupportedFormat: No reader knows the suffix.
        BrokenFile: The file is damaged, protected, larger than ``max_bytes``, or not what its suffix says.
        EmptyDocument: It holds no text.
        FrontMatterError: Its front matter is wrong.
        ReadingError: It vanished or may not be opened.
    """
    reader = reader_for(path, name=name)
    content = reader(Source(name=name, data=load(path, name=name, max_bytes=max_bytes), max_bytes=max_bytes))
    if not content.text[content.body_start :].strip():
        raise EmptyDocument(f"{name}: the file holds no text. Fill it or remove it.")
    return Document(
        id=document_id,
        name=name,
        text=content.text,
        markup=content.markup,
        metadata=_metadata(content, name),
        body_start=content.body_start,
        page_starts=content.page_starts,
    )


def _metadata(content: Content, name: str) -> Metadata:
    stated = dict(content.stated)
    body = content.text[content.body_start :]
    heading = first_heading(body) if content.markup == "markdown" and not stated.get("title") else ""
    stated["title"] = title_of(stated.get("title", ""), heading=heading, name=name)
    stated["language"] = stated.get("language") or _language(body, content.language_hint)
    return Metadata(**stated)


def _language(body: str, hint: str) -> str:
    """The detected language, unless there is too little text to overrule the declared one."""
    code, sure = language.guess(body)
    return hint if hint and not sure else code
