"""What a click on a citation, a passage or a document opens beside the answer."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlencode

from policybot.domain import Document
from policybot.errors import PolicybotError
from policybot.rendering import Language, Picture
from policybot.ui import views
from policybot.ui.assistant import Assistant
from policybot.ui.session import Opened, Session


class Opening:
    """Opens sources.

    Args:
        assistant: Holds the documents.
        pictures: Whether the server draws pages of PDFs.
    """

    def __init__(self, assistant: Assistant, *, pictures: bool) -> None:
        self._assistant = assistant
        self._pictures = pictures

    async def html(self, session: Session, reference: str, language: Language) -> str | None:
        """The panel with what the reference means; None when it means nothing."""
        if reference.startswith("d:"):
            document = await asyncio.to_thread(self._document, reference.removeprefix("d:"), None)
            return await asyncio.to_thread(views.opened_document_html, document, language)
        opened = session.find(reference)
        if opened is None:
            return None
        return await asyncio.to_thread(self._source_html, opened, language)

    def _source_html(self, opened: Opened, language: Language) -> str:
        reference = opened.reference
        document = self._document(reference.document_id, reference.version)
        picture = self._picture(opened, document) if isinstance(document, Document) else None
        return views.opened_html(opened, document, language, picture)

    def _picture(self, opened: Opened, document: Document) -> Picture | None:
        """Where the page of a PDF can be seen; None for other formats."""
        reference = opened.reference
        if not document.page_starts or not self._pictures:
            return None
        page = document.page_at(reference.start) or 1
        place: dict[str, Any] = {"start": reference.start, "end": reference.end, "version": reference.version}
        try:
            mark = self._assistant.page_mark(reference.document_id, page, **place)
        except PolicybotError as exc:
            return Picture(failure=exc)
        address = f"api/v1/documents/{reference.document_id}/pages/{page}.png?{urlencode(place)}"
        return Picture(address, width=mark.width, height=mark.height, top=mark.top)

    def _document(self, document_id: str, version: str | None) -> Document | PolicybotError:
        try:
            return self._assistant.document(document_id, version=version)
        except PolicybotError as exc:
            return exc
