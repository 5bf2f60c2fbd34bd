"""Markdown and plain text: the file's own text, unchanged, so that offsets are those of the file."""

from __future__ import annotations

from policybot.reading import front_matter
from policybot.reading.content import Content, Source, all_from
from policybot.reading.encoding import decode


def read_markdown(source: Source) -> Content:
    """Read a Markdown file with or without front matter.

    Raises:
        BrokenFile: It is no text.
        FrontMatterError: Its front matter is wrong.
    """
    text = decode(source.data, name=source.name)
    front = front_matter.parse(text, name=source.name)
    origins = all_from("front-matter", front.stated)
    return Content(text, "markdown", stated=front.stated, origins=origins, body_start=front.end)


def read_text(source: Source) -> Content:
    """Read a plain text file; front matter is allowed, because nothing else in it could state a source.

    Raises:
        BrokenFile: It is no text.
        FrontMatterError: Its front matter is wrong.
    """
    text = decode(source.data, name=source.name)
    front = front_matter.parse(text, name=source.name)
    origins = all_from("front-matter", front.stated)
    return Content(text, "plain", stated=front.stated, origins=origins, body_start=front.end)
