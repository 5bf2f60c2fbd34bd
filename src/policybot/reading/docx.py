"""DOCX -> Markdown: headings, lists and tables in the order of the document."""

from __future__ import annotations

import io

import docx

from policybot.errors import BrokenFile
from policybot.reading import packed
from policybot.reading.characters import clean_text
from policybot.reading.content import Content, Source, all_from
from policybot.reading.docx_blocks import markdown_blocks
from policybot.reading.office_properties import office_properties


def read_docx(source: Source) -> Content:
    """Read a Word document; tracked deletions, headers, footers, notes and text boxes are left out.

    Publisher and date of publication stay unknown: Word's author and dates are those of the file.

    Raises:
        BrokenFile: It is no Word document, damaged, protected by a password, or unpacks to too much.
    """
    packed.check(source, suffix=".docx", old=".doc")
    try:
        document = docx.Document(io.BytesIO(source.data))
        text = clean_text("\n\n".join(markdown_blocks(document)))
        stated = office_properties(document.core_properties, stem=source.stem)
    except Exception as exc:  # python-docx throws KeyError, ValueError and lxml's errors alike
        raise BrokenFile(
            f"{source.name}: this is no readable Word document ({type(exc).__name__}). "
            "Open it in Word and save it again as .docx, or remove it."
        ) from exc
    return Content(text.strip(), "markdown", stated=stated, origins=all_from("office-properties", stated))
