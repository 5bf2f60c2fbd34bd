"""The HTML of an answer, its sources and one opened source, as the page shows them.

Everything that comes from documents, questions and models is escaped here. Buttons carry nothing but a short
reference, ``m3:c1`` for citation 1 of the page's third answer, which the page's server looks up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import nh3
from markdown_it import MarkdownIt

from policybot.domain import Citation, Document, Sentence
from policybot.errors import PolicybotError
from policybot.rendering.escaping import escape
from policybot.rendering.failures import explained
from policybot.rendering.highlighting import document_html, shown_stretch
from policybot.rendering.reasons import localised_reason
from policybot.rendering.references import Reference, by_document, cited, other_origins, web_address
from policybot.rendering.strings import LANGUAGE_TAGS, Language, say
from policybot.text.plain import visible

Block = Literal["p", "ul", "ol", "table"]

SNIPPET_CHARS = 180
"""How much of a found passage its line in a list shows."""

_LIST_MARKER = re.compile(r"(?:^|\n)[ \t]*(?:(?P<bullet>[-*•])|(?P<number>\d+)[.)])[ \t]*(?:[ \t](?P<label>\S.*))?$")
_LABEL = re.compile(r"(?:^|\n)[ \t]*(?:(?:[-*•]|\d+[.)])[ \t]+)?(?P<label>[^\n|]*\w[^\n|]*[:：])[ \t]*$")
_INLINE = MarkdownIt("zero", {"html": False}).enable(["emphasis", "backticks", "escape"])


def answer_html(sentences: Sequence[Sentence], citations: Sequence[Citation], *, turn: str, language: Language) -> str:
    """The sentences with their citation chips, in paragraphs and lists as their leads say."""
    known = {citation.number: cited(citation) for citation in citations}
    blocks: list[str] = []
    for (kind, _), items in groupby(_blocks(sentences), key=lambda item: item[0]):
        groups = [group for _, group in items]
        texts = [" ".join(_sentence_html(sentence, known, turn, language) for sentence in group) for group in groups]
        if kind == "table":
            blocks.append(_table_html([sentence for group in groups for sentence in group], known, turn, language))
        elif kind == "p":
            blocks.extend(f"<p>{text}</p>" for text in texts)
        else:
            blocks.append(f"<{kind}>{''.join(f'<li>{text}</li>' for text in texts)}</{kind}>")
    return "".join(blocks)


def _blocks(sentences: Sequence[Sentence]) -> Iterator[tuple[tuple[Block, int], list[Sentence]]]:
    """The sentences in groups that stand together; a number tells two neighbouring lists apart."""
    kind: Block = "p"
    group: list[Sentence] = []
    run = 0
    for sentence in sentences:
        marker = _LIST_MARKER.search(sentence.lead)
        cell = "|" in sentence.lead
        if group and ("\n" in sentence.lead or marker) and not (cell and kind == "table"):
            yield (kind, run), group
            group = []
        if not group:
            now: Block = "table" if cell else "p" if marker is None else "ul" if marker["bullet"] else "ol"
            run += now != kind
            kind = now
        group.append(sentence)
    if group:
        yield (kind, run), group


def _table_html(sentences: Sequence[Sentence], known: dict[int, Reference], turn: str, language: Language) -> str:
    """A table whose head, rows and empty cells stand in the leads of its cells, as in Markdown."""
    cells = {f"\0{i}\0": _sentence_html(sentence, known, turn, language) for i, sentence in enumerate(sentences)}
    written = "".join(f"{sentence.lead}\0{i}\0" for i, sentence in enumerate(sentences))
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in written.splitlines() if line]
    head, *body = [row for row in rows if set("".join(row)) - set("-: ")]
    titles = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = "".join(f"<tr>{''.join(f'<td>{cells.get(cell, escape(cell))}</td>' for cell in row)}</tr>" for row in body)
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{lines}</tbody></table>"


def _label_html(sentence: Sentence) -> str:
    """What a sentence stands under: a date, one side of a comparison, the title of its document."""
    label = _LABEL.search(sentence.lead)
    return f'<strong class="pb-label">{escape(label["label"])}</strong> ' if label else ""


def _sentence_html(sentence: Sentence, known: dict[int, Reference], turn: str, language: Language) -> str:
    chips = "".join(_chip(known[number], turn, language) for number in sentence.citations if number in known)
    why = _why(sentence, language) if sentence.verdict == "partly" else ""
    text = f"{_label_html(sentence)}{inline_html(sentence.text)}"
    return f'<span class="pb-sentence" data-verdict="{sentence.verdict}">{text}{chips}{why}</span>'


def _why(sentence: Sentence, language: Language) -> str:
    """A quiet mark on a sentence that its sources carry in part, and the reason, shown on demand."""
    label, mark = escape(say(language, "partly_supported")), escape(say(language, "partly_mark"))
    reason = escape(say(language, "partly_reason", reason=localised_reason(sentence.reason, language) or "–"))
    return (
        f'<button type="button" class="pb-why" data-why aria-expanded="false" aria-label="{label}" title="{label}">'
        f'{mark}</button><span class="pb-reason" role="note" hidden>{reason}</span>'
    )


def _chip(reference: Reference, turn: str, language: Language) -> str:
    label = say(language, "open_source", number=reference.number, byline=reference.byline)
    return (
        f'<button type="button" class="pb-chip" data-ref="{escape(turn)}:{reference.key}" '
        f'title="{escape(reference.byline)}" aria-label="{escape(label)}">'
        f'<span class="pb-bracket">[</span>{reference.number}<span class="pb-bracket">]</span></button>'
    )


def inline_html(text: str) -> str:
    """One sentence as HTML: emphasis and code are kept, everything else is text."""
    html = _INLINE.renderInline(" ".join(visible(text).split()))
    return nh3.clean(html, tags={"em", "strong", "code"}, attributes={"*": set()})


def sources_html(references: Sequence[Reference], *, turn: str, language: Language, heading: str) -> str:
    """A compact list of references, each a button that opens it; found passages show how they begin."""
    if not references:
        return ""
    items = "".join(f"<li>{_source_line(r, turn, language)}</li>" for r in references)
    return f'<section class="pb-sources"><h3>{escape(heading)}</h3><ol>{items}</ol></section>'


def _source_line(reference: Reference, turn: str, language: Language) -> str:
    key = "open_source" if reference.kind == "citation" else "open_passage"
    label = say(language, key, number=reference.number, byline=reference.byline)
    page = "" if reference.page is None else say(language, "page_number", page=reference.page)
    others = other_origins(reference, language)
    also = say(language, "also_in_documents", names=others) if others else ""
    details = [reference.publisher, reference.published, reference.section, page, also]
    snippet = ""
    if reference.kind == "hit":
        snippet = f'<span class="pb-snippet">{escape(shortened(reference.quote, SNIPPET_CHARS))}</span>'
    return (
        f'<button type="button" class="pb-source" data-ref="{escape(turn)}:{reference.key}" '
        f'aria-label="{escape(label)}"><span class="pb-number">{reference.number}</span>'
        f'<span class="pb-what"><span class="pb-title">{escape(reference.title)}</span>'
        f'<span class="pb-details">{escape(" · ".join(part for part in details if part))}</span>'
        f"{snippet}</span></button>"
    )


def found_html(references: Sequence[Reference], *, language: Language) -> str:
    """The documents that a search found, as a quiet list shown while the answer is being written."""
    items = "".join(f"<li>{escape(reference.title)}</li>" for reference in by_document(references))
    heading = escape(say(language, "found_in"))
    return f'<div class="pb-found"><span>{heading}</span><ul>{items}</ul></div>' if items else ""


def source_html(
    reference: Reference,
    document: Document | PolicybotError,
    *,
    turn: str,
    neighbours: Sequence[Reference],
    language: Language,
    picture: Picture | None = None,
) -> str:
    """One opened source: card, way to its neighbours, and the document with the quote marked.

    Args:
        reference: What is opened.
        document: The version that was cited, or the error that says why it cannot be had.
        turn: The answer that it belongs to.
        neighbours: What previous and next go through, ``reference`` among them.
        language: Language of the labels.
        picture: The page of a PDF on which it stands, shown instead of the text, which is folded away.
    """
    tag = LANGUAGE_TAGS.get(reference.language) or escape(reference.language or "und")
    if isinstance(document, PolicybotError):
        note = say(language, "document_missing", reason=explained(document, language))
        body = f'<p class="pb-note">{escape(note)}</p>{_quote(reference, language)}'
    elif document.text[reference.start : reference.end] != reference.quote:
        note = say(language, "document_changed")
        whole = document_html(document, 0, 0)
        body = (
            f'<p class="pb-note">{escape(note)}</p>{_quote(reference, language)}'
            f'<article class="pb-document pb-{document.markup}" lang="{tag}">{whole}</article>'
        )
    else:
        html = document_html(document, reference.start, reference.end)
        part = shown_stretch(document, reference.start, reference.end) != (
            document.body_start,
            len(document.text),
        )
        note = f'<p class="pb-note">{escape(say(language, "excerpt"))}</p>' if part else ""
        if "<mark" not in html:
            note += f'<p class="pb-note">{escape(say(language, "not_marked"))}</p>{_quote(reference, language)}'
        body = f'{note}<article class="pb-document pb-{document.markup}" lang="{tag}">{html}</article>'
        body = _with_picture(body, picture, reference, language)
    card = _card(reference, document if isinstance(document, Document) else None, language)
    return (
        f'<div class="pb-opened" data-opened="{escape(turn)}:{reference.key}">'
        f"{_steps(reference, neighbours, turn, language)}{card}{body}</div>"
    )


@dataclass(frozen=True, slots=True)
class Picture:
    """A page of a PDF as a picture.

    Attributes:
        address: Where the page's server gives it; empty when it cannot be had.
        failure: Why it cannot be had; None otherwise.
        width: Pixels, as ``height``: so that nothing jumps when it comes.
        top: Share of the height above the mark; None when nothing is marked.
    """

    address: str = ""
    failure: PolicybotError | None = None
    width: int = 1200
    height: int = 1697
    top: float | None = None


def _with_picture(body: str, picture: Picture | None, reference: Reference, language: Language) -> str:
    if picture is None:
        return body
    if not picture.address:
        reason = "" if picture.failure is None else explained(picture.failure, language)
        return f'<p class="pb-note">{escape(say(language, "original_gone", reason=reason))}</p>{body}'
    alt = escape(say(language, "page_picture", page=reference.page, title=reference.title))
    # With the mark on the picture, the text's own mark must not be what is scrolled to.
    at = "" if picture.top is None else f'<span id="quote" class="pb-at" style="top:{picture.top:.1%}"></span>'
    body = body.replace(' id="quote"', "", 1) if at else body
    note = "" if at else f'<p class="pb-note">{escape(say(language, "not_marked"))}</p>'
    return (
        f'{note}<figure class="pb-sheet">{at}<img src="{escape(picture.address)}" alt="{alt}" '
        f'width="{picture.width}" height="{picture.height}"></figure>'
        f'<details class="pb-text"><summary>{escape(say(language, "page_text"))}</summary>{body}</details>'
    )


def document_panel_html(document: Document, *, language: Language) -> str:
    """A document opened from the list of documents: card and whole text, nothing marked."""
    meta = document.metadata
    tag = LANGUAGE_TAGS.get(meta.language) or escape(meta.language or "und")
    facts = [("publisher", meta.publisher), ("published", meta.published), ("summary_of", meta.summary_of)]
    card = _card_html(say(language, "documents"), meta.title, facts, meta.url, language)
    return (
        f'<div class="pb-opened" data-opened="d:{escape(document.id)}"><nav class="pb-steps">'
        f"<span>{escape(document.name)}</span>"
        f'<button type="button" class="pb-back" data-back>{escape(say(language, "back"))}</button></nav>{card}'
        f'<article class="pb-document pb-{document.markup}" lang="{tag}">{document_html(document, 0, 0)}</article>'
        "</div>"
    )


def _steps(reference: Reference, neighbours: Sequence[Reference], turn: str, language: Language) -> str:
    keys = [neighbour.key for neighbour in neighbours]
    place = keys.index(reference.key)

    def step(key: str, to: int) -> str:
        if not 0 <= to < len(keys):
            return f'<button type="button" class="pb-step" disabled>{escape(say(language, key))}</button>'
        target = f"{escape(turn)}:{keys[to]}"
        return (
            f'<button type="button" class="pb-step" data-ref="{target}" data-step="{key}">'
            f"{escape(say(language, key))}</button>"
        )

    position = escape(say(language, "position", number=place + 1, count=len(keys)))
    return (
        f'<nav class="pb-steps">{step("previous", place - 1)}<span>{position}</span>{step("next", place + 1)}'
        f'<button type="button" class="pb-back" data-back>{escape(say(language, "back"))}</button>'
        f"<p>{escape(reference.byline)}</p></nav>"
    )


def _card(reference: Reference, document: Document | None, language: Language) -> str:
    key = "source" if reference.kind == "citation" else "nearest_passage"
    facts = [
        ("publisher", reference.publisher),
        ("published", reference.published),
        ("section", reference.section),
        ("page", "" if reference.page is None else str(reference.page)),
        ("also_in", other_origins(reference, language)),
        ("summary_of", document.metadata.summary_of if document else ""),
    ]
    return _card_html(say(language, key, number=reference.number), reference.title, facts, reference.url, language)


def _card_html(kicker: str, title: str, facts: Sequence[tuple[str, str]], url: str, language: Language) -> str:
    rows = "".join(
        f"<div><dt>{escape(say(language, name))}</dt><dd>{escape(value)}</dd></div>" for name, value in facts if value
    )
    link = ""
    if address := web_address(url):
        link = (
            f'<a class="pb-original" href="{escape(address)}" target="_blank" '
            f'rel="noopener noreferrer nofollow">{escape(say(language, "original"))}'
            f'<span class="pb-hidden"> ({escape(say(language, "opens_in_new_tab"))})</span></a>'
        )
    return (
        f'<header class="pb-card"><p class="pb-kicker">{escape(kicker)}</p>'
        f'<h2 tabindex="-1" class="pb-heading">{escape(title)}</h2><dl>{rows}</dl>{link}</header>'
    )


def _quote(reference: Reference, language: Language) -> str:
    label = escape(say(language, "quote"))
    return f'<blockquote class="pb-quote" aria-label="{label}">{escape(reference.quote)}</blockquote>'


def shortened(text: str, limit: int) -> str:
    """The text in one line of at most ``limit`` characters; an ellipsis stands for what is left out."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"
