"""Folders indexed with embedders that only hash: laws about indexing need no model that understands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from indexed_folder import IndexedFolder


@pytest.fixture
def indexed(tmp_path: Path) -> Iterator[IndexedFolder]:
    """An empty folder of documents with a bot over it."""
    with IndexedFolder(tmp_path) as folder:
        yield folder
