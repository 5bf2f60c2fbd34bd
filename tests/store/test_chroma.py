"""Folders of vectors are opened once and closed by the last who leaves."""

from __future__ import annotations

import gc
import threading
from pathlib import Path
from typing import Any

import pytest

from policybot.store.chroma import VectorStore
from policybot.store.vectors import Vectors


def test_garbage_that_is_collected_while_a_folder_is_opened_leaves_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening one folder goes on when the collector, in the same thread, finds that another is used no more."""

    def forget() -> None:
        forgotten: list[Any] = [Vectors(tmp_path / "forgotten")]
        forgotten.append(forgotten)  # a cycle: only the collector finds it

    opened = VectorStore._opened_client

    def collecting(self: VectorStore) -> Any:
        gc.collect()
        return opened(self)

    gc.disable()
    try:
        forget()
        monkeypatch.setattr(VectorStore, "_opened_client", collecting)
        opening = threading.Thread(target=Vectors, args=(tmp_path / "new",), daemon=True)
        opening.start()
        opening.join(600)
    finally:
        gc.enable()

    assert not opening.is_alive()
    assert (tmp_path / "forgotten").resolve() not in VectorStore._open


def test_folder_that_was_left_is_opened_again(tmp_path: Path) -> None:
    """Whoever opens a folder that the last user has left gets one that is open."""
    first = VectorStore.of(tmp_path)
    second = VectorStore.of(tmp_path)

    assert first is second
    first.leave()
    second.leave()
    again = VectorStore.of(tmp_path)
    assert again is not first and again.client.heartbeat()
    again.leave()
