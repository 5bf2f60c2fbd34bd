"""The Documents view as HTML: what is indexed, what indexing would change, how far it has come, what it changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from policybot.domain import DocumentSummary, IndexFailure, IndexPlan, IndexReport, PassagePoint
from policybot.rendering import Language, say
from policybot.ui import views
from policybot.ui.charts import map_svg, timeline_svg

_NAMES_SHOWN = 200
"""Names of a group in a plan or a report that are listed."""

_COLUMNS = ("title", "publisher", "published", "language", "passages", "version", "state")
_GROUPS = ("new", "changed", "deleted")


def adding_html(language: Language, *, editor: bool, suffixes: Iterable[str], megabytes: int) -> str:
    """Where files are added and changes looked for; for readers a line that says who may."""
    heading = f"<h2>{escape(say(language, 'documents'))}</h2>"
    if not editor:
        return f'<div class="pb-adding">{heading}<p class="pb-note">{escape(say(language, "readers_only"))}</p></div>'
    accepted = sorted(suffixes)
    hint = escape(say(language, "add_hint", suffixes=", ".join(accepted), megabytes=megabytes))
    told = "".join(
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
        f'<ul class="pb-uploads" aria-live="polite"></ul>'
        f'<button type="button" class="pb-plain" data-event="plan_index">{escape(say(language, "reindex"))}</button>'
        f'<a href="api/v1/feedback" download="feedback.json">{escape(say(language, "export_ratings"))}</a></div>'
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
        f'<div class="pb-card-work" role="alert"><p>{sure}'
        f'</p><div class="pb-actions"><button type="button" class="pb-danger" data-event="remove_document" '
        f'data-document="{id_}">{escape(say(language, "remove_yes"))}</button>'
        f'<button type="button" data-event="dismiss">{escape(say(language, "remove_no"))}</button></div></div>'
    )


def plan_html(plans: Sequence[IndexPlan], language: Language) -> str:
    """What indexing would change, with the choice to do it or not."""
    if not any(getattr(plan, group) for plan in plans for group in (*_GROUPS, "failed")):
        return (
            f'<div class="pb-card-work" role="status"><p>{escape(say(language, "plan_nothing"))}</p>'
            f'<button type="button" data-event="dismiss">{escape(say(language, "close"))}</button></div>'
        )
    return (
        f'<div class="pb-card-work" role="status"><h3>{escape(say(language, "plan"))}</h3>{_groups(plans, language)}'
        f'<div class="pb-actions"><button type="button" class="pb-do" data-event="apply_index">'
        f'{escape(say(language, "plan_apply"))}</button><button type="button" data-event="dismiss">'
        f"{escape(say(language, 'plan_not_now'))}</button></div></div>"
    )


def progress_html(job: Any, language: Language) -> str:
    """How far an indexing job has come, with a button that stops it."""
    progress = job.progress
    if progress is None or not progress.total:
        text, bar = say(language, "indexing"), "<progress></progress>"
    else:
        text = say(language, "indexing_documents", done=progress.done, total=progress.total)
        bar = f'<progress max="{progress.total}" value="{progress.done}"></progress>'
    return (
        f'<div class="pb-card-work" role="status" data-job="{escape(job.id)}"><p>{escape(text)}</p>{bar}'
        f'<button type="button" data-event="cancel_index" data-job="{escape(job.id)}">'
        f"{escape(say(language, 'cancel'))}</button></div>"
    )


def report_html(job: Any, language: Language) -> str:
    """What an indexing job did, or why it failed."""
    close = f'<button type="button" data-event="dismiss">{escape(say(language, "close"))}</button>'
    if job.state == "failed":
        return f'<div class="pb-card-work pb-error" role="alert"><p>{escape(job.error)}</p>{close}</div>'
    reports: Sequence[IndexReport] = job.reports
    lines = f"<p>{escape(say(language, 'report_cancelled'))}</p>" if job.state == "cancelled" else ""
    if reports:
        line = say(
            language,
            "report_line",
            embedded=f"{sum(report.embedded for report in reports):,}",
            seconds=f"{sum(report.seconds for report in reports):.1f}",
            documents=f"{reports[-1].documents:,}",
            passages=f"{reports[-1].passages:,}",
        )
        lines += f"<p>{escape(line)}</p>"
    groups = _groups([report.plan for report in reports], language)
    return (
        f'<div class="pb-card-work" role="status" data-job-state="{job.state}">'
        f"<h3>{escape(say(language, 'report'))}</h3>"
        f"{groups}{lines}{close}</div>"
    )


def failure_html(message: str, language: Language) -> str:
    """Something that could not be done, and what to do."""
    return (
        f'<div class="pb-card-work pb-error" role="alert"><p>{escape(message)}</p>'
        f'<button type="button" data-event="dismiss">{escape(say(language, "close"))}</button></div>'
    )


def _groups(plans: Sequence[IndexPlan], language: Language) -> str:
    """The names by what happens to them; failures with their reasons."""
    parts = []
    for group in _GROUPS:
        names = [name for plan in plans for name in getattr(plan, group)]
        if names:
            parts.append(_group(say(language, f"plan_{group}", count=len(names)), names))
    failed: list[IndexFailure] = [failure for plan in plans for failure in plan.failed]
    if failed:
        reasons = [failure.reason for failure in failed]
        parts.append(_group(say(language, "plan_failed", count=len(failed)), reasons))
    unchanged = sum(len(plan.unchanged) for plan in plans)
    if unchanged:
        parts.append(f"<p>{escape(say(language, 'plan_unchanged', count=unchanged))}</p>")
    return "".join(parts)


def _group(heading: str, lines: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines[:_NAMES_SHOWN])
    more = "<li>…</li>" if len(lines) > _NAMES_SHOWN else ""
    return f'<details open class="pb-group"><summary>{escape(heading)}</summary><ul>{items}{more}</ul></details>'
