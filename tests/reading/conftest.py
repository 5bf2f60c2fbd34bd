from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from policybot.domain import Document
from policybot.reading import read

ReadBytes = Callable[..., Document]


@pytest.fixture
def read_bytes(tmp_path: Path) -> ReadBytes:
    """Reads bytes, or text as UTF-8, as if they lay in a file of this name."""

    def read_as(data: bytes | str, name: str = "plan.md", *, max_bytes: int = 10_000_000) -> Document:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return read(path, name=name, document_id="d1", max_bytes=max_bytes)

    return read_as
