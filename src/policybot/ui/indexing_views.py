"""Indexing as HTML: what it would change, how far it has come, what it changed, what came of each address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from policybot.domain import IndexFailure, IndexPlan, IndexReport, Progress
from policybot.errors import PolicybotError
from policybot.indexing.addresses import is_address
from policybot.indexing.applying import PAGES
from policybot.rendering import Language, escape, explained, explained_kind, say

_NAMES_SHOWN = 200
"""Names of a group in a plan or a report that are listed."""

_GROUPS = ("new", "changed", "moved", "deleted")


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
    """How far an indexing job has come, with buttons that stop it; of addresses each has a line of its own."""
    id_ = escape(job.id)
    lines = _places(job, language) if any(map(is_address, job.places)) else _bar(job.progress, language)
    return (
        f'<div class="pb-card-work" role="status" data-job="{id_}">{lines}'
        f'<button type="button" data-event="cancel_index" data-job="{id_}">'
        f"{escape(say(language, 'cancel' if len(job.places) == 1 else 'cancel_all'))}</button></div>"
    )


def _bar(progress: Progress | None, language: Language) -> str:
    label = escape(_come(progress, language))
    shown = "" if progress is None or not progress.total else f' max="{progress.total}" value="{progress.done}"'
    return f'<p>{label}</p><progress aria-label="{label}"{shown}></progress>'


def _come(progress: Progress | None, language: Language) -> str:
    """How far a step has come, in words."""
    if progress is None:
        return say(language, "indexing")
    if progress.what == PAGES:
        return say(language, "fetching", done=progress.done)
    if not progress.total:
        return say(language, "indexing")
    return say(language, "indexing_documents", done=progress.done, total=progress.total)


def _places(job: Any, language: Language) -> str:
    """A line for each place: what came of it, how far it has come, or that it waits."""
    lines = []
    for number, place in enumerate(job.places):
        name = f'<span class="pb-title">{escape(place)}</span>'
        if number < len(job.outcomes):
            outcome = job.outcomes[number]
            lines.append(f'<li data-result="{outcome.state}">{name}{_result(outcome, language)}</li>')
        elif job.state != "running":
            lines.append(f'<li data-result="cancelled">{name}<p>{escape(say(language, "upload_cancelled"))}</p></li>')
        else:
            now = number == len(job.outcomes)
            how = _bar(job.progress, language) if now else f"<p>{escape(say(language, 'upload_waiting'))}</p>"
            cancel = escape(say(language, "cancel"))
            lines.append(
                f'<li data-result="{"running" if now else "waiting"}">{name}{how}<button type="button" '
                f'data-event="cancel_index" data-job="{escape(job.id)}" data-place="{escape(place)}" '
                f'aria-label="{cancel}: {escape(place)}">{cancel}</button></li>'
            )
    return f'<ul class="pb-places">{"".join(lines)}</ul>'


def _result(outcome: Any, language: Language) -> str:
    """What came of one place."""
    if outcome.state == "failed":
        return f"<p>{escape(explained_kind(outcome.error_type, outcome.error, language))}</p>"
    if outcome.report is None:
        return f"<p>{escape(say(language, 'upload_cancelled'))}</p>"
    plan: IndexPlan = outcome.report.plan
    counts = [(group, len(getattr(plan, group))) for group in (*_GROUPS, "unchanged", "failed")]
    said = [say(language, f"plan_{group}", count=count) for group, count in counts if count]
    reasons = "".join(f"<p>{escape(_reason(failure, language))}</p>" for failure in plan.failed[:_NAMES_SHOWN])
    return f"<p>{escape(' · '.join(said))}</p>{reasons}"


def report_html(job: Any, language: Language) -> str:
    """What an indexing job did in each place, and what failed."""
    reports: Sequence[IndexReport] = job.reports
    addresses = any(map(is_address, job.places))
    lines = _places(job, language) if addresses else _groups([report.plan for report in reports], language)
    if not addresses:
        failed = [outcome for outcome in job.outcomes if outcome.state == "failed"]
        lines += "".join(f'<p class="pb-wrong">{_failure_line(outcome, language)}</p>' for outcome in failed)
    lines += f"<p>{escape(say(language, 'report_cancelled'))}</p>" if job.state == "cancelled" else ""
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
    nothing = bool(job.outcomes) and all(outcome.state == "failed" for outcome in job.outcomes)
    role, tone = ("alert", " pb-error") if nothing else ("status", "")
    return (
        f'<div class="pb-card-work{tone}" role="{role}" data-job-state="{job.state}">'
        f"<h3>{escape(say(language, 'report'))}</h3>{lines}"
        f'<button type="button" data-event="dismiss">{escape(say(language, "close"))}</button></div>'
    )


def _failure_line(outcome: Any, language: Language) -> str:
    return escape(explained_kind(outcome.error_type, outcome.error, language))


def failure_html(failure: PolicybotError | str, language: Language) -> str:
    """Something that could not be done, and what to do."""
    message = failure if isinstance(failure, str) else explained(failure, language)
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
        reasons = [_reason(failure, language) for failure in failed]
        parts.append(_group(say(language, "plan_failed", count=len(failed)), reasons))
    unchanged = sum(len(plan.unchanged) for plan in plans)
    if unchanged:
        parts.append(f"<p>{escape(say(language, 'plan_unchanged', count=unchanged))}</p>")
    return "".join(parts)


def _reason(failure: IndexFailure, language: Language) -> str:
    return explained_kind(failure.kind, failure.reason, language)


def _group(heading: str, lines: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines[:_NAMES_SHOWN])
    more = "<li>…</li>" if len(lines) > _NAMES_SHOWN else ""
    return f'<details open class="pb-group"><summary>{escape(heading)}</summary><ul>{items}{more}</ul></details>'
