"""Folders of documents with their indexes, made once and kept by their content from run to run."""

from __future__ import annotations

import hashlib
import os
import shutil
import site
import time
from collections.abc import Mapping
from pathlib import Path

import policybot
from policybot import PolicyBot, load_settings

_KEPT_S = 7 * 24 * 3600
"""Whoever comes back to a branch within a week finds its indexes."""

_BESIDE_AN_INDEX = {"answering", "cli", "evaluation", "rendering", "screening", "server", "testing.py", "ui"}
"""What of policybot has no part in indexing, so that a change there leaves the kept indexes valid."""


class Indexes:
    """Indexes made with the real models; each is made when it is first asked for.

    Args:
        place: Folder in which they are kept; what nobody has asked for within a week is removed.
    """

    def __init__(self, place: Path) -> None:
        self._place = place
        for old in place.iterdir():
            if time.time() - old.stat().st_mtime > _KEPT_S:
                shutil.rmtree(old, ignore_errors=True)

    def documents(self, files: Mapping[str, bytes]) -> Path:
        """A folder that holds these files, each under its name; not to be written to."""
        folder = self._place / _digest(files) / "documents"
        if not folder.is_dir():
            partial = Path(f"{folder}.{os.getpid()}")
            for name, content in files.items():
                path = partial / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            _put(partial, folder)
        os.utime(folder.parent)  # it is in use
        return folder

    def copy(self, documents: Path, data_dir: Path) -> Path:
        """Put a copy of the index of ``documents`` into ``data_dir``, which must not exist or be empty."""
        kept = documents.parent / "data"
        if not kept.is_dir():
            partial = Path(f"{kept}.{os.getpid()}")
            with PolicyBot(load_settings(data_dir=partial, chat_model="none")) as bot:
                report = bot.index(documents)
            assert not report.plan.failed
            _put(partial, kept)
        shutil.copytree(kept, data_dir, dirs_exist_ok=True)
        return data_dir


def _put(partial: Path, place: Path) -> None:
    """Bring a folder to its place in one step; another process may have been faster, with the same content."""
    try:
        partial.rename(place)
    except OSError:
        shutil.rmtree(partial)


def _digest(files: Mapping[str, bytes]) -> str:
    """Of the documents, of policybot as far as it indexes, and of the names and versions of what is installed."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    source = Path(policybot.__file__).parent
    for path in sorted(source.rglob("*")):
        if path.is_file() and path.suffix != ".pyc" and path.relative_to(source).parts[0] not in _BESIDE_AN_INDEX:
            digest.update(path.read_bytes())
    for folder in site.getsitepackages():
        digest.update(" ".join(sorted(path.name for path in Path(folder).glob("*.dist-info"))).encode())
    return digest.hexdigest()[:32]
