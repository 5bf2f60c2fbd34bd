"""An answer as Markdown with footnotes, as plain text for a terminal, and as JSON; found passages as plain text."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace

from policybot.checking import Check
from policybot.domain import Answer, Evidence, Hit
from policybot.rendering.reasons import localised_reason
from policybot.rendering.references import Reference, cited, found, other_origins, web_address
from policybot.rendering.strings import Language, say, spoken
from policybot.text.plain import escaped_hidden, visible

NEAREST_SHOWN = 3
"""How many of the nearest passages an abstaining answer offers."""

_FIRST_LINES = 3
"""Lines of a found passage that tell what it is about."""

_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>#|~!&])")
_EMPHASIS_ALLOWED = re.compile(r"([\\\[\]<>#|~!&])")
_LEAD_SIGNS = re.compile(r"([\\\[\]<>~!&])")
_ADDRESS = re.compile(r"(?<=https)://|(?<=http)://|(?<=ftp)://|(?<=\bwww)\.", re.IGNORECASE)
"""What makes an address in running text a link."""


def as_markdown(answer: Answer) -> str:
    """The answer in Markdown: the citations are footnotes that quote their source and link the original."""
    language = spoken(answer.language)
    if answer.status == "abstained":
        nearest = "".join(f"- {_markdown_source(r, language)}\n" for r in _nearest(answer))
        heading = f"\n{say(language, 'nearest')}:\n\n{nearest}" if nearest else ""
        return f"{_sentence(answer.message)}\n{heading}"
    body = "".join(
        _LEAD_SIGNS.sub(r"\\\1", sentence.lead)
        + _sentence(sentence.text)
        + "".join(f"[^{number}]" for number in sentence.citations)
        for sentence in answer.sentences
    ).strip()
    notes = "\n".join(
        f"[^{citation.number}]: {_markdown_source(cited(citation), language)}" for citation in answer.citations
    )
    message = _sentence(answer.message)
    told = (body, message) if answer.kind == "partial" else (message, body)
    return "\n\n".join(part for part in (*told, notes) if part) + "\n"


def as_text(answer: Answer, *, width: int = 100) -> str:
    """The answer for a terminal: its text with [n] markers, then the numbered sources with their quotes.

    Control characters are dropped, so that no document can steer the terminal.
    """
    language = spoken(answer.language)
    if answer.status == "abstained":
        references, heading = _nearest(answer), say(language, "nearest")
    else:
        references, heading = [cited(citation) for citation in answer.citations], say(language, "sources")
    told = say(language, "understood", question=visible(answer.understood)) if answer.understood else ""
    parts = [*([told] if told else []), visible(answer.text)]
    if references:
        parts.append("\n".join([heading, *(_text_source(r, language, width) for r in references)]))
    return "\n\n".join(parts) + "\n"


def decisions_as_text(answer: Answer) -> str:
    """Why the answer is what it is, for a terminal: what each stage decided, in order, in the answer's language."""
    language = spoken(answer.language)
    kind = f"kind_{answer.kind}" if answer.kind not in ("full", "unanswered") else "abstained"
    outcome = say(language, "answered_in_full") if answer.kind == "full" else say(language, kind)
    lines = [f"{say(language, 'why')}: {outcome}"]
    lines += [f"- {say(language, f'stage_{each.stage}')}: {visible(each.note)}" for each in answer.decisions]
    return "\n".join(lines) + "\n"


def check_as_text(check: Check, *, language: Language, width: int = 100) -> str:
    """A check for a terminal: the verdict, what was compared and what differs, and what carries the claim."""
    lines = [say(language, f"check_{check.verdict}")]
    for dimension in check.compared:
        found = [localised_reason(each.what, language) for each in check.differences if each.dimension == dimension]
        told = "; ".join(found) if found else say(language, "check_agrees" if check.evidence else "check_not_found")
        lines.append(f"- {say(language, f'check_of_{dimension}')}: {visible(told)}")
    further = [each for each in check.differences if each.dimension not in check.compared]
    lines += [f"- {visible(localised_reason(each.what, language))}" for each in further]
    lines += [textwrap.indent(textwrap.fill(f"“{visible(e.text)}”", width=width - 2), "  ") for e in check.evidence]
    lines.append(say(language, "check_measured", reason=visible(localised_reason(check.reason, language))))
    return "\n".join(lines) + "\n"


def hits_as_text(hits: Sequence[Hit], *, language: Language, width: int = 100) -> str:
    """Found passages for a terminal, best first: rank and title, where it stands, its first lines."""
    return "\n\n".join(_text_hit(found(hit), language, width) for hit in hits) + "\n"


def sentences_as_text(sentences: Sequence[Evidence], *, language: Language, width: int = 100) -> str:
    """Found sentences for a terminal, best first: rank and title, where it stands, the sentence."""
    references = [
        replace(found(each.hit), number=rank, quote=each.text, start=each.start, end=each.end)
        for rank, each in enumerate(sentences, start=1)
    ]
    return "\n\n".join(_text_hit(reference, language, width) for reference in references) + "\n"


def as_json(answer: Answer) -> str:
    """The answer as JSON, every field of it; non-ASCII characters stand as themselves unless they cannot be seen."""
    return escaped_hidden(json.dumps(answer.as_dict(), ensure_ascii=False, indent=2))


def _nearest(answer: Answer) -> list[Reference]:
    return [found(hit) for hit in answer.hits[:NEAREST_SHOWN]]


def _sentence(text: str) -> str:
    """The sentence with everything but emphasis and code escaped."""
    return _unlinked(_EMPHASIS_ALLOWED.sub(r"\\\1", visible(text)))


def _unlinked(markdown: str) -> str:
    """Addresses in running text stay text: only the original of a source is linked."""
    return _ADDRESS.sub(lambda sign: f"\\{sign.group()}", markdown)


def details(reference: Reference, language: Language) -> list[str]:
    """Publisher, date, section, page and other documents of the same text, as far as they are known."""
    page = "" if reference.page is None else say(language, "page_number", page=reference.page)
    others = other_origins(reference, language)
    also = say(language, "also_in_documents", names=others) if others else ""
    return [part for part in (reference.publisher, reference.published, reference.section, page, also) if part]


def _markdown_source(reference: Reference, language: Language) -> str:
    def safe(text: str) -> str:
        return _unlinked(_MARKDOWN_SIGNS.sub(r"\\\1", " ".join(visible(text).split())))

    address = web_address(reference.url)
    title = safe(reference.title)
    linked = f"[{title}](<{address.replace('<', '%3C').replace('>', '%3E')}>)" if address else title
    rest = "".join(f", {safe(part)}" for part in details(reference, language))
    return f"{linked}{rest}: “{safe(reference.quote)}”"


def _text_source(reference: Reference, language: Language, width: int) -> str:
    lines = [*_text_byline(reference, language, width), _indented(f"“{reference.quote}”", width)]
    if address := web_address(reference.url):
        lines.append(f"    {visible(address)}")
    return "\n".join(lines)


def _text_hit(reference: Reference, language: Language, width: int) -> str:
    lines = _indented(reference.quote, width).split("\n")
    more = " …" if len(lines) > _FIRST_LINES else ""
    return "\n".join([*_text_byline(reference, language, width), *lines[:_FIRST_LINES]]) + more


def _text_byline(reference: Reference, language: Language, width: int) -> list[str]:
    """Number and title, and in a second line what else is known of the source."""
    title = f"[{reference.number}] {' '.join(visible(reference.title).split())}"
    known = details(reference, language)
    return [title, _indented(" · ".join(known), width)] if known else [title]


def _indented(text: str, width: int) -> str:
    return textwrap.fill(" ".join(visible(text).split()), width, initial_indent="    ", subsequent_indent="    ")
