"""Reading: a file becomes a Document; one reader per format behind one table.

``find`` lists what can be read, ``read`` reads one file, ``detect_language`` names the language of a text.
The table of formats is in ``formats.py``; a new format is one module and one line there.
"""

from policybot.reading.document import read
from policybot.reading.files import find
from policybot.reading.formats import SUFFIXES
from policybot.reading.language import detect_language

__all__ = ["SUFFIXES", "detect_language", "find", "read"]
