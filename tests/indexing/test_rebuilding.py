"""A new index beside the old one; two processes on one data folder; backups."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from indexed_folder import IndexedFolder, models

from policybot import PolicyBot
from policybot.domain import Progress
from policybot.errors import BackupError, IndexingError
from policybot.indexing import backups, open_index
from policybot.indexing.locking import only_one
from policybot.indexing.places import current

TEXT = "".join(f"The council decided number {i} about the harbour and its ferries.\n\n" for i in range(40))


class _StoppedError(Exception):
    """Stands for a crash."""


def _small(indexed: IndexedFolder) -> PolicyBot:
    """A bot over the same data folder that wants smaller passages."""
    return PolicyBot(indexed.settings.model_copy(update={"passage_tokens": 60}), embedding_models=indexed.models)


def test_other_size_of_passages_is_built_beside(indexed: IndexedFolder) -> None:
    """The old index serves until the new one is complete, then every bot that is open uses the new one."""
    indexed.write("long.txt", TEXT)
    indexed.bot.index()
    before = indexed.bot.counts()
    during: list[tuple[int, int]] = []
    with _small(indexed) as small:
        report = small.index(on_progress=lambda _: during.append(indexed.bot.counts()))
        after = indexed.bot.counts()

        assert report.rebuilt
        assert before in during
        assert set(during) == {before, after}
        assert after == small.counts()
        assert after[1] > before[1]
        assert indexed.is_whole(small)


def test_rebuild_keeps_identities_and_the_past(indexed: IndexedFolder) -> None:
    """Documents keep their ids, old versions open, and changes are remembered after a rebuild."""
    path = indexed.write("long.txt", TEXT)
    indexed.bot.index()
    old = indexed.bot.documents()[0]
    path.rename(indexed.documents / "moved.txt")
    (indexed.documents / "moved.txt").write_text(TEXT + "One more.\n", encoding="utf-8")
    indexed.bot.index()
    (indexed.documents / "moved.txt").rename(path)
    indexed.bot.index()
    kept, ids = indexed.bot.changes(), [d.id for d in indexed.bot.documents()]

    report = indexed.bot.index(rebuild=True)

    assert (report.rebuilt, [d.id for d in indexed.bot.documents()]) == (True, ids)
    assert indexed.bot.changes() == kept
    assert indexed.bot.document(old.id, version=old.version).text == TEXT
    assert indexed.is_whole()


def test_rebuild_embeds_no_text_twice(indexed: IndexedFolder) -> None:
    """With the same models and the same texts a rebuild makes no vector anew."""
    indexed.write("long.txt", TEXT)
    indexed.bot.index()
    indexed.embedded()

    report = indexed.bot.index(rebuild=True)

    assert indexed.embedded() == []
    assert report.embedded == 0


def test_other_models_are_built_beside(indexed: IndexedFolder) -> None:
    """With other embedding models the next run embeds everything beside the old index and switches."""
    indexed.write("long.txt", TEXT)
    indexed.bot.index()
    others = models("2")
    with PolicyBot(indexed.settings, embedding_models=others) as bot:
        report = bot.index()

        assert report.rebuilt
        assert report.embedded == report.passages
        assert indexed.is_whole(bot, models=others)


def test_interrupted_rebuild_leaves_the_old_index_and_is_finished(indexed: IndexedFolder) -> None:
    """A rebuild that dies changes nothing; the next run finishes it, or throws it away when it is not wanted."""
    for number in range(3):
        indexed.write(f"{number}.txt", f"Number {number}.\n\n{TEXT}")
    indexed.bot.index()
    before = indexed.contents()

    def die(progress: Progress) -> None:
        if progress.what == "rebuilding" and progress.done == 2:
            raise _StoppedError

    with _small(indexed) as small:
        with pytest.raises(_StoppedError):
            small.index(on_progress=die)
        during = indexed.contents()
        finished = small.index()

        assert during == before
        assert finished.rebuilt
        assert indexed.is_whole(small)
    with _small(indexed) as small, pytest.raises(_StoppedError):
        PolicyBot(indexed.settings, embedding_models=indexed.models).index(on_progress=die)
    with _small(indexed) as small:
        again = small.index()

        assert not again.rebuilt
        assert len([p for p in (indexed.place / "data").iterdir() if p.name.startswith("index-")]) == 1


def test_second_indexer_is_refused(indexed: IndexedFolder) -> None:
    """While one process indexes, another is told so, with its number."""
    indexed.write("a.md", "# A\n\nText.\n")
    with only_one(indexed.settings.data_dir), pytest.raises(IndexingError, match=f"process {os.getpid()}"):
        indexed.bot.index()


_CHILD = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from indexed_folder import IndexedFolder
with IndexedFolder(Path({place!r})) as indexed:
    indexed.bot.index()
"""


def test_open_bot_finds_what_another_process_indexes(indexed: IndexedFolder) -> None:
    """What `policybot index` adds beside a server is found by meaning at once, and is not overwritten by its writes."""
    indexed.write("a.txt", "The council plants trees.")
    indexed.bot.index()
    model = indexed.models.multilingual
    with open_index(current(indexed.settings.data_dir)) as index:  # shares the bot's open vectors

        def nearest(text: str) -> dict[str, float]:
            return dict(index.vectors.search(model.name, model.embed_query(text), language="en", limit=1))

        nearest("warm")
        indexed.write("b.txt", "The ferry runs on batteries.")
        script = _CHILD.format(tests=str(Path(__file__).parent), place=str(indexed.place))
        subprocess.run([sys.executable, "-c", script], check=True)
        found = nearest("b\nThe ferry runs on batteries.")
        indexed.write("c.txt", "The library opens.")
        indexed.bot.index()

        assert max(found.values()) == pytest.approx(1.0, abs=1e-4)
        assert max(nearest("b\nThe ferry runs on batteries.").values()) == pytest.approx(1.0, abs=1e-4)
    assert indexed.is_whole()


class TestBackup:
    """A backup is one file, and what it holds comes back."""

    def test_backup_comes_back_whole(self, indexed: IndexedFolder, tmp_path: Path) -> None:
        """What is restored holds the documents, vectors and versions that were backed up."""
        path = indexed.write("a.md", "# A\n\nText.\n")
        indexed.bot.index()
        path.write_text("# A\n\nOther text.\n", encoding="utf-8")
        indexed.bot.index(rebuild=True)
        before, changes = indexed.contents(), indexed.bot.changes()
        backups.backup(indexed.settings.data_dir, tmp_path / "backup.zip")

        backups.restore(tmp_path / "backup.zip", tmp_path / "restored")

        with PolicyBot(
            indexed.settings.model_copy(update={"data_dir": tmp_path / "restored"}), embedding_models=indexed.models
        ) as bot:
            assert (indexed.contents(bot), bot.changes()) == (before, changes)
            assert bot.index().embedded == 0

    def test_damaged_backup_touches_nothing(self, indexed: IndexedFolder, tmp_path: Path) -> None:
        """A backup whose parts are changed by one bit is refused before anything is replaced."""
        indexed.write("a.md", "# A\n\nText.\n")
        indexed.bot.index()
        file = tmp_path / "backup.zip"
        backups.backup(indexed.settings.data_dir, file)
        whole = file.read_bytes()
        before = indexed.contents()

        refused = 0
        for place in range(40, len(whole), max(len(whole) // 60, 1)):
            content = bytearray(whole)
            content[place] ^= 1
            file.write_bytes(content)
            try:
                backups.verify(file)
            except BackupError:
                refused += 1
                with pytest.raises(BackupError):
                    backups.restore(file, indexed.settings.data_dir, replace=True)

        # The few others are dates and the like in the archive's own records, which nobody reads.
        assert refused > 40
        assert indexed.contents() == before

    def test_full_folder_is_replaced_only_on_demand(self, indexed: IndexedFolder, tmp_path: Path) -> None:
        """A folder that holds something is refused; with replace it is kept under another name."""
        indexed.write("a.md", "# A\n\nText.\n")
        indexed.bot.index()
        file, other = tmp_path / "backup.zip", tmp_path / "other"
        backups.backup(indexed.settings.data_dir, file)
        other.mkdir()
        (other / "kept").write_text("kept")
        with pytest.raises(BackupError, match="--replace"):
            backups.restore(file, other)

        backups.restore(file, other, replace=True)

        assert (other / "catalogue.sqlite3").exists()
        assert [p.read_text() for p in tmp_path.glob("other.before-*/kept")] == ["kept"]

    def test_backup_that_names_places_outside_is_refused(self, tmp_path: Path) -> None:
        """No backup writes beside the data folder."""
        manifest = (
            '{"layout": 1, "format": 1, "policybot": "0", "created_at": "2031", '
            '"files": [{"name": "../x", "bytes": 0, "sha256": ""}]}'
        )
        with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
            archive.writestr("policybot-backup.json", manifest)

        with pytest.raises(BackupError, match="outside"):
            backups.restore(tmp_path / "evil.zip", tmp_path / "data")
