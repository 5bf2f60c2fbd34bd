"""What the catalogue tells of a file and of a passage."""

from __future__ import annotations

from dataclasses import dataclass

from policybot.domain import Metadata, Passage


@dataclass(frozen=True, slots=True)
class FileState:
    """What a file was when it was indexed: enough to see whether it has changed since.

    Attributes:
        recipe: How it was split; another recipe means that the document must be split again.
    """

    document_id: str
    name: str
    file_hash: str
    file_size: int
    file_mtime_ns: int
    recipe: str


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """A passage with the metadata and version of its document."""

    passage: Passage
    metadata: Metadata
    version: str
