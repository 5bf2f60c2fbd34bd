"""Every form in which an answer is shown, and what none of them may hold."""

from __future__ import annotations

import json
import re

from bs4 import BeautifulSoup
from bs4.element import Tag
from markdown_it import MarkdownIt

from policybot import Answer, PolicyBot
from policybot.rendering import (
    answer_html,
    as_json,
    as_markdown,
    as_text,
    cited,
    found,
    found_html,
    hits_as_text,
    source_html,
    sources_html,
)
from policybot.server.openai_api import Message
from policybot.text.plain import visible

_MARKER = re.compile(r"\[(\d+)\]")
_LOADS = {
    "img",
    "script",
    "iframe",
    "object",
    "embed",
    "style",
    "link",
    "svg",
    "video",
    "audio",
    "form",
    "base",
    "meta",
}


def html_of(answer: Answer, bot: PolicyBot) -> str:
    """All that the page and a notebook show of an answer, with each source opened."""
    references = [*map(cited, answer.citations), *map(found, answer.hits[:3])]
    opened = [
        source_html(
            reference,
            bot.document(reference.document_id, version=reference.version),
            turn="m1",
            neighbours=[reference],
            language="en",
        )
        for reference in references
    ]
    return "".join(
        (
            answer_html(answer.sentences, answer.citations, turn="m1", language="en"),
            sources_html(references, turn="m1", language="en", heading="Sources"),
            found_html(references, language="en"),
            *opened,
            answer._repr_html_(),
        )
    )


def openai_content(answer: Answer) -> str:
    """The message that OpenAI's clients get, which most of them render as Markdown."""
    message = Message("http://testserver/")
    for sentence in answer.sentences:
        message.add(sentence, answer.citations)
    return message.content or answer.message


def check_harmless(answer: Answer, bot: PolicyBot) -> None:
    """Assert that no rendering loads, runs, links, hides or forges anything, and that each quote is exact."""
    for citation in answer.citations:
        text = bot.document(citation.document_id, version=citation.version).text
        assert text[citation.start : citation.end] == citation.quote
    html = html_of(answer, bot)
    for element in BeautifulSoup(html, "html.parser").find_all(True):
        assert isinstance(element, Tag)
        assert element.name not in _LOADS
        assert not [name for name in element.attrs if name.startswith("on") or name in ("style", "src")]
        assert str(element.get("href", "https://")).startswith(("http://", "https://"))
    markdown = as_markdown(answer)
    originals = {citation.url for citation in answer.citations} | {hit.metadata.url for hit in answer.hits}
    for token in MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(markdown):
        assert token.type != "html_block"
        for child in token.children or ():
            assert child.type not in ("image", "html_inline")
            assert child.type != "link_open" or child.attrs["href"] in originals
    terminal = as_text(answer) + hits_as_text(answer.hits, language="en")
    for shown in (html, markdown, terminal, as_json(answer), answer.text, openai_content(answer)):
        assert shown == visible(shown)
    assert json.loads(as_json(answer)) == json.loads(json.dumps(answer.as_dict()))
    numbers = {str(citation.number) for citation in answer.citations}
    for plain in (answer.text, openai_content(answer)):
        assert set(_MARKER.findall(plain)) <= numbers
        assert not re.search(r"!\[|\]\(|<[a-z/!]|[【⟦]\d|\[\^", plain)
