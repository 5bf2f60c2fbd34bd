"""Keeping the index equal to the files, and losing nothing: docs/re-indexing.md tells a document's life.

``scanning`` looks at the files, ``planning`` says what differs, ``applying`` changes things, ``comparing`` and
``reporting`` tell what changed, ``recipe`` splits, ``choosing`` finds the models, ``embedding`` makes vectors once
for each text, ``rebuilding`` makes a new index beside the old one, ``watching`` follows folders.
"""

from typing import TYPE_CHECKING

from policybot.lazy import lazily

if TYPE_CHECKING:
    from policybot.indexing.applying import Indexer
    from policybot.indexing.choosing import ModelChoices
    from policybot.indexing.embedding import EmbeddingModels, Index, open_index
    from policybot.indexing.planning import Difference

__all__ = ["Difference", "EmbeddingModels", "Index", "Indexer", "ModelChoices", "open_index"]

__getattr__, __dir__ = lazily(
    __name__,
    {
        "policybot.indexing.applying": ["Indexer"],
        "policybot.indexing.choosing": ["ModelChoices"],
        "policybot.indexing.embedding": ["EmbeddingModels", "Index", "open_index"],
        "policybot.indexing.planning": ["Difference"],
    },
)
