"""A whole conversation as Markdown with footnotes, as JSON and as a Word document."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from typing import Any, Literal, get_args

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from policybot.domain import Answer, Citation
from policybot.rendering.references import cited, found, web_address
from policybot.rendering.strings import Language, say, spoken
from policybot.rendering.texts import NEAREST_SHOWN, as_markdown, details

ExportFormat = Literal["md", "json", "docx"]
EXPORT_FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)

_FOOTNOTE = re.compile(r"\[\^(\d+)\]")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEADING_SIGNS = re.compile(r"([\\`*_\[\]<>#|~!&])")
_EMPHASIS = re.compile(r"\*\*(.+?)\*\*|`(.+?)`")


def conversation_markdown(title: str, answers: Sequence[Answer]) -> str:
    """The conversation in Markdown; footnotes are numbered by question and citation, ``[^2-1]``."""
    parts = [f"# {_heading(title)}\n"]
    for number, answer in enumerate(answers, start=1):
        body = _FOOTNOTE.sub(rf"[^{number}-\1]", as_markdown(answer))
        parts.append(f"## {_heading(answer.question)}\n\n{body}")
    return "\n".join(parts)


def conversation_json(title: str, answers: Sequence[Answer]) -> str:
    """The conversation as JSON, every field of its answers."""
    return json.dumps({"title": title, "answers": [a.as_dict() for a in answers]}, ensure_ascii=False, indent=2)


def conversation_docx(title: str, answers: Sequence[Answer]) -> bytes:
    """The conversation as a Word document: superscript numbers, and below each answer its sources with quotes."""
    document = docx.Document()
    document.core_properties.title = _plain(title)[:255]
    document.add_heading(_plain(title), level=1)
    for answer in answers:
        document.add_heading(_plain(answer.question), level=2)
        _answer(document, answer, spoken(answer.language))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _answer(document: Any, answer: Answer, language: Language) -> None:
    if answer.message and answer.kind != "partial":
        document.add_paragraph(_plain(answer.message))
    paragraph: Any = None
    for sentence in answer.sentences:
        listed = re.search(r"[-*•]\s*$", sentence.lead)
        if paragraph is None or "\n" in sentence.lead or listed:
            paragraph = document.add_paragraph(style="List Bullet" if listed else None)
        elif sentence.lead:
            paragraph.add_run(" ")
        _runs(paragraph, sentence.text)
        for number in sentence.citations:
            paragraph.add_run(f"[{number}]").font.superscript = True
    if answer.message and answer.kind == "partial":
        document.add_paragraph(_plain(answer.message))
    if answer.citations:
        document.add_heading(say(language, "sources"), level=3)
        for citation in answer.citations:
            _source(document, citation, language)
    elif answer.hits:
        document.add_heading(say(language, "nearest"), level=3)
        for hit in answer.hits[:NEAREST_SHOWN]:
            reference = found(hit)
            line = " · ".join([reference.title, *details(reference, language)])
            document.add_paragraph(_plain(line), style="List Bullet")


def _runs(paragraph: Any, text: str) -> None:
    """The sentence's text; what it emphasises is bold."""
    place = 0
    for match in _EMPHASIS.finditer(text):
        paragraph.add_run(_plain(text[place : match.start()]))
        paragraph.add_run(_plain(match[1] or match[2])).bold = match[1] is not None
        place = match.end()
    paragraph.add_run(_plain(text[place:]))


def _source(document: Any, citation: Citation, language: Language) -> None:
    reference = cited(citation)
    paragraph = document.add_paragraph(f"[{citation.number}] ")
    if address := web_address(reference.url):
        _link(paragraph, _plain(reference.title), address)
    else:
        paragraph.add_run(_plain(reference.title))
    rest = "".join(f", {part}" for part in details(reference, language))
    paragraph.add_run(_plain(f"{rest}: “{' '.join(reference.quote.split())}”"))


def _link(paragraph: Any, text: str, address: str) -> None:
    """A run that opens the address; python-docx has no call for it."""
    target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), target)
    run = paragraph.add_run(text)
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _plain(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def _heading(text: str) -> str:
    return _HEADING_SIGNS.sub(r"\\\1", " ".join(text.split()))
