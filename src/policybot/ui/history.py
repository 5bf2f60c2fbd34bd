"""The list of one's conversations as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from policybot.rendering import EXPORT_FORMATS, Language, escape, say
from policybot.store.records import LONGEST_TITLE, ConversationSummary


def history_html(
    conversations: Sequence[ConversationSummary], current: str, language: Language, *, search: str = ""
) -> str:
    """The drawer: a search field, and each conversation with what can be done with it.

    Args:
        current: Id of the conversation that is shown.
        search: What was searched for.
    """
    title, close = escape(say(language, "history")), escape(say(language, "close"))
    find = escape(say(language, "history_search"))
    items = "".join(_item(each, language, current=each.id == current) for each in conversations)
    empty = say(language, "history_nothing" if search else "history_empty")
    listed = f"<ul>{items}</ul>" if items else f'<p class="pb-note">{escape(empty)}</p>'
    return (
        f'<aside class="pb-drawer" aria-label="{title}"><div class="pb-drawer-top"><h2>{title}</h2>'
        f'<button type="button" data-history>{close}</button></div>'
        f'<input type="search" class="pb-field" data-search="search_history" value="{escape(search)}" maxlength="200" '
        f'aria-label="{find}" placeholder="{find}">{listed}</aside>'
    )


def _item(summary: ConversationSummary, language: Language, *, current: bool) -> str:
    key = "history_count_one" if summary.questions == 1 else "history_count"
    details = f"{summary.updated_at[:10]} · {say(language, key, count=summary.questions)}"
    name = summary.title or "–"
    here = ' aria-current="true"' if current else ""
    id_ = escape(summary.id)
    more = escape(say(language, "history_more"))
    exports = "".join(
        f'<a href="api/v1/conversations/{id_}/export?format={format}" download>'
        f"{escape(say(language, f'export_{format}'))}</a>"
        for format in EXPORT_FORMATS
    )
    return (
        f'<li><button type="button" class="pb-open" data-event="open_conversation" data-conversation="{id_}"{here}>'
        f'<span class="pb-title">{escape(name)}</span><span class="pb-details">{escape(details)}</span></button>'
        f'<details name="pb-more" data-conversation="{id_}"><summary data-conversation="{id_}" '
        f'aria-label="{more}: {escape(name)}" title="{more}">⋯</summary>'
        f'<div class="pb-more"><label>{escape(say(language, "history_title"))} '
        f'<input class="pb-field" data-conversation="{id_}" value="{escape(summary.title)}" '
        f'maxlength="{LONGEST_TITLE}"></label>'
        f'<button type="button" data-event="rename_conversation" data-conversation="{id_}" data-with-title>'
        f"{escape(say(language, 'rename'))}</button>"
        f'<button type="button" data-link="?c={id_}" data-copied="{escape(say(language, "copied"))}">'
        f"{escape(say(language, 'link_copy'))}</button>"
        f'<button type="button" class="pb-danger" data-event="delete_conversation" data-conversation="{id_}">'
        f"{escape(say(language, 'delete'))}</button>"
        f"<p>{escape(say(language, 'export'))}: {exports}</p></div></details></li>"
    )
