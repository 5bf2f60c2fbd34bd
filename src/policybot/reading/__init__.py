"""Reading: a file or an address becomes a Document; one reader per format, found by its suffix.

``survey`` says what lies in a folder, ``Worker`` reads files in a process of its own, ``read`` in this one, and
``read_url`` from the web; ``page_picture`` draws a page of a PDF. The readers are listed in ``built_in.py``; other
packages bring more of them by entry points (docs/extending/add-a-reader.md), among which ``formats.py`` chooses.
"""

from typing import TYPE_CHECKING

from policybot.lazy import lazily

if TYPE_CHECKING:
    from policybot.reading.document import document_of, read
    from policybot.reading.files import Refusal, Survey, find, survey
    from policybot.reading.formats import SUFFIXES
    from policybot.reading.pdf_pages import PageMark, page_mark, page_picture
    from policybot.reading.web import WebPage, read_url, web_document_id
    from policybot.reading.worker import Worker

__all__ = [
    "SUFFIXES",
    "PageMark",
    "Refusal",
    "Survey",
    "WebPage",
    "Worker",
    "document_of",
    "find",
    "page_mark",
    "page_picture",
    "read",
    "read_url",
    "survey",
    "web_document_id",
]

__getattr__, __dir__ = lazily(
    __name__,
    {
        "policybot.reading.document": ["document_of", "read"],
        "policybot.reading.files": ["Refusal", "Survey", "find", "survey"],
        "policybot.reading.formats": ["SUFFIXES"],
        "policybot.reading.pdf_pages": ["PageMark", "page_mark", "page_picture"],
        "policybot.reading.web": ["WebPage", "read_url", "web_document_id"],
        "policybot.reading.worker": ["Worker"],
    },
)
