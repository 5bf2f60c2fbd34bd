"""Reading: a file becomes a Document; one reader per format behind one table.

``find`` lists what can be read, ``read`` reads one file, ``detect_language`` names the language of a text,
``page_picture`` draws a page of a PDF.
The table of formats is in ``formats.py``; a new format is one module and one line there.
"""

from policybot.reading.document import read
from policybot.reading.files import find
from policybot.reading.formats import SUFFIXES
from policybot.reading.language import detect_language
from policybot.reading.pdf_pages import PageMark, page_mark, page_picture

__all__ = ["SUFFIXES", "PageMark", "detect_language", "find", "page_mark", "page_picture", "read"]
