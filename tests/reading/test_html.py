from __future__ import annotations

import json

import pytest

from policybot.errors import BrokenFile

BODY = "<p>Innovation leads the development of new quality productive forces in every region of the country.</p>"


def page(body: str, head: str = "", lang: str = "en") -> str:
    """A whole page with this body."""
    return f"<!doctype html><html lang='{lang}'><head>{head}</head><body>{body}</body></html>"


def test_structure(read_bytes) -> None:
    """Headings, lists and tables stay; emphasis, links and pictures leave only their text."""
    document = read_bytes(
        page(
            "<h1>Plan</h1><p>A <b>new</b> <a href='/x'>goal</a> of 5*3 snake_case.<img src=x alt=Chart></p>"
            "<h2>Aims</h2><ul><li>One</li><li>Two<ul><li>Inner</li></ul></li></ul><ol><li>First</li></ol>"
            "<table><tr><th>Year</th><th>GW</th></tr><tr><td>2024</td><td>5|6</td></tr></table>"
        ),
        "a.html",
    )

    expected = (
        "# Plan\n\nA new goal of 5*3 snake_case.\n\n## Aims\n\n- One\n- Two\n  - Inner\n\n1. First\n\n"
        "| Year | GW |\n| --- | --- |\n| 2024 | 5\\|6 |"
    )
    assert (expected, "markdown", 0) == (document.text, document.markup, document.body_start)


@pytest.mark.parametrize(
    "junk",
    [
        "<nav>JUNK</nav>",
        "<header>JUNK</header>",
        "<footer>JUNK</footer>",
        "<aside>JUNK</aside>",
        "<form>JUNK<input></form>",
        "<script>JUNK</script>",
        "<style>JUNK</style>",
        "<noscript>JUNK</noscript>",
        "<template>JUNK</template>",
        "<svg><text>JUNK</text></svg>",
        "<iframe>JUNK</iframe>",
        "<div hidden>JUNK</div>",
        "<div aria-hidden=true>JUNK</div>",
        "<div style='display:none'>JUNK</div>",
        "<!-- JUNK -->",
        "<nav><form><div hidden>JUNK</div></form></nav>",
    ],
)
def test_surroundings_go(read_bytes, junk: str) -> None:
    """What surrounds the content of a page is no content."""
    assert "JUNK" not in read_bytes(page(junk + BODY + junk), "a.html").text


def test_main_part(read_bytes) -> None:
    """The article is the content when it holds most of the text, and keeps its header with the heading."""
    article = f"<main><div>Share this</div><article><header><h1>Plan</h1></header>{BODY}</article></main>"

    document = read_bytes(page(f"<div>Weather: mild</div>{article}"), "a.html")

    assert document.text.startswith("# Plan\n\nInnovation")
    assert "Weather" not in document.text and "Share" not in document.text


@pytest.mark.parametrize("wrapper", ["<form>{}</form>", "<main></main>{}", "<article>Teaser</article>{}"])
def test_misused_elements(read_bytes, wrapper: str) -> None:
    """A form around the whole page and an empty main part do not lose the content."""
    assert "Innovation leads" in read_bytes(page(wrapper.format(BODY * 3)), "a.html").text


def test_layout_table(read_bytes) -> None:
    """A table that only arranges the page becomes paragraphs, a table of data in it stays a table."""
    data = "<table><tr><th>Year</th></tr><tr><td>2024</td></tr></table>"

    document = read_bytes(page(f"<table><tr><td>Left</td><td>{BODY}{data}</td></tr></table>"), "a.html")

    assert document.text.startswith("Left\n\nInnovation")
    assert document.text.endswith("| Year |\n| --- |\n| 2024 |")


def test_chinese_indents_and_breaks(read_bytes) -> None:
    """Indents made of blanks do not become code, and doubled line breaks part paragraphs."""
    document = read_bytes(page("<div>　　第一段。<br><br>&nbsp;&nbsp;&nbsp;&nbsp;第二段。</div>", lang="zh"), "a.html")

    assert document.text == "第一段。\n\n第二段。"


def test_metadata_of_tags(read_bytes) -> None:
    """Title, publisher, date and address come from the page's tags."""
    head = (
        "<title>A plan - Ministry</title><meta property='og:site_name' content='Ministry'>"
        "<meta name=PubDate content='2024/3/7 10:00'><link rel=canonical href='https://m.gov/a'>"
    )

    found = read_bytes(page(BODY, head), "a.html").metadata

    assert (
        found.title,
        found.publisher,
        found.published,
        found.url,
    ) == ("A plan", "Ministry", "2024-03-07", "https://m.gov/a")


def test_metadata_of_linked_data(read_bytes) -> None:
    """JSON-LD says more than tags do."""
    data = {"@graph": [{"@type": "WebSite"}, {"headline": "H", "datePublished": "2024-03-07T01:00:00+08:00",
            "publisher": {"name": "Xinhua"}}]}  # fmt: skip
    head = f"<title>T</title><script type='application/ld+json'>{json.dumps(data)}</script>"

    found = read_bytes(page(BODY, head), "a.html").metadata

    assert (found.title, found.publisher, found.published) == ("H", "Xinhua", "2024-03-07")


@pytest.mark.parametrize(
    "head",
    [
        "<script type='application/ld+json'>{broken</script>",
        "<script type='application/ld+json'>[1, null, {\"headline\": 5}]</script>",
        "<link rel=canonical href='javascript:alert(1)'><meta name=date content='soon'>",
        "<title></title><meta name=author content='https://facebook.com/x'>",
    ],
)
def test_worthless_metadata(read_bytes, head: str) -> None:
    """Metadata that cannot be used is left out; the page is read all the same."""
    found = read_bytes(page(f"<h1>Plan</h1>{BODY}", head), "a.html").metadata

    assert (found.title, found.publisher, found.published, found.url) == ("Plan", "", "", "")


def test_declared_language(read_bytes) -> None:
    """The declared language counts only where the text is too short to tell."""
    long_english = read_bytes(page(BODY, lang="zh-CN"), "a.html")
    short = read_bytes(page("<p>Plan 2024</p>", lang="fr"), "b.html")

    assert (long_english.metadata.language, short.metadata.language) == ("en", "fr")


def test_declared_encoding(read_bytes) -> None:
    """A page that declares GB2312 is read even if it uses characters of GB18030."""
    html = "<meta http-equiv=Content-Type content='text/html; charset=gb2312'><p>朱镕基说</p>"

    assert read_bytes(html.encode("gb18030"), "a.htm").text == "朱镕基说"


def test_unstorable_characters(read_bytes) -> None:
    """Characters that cannot be stored or seen never reach the text."""
    assert read_bytes("<p>a&#xD800;b&shy;&#8203;&#8238;c&#xFFFE;</p>", "a.html").text.replace("\ufffd", "") == "abc"


def test_nesting_without_end(read_bytes) -> None:
    """A page nested deeper than any parser follows is read or refused, it does not crash."""
    try:
        text = read_bytes("<div>" * 5_000 + "deep", "a.html").text
    except BrokenFile:
        text = "deep"

    assert text == "deep"
