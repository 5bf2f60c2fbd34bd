"""A new index beside the old one, which serves until the new one is complete."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import policybot.reading as reading
from policybot.domain import Document, OnProgress, Progress
from policybot.errors import ReadingError
from policybot.indexing import places
from policybot.indexing.choosing import CHOICE
from policybot.indexing.embedding import EmbeddingModels, Index, PassageVectors
from policybot.indexing.recipe import recipe, split
from policybot.indexing.scanning import look
from policybot.reading.formats import readers
from policybot.settings import Settings
from policybot.store.catalogue import Catalogue, FileState
from policybot.store.vectors import Vectors

_LOG = logging.getLogger(__name__)

REBUILDING = "rebuilding"
"""What the progress of rebuilding is called."""


def made_for(settings: Settings, models: EmbeddingModels) -> dict[str, str]:
    """What an index depends on beside its documents, as the catalogue notes it."""
    return {"recipe": recipe(settings), "models": " ".join(sorted(model.name for model in models.all()))}


def description(settings: Settings, models: EmbeddingModels) -> dict[str, str]:
    """What the catalogue notes: ``made_for``, and the setting that chose the models, to find them again."""
    return {**made_for(settings, models), CHOICE: models.choice}


def _is_made_for(about: Mapping[str, str], settings: Settings, models: EmbeddingModels) -> bool:
    return all(about.get(key) == value for key, value in made_for(settings, models).items())


def must_rebuild(settings: Settings, catalogue: Catalogue, models: EmbeddingModels) -> bool:
    """Whether an index was made with other models, or passages of another size, than the settings say now."""
    if about := catalogue.about():
        return not _is_made_for(about, settings, models)
    # An index of an earlier policybot notes nothing: its documents say how they were split.
    states = (state for root in catalogue.roots() for state in catalogue.files(root).values())
    return any(state.recipe != recipe(settings) for state in states)


def rebuild(
    settings: Settings,
    old: Index,
    models: EmbeddingModels,
    *,
    read_again: bool,
    on_progress: OnProgress,
) -> int:
    """Build an index of the same documents beside the old one and make it the one in use.

    Every document keeps its identity and its past. One that was begun and not finished is gone on with, if it was for
    the same settings. The caller holds the indexing lock.

    Args:
        read_again: Read the files again; else what was read before is split and embedded again. A file that is gone
            or cannot be read is taken as it was read before: indexing, which follows, says so.

    Returns:
        How many passages were embedded to be found by questions in their own language.

    Raises:
        StoreError: An index cannot be read or written.
        ModelError: An embedding model cannot be loaded.
    """
    folder = places.next_to(settings.data_dir)
    _discard_other(folder, settings, models)
    folder.mkdir(parents=True, exist_ok=True)
    embedded = 0
    with closing(Catalogue(folder)) as catalogue, closing(Vectors(folder)) as vectors:
        catalogue.describe(**description(settings, models))
        catalogue.take_over(old.catalogue.path)
        keeper = PassageVectors(Index(catalogue, vectors), models, earlier=old)
        keeper.adopt()
        files = [(root, state) for root in old.catalogue.roots() for state in old.catalogue.files(root).values()]
        with reading.Worker(readers=readers(settings.plugins)) as worker:
            for number, (root, state) in enumerate(sorted(files, key=lambda each: (each[0], each[1].name)), start=1):
                if not catalogue.is_taken(state.document_id):
                    document, now = old.catalogue.document(state.document_id), replace(state, recipe=recipe(settings))
                    if read_again:
                        document, now = _read_again(root, now, document, worker, settings)
                    passages = split(document, settings)
                    embedded += keeper.embed(passages)
                    catalogue.put([(document, passages, now)], root=root)
                on_progress(Progress(REBUILDING, number, len(files)))
        embedded += keeper.repair()
        keeper.remove_orphans()
        keeper.cross(lambda done, total: on_progress(Progress(REBUILDING, done, total)))
    places.switch(settings.data_dir, folder)
    _LOG.info("A new index in %s has replaced the old one", folder)
    return embedded


def _discard_other(folder: Path, settings: Settings, models: EmbeddingModels) -> None:
    """Remove an unfinished index that was begun for other settings."""
    if (folder / "catalogue.sqlite3").exists():
        with closing(Catalogue(folder)) as begun:
            same = _is_made_for(begun.about(), settings, models)
        places.remove_others(settings.data_dir, keep=folder if same else None)


def _read_again(
    root: str, state: FileState, document: Document, worker: reading.Worker, settings: Settings
) -> tuple[Document, FileState]:
    """The document as its file is now; as it was read before when the file is gone or cannot be read."""
    path = Path(root) if Path(root).is_file() else Path(root, state.name)
    max_bytes = settings.max_file_mb * 1_000_000
    try:
        found = look(path, state.name, None, max_bytes=max_bytes)
        again = worker.read(path, name=state.name, document_id=state.document_id, max_bytes=max_bytes)
    except (OSError, ReadingError) as exc:
        _LOG.info("%s is taken as it was read before: %s", state.name, exc)
        return document, replace(state, file_hash="", file_mtime_ns=-1)
    return again, found.state(state.document_id, state.recipe)
