"""Which reader reads which kind of file, by its suffix."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from pathlib import PurePath
from typing import Protocol, runtime_checkable

from policybot import plugins
from policybot.errors import SettingsError, UnsupportedFormat
from policybot.plugins import Plugin
from policybot.reading.built_in import ENTRY_POINTS
from policybot.reading.content import Content, Source

ARCHIVES: frozenset[str] = frozenset({".zip"})
"""Suffixes of files that hold documents."""

ADVICE: Mapping[str, str] = {
    ".doc": ".docx", ".dot": ".docx", ".wps": ".docx", ".pages": ".docx", ".wpd": ".docx", ".docm": ".docx",
    ".xls": ".xlsx", ".et": ".xlsx", ".numbers": ".xlsx", ".xlsm": ".xlsx",
    ".ppt": ".pptx", ".dps": ".pptx", ".key": ".pptx", ".pptm": ".pptx",
    ".msg": ".eml", ".mht": ".html", ".mhtml": ".html", ".mobi": ".epub", ".azw3": ".epub", ".chm": ".html",
    ".xps": ".pdf", ".djvu": ".pdf", ".ofd": ".pdf", ".ps": ".pdf", ".caj": ".pdf",
    ".rar": ".zip", ".7z": ".zip", ".tar": ".zip", ".tgz": ".zip", ".gz": ".zip",
    ".tif": ".pdf", ".tiff": ".pdf",
}  # fmt: skip
"""Suffixes of documents that cannot be read, and as what to save them."""


@runtime_checkable
class Reader(Protocol):
    """Reads files of one kind: an object or a module with these two names.

    A package brings one by an entry point of the group ``policybot.readers``; see docs/extending/add-a-reader.md.
    """

    @property
    def suffixes(self) -> Collection[str]:
        """Suffixes of the files, lower-case, with the dot: ``(".vtt",)``."""

    def read(self, source: Source) -> Content:
        """What a file holds.

        Raises:
            ReadingError: It cannot be read; the message names the file and says what to do.
        """


class Readers:
    """The readers that are registered, by suffix.

    Attributes:
        suffixes: Lower-case suffixes that can be read.
        foreign: Those of them that another package's reader reads.

    Raises:
        SettingsError: One cannot be loaded or is no reader, has a suffix that is none, or two packages read the same.
    """

    def __init__(self, found: Iterable[Plugin]) -> None:
        self._plugins: dict[str, Plugin] = {}
        self._readers: dict[str, Reader] = {}
        for plugin in found:
            reader: Reader = plugin.load(Reader)
            for suffix in reader.suffixes:
                self._add(suffix, reader, plugin)
        self.suffixes = frozenset(self._readers)
        self.foreign = frozenset(suffix for suffix, plugin in self._plugins.items() if not plugin.is_own)

    def _add(self, suffix: str, reader: Reader, plugin: Plugin) -> None:
        if not (suffix.startswith(".") and suffix == suffix.lower() and suffix not in ARCHIVES):
            raise SettingsError(
                f"The plugin {plugin} is to read {suffix!r}. A suffix is lower-case, begins with a dot, and is none of "
                f"an archive ({', '.join(sorted(ARCHIVES))}): tell the authors of {plugin.distribution}, or take it "
                "out of POLICYBOT_PLUGINS."
            )
        before = self._plugins.get(suffix)
        if before is not None and not before.is_own:
            raise SettingsError(
                f"The plugins {before} and {plugin} both read {suffix} files. Name only one of them in "
                "POLICYBOT_PLUGINS."
            )
        self._plugins[suffix], self._readers[suffix] = plugin, reader

    def reader_for(self, path: PurePath, *, name: str) -> Reader:
        """The reader of this kind of file.

        Raises:
            UnsupportedFormat: No reader knows the suffix.
        """
        reader = self._readers.get(path.suffix.lower())
        if reader is None:
            raise self.unsupported(path, name=name)
        return reader

    def place_of(self, path: PurePath, *, name: str) -> str:
        """Where that reader is, as ``module:attribute``; raises what ``reader_for`` raises."""
        self.reader_for(path, name=name)
        return self._plugins[path.suffix.lower()].place

    def unsupported(self, path: PurePath, *, name: str) -> UnsupportedFormat:
        """The error about a kind of file that no reader knows."""
        kind = f"{path.suffix} files" if path.suffix else "files without a suffix"
        wanted = ADVICE.get(path.suffix.lower()) or f"one of {', '.join(sorted(self.suffixes))}"
        return UnsupportedFormat(f"{name}: {kind} cannot be read. Save it as {wanted}, or remove it.")


@lru_cache(maxsize=8)
def readers(setting: str = "") -> Readers:
    """Policybot's own readers, and those that the setting ``POLICYBOT_PLUGINS`` names.

    One of another package takes a suffix over from policybot's own.

    Raises:
        SettingsError: The setting names no plugin, or one that cannot be used.
    """
    return Readers(plugins.registered(plugins.READERS, ENTRY_POINTS, plugins.allowed_in(setting)))


OWN = readers()
"""The readers that policybot brings."""

SUFFIXES: frozenset[str] = OWN.suffixes
"""Lower-case suffixes that they read."""
