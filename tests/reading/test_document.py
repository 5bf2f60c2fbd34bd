from __future__ import annotations

import re
from pathlib import Path

import pytest

import policybot.reading
from policybot.errors import BrokenFile, EmptyDocument, ReadingError, ReadingLimit, UnsupportedFormat
from policybot.reading import SUFFIXES, find, read, size

DOCUMENTS = Path(__file__).parents[2] / "documents"


def test_exported_members() -> None:
    """The public surface is exactly this."""
    exported = """
        SUFFIXES PageMark Refusal Survey WebPage Worker document_of find page_mark page_picture read
        read_url survey web_document_id
    """

    assert policybot.reading.__all__ == exported.split()


def test_shipped_documents_keep_their_text() -> None:
    """Text and offsets of a Markdown document are those of its file, and its front matter is understood."""
    for name, path in find(DOCUMENTS):
        document = read(path, name=name, document_id="d1", max_bytes=1_000_000)

        assert path.read_text(encoding="utf-8-sig") == document.text
        assert document.text[document.body_start :].lstrip().startswith("# ")
        assert ("zh" if "-zh" in name else "en") == document.metadata.language
        assert document.metadata.publisher and document.metadata.published and document.metadata.url


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("---\ntitle: Stated\n---\n# Heading\n\nText.", "Stated", id="front matter first"),
        pytest.param("Text.\n\n## A *bold* `plan`\n", "A bold plan", id="then the first heading"),
        pytest.param("Text.", "hydrogen plan 2024", id="then the file name"),
        pytest.param("---\ntitle: 2024\n---\nText.", "2024", id="a number is a title"),
        pytest.param('---\ntitle: ""\n---\nText.', "hydrogen plan 2024", id="an empty title is none"),
        pytest.param("---\ntitle: 'A \u202eb\u200bc   d'\n---\nText.", "A bc d", id="invisible characters go"),
    ],
)
def test_title(read_bytes, text: str, expected: str) -> None:
    """The title is what the front matter says, else the first heading, else the file's name."""
    document = read_bytes(text, "a/hydrogen-plan_2024.md")

    assert expected == document.metadata.title


def test_title_is_bounded(read_bytes) -> None:
    """A title has at most 300 characters."""
    document = read_bytes("# " + "long " * 200)

    assert len(document.metadata.title) <= 300


@pytest.mark.parametrize("name", [f"plan{suffix}" for suffix in sorted(SUFFIXES)])
def test_larger_than_allowed(read_bytes, name: str) -> None:
    """A file over the limit is refused with its size and the setting that raises it."""
    with pytest.raises(BrokenFile, match=rf"{name}.*2\.0 MB.*1\.0 MB.*POLICYBOT_MAX_FILE_MB"):
        read_bytes(b"x" * 2_000_000, name, max_bytes=1_000_000)


@pytest.mark.parametrize("name", [f"plan{suffix}" for suffix in sorted(SUFFIXES)])
def test_empty_file(read_bytes, name: str) -> None:
    """A file without a byte is an empty document."""
    with pytest.raises(EmptyDocument, match=name):
        read_bytes(b"", name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", " \n\t\n"),
        ("a.md", "---\ntitle: A\n---\n\n"),
        ("a.txt", "\ufeff  \r\n"),
        ("a.html", "<p> </p>"),
    ],
)
def test_only_white_space(read_bytes, name: str, text: str) -> None:
    """White space, and front matter without a body, are no text."""
    with pytest.raises(EmptyDocument, match=name):
        read_bytes(text, name)


def test_missing_file(tmp_path: Path) -> None:
    """A file that vanished is named with its path."""
    with pytest.raises(ReadingError, match=r"gone\.md: there is no such file"):
        read(tmp_path / "gone.md", name="gone.md", document_id="d1", max_bytes=10)


def test_unknown_suffix(tmp_path: Path) -> None:
    """The message for an unknown format lists those that can be read."""
    with pytest.raises(UnsupportedFormat, match=r"plan\.xyz.*\.docx, .*\.htm, \.html"):
        read(tmp_path / "plan.xyz", name="plan.xyz", document_id="d1", max_bytes=10)


def test_suffix_in_capitals(read_bytes) -> None:
    """The suffix counts in any case."""
    assert read_bytes("Text.", "PLAN.MD").text == "Text."


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("characters.txt", "a" * (size.MAX_CHARS + 1)),
        ("lines.txt", "a\n\n" * (size.MAX_LINES // 2 + 1)),
        ("headings.md", "# a\n" * (size.MAX_BLOCKS + 1)),
        ("nested.md", f"{'- ' * 20}a\n" * (size.MAX_BLOCKS // 40)),
    ],
    ids=lambda value: value if len(value) < 20 else "text",
)
def test_too_much_text_is_refused(tmp_path: Path, name: str, text: str) -> None:
    """What would take too much memory to split is refused when it is read, with how much it holds."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ReadingLimit, match=rf"^{re.escape(name)}: the file holds [\d.]+ million (characters|lines)"):
        read(path, name=name, document_id="d", max_bytes=200_000_000)


def test_rows_of_tables_are_no_blocks(tmp_path: Path) -> None:
    """A table may have more rows than a text may have paragraphs."""
    path = tmp_path / "rows.md"
    path.write_text("| a | b |\n| - | - |\n" + "| 1 | 2 |\n" * (size.MAX_BLOCKS + 1), encoding="utf-8")

    assert read(path, name="rows.md", document_id="d", max_bytes=200_000_000).text.count("\n") > size.MAX_BLOCKS
