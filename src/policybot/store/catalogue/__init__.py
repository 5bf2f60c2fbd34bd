"""The truth about documents, their versions and passages, in one SQLite file.

``catalogue`` is what others use; ``store`` opens the file, ``writing`` puts documents in, ``documents`` and
``passages`` read them, ``keywords`` searches, ``filtering`` turns a filter into a condition, ``records`` are values.
"""

from policybot.store.catalogue.catalogue import Catalogue
from policybot.store.catalogue.records import FileState, PassageRecord

__all__ = ["Catalogue", "FileState", "PassageRecord"]
