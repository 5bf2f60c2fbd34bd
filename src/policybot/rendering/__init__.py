"""Answers and their sources as Markdown, plain text, JSON and HTML: pure functions for page and terminal.

Whatever comes from a document, a question or a model is hostile until it has passed through here.
"""

from __future__ import annotations

from policybot.rendering.answers import (
    Picture,
    answer_html,
    document_panel_html,
    found_html,
    inline_html,
    shortened,
    source_html,
    sources_html,
)
from policybot.rendering.changes import changes_as_text, duplicates_as_text
from policybot.rendering.escaping import escape
from policybot.rendering.exports import (
    EXPORT_FORMATS,
    ExportFormat,
    conversation_docx,
    conversation_json,
    conversation_markdown,
)
from policybot.rendering.failures import explained, explained_kind
from policybot.rendering.highlighting import document_html, shown_stretch
from policybot.rendering.references import Reference, by_document, cited, found, web_address
from policybot.rendering.strings import (
    DEFAULT_LANGUAGE,
    LANGUAGE_NAMES,
    LANGUAGE_TAGS,
    LANGUAGES,
    STRINGS,
    Language,
    preferred_language,
    say,
    spoken,
)
from policybot.rendering.texts import (
    NEAREST_SHOWN,
    as_json,
    as_markdown,
    as_text,
    check_as_text,
    decisions_as_text,
    hits_as_text,
    sentences_as_text,
)

__all__ = [
    "DEFAULT_LANGUAGE",
    "EXPORT_FORMATS",
    "LANGUAGES",
    "LANGUAGE_NAMES",
    "LANGUAGE_TAGS",
    "NEAREST_SHOWN",
    "STRINGS",
    "ExportFormat",
    "Language",
    "Picture",
    "Reference",
    "answer_html",
    "as_json",
    "as_markdown",
    "as_text",
    "by_document",
    "changes_as_text",
    "check_as_text",
    "cited",
    "conversation_docx",
    "conversation_json",
    "conversation_markdown",
    "decisions_as_text",
    "document_html",
    "document_panel_html",
    "duplicates_as_text",
    "escape",
    "explained",
    "explained_kind",
    "found",
    "found_html",
    "hits_as_text",
    "inline_html",
    "preferred_language",
    "say",
    "sentences_as_text",
    "shortened",
    "shown_stretch",
    "source_html",
    "sources_html",
    "spoken",
    "web_address",
]
