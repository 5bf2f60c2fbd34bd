"""The page's pieces of HTML: what documents and readers bring is text in all of them, and only what can be seen."""

from __future__ import annotations

import html.parser

import pytest

from policybot.domain import DocumentSummary, IndexFailure, IndexPlan, Metadata, PassagePoint
from policybot.rendering import LANGUAGES, Language
from policybot.store.records import ConversationSummary
from policybot.ui import charts, documents_views, history, indexing_views, views
from policybot.ui.session import Exchange, Session

HIDDEN = "\u202e\u200b\u2066\U000e0041\ufe01"
HOSTILE = f'<script>x</script>"onmouseover="x{HIDDEN}'


class Elements(html.parser.HTMLParser):
    """The elements and attributes that a browser would find."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(name for name, _ in attrs)}


def pieces(language: Language) -> list[str]:
    """Every piece, made of hostile text."""
    meta = Metadata(title=HOSTILE, publisher=HOSTILE, published="2024", language=HOSTILE)
    document = DocumentSummary("d1", HOSTILE, meta, "v1", 3, "2026-01-01T00:00:00Z")
    plan = IndexPlan(new=(HOSTILE,), failed=(IndexFailure(HOSTILE, HOSTILE, "BrokenFile"),))
    session = Session(exchanges=[Exchange(HOSTILE), Exchange(HOSTILE).broken(at=HOSTILE)], editing=0)
    return [
        documents_views.library_html(
            [document], [document], {}, [PassagePoint("d1", HOSTILE, 0.1, 0.2)], language, editor=True
        ),
        documents_views.removal_html(document, language),
        indexing_views.plan_html([plan], language),
        indexing_views.failure_html(HOSTILE, language),
        history.history_html(
            [ConversationSummary("c1", HOSTILE, "2026-01-01", "2026-01-01", 1)], "", language, search=HOSTILE
        ),
        charts.timeline_svg([document], language),
        views.past_html(session, language),
        views.current_html(session, (HOSTILE,), language),
        views.editing_html(session, language),
        views.filtered_html({"publishers": [HOSTILE]}, "", "", language),
        views.header_html(language, user=HOSTILE),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_stays_text_and_hidden_characters_are_left_out(language: Language) -> None:
    """No piece makes an element or an attribute of what it shows, and none lets through what a reader cannot see."""
    for piece in pieces(language):
        elements = Elements()
        elements.feed(piece)

        assert not {"script", "onmouseover"} & elements.found
        assert not set(HIDDEN) & set(piece)
