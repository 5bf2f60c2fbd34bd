from __future__ import annotations

import datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from policybot.errors import FrontMatterError
from policybot.reading.front_matter import MAX_CHARS, FrontMatter, parse

FULL = """---
title: "New: quality"
publisher: State Council
published: 2024-03-07
url: https://www.gov.cn/a
language: zh_Hans
original_language: English
kind: plan
summary_of: "《求是》"
tags: [a, b]
---
# Body
"""


def test_all_keys() -> None:
    """Every known key is read, unknown ones are passed over, languages become ISO codes."""
    front = parse(FULL, name="a.md")

    expected = {
        "title": "New: quality",
        "publisher": "State Council",
        "published": "2024-03-07",
        "url": "https://www.gov.cn/a",
        "language": "zh",
        "original_language": "en",
        "kind": "plan",
        "summary_of": "《求是》",
    }
    assert expected == front.stated
    assert FULL[front.end :] == "# Body\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Heading",
        "---",
        "---\n\nA paragraph after a rule.\n\n---\n",
        "---\nA paragraph: with a colon later.\n---\n",
        "---\n- item\n---\n",
        "---\n# Heading\n\n---\n",
        "---\n# Heading\n\nNote: text\n",
        "----\ntitle: a\n----\n",
        "\n---\ntitle: a\n---\n",
    ],
)
def test_no_front_matter(text: str) -> None:
    """A horizontal rule at the top is no front matter, nor is anything below the first line."""
    assert FrontMatter() == parse(text, name="a.md")


def test_nothing_stated() -> None:
    """Empty values, null and comments state nothing."""
    text = "---\n# comment\ntitle:\nkind: ~\npublisher: ''\n---\nBody"

    front = parse(text, name="a.md")

    assert FrontMatter({}, len(text) - len("Body")) == front


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2024", "2024"),
        ("2024-03", "2024-03"),
        ("'2024-03-07'", "2024-03-07"),
        ("2024-03-07T10:00:00Z", "2024-03-07"),
        ("2024-03-07 10:00:00", "2024-03-07"),
    ],
)
def test_dates(stated: str, expected: str) -> None:
    """A date is a year, a month or a day; a time of day is dropped."""
    assert expected == parse(f"---\npublished: {stated}\n---\n", name="a.md").stated["published"]


@pytest.mark.parametrize(
    ("block", "message"),
    [
        pytest.param("title: a\npublished: 7 March", r"line 3: published is '7 March'.*YYYY-MM-DD", id="no date"),
        pytest.param("published: 2024-02-30", "line 2: published", id="no such day"),
        pytest.param("url: ftp://a.b/c", "line 2: url is.*http://", id="not of the web"),
        pytest.param("url: 'http://[a'", "line 2: url", id="no address at all"),
        pytest.param("url: 'javascript:alert(1)'", "line 2: url", id="a script"),
        pytest.param("language: Klingonish", "line 2: language is 'Klingonish'.*en or zh", id="no language"),
        pytest.param("title: [a, b]", "line 2: title must be a single value", id="a list"),
        pytest.param("title: a\nkind: b: c", "line 3:.*YAML.*quotation marks", id="colon in a value"),
        pytest.param('title: "a', r"line \d: .*YAML", id="open quotation mark"),
        pytest.param("title: &x a\nkind: *x", "line 2: .*anchors", id="anchors"),
        pytest.param("kind: *x", "line 2: .*anchors", id="aliases"),
        pytest.param("title: " + "[" * 60_000, "nests deeper", id="deep nesting"),
        pytest.param("title: \x01", "YAML", id="control characters"),
        pytest.param("title: a\n" + "# long\n" * MAX_CHARS, "longer than", id="huge"),
    ],
)
def test_wrong(block: str, message: str) -> None:
    """An error names the file, the line, and what to write instead."""
    with pytest.raises(FrontMatterError, match=rf"(?s)^a\.md, .*{message}"):
        parse(f"---\n{block}\n---\nBody", name="a.md")


def test_never_closed() -> None:
    """Keys after an opening line that is never closed are an error: it would all be cited as text."""
    with pytest.raises(FrontMatterError, match=r"^a\.md, line 1: .*never closed.*Put a line ---"):
        parse("---\ntitle: a\n\n# Body\n", name="a.md")


LINE = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=60)


@given(title=LINE, publisher=LINE, published=st.dates(min_value=datetime.date(1000, 1, 1)), body=st.text())
def test_round_trip(title: str, publisher: str, published: datetime.date, body: str) -> None:
    """What YAML writes as front matter is read back, whatever the body is."""
    stated = {"title": title, "publisher": publisher, "published": published.isoformat()}
    opening = f"---\n{yaml.safe_dump(stated, allow_unicode=True)}---\n"

    front = parse(opening + body, name="a.md")

    assert FrontMatter(stated, len(opening)) == front
