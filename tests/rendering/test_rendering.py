"""Answers and documents as text, Markdown, JSON and HTML."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from policybot.domain import Answer, Citation, Document, Hit, Metadata, Passage, Sentence
from policybot.errors import UnknownDocument
from policybot.rendering import (
    LANGUAGES,
    STRINGS,
    answer_html,
    as_json,
    as_markdown,
    as_text,
    cited,
    document_html,
    found,
    found_html,
    inline_html,
    preferred_language,
    shortened,
    source_html,
    sources_html,
    web_address,
)

SHOWN = Path(__file__).parents[2] / "documents"

CITATION = Citation(
    number=1,
    quote="GDP grew by 5.2 percent.",
    start=0,
    end=24,
    document="report.md",
    document_id="d1",
    version="v1",
    passage_id="p1",
    title="Report 2024",
    publisher="State Council",
    published="2024-03-05",
    section="Targets > Growth",
    page=3,
    url="https://example.org/report",
    language="en",
)
ANSWER = Answer(
    "How much did GDP grow?",
    "answered",
    "en",
    sentences=(Sentence("GDP grew by 5.2 percent.", "supported", (1,)),),
    citations=(CITATION,),
)
PASSAGE = Passage("p1", "d1", "report.md", "Report 2024", "GDP grew.", 0, 9, ("Targets",), None, "en", 0)
HIT = Hit(PASSAGE, Metadata("Report 2024", publisher="State Council"), "v1", 1, 0.5, 0.1)
ABSTAINED = Answer("Who won?", "abstained", "en", message="The documents do not say who won.", hits=(HIT,))

TAGS_OF_DOCUMENTS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("strong", "em", "s", "a", "table", "thead", "tbody", "tr", "th", "td", "span", "mark"),
}
ATTRIBUTES = {("a", "href"), ("a", "rel"), ("a", "target"), ("mark", "id")}


def document(text: str, *, markup: str = "markdown", body_start: int = 0) -> Document:
    assert markup in ("markdown", "plain")
    return Document("d1", "report.md", text, markup, Metadata("Report"), body_start)  # type: ignore[arg-type]


def marked(html: str) -> str:
    return "".join(mark.get_text() for mark in BeautifulSoup(html, "html.parser").find_all("mark"))


def highlighted(text: str, quote: str, *, markup: str = "markdown") -> str:
    start = text.index(quote)
    return marked(document_html(document(text, markup=markup), start, start + len(quote)))


def unspaced(text: str) -> str:
    return re.sub(r"\s", "", text)


def elements(html: str) -> list[Tag]:
    return [element for element in BeautifulSoup(html, "html.parser").find_all(True) if isinstance(element, Tag)]


class TestDocumentHtml:
    """The document with the quote marked."""

    @pytest.mark.parametrize(
        ("text", "quote", "expected"),
        [
            pytest.param("One. Two. Three.", "Two.", "Two.", id="a sentence"),
            pytest.param("**Bold start** and more.", "**Bold start** and", "Bold start and", id="emphasis"),
            pytest.param("Say **bold** now.", "bold** now", "bold now", id="begins inside emphasis"),
            pytest.param(
                "See [the report](https://x.org/a) here.",
                "[the report](https://x.org/a)",
                "the report",
                id="a link",
            ),
            pytest.param("- one\n- two\n- three\n", "- one\n- two", "onetwo", id="list items"),
            pytest.param("1. one\n2. two\n", "1. one\n2. two", "onetwo", id="numbered list"),
            pytest.param("> quoted words\n", "> quoted words", "quoted words", id="block quote"),
            pytest.param("# Title\n\nText.\n", "# Title\n\nText.", "TitleText.", id="several blocks"),
            pytest.param("A says (“yes”). Then", "(“yes”).", "(“yes”).", id="punctuation at both ends"),
            pytest.param("R&amp;D costs &lt; 3.", "&amp;D costs &lt;", "&D costs <", id="entities at both ends"),
            pytest.param("| a | b |\n|---|---|\n| 1 | 2 |\n", "| a | b |\n|---|---|\n| 1 |", "ab1", id="table cells"),
            pytest.param("```\ncode here\n```\n", "code here", "code here", id="code block"),
            pytest.param("他点名了四类产业：新能源。其他。", "四类产业：新能源。", "四类产业：新能源。", id="chinese"),
            pytest.param("Same word, same word.", "word.", "word.", id="the second of two alike"),
            pytest.param("2 * 3 * 4 = 24", "* 4 = 24", "* 4 = 24", id="asterisk that is text"),
        ],
    )
    def test_marks_the_quote(self, text: str, quote: str, expected: str) -> None:
        """The marked text is the quote without its markup."""
        assert unspaced(expected) == unspaced(highlighted(text, quote))

    def test_same_word_twice(self) -> None:
        """The place decides what is marked, not the words."""
        html = document_html(document("no yes no yes no"), 10, 13)

        assert html.strip() == '<p>no yes no <mark id="quote">yes</mark> no</p>'

    def test_front_matter_is_hidden(self) -> None:
        """What stands before the body is not shown, and a quote that begins there is marked from the body on."""
        text = "---\ntitle: Secret\n---\nBody text."
        html = document_html(document(text, body_start=22), 4, 26)

        assert "Secret" not in html
        assert marked(html) == "Body"

    def test_plain_paragraphs(self) -> None:
        """Plain text keeps its paragraphs, and Markdown signs in it are text."""
        html = document_html(document("# one *two*\n\nthree", markup="plain"), 2, 16)

        assert html == '<p># <mark id="quote">one *two*</mark></p><p><mark>thr</mark>ee</p>'

    @pytest.mark.parametrize("stretch", [(0, 0), (3, 3), (90, 99), (5, 2)])
    def test_nothing_to_mark(self, stretch: tuple[int, int]) -> None:
        """An empty stretch or one outside the text marks nothing."""
        assert "<mark" not in document_html(document("Some text."), *stretch)

    def test_sentinels_in_the_text(self) -> None:
        """A document that holds the sentinels itself cannot move the mark."""
        html = document_html(document("a\U0010fffc b \U0010fffd c"), 3, 4)

        assert marked(html) == "b"

    def test_long_document(self) -> None:
        """Of a very long document the part around the quote is shown."""
        filler = (30 * "filler words " + "\n\n") * 1_000
        text = f"{filler}the needle\n\n{filler}"
        html = document_html(document(text), text.index("needle"), text.index("needle") + 6)

        assert marked(html) == "needle"
        assert len(html) < 600_000

    def test_images_are_not_loaded(self) -> None:
        """Of an image only the alternative text is left."""
        html = document_html(document("![a chart](https://example.org/x.png)"), 0, 0)

        assert html.strip() == "<p><span>a chart</span></p>"

    def test_links(self) -> None:
        """Web links open elsewhere and say nothing about where they were clicked; others are text."""
        html = document_html(document("[a](https://x.org) [b](/etc/passwd) [c](javascript:x) [d](data:,x)"), 0, 0)
        links = [element for element in elements(html) if element.name == "a"]

        assert [(link["href"], link["target"], link["rel"]) for link in links if link.get("href")] == [
            ("https://x.org", "_blank", ["noopener", "noreferrer", "nofollow"])
        ]

    @pytest.mark.parametrize("path", sorted(SHOWN.glob("[0-9]*.md")), ids=lambda path: path.name[:2])
    def test_every_sentence_of_the_collection(self, path: Path) -> None:
        """Sentences of the shipped documents without markup in them are marked exactly."""
        text = path.read_text(encoding="utf-8")
        body_start = text.index("\n---\n", 4) + 5
        shown = document(text, body_start=body_start)
        for match in list(re.finditer(r"(?:(?<=\. )|(?<=。))[^#|*\n_\[<`]+?[.。]", text[body_start:]))[:6]:
            start, end = body_start + match.start(), body_start + match.end()

            assert text[start:end].strip() == marked(document_html(shown, start, end)).strip()

    words = st.text("abcdefgh 中文字。，.()“”'-", min_size=1, max_size=12)
    pieces = st.one_of(
        words,
        words.map(lambda w: f"**{w.strip() or 'x'}**"),
        words.map(lambda w: f"[{w}](https://example.org/{len(w)})"),
        st.sampled_from(["\n\n", "\n- ", "\n1. ", "\n> ", "\n## ", "&amp;", "`code`", "\n\n| a | b |\n|---|---|\n| "]),
    )

    @given(st.lists(pieces, min_size=1, max_size=12), st.data())
    @settings(max_examples=150, deadline=None)
    def test_marks_lie_within_the_quote(self, parts: list[str], data: st.DataObject) -> None:
        """Marking changes nothing but the marks, and every marked letter is one of the quote's, in order."""
        text = "".join(parts)
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        html = document_html(document(text), start, end)
        without = document_html(document(text), 0, 0)

        # The parser makes one blank of several that stand alone, as browsers do.
        shown = [" ".join(BeautifulSoup(each, "html.parser").get_text().split()) for each in (without, html)]
        assert shown[0] == shown[1]
        source = iter(text[start:end].replace("&amp;", "&"))
        assert all(letter in source for letter in unspaced(marked(html)))

    @given(st.text("abc def中文。\n", max_size=60), st.data())
    @settings(max_examples=150, deadline=None)
    def test_plain_text_is_marked_exactly(self, text: str, data: st.DataObject) -> None:
        """In plain text every shown character of the quote is marked and no other."""
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))

        html = document_html(document(text, markup="plain"), start, end)

        assert unspaced(text[start:end]) == unspaced(marked(html))

    hostile = st.lists(
        st.one_of(
            st.text(max_size=8),
            st.sampled_from(
                [
                    "<script>alert(1)</script>",
                    "<img src=x onerror=alert(1)>",
                    "![x](http://evil.example/a.png)",
                    "[x](javascript:alert(1))",
                    "[x]( https://a.b/?\"onmouseover=alert(1) 'title')",
                    "<a href='//evil'>",
                    "<svg/onload=alert(1)>",
                    "```<b>\n",
                    "<!--",
                    "]]>",
                    "&lt;script&gt;",
                    "<style>*{}</style>",
                    "\U0010fffc",
                    "\U0010fffd",
                    "\x00",
                    "\n\n",
                    "| a |\n|---|\n",
                ]
            ),
        ),
        max_size=8,
    ).map("".join)

    @given(hostile, st.sampled_from(["markdown", "plain"]), st.data())
    @settings(max_examples=200, deadline=None)
    def test_hostile_text_stays_text(self, text: str, markup: str, data: st.DataObject) -> None:
        """Whatever a document holds, only allowed tags and attributes come out, and links lead to the web."""
        start = data.draw(st.integers(0, len(text)))
        html = document_html(document(text, markup=markup), start, data.draw(st.integers(start, len(text))))

        for element in elements(html):
            assert element.name in TAGS_OF_DOCUMENTS
            assert {(element.name, attribute) for attribute in element.attrs} <= ATTRIBUTES
            assert str(element.get("href", "https://")).startswith(("http://", "https://"))


class TestAnswerHtml:
    """Sentences, chips and lists of sources."""

    def test_chips(self) -> None:
        """A citation is a button that says where it leads, in its label and its tooltip."""
        html = answer_html(ANSWER.sentences, ANSWER.citations, turn="m1", language="en")
        (chip,) = [element for element in elements(html) if element.name == "button"]

        assert chip["data-ref"] == "m1:c1"
        assert chip["title"] == "Report 2024 · State Council · 2024-03-05"
        assert chip["aria-label"] == "Source 1: Report 2024 · State Council · 2024-03-05. Open the passage."
        assert chip.get_text() == "[1]"

    def test_lists_and_paragraphs(self) -> None:
        """Leads with line ends and list markers become paragraphs and lists."""
        sentences = [
            Sentence("Intro.", "supported"),
            Sentence("More.", "supported", lead=" "),
            Sentence("One.", "supported", lead="\n- "),
            Sentence("Two.", "supported", lead="\n- "),
            Sentence("First.", "supported", lead="\n1. "),
            Sentence("End.", "supported", lead="\n\n"),
        ]
        html = re.sub(r"</?span[^>]*>", "", answer_html(sentences, (), turn="m1", language="en"))

        expected = "<p>Intro. More.</p><ul><li>One.</li><li>Two.</li></ul><ol><li>First.</li></ol><p>End.</p>"
        assert expected == html

    def test_unknown_numbers_get_no_chip(self) -> None:
        """A citation that has not arrived yet is left out."""
        assert "<button" not in answer_html(ANSWER.sentences, (), turn="m1", language="en")

    def test_emphasis_only(self) -> None:
        """A sentence may be emphasised, everything else in it is text."""
        html = inline_html("**a** <b>x</b> [l](https://x.org) ![i](https://x.org/i.png) <script>")

        assert {"strong"} == {element.name for element in elements(html)}

    @given(st.text(max_size=40).map(lambda noise: f'{noise}"><script>alert(1)</script><img src=x onerror=y>'))
    @settings(max_examples=60, deadline=None)
    def test_hostile_metadata_stays_text(self, evil: str) -> None:
        """No field of a citation, a hit or a sentence becomes a tag, an attribute or a link."""
        citation = replace(
            CITATION,
            title=evil,
            publisher=evil,
            published=evil,
            section=evil,
            url=evil,
            quote=evil,
            language=evil,
        )
        reference = cited(citation)
        hit = found(replace(HIT, passage=replace(PASSAGE, title=evil, text=evil, section=(evil,))))
        html = "".join(
            (
                answer_html([Sentence(evil, "supported", (1,))], [citation], turn="m1", language="en"),
                sources_html([reference, hit], turn="m1", language="zh", heading=evil),
                found_html([hit], language="en"),
                source_html(reference, document(evil), turn="m1", neighbours=[reference], language="en"),
                source_html(hit, UnknownDocument(evil), turn="m1", neighbours=[hit], language="en"),
            )
        )

        for element in elements(html):
            assert element.name not in ("script", "img", "style", "iframe", "svg", "object")
            assert not [attribute for attribute in element.attrs if attribute.startswith("on")]
            assert element.name != "a"


class TestSourceHtml:
    """One opened source."""

    def test_card(self) -> None:
        """The card names what is known, links the original and leads to its neighbours."""
        other = replace(CITATION, number=2)
        html = source_html(
            cited(CITATION),
            document("GDP grew by 5.2 percent. More."),
            turn="m4",
            neighbours=[cited(CITATION), cited(other)],
            language="en",
        )
        soup = BeautifulSoup(html, "html.parser")

        assert "State Council" in soup.get_text()
        assert [button["data-ref"] for button in soup.select("[data-ref]")] == ["m4:c2"]
        assert soup.select_one("a.pb-original")["href"] == "https://example.org/report"  # type: ignore[index]
        assert soup.select_one("#quote").get_text() == "GDP grew by 5.2 percent."  # type: ignore[union-attr]

    def test_changed_document(self) -> None:
        """A document that no longer holds the quote is shown unmarked, with the quote above it."""
        html = source_html(
            cited(CITATION), document("Other text."), turn="m1", neighbours=[cited(CITATION)], language="en"
        )

        assert "has changed" in html
        assert "GDP grew by 5.2 percent." in html
        assert "<mark" not in html

    def test_missing_document(self) -> None:
        """When the document is gone, the quote is still there, with the reason."""
        gone = UnknownDocument("No indexed document has the id 'd1'.")
        html = source_html(cited(CITATION), gone, turn="m1", neighbours=[cited(CITATION)], language="zh")

        assert "无法显示该文件：没有这份文件。请刷新列表。（No indexed document has the id" in html
        assert "GDP grew by 5.2 percent." in html


class TestTexts:
    """Terminal, Markdown and JSON."""

    def test_terminal(self) -> None:
        """The text with its markers, then each source with its quote."""
        expected = (
            "GDP grew by 5.2 percent. [1]\n\nSources\n[1] Report 2024\n"
            "    State Council · 2024-03-05 · Targets > Growth · p. 3\n"
            "    “GDP grew by 5.2 percent.”\n    https://example.org/report\n"
        )

        assert expected == as_text(ANSWER)

    @pytest.mark.parametrize(("code", "line"), [("en", "Understood as: And 2031?"), ("zh", "理解为：And 2031?")])
    def test_terminal_understood(self, code: str, line: str) -> None:
        """How a follow-up was understood stands first, in the answer's language; nothing stands there for another."""
        told = as_text(replace(ANSWER, language=code, understood="And 2031?"))

        assert told.splitlines()[0] == line
        assert told.split("\n\n", 1)[1] == as_text(replace(ANSWER, language=code))

    def test_terminal_abstained(self) -> None:
        """An abstaining answer offers the nearest passages."""
        text = as_text(ABSTAINED)

        assert text.startswith("The documents do not say who won.\n\nNearest passages\n[1] Report 2024\n")

    def test_terminal_control_characters(self) -> None:
        """Escape sequences of a document do not reach the terminal."""
        evil = replace(
            ANSWER, citations=(replace(CITATION, title="\x1b[2Jx", quote="\x9b31my", url="https://a.b/\x1b"),)
        )

        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", as_text(evil))

    def test_markdown(self) -> None:
        """Citations are footnotes that link the original and quote it."""
        expected = (
            "GDP grew by 5.2 percent.[^1]\n\n[^1]: [Report 2024](<https://example.org/report>), State Council, "
            "2024-03-05, Targets \\> Growth, p. 3: “GDP grew by 5.2 percent.”\n"
        )

        assert expected == as_markdown(ANSWER)

    def test_markdown_escapes(self) -> None:
        """Titles and quotes cannot bring markup or links of their own."""
        evil = replace(CITATION, title="<b>[x](javascript:1)", quote="![i](http://e)", url="javascript:1")
        text = as_markdown(replace(ANSWER, citations=(evil,)))

        assert "\\<b\\>\\[x\\](javascript:1)" in text
        assert "\\!\\[i\\](http\\://e)" in text

    def test_markdown_abstained(self) -> None:
        """An abstaining answer lists the nearest passages."""
        assert "Nearest passages:\n\n- Report 2024, State Council, Targets: “GDP grew.”" in as_markdown(ABSTAINED)

    def test_json(self) -> None:
        """JSON holds every field, Chinese as itself."""
        values = json.loads(as_json(replace(ANSWER, question="增长多少？")))

        assert values["text"] == "GDP grew by 5.2 percent. [1]"
        assert values["citations"][0]["quote"] == "GDP grew by 5.2 percent."
        assert "增长多少？" in as_json(replace(ANSWER, question="增长多少？"))


class TestStrings:
    """What the page says."""

    def test_same_keys_and_fields(self) -> None:
        """Every string exists in every language, with the same fields."""

        def fields(text: str) -> set[str | None]:
            return {name for _, name, _, _ in Formatter().parse(text)} - {None}

        english = STRINGS["en"]
        for language in LANGUAGES:
            assert list(english) == list(STRINGS[language])
            for key, text in STRINGS[language].items():
                assert text.strip()
                assert (key, fields(english[key])) == (key, fields(text))

    @pytest.mark.parametrize(
        ("header", "expected"),
        [
            ("", "en"),
            ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
            ("zh-TW", "zh"),
            ("de-DE,de;q=0.9,zh;q=0.5,en;q=0.4", "zh"),
            ("en;q=0.2, zh;q=0.7", "zh"),
            ("fr, en;q=x, zh;q=0", "en"),
        ],
    )
    def test_preferred_language(self, header: str, expected: str) -> None:
        """The highest-ranked language that the page speaks, else English."""
        assert expected == preferred_language(header)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//x.org",
        "/etc/passwd",
        "http://",
        "https://[x",
        "https://a b",
        "ftp://a",
    ],
)
def test_web_address_refuses(url: str) -> None:
    """Only http and https addresses with a host become links."""
    assert web_address(url) == ""


def test_shortened() -> None:
    """Long text is cut with an ellipsis, short text is only put on one line."""
    assert (shortened("a\n b", 5), shortened("abcdefgh", 5)) == ("a b", "abcd…")
