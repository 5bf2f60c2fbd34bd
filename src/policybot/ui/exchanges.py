"""A question with what has become of it, as HTML: the answer, how far it goes, sources, what can be done."""

from __future__ import annotations

from policybot.domain import Answer
from policybot.language import lexicon
from policybot.rendering import (
    Language,
    answer_html,
    as_text,
    escape,
    explained,
    found,
    found_html,
    say,
    sources_html,
)
from policybot.settings import NO_CHAT_MODEL
from policybot.ui.session import NEAREST_OF, Exchange

_SAID_FIRST = frozenset({"disagreement", "correction"})
"""Kinds of answer whose message stands before the sentences; a partial one's stands behind."""


def exchange_html(exchange: Exchange, turn: str, language: Language, *, latest: bool) -> str:
    """One exchange.

    Args:
        turn: Its name, ``m1`` for the first of the page.
        latest: Whether it is the last one, which can be asked again and leads on.
    """
    you = escape(say(language, "you"))
    busy = "true" if exchange.running else "false"
    kind = f' data-kind="{exchange.answer.kind}"' if exchange.answer else ""
    return (
        f'<article class="pb-exchange" data-turn="{turn}" data-stage="{exchange.stage}"{kind}>'
        f'<h2 class="pb-question"><span class="pb-hidden">{you}: </span>{escape(exchange.question)}</h2>'
        f"{_understood(exchange, turn, language)}"
        f'<div class="pb-answer" aria-live="polite" aria-busy="{busy}">'
        f"{_body(exchange, turn, language)}</div>"
        f"{_below(exchange, turn, language)}"
        f"{_actions(exchange, turn, language, latest=latest)}"
        f"{_further(exchange, turn, language) if latest else ''}</article>"
    )


def _understood(exchange: Exchange, turn: str, language: Language) -> str:
    """How a follow-up was understood, in a quiet line, and a button that puts it into the box to be corrected."""
    if not exchange.understood:
        return ""
    line = escape(say(language, "understood", question=exchange.understood))
    change = ""
    if not exchange.running:
        change = (
            f' <button type="button" data-event="edit" data-turn="{turn}" data-what="understood">'
            f"{escape(say(language, 'correct'))}</button>"
        )
    return f'<p class="pb-understood">{line}{change}</p>'


def _body(exchange: Exchange, turn: str, language: Language) -> str:
    """What the live region holds: the answer as far as it goes, and how it stands."""
    if exchange.abstained and exchange.answer is not None:
        return _refusal(exchange.answer, language)
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
            told = "" if exchange.failure is None else explained(exchange.failure, language)
            return text + _error(told, language)
        case "broken":
            return text + _error(say(language, "internal_error", time=exchange.broken_at), language)
        case "done":
            return text if exchange.answer is None else _answered(exchange.answer, text, language)


def _refusal(answer: Answer, language: Language) -> str:
    """What is said instead of an answer, under a heading that tells why."""
    key = "abstained" if answer.kind == "unanswered" or answer.kind == "full" else f"kind_{answer.kind}"
    tone = "pb-meta" if answer.kind == "meta" else "pb-abstained"
    why = ""
    # What is declined needs no figures: the heading says why.
    if answer.kind in NEAREST_OF and answer.settled is not None and answer.settled.note:
        why = f'<p class="pb-note">{escape(answer.settled.note)}</p>'
    return (
        f'<div class="{tone}"><p class="pb-kicker">{escape(say(language, key))}</p>'
        f'<p class="pb-message">{escape(answer.message)}</p>{why}</div>'
    )


def _answered(answer: Answer, text: str, language: Language) -> str:
    """The sentences with what is said about all of them: quoted or not, the kind's message, the verdicts."""
    note = f'<p class="pb-quoted">{escape(say(language, "quoted"))}</p>' if answer.chat_model == NO_CHAT_MODEL else ""
    told = ""
    if answer.kind != "full" and answer.message:
        told = (
            f'<div class="pb-told"><p class="pb-kicker">{escape(say(language, f"kind_{answer.kind}"))}</p>'
            f'<p class="pb-message">{escape(answer.message)}</p></div>'
        )
    parts = (note, told, text) if answer.kind in _SAID_FIRST else (note, text, told)
    return "".join(parts) + _verdicts(answer, language)


def _verdicts(answer: Answer, language: Language) -> str:
    """One line on how well the sentences stand."""
    supported = sum(sentence.verdict == "supported" for sentence in answer.sentences)
    count = len(answer.sentences)
    key = "verdict_all" if supported == count else "verdict_some"
    line = say(language, key, supported=supported, count=count)
    if answer.rejected:
        line += " " * lexicon(language).spaced + say(language, "verdict_rejected", count=len(answer.rejected))
    return f'<p class="pb-verdicts">{escape(line)}</p>'


def _below(exchange: Exchange, turn: str, language: Language) -> str:
    """What stands below the answer: where was searched, what is cited, or what came nearest."""
    if exchange.stage == "reading":
        return found_html([found(hit) for hit in exchange.hits], language=language)
    if exchange.abstained:
        return sources_html(exchange.nearest, turn=turn, language=language, heading=say(language, "nearest"))
    if exchange.running:
        return ""
    return sources_html(exchange.cited, turn=turn, language=language, heading=say(language, "sources"))


def _actions(exchange: Exchange, turn: str, language: Language, *, latest: bool) -> str:
    """What can be done with the exchange, as quiet buttons."""
    if exchange.running:
        return ""

    def button(event: str, text: str, more: str = "") -> str:
        words = escape(say(language, text))
        return f'<button type="button" data-event="{event}" data-turn="{turn}"{more}>{words}</button>'

    buttons = []
    if exchange.answer is not None:
        copied = escape(as_text(exchange.answer))
        buttons.append(
            f'<button type="button" data-copy="{copied}" data-copied="{escape(say(language, "copied"))}">'
            f"{escape(say(language, 'copy'))}</button>"
        )
    if latest:
        buttons.append(button("retry", "retry"))
    buttons.append(button("edit", "edit"))
    comment = ""
    if exchange.kept:
        for rating, text in (("up", "helpful"), ("down", "not_helpful")):
            pressed = "true" if exchange.rating == rating else "false"
            buttons.append(button("rate", text, f' data-rating="{rating}" aria-pressed="{pressed}"'))
        comment = _comment(exchange, turn, language) if exchange.rating else ""
    label = escape(say(language, "actions"))
    return f'<div class="pb-actions" role="group" aria-label="{label}">{"".join(buttons)}</div>{comment}'


def _comment(exchange: Exchange, turn: str, language: Language) -> str:
    label = escape(say(language, "comment"))
    return (
        f'<div class="pb-comment"><p role="status">{escape(say(language, "comment_kept"))}</p>'
        f'<textarea rows="2" maxlength="4000" aria-label="{label}" placeholder="{label}">{escape(exchange.comment)}'
        f'</textarea><button type="button" data-event="rate" data-turn="{turn}" data-rating="{exchange.rating}" '
        f"data-with-comment>{escape(say(language, 'comment_save'))}</button></div>"
    )


def _further(exchange: Exchange, turn: str, language: Language) -> str:
    """Questions that lead on."""
    if not exchange.further:
        return ""
    heading = escape(say(language, "better_questions" if exchange.abstained else "follow_ups"))
    items = "".join(
        f'<li><button type="button" data-event="choose_further" data-turn="{turn}" data-place="{place}">'
        f"{escape(question)}</button></li>"
        for place, question in enumerate(exchange.further)
    )
    return f'<section class="pb-further"><h3>{heading}</h3><ul>{items}</ul></section>'


def leads_on(answer: Answer) -> bool:
    """Whether other questions are offered below the answer."""
    return answer.status == "answered" or answer.kind in NEAREST_OF


def _busy(text: str) -> str:
    return f'<p class="pb-busy">{escape(text)}</p>'


def _error(message: str, language: Language) -> str:
    return (
        f'<div class="pb-error" role="alert"><p class="pb-kicker">{escape(say(language, "failed"))}</p>'
        f'<p>{escape(message)}</p><p class="pb-kept">{escape(say(language, "question_kept"))}</p></div>'
    )
