"""What indexing changes in the documents, as the report tells it."""

from __future__ import annotations

from collections.abc import Sequence

from policybot.domain import Document, Passage
from policybot.domain.changes import ChangeKind, DocumentChange, LostQuote
from policybot.indexing.comparing import changed_passages, changed_sections, lost_quotes
from policybot.indexing.planning import Step
from policybot.store.catalogue import Catalogue, FileState
from policybot.store.catalogue.history import now
from policybot.store.quotes import QuoteRecords


class Changes:
    """Compares documents with what the catalogue still holds of them: asked before it is changed.

    Args:
        quotes: What earlier answers quoted, to tell which of them lose their ground; None tells of none.
    """

    def __init__(self, catalogue: Catalogue, quotes: QuoteRecords | None) -> None:
        self._catalogue = catalogue
        self._quotes = quotes

    def of(self, document: Document, passages: Sequence[Passage], step: Step) -> DocumentChange | None:
        """What becomes of a document that was read; None when its text and its place are as they were."""
        if step.kind == "new":
            return DocumentChange(
                document.id, document.name, "new", now(), version=document.version, came_count=len(passages)
            )
        records = self._catalogue.passages_of(document.id)
        old = self._catalogue.document(document.id)
        old_passages = [record.passage for record in records]
        came, went, kept = changed_passages(old_passages, passages)
        kind: ChangeKind = "moved" if step.kind == "moved" else "changed"
        if kind == "changed" and old.text == document.text and not came and not went:
            return None
        return DocumentChange(
            document.id,
            document.name,
            kind,
            now(),
            before=step.before,
            before_version=old.version,
            version=document.version,
            sections=changed_sections(old, old_passages, document, passages),
            came=came,
            went=went,
            came_count=len(came),
            went_count=len(went),
            kept_count=kept,
            lost_quotes=self._lost(old, document.text),
        )

    def deletion(self, state: FileState) -> DocumentChange:
        """What becomes of a document whose file is gone."""
        old = self._catalogue.document(state.document_id)
        return DocumentChange(
            state.document_id,
            state.name,
            "deleted",
            now(),
            before_version=old.version,
            went_count=len(self._catalogue.passages_of(state.document_id)),
            lost_quotes=self._lost(old, ""),
        )

    def _lost(self, old: Document, text: str) -> tuple[LostQuote, ...]:
        quotes = self._quotes.of(old.id) if self._quotes is not None else ()
        return lost_quotes(quotes, old.text, text)
