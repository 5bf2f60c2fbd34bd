"""What indexing changed, as plain text for a terminal: sections side by side, and answers that lost their ground."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import zip_longest

from policybot.domain.changes import DocumentChange, Duplicates, SectionChange
from policybot.rendering.strings import Language, say
from policybot.text.plain import visible

_LINES = 12
"""Lines of a changed section, or of a lost quote, that are shown; JSON has all of it."""

_LISTED = 20
"""Sections of a document, quotes and repeated passages that are shown."""


def changes_as_text(changes: Sequence[DocumentChange], *, language: Language, width: int = 100) -> str:
    """Each change with its sections, old text left and new text right; empty for none."""
    return "\n".join(_change(change, language, width) for change in changes)


def duplicates_as_text(duplicates: Duplicates, *, language: Language, width: int = 100) -> str:
    """What is in the index more than once; empty for nothing."""
    lines = [visible(say(language, "same_text", names=", ".join(same.names))) for same in duplicates.documents]
    for passage in duplicates.passages[:_LISTED]:
        text = textwrap.shorten(visible(passage.text), max(width - 12, 20), placeholder="…")
        lines.append(say(language, "repeated", count=len(passage.names), text=text))
    return "".join(f"{line}\n" for line in lines)


def _change(change: DocumentChange, language: Language, width: int) -> str:
    names = f"{change.before} → {change.name}" if change.before else change.name
    lines = [visible(f"{say(language, change.kind)}: {names}")]
    lines.append(
        "  " + say(language, "passages_changed", came=change.came_count, went=change.went_count, kept=change.kept_count)
    )
    for section in change.sections[:_LISTED]:
        lines += _section(section, language, width)
    if len(change.sections) > _LISTED:
        lines.append("  " + say(language, "and_more", count=len(change.sections) - _LISTED))
    for quote in change.lost_quotes[:_LISTED]:
        said = textwrap.shorten(visible(quote.quote), max(width - 12, 20), placeholder="…")
        asked = textwrap.shorten(visible(quote.question), max(width - 12, 20), placeholder="…")
        lines.append("  " + say(language, "lost_quote", question=asked, at=quote.answered_at[:10], quote=said))
    return "\n".join(lines) + "\n"


def _section(section: SectionChange, language: Language, width: int) -> list[str]:
    """The heading, then two columns."""
    heading = " > ".join(section.section) or say(language, "above_headings")
    column = max((width - 7) // 2, 16)
    left, right = (_column(text, column) for text in (section.before, section.after))
    rows = [f"  {a:<{column}} │ {b}".rstrip() for a, b in zip_longest(left, right, fillvalue="")]
    return [f"  {visible(heading)}", *rows]


def _column(text: str, width: int) -> list[str]:
    lines = [piece for line in visible(text).splitlines() for piece in (textwrap.wrap(line, width) or [""])]
    return lines if len(lines) <= _LINES else [*lines[:_LINES], "…"]
