"""HTML -> Markdown of the page's own content: headings, lists and tables kept, navigation and scripts gone.

Text is not escaped and emphasis, links and images leave no marks, so that a quote reads as the page does.
"""

from __future__ import annotations

import re
import warnings

from bs4 import BeautifulSoup, Comment, Tag, XMLParsedAsHTMLWarning
from markdownify import ATX, MarkdownConverter

from policybot.errors import BrokenFile
from policybot.reading.characters import clean_text
from policybot.reading.content import Content, Source
from policybot.reading.encoding import decode
from policybot.reading.html_metadata import declared_language, stated_metadata
from policybot.text.plain import UNSEEN_STYLE, WHITE_STYLE

_DROPPED = ", ".join(
    (
        "script, style, noscript, template, iframe, svg, canvas, object, embed, video, audio, head",
        "nav, footer, aside, dialog, button, select, textarea",
        "[role=navigation], [role=search], [role=banner]",
        "[hidden], [aria-hidden=true]",
    )
)
_UNMARKED = [
    "a",
    "img",
    "b",
    "strong",
    "em",
    "i",
    "u",
    "s",
    "del",
    "ins",
    "mark",
    "sub",
    "sup",
    "abbr",
    "span",
]

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_HEAD_BYTES = 8192

# Pages declare the small set and use the large one.
_CHARSET_NAMES = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs", "shift_jis": "cp932", "x-sjis": "cp932", "euc-jp": "euc_jp", "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949", "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
    "windows-1250": "cp1250", "windows-1251": "cp1251", "windows-1252": "cp1252", "iso-8859-2": "iso8859-2",
    "iso-8859-15": "iso8859-15", "koi8-r": "koi8_r", "koi8-u": "koi8_u",
}  # fmt: skip

_MOST = 0.5
"""Share of the page's text that <main>, <article> or <form> must hold to be the content."""

_INDENT = re.compile(r"^[ \t]*[\u00a0\u3000][\u00a0\u3000 \t]*", re.MULTILINE)
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_GAP = re.compile(r"\n{3,}")


class _Converter(MarkdownConverter):
    """Markdownify's converter with cells that cannot break their table."""

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return str(super().convert_td(el, text.replace("|", "\\|"), parent_tags))  # type: ignore[misc]

    def convert_th(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return str(super().convert_th(el, text.replace("|", "\\|"), parent_tags))  # type: ignore[misc]


def read_html(source: Source) -> Content:
    """Read a saved web page.

    Raises:
        BrokenFile: It is no text, or cannot be parsed.
    """
    charset = _CHARSET.search(source.data[:_HEAD_BYTES])
    declared = charset[1].decode("ascii") if charset else ""
    return read_page(decode(source.data, name=source.name, declared=encoding_named(declared)), name=source.name)


def encoding_named(charset: str) -> str:
    """Python's name of the encoding that a page or a server calls so; empty when unknown."""
    return _CHARSET_NAMES.get(charset.lower(), "")


def read_page(page: str, *, name: str) -> Content:
    """Read a web page that is decoded already.

    Raises:
        BrokenFile: It cannot be parsed.
    """
    soup = _parsed(page, name)
    try:
        stated, origins = stated_metadata(soup)
        language = declared_language(soup)  # before the page is taken apart
        return Content(_markdown(soup), "markdown", stated=stated, origins=origins, language_hint=language)
    except Exception as exc:  # parsers throw anything, RecursionError included
        raise _unreadable(name, exc) from exc


def markdown_of(page: str, *, name: str) -> str:
    """The content of a page as Markdown, without what it states about itself; raises as ``read_page`` does."""
    return read_page(page, name=name).text


def _parsed(page: str, name: str) -> BeautifulSoup:
    try:
        with warnings.catch_warnings():
            # XHTML of books is read as HTML on purpose: pages that are not well-formed are read all the same.
            warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
            return BeautifulSoup(page, "lxml")
    except Exception as exc:  # likewise
        raise _unreadable(name, exc) from exc


def _unreadable(name: str, exc: Exception) -> BrokenFile:
    return BrokenFile(
        f"{name}: the page cannot be parsed ({type(exc).__name__}). Save it again from the browser, or as .txt."
    )


def _markdown(soup: BeautifulSoup) -> str:
    """The content of the page as Markdown."""
    _drop_surroundings(soup)
    content = _content(soup.body or soup)
    _unwrap_layout_tables(content)
    converter = _Converter(
        heading_style=ATX,
        bullets="-",
        strip=_UNMARKED,
        escape_asterisks=False,
        escape_underscores=False,
        table_infer_header=True,
    )
    text = clean_text(_INDENT.sub("", converter.convert_soup(content)))
    return _GAP.sub("\n\n", _TRAILING.sub("", text)).strip()


def _drop_surroundings(soup: BeautifulSoup) -> None:
    for comment in soup.find_all(string=lambda string: isinstance(string, Comment)):
        comment.extract()
    whole = _amount(soup)
    for element in [*soup.select(_DROPPED), *filter(_is_unseen, soup.select("[style]"))]:
        # A page may be hidden until its script shows it.
        if not element.decomposed and element.name not in ("html", "body", "main", "article"):
            element.decompose()
    for header in soup.find_all("header"):
        if not (header.find_parent(["article", "main"]) and header.find("h1")):
            header.decompose()
    for form in soup.find_all("form"):
        # Older servers wrap the whole page in one form.
        if not form.decomposed and _amount(form) < _MOST * whole:
            form.decompose()


def _is_unseen(element: Tag) -> bool:
    """Whether its own style hides it: what a reader of the page does not see is not the page's text."""
    style = str(element.get("style", ""))
    if UNSEEN_STYLE.search(style):
        return True
    around = (str(each.get("style", "")) for each in (element, *element.parents) if isinstance(each, Tag))
    return WHITE_STYLE.search(style) is not None and not any("background" in each.lower() for each in around)


def _content(body: Tag) -> Tag:
    """The <main>, and in it the <article>, that hold most of the text; else the whole body."""
    for selector in ("main, [role=main]", "article"):
        candidates = body.select(selector)
        largest = max(candidates, key=_amount, default=body)
        if _amount(largest) >= _MOST * _amount(body):
            body = largest
    return body


def _amount(element: Tag) -> int:
    """How much text an element holds, in characters."""
    return len(element.get_text(" ", strip=True))


def _unwrap_layout_tables(content: Tag) -> None:
    """Turn tables that only arrange the page into plain blocks."""
    for table in content.find_all("table"):
        is_frame = len(table.find_all(["td", "th"])) == 1
        if is_frame or table.find(["table", "h1", "h2", "h3", "ul", "ol", "blockquote"]):
            parts = table.find_all(["thead", "tbody", "tfoot", "tr", "td", "th", "caption"])
            own = [part for part in parts if part.find_parent("table") is table]
            for part in (table, *own):
                part.name = "div"
