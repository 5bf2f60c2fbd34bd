"""A document as HTML with one stretch of it marked.

The quote's place is known in the document's source, the mark must stand in its rendering. So a sentinel
character is put into the source in front of the quote's first letter and behind its last one, the source is
rendered and sanitised, and every text node between the sentinels is wrapped in ``<mark>``. A place is good
when the sentinel is the only thing that it changes in the rendering; else the next letter in is tried.
What the quote has outside those letters (an opening quotation mark, a full stop) is then matched outwards,
character by character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import islice

import nh3
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from policybot.domain import Document
from policybot.rendering.escaping import escape
from policybot.text.plain import visible

# The last two private-use characters of Unicode: no font, no PDF and no input method makes them.
_OPEN, _CLOSE = "\U0010fffc", "\U0010fffd"
_FOREIGN = re.compile(f"[{_OPEN}{_CLOSE}\x00\ud800-\udfff]")
_TRIES = 40

LONGEST_SHOWN = 200_000
"""Longer documents, in characters, are shown in part: a panel of megabytes is slow to open and to scroll."""

_TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("strong", "em", "s", "a", "table", "thead", "tbody", "tr", "th", "td", "span"),
}
_HOLDS_BLOCKS_ONLY = {"[document]", "ul", "ol", "table", "thead", "tbody", "tr", "blockquote"}


def shown_stretch(document: Document, start: int, end: int) -> tuple[int, int]:
    """Where the text that is shown around ``start:end`` begins and ends: the whole body unless very long.

    A long one is cut at blank lines.
    """
    text, low, high = document.text, document.body_start, len(document.text)
    if high - low <= LONGEST_SHOWN:
        return low, high
    if (before := max(start, low) - LONGEST_SHOWN // 2) > low:
        cut = text.rfind("\n\n", low, before)
        low = before if cut < 0 else cut + 2
    if (behind := max(end, low) + LONGEST_SHOWN // 2) < high:
        cut = text.find("\n\n", behind)
        high = high if cut < 0 else cut
    return low, high


_LINK = re.compile(r'<a((?: [a-z]+="[^"]*")+)>')
_ATTRIBUTE = re.compile(r'[a-z]+="[^"]*"')


def document_html(document: Document, start: int, end: int) -> str:
    """The document's body as safe HTML with exactly the characters at ``start:end`` in ``<mark>``.

    The first mark has the id ``quote``. Without marks when the stretch is empty, lies outside the body or
    holds nothing that is shown. Of a very long document only ``shown_stretch`` is rendered.
    """
    low, high = shown_stretch(document, start, end)
    body = _FOREIGN.sub("\ufffd", document.text[low:high])
    start = min(max(start - low, 0), len(body))
    end = min(max(end - low, start), len(body))
    # Only now, when the mark has its place, what cannot be seen may go without moving it.
    return visible(_marked(document, body, start, end))


def _marked(document: Document, body: str, start: int, end: int) -> str:
    if document.markup == "plain":
        return _mark(_plain(body, start, end), prefix="", suffix="")
    placed = _placed(body, start, end)
    if placed is None:
        return _sanitised(_markdown().render(body))
    return _mark(placed.html, prefix=unescape(body[start : placed.first]), suffix=unescape(body[placed.last + 1 : end]))


@dataclass(frozen=True, slots=True)
class _Placed:
    """HTML with both sentinels in it: in front of the character ``first`` and behind ``last``."""

    html: str
    first: int
    last: int


def _placed(body: str, start: int, end: int) -> _Placed | None:
    """The rendering with sentinels around as much of the quote as can be, None where none can stand."""
    markdown = _markdown()
    plain = _sanitised(markdown.render(body))
    letters = [place for place in range(start, end) if body[place].isalnum()]

    def rendered(first: int, last: int) -> str | None:
        source = f"{body[:first]}{_OPEN}{body[first : last + 1]}{_CLOSE}{body[last + 1 :]}"
        html = _sanitised(markdown.render(source))
        once = html.count(_OPEN) == html.count(_CLOSE) == 1
        return html if once and html.replace(_OPEN, "").replace(_CLOSE, "") == plain else None

    for first, last in _pairs(letters):
        html = rendered(first, last)
        if html is not None:
            return _Placed(html, first, last)
    return None


def _pairs(letters: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last letter, then pairs further in: those that leave out least come first."""
    tries = min(len(letters), _TRIES)
    steps = ((left, total - left) for total in range(2 * tries) for left in range(total + 1))
    inside = (
        (letters[left], letters[-1 - right])
        for left, right in steps
        if left < tries and right < tries and left + right < len(letters)
    )
    return islice(inside, _TRIES * _TRIES // 8)


def _markdown() -> MarkdownIt:
    """CommonMark with tables; no raw HTML, no images."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.add_render_rule("image", _image_as_text)
    return markdown


def _image_as_text(
    renderer: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    return f"<span>{escape(renderer.renderInlineAsText(tokens[place].children, options, env))}</span>"


def _sanitised(html: str) -> str:
    """The HTML with nothing in it but what a document may show; the same each time.

    The sanitiser writes a link's attributes in an order that changes from call to call, so they are sorted.
    """
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"*": set(), "a": {"href"}},
        url_schemes={"http", "https"},
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    return _LINK.sub(lambda link: f"<a {' '.join(sorted(_ATTRIBUTE.findall(link[1])))}>", clean)


def _plain(body: str, start: int, end: int) -> str:
    """Plain text as paragraphs, with sentinels around the stretch when it is not empty."""
    if start < end:
        body = f"{body[:start]}{_OPEN}{body[start:end]}{_CLOSE}{body[end:]}"
    paragraphs = re.split(r"\n(?:[ \t]*\n)+", body)
    return _sanitised("".join(f"<p>{escape(part)}</p>" for part in paragraphs if part.strip()))


def _mark(html: str, *, prefix: str, suffix: str) -> str:
    """Turn the text between the sentinels into marks, widened by what the quote has outside them."""
    soup = BeautifulSoup(html, "html.parser")
    nodes = [node for node in soup.find_all(string=True) if type(node) is NavigableString]
    flat = "".join(nodes)
    first, last = flat.find(_OPEN), flat.find(_CLOSE)
    if first < 0 or last < first:
        return html.replace(_OPEN, "").replace(_CLOSE, "")
    low = first - _matched(reversed(flat[:first]), reversed(prefix))
    high = last + 1 + _matched(iter(flat[last + 1 :]), iter(suffix))
    place, marked = 0, False
    for node in nodes:
        text = str(node)
        cut_low, cut_high = (min(max(cut - place, 0), len(text)) for cut in (low, high))
        place += len(text)
        inside = text[cut_low:cut_high].replace(_OPEN, "").replace(_CLOSE, "")
        structural = node.parent is None or node.parent.name in _HOLDS_BLOCKS_ONLY
        if not inside or (structural and not inside.strip()):
            node.replace_with(text.replace(_OPEN, "").replace(_CLOSE, ""))
            continue
        mark = soup.new_tag("mark")
        mark.string = inside
        if not marked:
            mark["id"] = "quote"
            marked = True
        _replace(node, (text[:cut_low], mark, text[cut_high:]))
    return soup.decode(formatter="minimal")


def _matched(shown: Iterable[str], source: Iterable[str]) -> int:
    """How many shown characters, from the sentinel outwards, the source characters account for.

    A source character that is not shown is markup; blanks count as alike.
    """
    outwards = list(islice(shown, 2000))
    count = 0
    for character in source:
        if count < len(outwards) and (
            outwards[count] == character or (outwards[count].isspace() and character.isspace())
        ):
            count += 1
    return count


def _replace(node: NavigableString, parts: Sequence[str | Tag]) -> None:
    """Put the parts, without the empty ones, where the node stands."""
    for part in parts:
        if part:
            node.insert_before(part)
    node.extract()
