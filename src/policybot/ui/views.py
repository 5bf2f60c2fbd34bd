"""The page's pieces as HTML, made of the session alone: pure functions over what ``rendering`` offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from policybot.domain import Document, DocumentSummary
from policybot.errors import PolicybotError
from policybot.rendering import (
    LANGUAGE_NAMES,
    LANGUAGE_TAGS,
    LANGUAGES,
    Language,
    answer_html,
    found,
    found_html,
    inline_html,
    say,
    shortened,
    source_html,
    sources_html,
)
from policybot.settings import NO_CHAT_MODEL
from policybot.ui.session import Exchange, Opened, Session

_FILTER_CHARS = 40
"""How much of a filter's only value its line shows."""


def header_html(language: Language) -> str:
    """Name, one line on what it is, and the language switch."""
    switch = "".join(
        f'<button type="button" data-language="{code}" lang="{LANGUAGE_TAGS[code]}" '
        f'aria-pressed="{"true" if code == language else "false"}">{escape(LANGUAGE_NAMES[code])}</button>'
        for code in LANGUAGES
    )
    label = escape(say(language, "language_switch"))
    return (
        f'<header class="pb-header" data-page-language="{LANGUAGE_TAGS[language]}">'
        f"<h1>{escape(say(language, 'name'))}</h1><p>{escape(say(language, 'tagline'))}</p>"
        f'<div class="pb-switch" role="group" aria-label="{label}">{switch}</div>'
        "</header>"
    )


def status_html(documents: Sequence[DocumentSummary], chat_model: str, language: Language) -> str:
    """How much is indexed, in which languages, and which chat model writes."""
    if not documents:
        indexed = say(language, "status_empty")
    else:
        codes = sorted({summary.metadata.language for summary in documents} - {""})
        names = [language_name(code, language) for code in codes]
        indexed = say(
            language,
            "status",
            documents=f"{len(documents):,}",
            passages=f"{sum(summary.passages for summary in documents):,}",
            languages=", ".join(names) if language == "en" else "、".join(names),
        )
    quoting = chat_model == NO_CHAT_MODEL
    model = say(language, "quoting_only") if quoting else say(language, "chat_model", name=chat_model)
    return f'<p class="pb-status"><span>{inline_html(indexed)}</span><span>{escape(model)}</span></p>'


def language_name(code: str, language: Language) -> str:
    """A language's name where the page knows one, else its code."""
    return say(language, f"language_{code}") if code in LANGUAGES else code


def filtered_html(
    chosen: Mapping[str, Sequence[str]], published_from: str, published_to: str, language: Language
) -> str:
    """One line on the filters in force, with a button that clears them; nothing when there are none.

    Args:
        chosen: What each list's choices are called, by attribute of ``Filter``.
    """
    stated = [
        shortened(names[0], _FILTER_CHARS) if len(names) == 1 else say(language, f"filtered_{name}", count=len(names))
        for name, names in chosen.items()
        if names
    ]
    dates = {"published_from": published_from, "published_to": published_to}
    stated += [say(language, f"filtered_{name}", date=date) for name, date in dates.items() if date]
    if not stated:
        return ""
    return (
        f'<p class="pb-filtered" role="status">{escape(say(language, "filtered", filters=" · ".join(stated)))} '
        f'<button type="button" data-clear-filters>{escape(say(language, "clear_filters"))}</button></p>'
    )


def failure_html(message: str) -> str:
    """An error that stands where the status would."""
    return f'<p class="pb-status pb-error" role="alert">{escape(message)}</p>'


def past_html(session: Session, language: Language) -> str:
    """Every exchange but the latest."""
    return "".join(
        _exchange_html(exchange, session.turn(place), language) for place, exchange in enumerate(session.exchanges[:-1])
    )


def current_html(session: Session, examples: Sequence[str], language: Language) -> str:
    """The latest exchange, or the examples when nothing was asked yet."""
    if not session.exchanges:
        return _welcome_html(examples, language)
    return _exchange_html(session.exchanges[-1], session.turn(len(session.exchanges) - 1), language)


def source_hint_html(language: Language) -> str:
    """The panel while nothing is open."""
    return _panel(f'<p class="pb-hint">{escape(say(language, "source_hint"))}</p>', language)


def opened_html(opened: Opened, document: Document | PolicybotError, language: Language) -> str:
    """The panel with an opened source."""
    html = source_html(opened.reference, document, turn=opened.turn, neighbours=opened.neighbours, language=language)
    return _panel(html, language)


def gone_html(language: Language) -> str:
    """The panel when a chip's answer is no longer known, after a restart of the server for example."""
    return _panel(f'<p class="pb-note" role="alert">{escape(say(language, "source_gone"))}</p>', language)


def _panel(inside: str, language: Language) -> str:
    label = escape(say(language, "source_panel"))
    return f'<section class="pb-panel" aria-label="{label}">{inside}</section>'


def _welcome_html(examples: Sequence[str], language: Language) -> str:
    buttons = "".join(
        f'<li><button type="button" data-example="{place}">{escape(example)}</button></li>'
        for place, example in enumerate(examples)
    )
    listed = f'<ul aria-label="{escape(say(language, "examples"))}">{buttons}</ul>' if buttons else ""
    return f'<div class="pb-welcome"><h2>{escape(say(language, "welcome"))}</h2>{listed}</div>'


def _exchange_html(exchange: Exchange, turn: str, language: Language) -> str:
    you = escape(say(language, "you"))
    busy = "true" if exchange.running else "false"
    return (
        f'<article class="pb-exchange" data-turn="{turn}" data-stage="{exchange.stage}">'
        f'<h2 class="pb-question"><span class="pb-hidden">{you}: </span>{escape(exchange.question)}</h2>'
        f'<div class="pb-answer" aria-live="polite" aria-busy="{busy}">'
        f"{_body(exchange, turn, language)}</div>"
        f"{_below(exchange, turn, language)}</article>"
    )


def _body(exchange: Exchange, turn: str, language: Language) -> str:
    """What the live region holds: the answer as far as it goes, and how it stands."""
    if exchange.abstained and exchange.answer is not None:
        kicker = escape(say(language, "abstained"))
        message = escape(exchange.answer.message)
        return f'<div class="pb-abstained"><p class="pb-kicker">{kicker}</p><p>{message}</p></div>'
    text = answer_html(exchange.sentences, exchange.citations, turn=turn, language=language)
    match exchange.stage:
        case "searching" | "writing":
            return text + _busy(say(language, exchange.stage))
        case "reading":
            return text + _busy(say(language, "reading", count=len(exchange.hits)))
        case "stopped":
            key = "stopped" if exchange.sentences else "stopped_early"
            return f'{text}<p class="pb-note">{escape(say(language, key))}</p>'
        case "failed":
            return text + _error(exchange.error, language)
        case "broken":
            return text + _error(say(language, "internal_error", time=exchange.error), language)
        case "done":
            quoted = exchange.answer is not None and exchange.answer.chat_model == NO_CHAT_MODEL
            note = f'<p class="pb-quoted">{escape(say(language, "quoted"))}</p>' if quoted else ""
            return note + text


def _below(exchange: Exchange, turn: str, language: Language) -> str:
    """What stands below the answer: where was searched, what is cited, or what came nearest."""
    if exchange.stage == "reading":
        return found_html([found(hit) for hit in exchange.hits], language=language)
    if exchange.abstained:
        heading = say(language, "nearest")
        return sources_html(exchange.nearest, turn=turn, language=language, heading=heading)
    if exchange.running:
        return ""
    return sources_html(exchange.cited, turn=turn, language=language, heading=say(language, "sources"))


def _busy(text: str) -> str:
    return f'<p class="pb-busy">{escape(text)}</p>'


def _error(message: str, language: Language) -> str:
    return (
        f'<div class="pb-error" role="alert"><p class="pb-kicker">{escape(say(language, "failed"))}</p>'
        f'<p>{escape(message)}</p><p class="pb-kept">{escape(say(language, "question_kept"))}</p></div>'
    )
