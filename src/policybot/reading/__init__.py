"""Reading: a file becomes a Document; one reader per format behind one table.

``survey`` says what lies in a folder, ``Worker`` reads files in a process of its own, ``read`` in this one, and
``detect_language`` names the language of a text. The table of formats is in ``formats.py``; a new format is one
module and one line there.
"""

from policybot.reading.document import document_of, read
from policybot.reading.files import Refusal, Survey, find, survey
from policybot.reading.formats import SUFFIXES
from policybot.reading.language import detect_language
from policybot.reading.worker import Worker

__all__ = ["SUFFIXES", "Refusal", "Survey", "Worker", "detect_language", "document_of", "find", "read", "survey"]
