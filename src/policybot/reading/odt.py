"""ODT -> Markdown: headings, lists and tables in the order of the document."""

from __future__ import annotations

from policybot.reading import opendocument
from policybot.reading.characters import clean_text
from policybot.reading.content import Content, Source, all_from


def read_odt(source: Source) -> Content:
    """Read an OpenDocument text; deleted text, notes, comments, headers and footers are left out.

    Raises:
        BrokenFile: It is no such text, damaged, protected by a password, or unpacks to too much.
    """
    found = opendocument.opened(source, suffix=".odt", kind="text")
    text = "\n\n".join(block for block in opendocument.blocks(found.body) if block.strip())
    origins = all_from("office-properties", found.stated)
    return Content(clean_text(text).strip(), "markdown", stated=found.stated, origins=origins)
