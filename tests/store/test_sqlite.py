"""The SQLite file that every store is kept in: whole changes, one thread at a time, errors with a next step."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from policybot.errors import StoreError
from policybot.store.accounts import Accounts
from policybot.store.catalogue.store import Store
from policybot.store.quotes import QuoteRecords
from policybot.store.records import Records
from policybot.store.sqlite import SqliteFile

SCHEMA = "CREATE TABLE IF NOT EXISTS quays (name TEXT PRIMARY KEY, metres INTEGER NOT NULL);"

STORES: dict[str, Callable[[Path], object]] = {
    "accounts": Accounts,
    "records": Records,
    "quotes": QuoteRecords,
    "catalogue": lambda folder: Store(folder / "catalogue.sqlite3"),
}


@pytest.fixture
def file(tmp_path: Path) -> SqliteFile:
    return SqliteFile(tmp_path / "quays.sqlite3", holds="quays", schema=SCHEMA)


@pytest.mark.parametrize("name", STORES)
def test_a_file_that_is_no_database_is_named_with_the_next_step(name: str, tmp_path: Path) -> None:
    """Whichever store it is, the error says what cannot be used, where it lies, why, and what to do."""
    path = tmp_path / f"{name}.sqlite3"
    path.write_bytes(b"no database " * 100)

    with pytest.raises(StoreError) as caught:
        STORES[name](tmp_path)

    for told in (f"The {name} in {path} cannot be used", "not a database", "is writable", "POLICYBOT_DATA_DIR"):
        assert told in str(caught.value)


@pytest.mark.parametrize("name", STORES)
def test_a_folder_that_cannot_be_made_is_an_error_of_the_store(name: str, tmp_path: Path) -> None:
    """What the system raises is told like what SQLite raises."""
    (tmp_path / "taken").write_bytes(b"")

    with pytest.raises(StoreError, match=f"The {name} in .*taken"):
        STORES[name](tmp_path / "taken")


def test_a_change_is_made_whole_or_not_at_all(file: SqliteFile) -> None:
    """What fails within a transaction leaves nothing of it behind, and the next one works."""
    with pytest.raises(StoreError, match="UNIQUE"), file.transaction() as db:
        db.executemany("INSERT INTO quays VALUES (?, ?)", [("north", 200), ("south", 90), ("north", 1)])
    assert file.rows("SELECT * FROM quays") == []

    with file.transaction() as db:
        db.execute("INSERT INTO quays VALUES ('north', 200)")
    assert file.rows("SELECT * FROM quays") == [("north", 200)]


def test_what_sqlite_has_rolled_back_keeps_its_own_error(file: SqliteFile) -> None:
    """An error after which SQLite ended the transaction itself is told, not that there is none to roll back."""
    with pytest.raises(StoreError, match="constraint failed"), file.transaction() as db:
        db.execute("INSERT INTO quays VALUES ('north', 200)")
        db.execute("INSERT OR ROLLBACK INTO quays VALUES ('north', 201)")

    assert file.rows("SELECT * FROM quays") == []


def test_one_thread_at_a_time(file: SqliteFile) -> None:
    """Changes of many threads are all made, none within another's transaction."""

    def add(number: int) -> int:
        with file.transaction() as db:
            (count,) = db.execute("SELECT count(*) FROM quays").fetchone()
            db.execute("INSERT INTO quays VALUES (?, ?)", (f"quay {number}", count))
        return number

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(add, range(40))) == list(range(40))
    assert [row[0] for row in file.rows("SELECT metres FROM quays ORDER BY metres")] == list(range(40))


def test_another_process_reads_what_was_committed(file: SqliteFile) -> None:
    """A statement by itself is committed at once; the number of rows it changed is told."""
    assert file.execute("INSERT INTO quays VALUES ('north', 200), ('south', 90)") == 2

    other = sqlite3.connect(file.path)
    assert other.execute("SELECT count(*) FROM quays").fetchone() == (2,)
    other.close()


def test_letters_beyond_ascii_are_folded(file: SqliteFile) -> None:
    """``casefold`` in SQL is Python's."""
    assert file.rows("SELECT casefold('ÄÖ Straße')") == [("äö strasse",)]


def test_a_private_file_is_its_owners_alone(tmp_path: Path) -> None:
    """Nobody else may read hashes of passwords."""
    with Accounts(tmp_path):
        assert stat.S_IMODE((tmp_path / "accounts.sqlite3").stat().st_mode) == 0o600
