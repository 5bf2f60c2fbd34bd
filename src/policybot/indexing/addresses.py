"""Addresses on the web as they are now: what they deliver, in the form in which files are compared."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

import policybot.reading as reading
from policybot.domain import Document, IndexFailure
from policybot.errors import SettingsError
from policybot.fetching import Bounds, Fetcher, Rules, Validators
from policybot.indexing.scanning import FoundFile
from policybot.reading.formats import OWN, Readers
from policybot.reading.web import MAX_PAGES
from policybot.settings import Settings
from policybot.store.catalogue import FileState

LONGEST_ADDRESS = 2000
MOST_ADDRESSES = 50
"""Characters of an address that somebody gives, and how many may be given at once: as many as one pastes."""

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundPages:
    """What an address leads to.

    Attributes:
        files: Each page, whether it was delivered or is unchanged.
        failed: Pages that cannot be read.
        documents: What was delivered, by address.
        validators: By which to ask the next time, by address.
    """

    files: tuple[FoundFile, ...]
    failed: tuple[IndexFailure, ...]
    documents: Mapping[str, Document]
    validators: Mapping[str, Validators]


def is_address(place: object) -> bool:
    """Whether it is an address on the web, not a path."""
    return isinstance(place, str) and bool(_ADDRESS.match(place))


def fetcher(settings: Settings) -> Fetcher:
    """What fetches, within the bounds of the settings.

    Raises:
        SettingsError: A network is none.
    """
    try:
        rules = Rules.allowing(settings.fetch_networks)
    except ValueError as exc:
        raise SettingsError(f"Wrong setting: POLICYBOT_FETCH_NETWORKS: {exc}. Write it like 10.1.0.0/16.") from exc
    return Fetcher(
        rules=rules,
        bounds=Bounds(
            max_bytes=settings.fetch_max_mb * 1_000_000,
            timeout_s=settings.fetch_timeout_s,
            delay_s=settings.fetch_delay_s,
        ),
        obey_robots=settings.fetch_robots,
    )


def fetch(
    url: str,
    known: Mapping[str, FileState],
    validators: Mapping[str, Validators],
    *,
    fetching: Fetcher,
    max_bytes: int,
    readers: Readers = OWN,
    on_page: Callable[[int], None] = lambda _: None,
) -> FoundPages:
    """Fetch an address and what it leads to: the PDFs that it links, or the pages that it lists.

    When the address itself cannot be read, or leads to more than is followed, what was known of it stays.

    Args:
        known: What was indexed from it before, by address.
        validators: By which it was asked the last time, by address.
        readers: Which read what it delivers.
        on_page: Told how many pages were asked for, before the first and after each; what it raises ends the fetching.
    """
    files: dict[str, FoundFile] = {}
    failed: list[IndexFailure] = []
    documents: dict[str, Document] = {}
    found: dict[str, Validators] = {}
    # Without what was indexed an unchanged page would be missing: then it is asked for as if for the first time.
    asked = {page: each for page, each in validators.items() if page in known}
    on_page(0)
    with reading.Worker(readers=readers) as worker:
        for page in reading.read_url(url, fetcher=fetching, worker=worker, max_bytes=max_bytes, known=asked):
            if page.document is not None:
                text = repr((page.document.text, astuple(page.document.metadata)))
                digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
                files[page.url] = FoundFile(Path(), page.url, digest, len(page.document.text), 0)
                documents[page.url] = page.document
                found[page.url] = page.validators
            elif page.is_unchanged and page.url in known:
                files[page.url] = _as_known(known[page.url])
                found[page.url] = page.validators
            elif page.reason:
                failed.append(IndexFailure(page.url, page.reason, page.kind))
            on_page(len(files) + len(failed))
    seen = {*files, *(failure.name for failure in failed)}
    if any(failure.name == url for failure in failed) or len(seen) >= MAX_PAGES:
        files.update({name: _as_known(state) for name, state in known.items() if name not in seen})
    return FoundPages(tuple(files.values()), tuple(failed), documents, found)


def _as_known(state: FileState) -> FoundFile:
    return FoundFile(Path(), state.name, state.file_hash, state.file_size, state.file_mtime_ns)
