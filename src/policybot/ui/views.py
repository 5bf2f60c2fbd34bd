"""The page's pieces as HTML, made of the session alone: pure functions over what ``rendering`` offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policybot.domain import ANSWER_LANGUAGES, Document, DocumentSummary
from policybot.errors import PolicybotError
from policybot.language import lexicon
from policybot.rendering import (
    LANGUAGE_NAMES,
    LANGUAGE_TAGS,
    LANGUAGES,
    Language,
    Picture,
    document_panel_html,
    escape,
    explained,
    inline_html,
    say,
    shortened,
    source_html,
)
from policybot.settings import NO_CHAT_MODEL
from policybot.ui.exchanges import exchange_html
from policybot.ui.session import Opened, Session

_FILTER_CHARS = 40
"""How much of a filter's only value its line shows."""


def header_html(language: Language, *, user: str = "") -> str:
    """Name, one line on what it is, the views, the language switch, and the way out for a user who has signed in."""
    switch = "".join(
        f'<button type="button" data-language="{code}" lang="{LANGUAGE_TAGS[code]}" '
        f'aria-pressed="{"true" if code == language else "false"}">{escape(LANGUAGE_NAMES[code])}</button>'
        for code in LANGUAGES
    )
    label = escape(say(language, "language_switch"))
    views = "".join(
        f'<button type="button" data-view="{name}">{escape(say(language, f"view_{name}"))}</button>'
        for name in ("chat", "documents")
    )
    history = (
        f'<button type="button" data-history aria-expanded="false" aria-controls="pb-history">'
        f"{escape(say(language, 'history'))}</button>"
    )
    leave = f'<a href="sign-out">{escape(say(language, "sign_out"))} ({escape(user)})</a>' if user else ""
    return (
        f'<header class="pb-header" data-page-language="{LANGUAGE_TAGS[language]}">'
        f"<h1>{escape(say(language, 'name'))}</h1><p>{escape(say(language, 'tagline'))}</p>"
        f'<nav class="pb-views" aria-label="{escape(say(language, "views"))}">{views}{history}{leave}</nav>'
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
            languages=lexicon(language).messages.separator.join(names),
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


def editing_html(session: Session, language: Language) -> str:
    """One line on the question that the next one replaces; nothing when there is none."""
    if session.editing is None or session.editing >= len(session.exchanges):
        return ""
    question = shortened(session.exchanges[session.editing].question, _FILTER_CHARS * 2)
    return (
        f'<p class="pb-filtered" role="status">{escape(say(language, "editing", question=question))} '
        f'<button type="button" data-event="stop_editing">{escape(say(language, "editing_stop"))}</button></p>'
    )


def speaking_html(session: Session, language: Language) -> str:
    """The choice of the language to answer in."""
    options = "".join(
        f'<option value="{code}"{" selected" if code == session.answer_language else ""}>'
        f"{escape(say(language, f'answer_language_{code}'))}</option>"
        for code in ANSWER_LANGUAGES
    )
    return (
        f'<label class="pb-speaking"><span>{escape(say(language, "answer_language"))}</span> '
        f'<select class="pb-field" data-choose="choose_answer_language">{options}</select></label>'
    )


def failure_html(failure: PolicybotError, language: Language) -> str:
    """An error that stands where the status would."""
    return f'<p class="pb-status pb-error" role="alert">{escape(explained(failure, language))}</p>'


def past_html(session: Session, language: Language) -> str:
    """Every exchange but the latest."""
    return "".join(
        exchange_html(exchange, session.turn(place), language, latest=False)
        for place, exchange in enumerate(session.exchanges[:-1])
    )


def current_html(session: Session, examples: Sequence[str], language: Language) -> str:
    """The latest exchange, or the examples when nothing was asked yet."""
    if not session.exchanges:
        return _welcome_html(examples, language)
    turn = session.turn(len(session.exchanges) - 1)
    html = exchange_html(session.exchanges[-1], turn, language, latest=True)
    # The address of the page names a conversation that is kept, so that a reload and a link open it again.
    kept = session.conversation if any(exchange.kept for exchange in session.exchanges) else ""
    return f'<div data-conversation="{escape(kept)}">{html}</div>'


def notice_html(notice: str, examples: Sequence[str], language: Language) -> str:
    """The empty page under a notice."""
    return f'<p class="pb-note pb-notice" role="alert">{escape(notice)}</p>{_welcome_html(examples, language)}'


def source_hint_html(language: Language) -> str:
    """The panel while nothing is open."""
    return _panel(f'<p class="pb-hint">{escape(say(language, "source_hint"))}</p>', language)


def opened_html(
    opened: Opened, document: Document | PolicybotError, language: Language, picture: Picture | None = None
) -> str:
    """The panel with an opened source."""
    html = source_html(
        opened.reference,
        document,
        turn=opened.turn,
        neighbours=opened.neighbours,
        language=language,
        picture=picture,
    )
    return _panel(html, language)


def opened_document_html(document: Document | PolicybotError, language: Language) -> str:
    """The panel with a document that was opened from the list."""
    if isinstance(document, PolicybotError):
        note = say(language, "document_missing", reason=explained(document, language))
        return _panel(f'<p class="pb-note" role="alert">{escape(note)}</p>', language)
    return _panel(document_panel_html(document, language=language), language)


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
