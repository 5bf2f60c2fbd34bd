"""What indexing tells of a change, and what stays of the past."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest
from indexed_folder import IndexedFolder

from policybot import PolicyBot
from policybot.domain import Citation
from policybot.domain.changes import DocumentChange
from policybot.errors import PrunedVersion, StoreError, UnknownDocument
from policybot.indexing import open_index
from policybot.indexing.places import current
from policybot.rendering import changes_as_text
from policybot.store.quotes import QuoteRecords

HARBOUR = """# Harbour

## Trees

The council plants 4,200 trees.

## Quays

The new quay opens in 2031.
"""


def _quote(folder: IndexedFolder, name: str, quote: str) -> Citation:
    """Note that an answer of conversation c1 quoted this."""
    document = folder.bot.document(name)
    start = document.text.index(quote)
    citation = Citation(
        1, quote, start, start + len(quote), name, document.id, document.version, "p", "Harbour", "", "", "", None, "",
        "en",
    )  # fmt: skip
    with closing(QuoteRecords(folder.settings.data_dir)) as quotes:
        quotes.add("c1", "How many trees?", [citation])
    return citation


def test_change_shows_its_section_old_and_new(indexed: IndexedFolder) -> None:
    """Of an edited document the sections that differ are told, with both texts; the others are not."""
    path = indexed.write("harbour.md", HARBOUR)
    indexed.bot.index()
    path.write_text(HARBOUR.replace("4,200", "9,900"), encoding="utf-8")

    change = indexed.bot.index().changes[0]

    assert [(s.section, s.before, s.after) for s in change.sections] == [
        (("Trees",), "The council plants 4,200 trees.", "The council plants 9,900 trees.")
    ]
    assert (change.kind, change.came_count, change.went_count, change.kept_count) == ("changed", 1, 1, 1)


def test_change_names_the_answers_that_lost_their_ground(indexed: IndexedFolder) -> None:
    """An earlier answer is named when its quote is gone, and only then; also when the whole document is."""
    path = indexed.write("harbour.md", HARBOUR)
    indexed.bot.index()
    _quote(indexed, "harbour.md", "The council plants 4,200 trees.")
    _quote(indexed, "harbour.md", "The new quay opens in 2031.")
    indexed.write("other.md", "# Other\n\nText.\n")
    path.write_text(HARBOUR.replace("4,200", "9,900"), encoding="utf-8")
    edited = next(change for change in indexed.bot.index().changes if change.kind == "changed")
    path.unlink()

    deleted = indexed.bot.index().changes[0]

    assert [lost.quote for lost in edited.lost_quotes] == ["The council plants 4,200 trees."]
    assert [lost.quote for lost in deleted.lost_quotes] == ["The new quay opens in 2031."]


def test_answers_of_conversations_are_noted_and_forgotten(quoting_bot: PolicyBot) -> None:
    """What an answer of a conversation quotes is noted, until the conversation is deleted; nothing of other answers."""
    answer = quoting_bot.conversation("noted").ask("How many trees does the council want to plant?")
    quoting_bot.ask("Which ferry lines will run on batteries?")
    document_id = answer.citations[0].document_id
    with closing(QuoteRecords(quoting_bot.settings.data_dir)) as quotes:
        noted = [quote for quote in quotes.of(document_id) if quote.conversation == "noted"]
        quoting_bot.forget("noted")
        left = [quote for quote in quotes.of(document_id) if quote.conversation == "noted"]

    assert [quote.quote for quote in noted] == [c.quote for c in answer.citations if c.document_id == document_id]
    assert left == []


def test_changes_are_remembered(indexed: IndexedFolder) -> None:
    """The changes that a run reports can be looked up afterwards, the latest first, and survive JSON."""
    path = indexed.write("harbour.md", HARBOUR)
    first = indexed.bot.index().changes
    path.write_text(HARBOUR.replace("2031", "2032"), encoding="utf-8")
    second = indexed.bot.index().changes

    kept = indexed.bot.changes()

    assert kept == (*second, *first)
    assert DocumentChange.of(json.loads(json.dumps(asdict(second[0])))) == second[0]


def test_changes_show_both_texts_side_by_side(indexed: IndexedFolder) -> None:
    """In the terminal the old text stands left of the new one, and no document can steer the terminal."""
    path = indexed.write("harbour.md", HARBOUR)
    indexed.bot.index()
    path.write_text(HARBOUR.replace("4,200", "\x1b[31m9,900"), encoding="utf-8")

    shown = changes_as_text(indexed.bot.index().changes, language="en", width=100)

    assert any("4,200" in line.split("│")[0] and "9,900" in line.split("│")[1] for line in shown.splitlines())
    assert "\x1b" not in shown


def test_moved_file_keeps_identity_and_vectors(indexed: IndexedFolder) -> None:
    """A renamed file keeps its id and its citations, nothing is embedded anew, and its old name still opens it."""
    path = indexed.write("harbour.md", HARBOUR)
    indexed.bot.index()
    before = indexed.bot.documents()[0]
    indexed.embedded()
    (indexed.documents / "archive").mkdir()
    path.rename(indexed.documents / "archive" / "port.md")

    report = indexed.bot.index()

    assert (report.embedded, indexed.embedded()) == (0, [])
    assert [(c.kind, c.before, c.name) for c in report.changes] == [("moved", "harbour.md", "archive/port.md")]
    assert [d.id for d in indexed.bot.documents()] == [before.id]
    assert indexed.bot.document("harbour.md", version=before.version).text == HARBOUR


def test_file_in_the_place_of_a_moved_one_is_another(indexed: IndexedFolder) -> None:
    """A new file where a moved one lay has an identity of its own, and the name is the new file's."""
    path = indexed.write("harbour.md", HARBOUR)
    indexed.bot.index()
    path.rename(indexed.documents / "port.md")
    indexed.bot.index()
    path.write_text("# Another\n\nText.\n", encoding="utf-8")

    indexed.bot.index()

    assert len({d.id for d in indexed.bot.documents()}) == 2
    assert indexed.bot.document("harbour.md").metadata.title == "Another"


def test_only_changed_passages_are_embedded(indexed: IndexedFolder) -> None:
    """A paragraph put in front of a long text moves everything and embeds itself alone."""
    body = "".join(f"## Section {i}\n\nThe council decided number {i}.\n\n" for i in range(60))
    path = indexed.write("long.md", f"# Long\n\n{body}")
    indexed.bot.index()
    indexed.embedded()
    path.write_text(f"# Long\n\nA preface about ferries.\n\n{body}", encoding="utf-8")

    report = indexed.bot.index()

    assert report.embedded == 1
    assert set(indexed.embedded()) == {"Long\nA preface about ferries."}


class TestVersions:
    """Old versions open until they are pruned."""

    def test_old_version_opens_after_the_document_is_gone(self, indexed: IndexedFolder) -> None:
        """The text that a citation names opens after its document was edited and then deleted."""
        path = indexed.write("harbour.md", HARBOUR)
        indexed.write("other.md", "# Other\n\nText.\n")
        indexed.bot.index()
        citation = _quote(indexed, "harbour.md", "The council plants 4,200 trees.")
        path.write_text("# Harbour\n\nNothing.\n", encoding="utf-8")
        indexed.bot.index()
        path.unlink()
        indexed.bot.index()

        document = indexed.bot.document(citation.document_id, version=citation.version)

        assert document.text[citation.start : citation.end] == citation.quote
        with pytest.raises(UnknownDocument):
            indexed.bot.document("harbour.md")

    def test_pruned_version_says_when_it_was_pruned(self, tmp_path: Path) -> None:
        """Beyond the number that is kept the oldest versions go, and opening one says that it went and when."""
        with IndexedFolder(tmp_path, keep_versions=1) as indexed:
            versions = []
            for year in (2031, 2032, 2033):
                indexed.write("harbour.md", HARBOUR.replace("2031", str(year)))
                report = indexed.bot.index()
                versions.append(indexed.bot.document("harbour.md").version)

            assert report.pruned == 1
            assert "2032" in indexed.bot.document("harbour.md", version=versions[1]).text
            with pytest.raises(PrunedVersion, match=r"removed on \d{4}-\d\d-\d\d at .* POLICYBOT_KEEP_VERSIONS"):
                indexed.bot.document("harbour.md", version=versions[0])

    def test_old_versions_go_by_age(self, tmp_path: Path) -> None:
        """A version that was replaced longer ago than versions are kept is pruned; the current one never is."""
        with IndexedFolder(tmp_path, keep_versions_days=1) as indexed:
            indexed.write("harbour.md", HARBOUR)
            indexed.bot.index()
            first = indexed.bot.document("harbour.md").version
            indexed.write("harbour.md", HARBOUR.replace("2031", "2032"))
            indexed.bot.index()
            with closing(sqlite3.connect(tmp_path / "data" / "catalogue.sqlite3")) as db, db:
                db.execute("UPDATE versions SET replaced_at = '2001-01-01T00:00:00+00:00' WHERE replaced_at <> ''")
            report = indexed.bot.index()

            assert report.pruned == 1
            assert "2032" in indexed.bot.document("harbour.md").text
            with pytest.raises(PrunedVersion):
                indexed.bot.document("harbour.md", version=first)

    def test_pruned_version_that_comes_back_opens(self, tmp_path: Path) -> None:
        """A text that is put back is its document's version again, whatever was pruned before."""
        with IndexedFolder(tmp_path, keep_versions=0) as indexed:
            indexed.write("harbour.md", HARBOUR)
            indexed.bot.index()
            first = indexed.bot.document("harbour.md").version
            indexed.write("harbour.md", "# Another\n\nText.\n")
            indexed.bot.index()
            indexed.write("harbour.md", HARBOUR)
            indexed.bot.index()

            assert indexed.bot.document("harbour.md", version=first).text == HARBOUR


def test_same_text_in_two_formats_is_named_once(indexed: IndexedFolder) -> None:
    """The same text as Markdown and as HTML is one text under two names; another text is not."""
    indexed.write("harbour.md", HARBOUR)
    html = "<h1>Harbour</h1><h2>Trees</h2><p>The council plants 4,200 trees.</p><h2>Quays</h2>"
    indexed.write("harbour.html", f"<html><body>{html}<p>The new quay opens in 2031.</p></body></html>")
    indexed.write("other.md", HARBOUR.replace("2031", "2032"))

    report = indexed.bot.index()

    assert [same.names for same in report.duplicates.documents] == [("harbour.html", "harbour.md")]
    assert indexed.bot.duplicates() == report.duplicates


def test_boilerplate_is_told_once_with_all_its_origins(indexed: IndexedFolder) -> None:
    """A passage that several different documents repeat is named once, with each of them."""
    notice = "This document is published under the terms of the council and binds nobody whosoever."
    for name in ("a", "b", "c"):
        indexed.write(f"{name}.md", f"# {name}\n\nOnly {name} says so.\n\n## Notice\n\n{notice}\n")

    passages = indexed.bot.index().duplicates.passages

    assert [(each.text, each.names) for each in passages] == [(notice, ("a.md", "b.md", "c.md"))]


def test_data_folder_of_the_last_format_is_brought_forward(tmp_path: Path) -> None:
    """A catalogue of format 2 opens with all it held; nothing is embedded again, and copies are recognised."""
    from policybot.store.catalogue.format import _FIRST, _TERMS

    with IndexedFolder(tmp_path) as indexed:
        indexed.write("a.md", HARBOUR)
        indexed.write("b.md", HARBOUR)
        indexed.bot.index()
        before = indexed.contents()
    path = tmp_path / "data" / "catalogue.sqlite3"
    with closing(sqlite3.connect(path)) as new, closing(sqlite3.connect(tmp_path / "old.sqlite3")) as old:
        for statement in (_FIRST + _TERMS).split(";\n"):
            old.execute(statement)
        for table in ("documents", "versions", "passages", "terms", "keywords"):
            columns = [row[1] for row in old.execute(f"PRAGMA table_info({table})")]
            rows = new.execute(
                f"SELECT {'rowid, ' * (table == 'keywords')}{', '.join(columns)} FROM {table}"
            ).fetchall()
            names = ["rowid", *columns] if table == "keywords" else columns
            old.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", rows)
        old.execute("PRAGMA user_version = 2")
        old.commit()
    for each in path.parent.glob("catalogue.sqlite3*"):
        each.unlink()
    (tmp_path / "old.sqlite3").rename(path)

    with IndexedFolder(tmp_path) as indexed:
        after = indexed.contents()
        report = indexed.bot.index()

        assert after == before
        assert (report.embedded, report.changes, report.rebuilt) == (0, (), False)
        assert [same.names for same in report.duplicates.documents] == [("a.md", "b.md")]


def test_catalogue_of_format_3_finds_traditional_characters(tmp_path: Path) -> None:
    """What format 3 kept of a text in traditional characters is worked out anew when it is opened; nothing else is."""
    with IndexedFolder(tmp_path) as indexed:
        indexed.write("harbour.md", HARBOUR)
        indexed.write("library.md", "# 圖書館條例\n\n讀者證押金為一百元，退證時全額退還。\n")
        indexed.bot.index()
    path = tmp_path / "data" / "catalogue.sqlite3"
    with closing(sqlite3.connect(path)) as db:
        kept = db.execute("SELECT rowid, tokens FROM keywords ORDER BY rowid").fetchall()
        keys = db.execute("SELECT number, text_key FROM passages ORDER BY number").fetchall()
        db.execute("UPDATE keywords SET tokens = '讀者 者證' WHERE tokens LIKE '%读者%'")
        db.execute("UPDATE passages SET text_key = 'k' WHERE text LIKE '%讀者%'")
        db.execute("PRAGMA user_version = 3")
        db.commit()

    with IndexedFolder(tmp_path) as indexed:
        report = indexed.bot.index()
        with open_index(current(indexed.settings.data_dir)) as index:
            found = index.catalogue.search_keywords("读者证押金", language="zh", limit=5)

        assert (len(found), report.embedded, report.changes) == (1, 0, ())
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT rowid, tokens FROM keywords ORDER BY rowid").fetchall() == kept
        assert db.execute("SELECT number, text_key FROM passages ORDER BY number").fetchall() == keys


def test_data_folder_of_a_later_format_is_refused(tmp_path: Path) -> None:
    """A catalogue that a later policybot wrote is not misread."""
    with IndexedFolder(tmp_path):
        pass
    with closing(sqlite3.connect(tmp_path / "data" / "catalogue.sqlite3")) as db:
        db.execute("PRAGMA user_version = 99")

    with pytest.raises(StoreError, match="format 99"):
        IndexedFolder(tmp_path)
