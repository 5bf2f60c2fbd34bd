"""Passages as the catalogue holds them, with the metadata of their documents."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from policybot.domain import Metadata, Passage
from policybot.store.catalogue.records import PassageRecord
from policybot.store.catalogue.store import Store

_DESCRIBED = 4096
"""Documents whose metadata are kept, those asked for last."""


class Passages:
    """The passages of a catalogue's file."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._described: OrderedDict[tuple[str, str, str, str], Metadata] = OrderedDict()

    def by_id(self, ids: Sequence[str]) -> dict[str, PassageRecord]:
        """The passages with these ids; an id that the catalogue does not know is missing from the result."""
        rows: list[Any] = []
        for offset in range(0, len(ids), 500):
            chunk = list(ids[offset : offset + 500])
            rows += self._store.rows(
                "SELECT p.id, p.document_id, p.text, p.start, p.end, p.section, p.page, p.language, p.ordinal, "
                "d.version, d.name, d.file_hash FROM passages p JOIN documents d ON d.id = p.document_id "
                f"WHERE p.id IN ({', '.join('?' * len(chunk))})",
                chunk,
            )
        found: dict[str, PassageRecord] = {}
        for id_, document_id, text, start, end, section, page, language, ordinal, version, name, digest in rows:
            metadata = self._metadata(document_id, version, name, digest)
            if metadata is None:
                continue
            passage = Passage(
                id_, document_id, name, metadata.title, text, start, end, tuple(json.loads(section)), page, language,
                ordinal,
            )  # fmt: skip
            found[id_] = PassageRecord(passage, metadata, version)
        return found

    def _metadata(self, document_id: str, version: str, name: str, file_hash: str) -> Metadata | None:
        """The metadata of a document as it was read, remembered: SQLite reads through the whole text to reach them.

        They may change with the file's name, or with what else the file holds, though its text is the same. None when
        the version has been replaced and pruned since its passages were read.
        """
        key = document_id, version, name, file_hash
        with self._store.connection():
            known = self._described.get(key)
            if known is None:
                query = "SELECT metadata FROM versions WHERE document_id = ? AND version = ?"
                rows = self._store.rows(query, key[:2])
                if not rows:
                    return None
                known = self._described[key] = Metadata(**json.loads(rows[0][0]))
                if len(self._described) > _DESCRIBED:
                    self._described.popitem(last=False)
            self._described.move_to_end(key)
            return known
