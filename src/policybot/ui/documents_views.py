"""The Documents view as HTML: where documents are added, and what is indexed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from policybot.domain import DocumentSummary, PassagePoint
from policybot.rendering import Language, escape, explained_kind, say
from policybot.ui import views
from policybot.ui.charts import map_svg, timeline_svg

_COLUMNS = ("title", "publisher", "published", "language", "passages", "version", "state")
_UPLOAD_FAILURES = (
    "UnsupportedFormat", "BrokenFile", "StoreError", "TooLarge", "TooManyRequests", "NotAllowed", "NotSignedIn",
    "InternalError",
)  # fmt: skip
"""What adding a file can fail with, for the page's script; in English the server's own words are shown."""


def adding_html(language: Language, *, editor: bool, suffixes: Iterable[str], megabytes: int) -> str:
    """Where files are added and changes looked for; for readers a line that says who may."""
    heading = f"<h2>{escape(say(language, 'documents'))}</h2>"
    if not editor:
        return f'<div class="pb-adding">{heading}<p class="pb-note">{escape(say(language, "readers_only"))}</p></div>'
    accepted = sorted(suffixes)
    hint = escape(say(language, "add_hint", suffixes=", ".join(accepted), megabytes=megabytes))
    failures = {kind: told for kind in _UPLOAD_FAILURES if (told := explained_kind(kind, "", language))}
    told = f' data-say-failures="{escape(json.dumps(failures, ensure_ascii=False))}"' + "".join(
        f' data-say-{key.removeprefix("upload_").replace("_", "-")}="{escape(say(language, key, megabytes=megabytes))}"'
        for key in (
            "upload_waiting", "upload_sent", "upload_failed", "upload_cancelled", "upload_too_large",
            "upload_wrong_kind", "cancel",
        )
    )  # fmt: skip
    return (
        f'<div class="pb-adding">{heading}<div class="pb-drop" data-drop data-megabytes="{megabytes}"{told}>'
        f'<label class="pb-choose"><span class="pb-hidden">{escape(say(language, "add_files"))}</span>'
        f'<input type="file" multiple accept="{escape(",".join(accepted))}">'
        f'<span aria-hidden="true">{escape(say(language, "choose_files"))}</span></label><span>{hint}</span></div>'
        f'<ul class="pb-uploads" aria-live="polite"></ul>{_addresses(language)}'
        f'<button type="button" class="pb-plain" data-event="plan_index">{escape(say(language, "reindex"))}</button>'
        f'<a href="api/v1/feedback" download="feedback.json">{escape(say(language, "export_ratings"))}</a></div>'
    )


def _addresses(language: Language) -> str:
    """Where addresses are added."""
    label, hint = escape(say(language, "add_addresses")), escape(say(language, "add_addresses_hint"))
    return (
        f'<div class="pb-addresses"><label for="pb-addresses">{label}</label>'
        f'<textarea id="pb-addresses" class="pb-field" rows="1" maxlength="20000" spellcheck="false" '
        f'placeholder="https://" aria-describedby="pb-addresses-hint"></textarea>'
        f'<button type="button" class="pb-plain" data-event="add_addresses" data-with-addresses>'
        f"{escape(say(language, 'add_addresses_do'))}</button>"
        f'<p id="pb-addresses-hint">{hint}</p></div>'
    )


def library_html(
    documents: Sequence[DocumentSummary],
    left_out: Sequence[DocumentSummary],
    states: Mapping[str, str],
    points: Sequence[PassagePoint],
    language: Language,
    *,
    editor: bool,
) -> str:
    """The table with its search and filters, the time line and the map.

    Args:
        states: ``changed`` or ``deleted`` by the document's name; others are indexed as they are on disk.
    """
    if not documents and not left_out:
        return f'<p class="pb-note">{escape(say(language, "documents_none"))}</p>'
    rows = [_row(d, states.get(d.name, "indexed"), language, editor=editor) for d in documents]
    rows += [_row(d, "left_out", language, editor=editor) for d in left_out]
    head = "".join(f'<th scope="col">{escape(say(language, f"column_{name}"))}</th>' for name in _COLUMNS)
    titles = {d.id: d.metadata.title for d in documents}
    return (
        f"{_narrowing([*documents, *left_out], language)}"
        f'<div class="pb-table" tabindex="0" role="region" aria-label="{escape(say(language, "documents"))}"><table>'
        f"<thead><tr>{head}<td></td></tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
        f'<section class="pb-figure"><h3>{escape(say(language, "timeline"))}</h3>'
        f'<div class="pb-wide" tabindex="0" role="region" aria-label="{escape(say(language, "timeline"))}">'
        f"{timeline_svg(documents, language)}</div></section>"
        f'<section class="pb-figure"><h3>{escape(say(language, "map"))}</h3>'
        f'<p class="pb-note">{escape(say(language, "map_hint"))}</p>{map_svg(points, titles, language)}</section>'
    )


def _narrowing(documents: Sequence[DocumentSummary], language: Language) -> str:
    """The search field and three lists; the page's script hides the rows that do not pass."""
    publishers = sorted({d.metadata.publisher for d in documents} - {""})
    languages = sorted({d.metadata.language for d in documents} - {""})
    states = ("indexed", "changed", "deleted", "left_out")
    selects = (
        _select("publisher", "all_publishers", [(p, p) for p in publishers], language),
        _select("language", "all_languages", [(c, views.language_name(c, language)) for c in languages], language),
        _select("state", "all_states", [(s, say(language, f"state_{s}")) for s in states], language),
    )
    find = escape(say(language, "documents_search"))
    shown = escape(say(language, "documents_shown", shown="{shown}", count=len(documents)))
    return (
        f'<div class="pb-narrow"><input type="search" class="pb-field" data-narrow="text" maxlength="200" '
        f'aria-label="{find}" placeholder="{find}">{"".join(selects)}'
        f'<span role="status" data-shown="{shown}">{shown.replace("{shown}", str(len(documents)))}</span></div>'
    )


def _select(name: str, every: str, options: Sequence[tuple[str, str]], language: Language) -> str:
    label = escape(say(language, every))
    listed = "".join(f'<option value="{escape(value)}">{escape(text)}</option>' for value, text in options)
    return (
        f'<select class="pb-field" data-narrow="{name}" aria-label="{escape(say(language, f"column_{name}"))}">'
        f'<option value="">{label}</option>{listed}</select>'
    )


def _row(document: DocumentSummary, state: str, language: Language, *, editor: bool) -> str:
    meta = document.metadata
    title = escape(meta.title)
    found = escape(f"{meta.title} {meta.publisher} {document.name}".casefold())
    cells = (
        escape(meta.publisher), escape(meta.published), escape(views.language_name(meta.language, language)),
        f"{document.passages:,}", f"<code>{escape(document.version[:7])}</code>",
        escape(say(language, f"state_{state}")),
    )  # fmt: skip
    body = "".join(
        f'<td data-label="{escape(say(language, f"column_{name}"))}">{cell}</td>'
        for name, cell in zip(_COLUMNS[1:], cells, strict=True)
    )
    opening = f'data-event="open_document" data-document="{escape(document.id)}"'
    name = f'<span class="pb-details">{escape(document.name)}</span>'
    if state == "left_out":
        first = f'<span class="pb-title">{title}</span>{name}'
        button = (
            f'data-event="restore_document" data-document="{escape(document.id)}">{escape(say(language, "restore"))}'
        )
    else:
        label = escape(say(language, "open_document", title=meta.title))
        first = f'<button type="button" {opening} class="pb-title" aria-label="{label}">{title}</button>{name}'
        label = escape(say(language, "remove_document", title=meta.title))
        button = (
            f'data-event="ask_removal" data-document="{escape(document.id)}" '
            f'aria-label="{label}">{escape(say(language, "remove"))}'
        )
    last = f'<button type="button" class="pb-plain" {button}</button>' if editor else ""
    return (
        f'<tr data-text="{found}" data-publisher="{escape(meta.publisher)}" '
        f'data-language-code="{escape(meta.language)}" '
        f'data-state="{state}"><th scope="row">{first}</th>{body}<td>{last}</td></tr>'
    )


def removal_html(document: DocumentSummary, language: Language) -> str:
    """Asks whether a document is really to go."""
    id_ = escape(document.id)
    sure = escape(say(language, "remove_sure", title=document.metadata.title))
    return (
        f'<div class="pb-card-work" role="alertdialog" aria-labelledby="pb-sure"><p id="pb-sure">{sure}'
        f'</p><div class="pb-actions"><button type="button" class="pb-danger" data-event="remove_document" '
        f'data-document="{id_}">{escape(say(language, "remove_yes"))}</button>'
        f'<button type="button" data-event="dismiss" data-first>{escape(say(language, "remove_no"))}</button>'
        "</div></div>"
    )
