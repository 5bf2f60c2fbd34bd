"""The answer in progress: accepted and rejected sentences, and their citations."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from policybot.answering.citing import Numbering
from policybot.answering.wording import message, note
from policybot.domain import (
    ABSTAINING,
    Answer,
    AnswerKind,
    Decision,
    Delta,
    Document,
    Evidence,
    Hit,
    Sentence,
    Verdict,
    Wanted,
)
from policybot.searching import Query


@dataclass(slots=True)
class Draft:
    """An answer in progress.

    Attributes:
        document: Loads a document by its id, in the version that was searched.
        apart: What tells a document apart from others with its title, by its id.
        resembled: Sources of the sentences that were rejected only for repeating the question's words.
    """

    query: Query
    hits: tuple[Hit, ...]
    search_s: float
    chat_model: str
    document: Callable[[str], Document]
    apart: Callable[[str], str]
    started: float = field(default_factory=time.monotonic)
    sentences: list[Sentence] = field(default_factory=list)
    rejected: list[Sentence] = field(default_factory=list)
    resembled: list[Evidence] = field(default_factory=list)
    _numbering: Numbering = field(default_factory=Numbering)
    _documents: dict[str, Document] = field(default_factory=dict)

    def add(
        self,
        text: str,
        verdict: Verdict,
        evidence: Sequence[Evidence],
        *,
        lead: str,
        reason: str,
        markers: tuple[str, ...] = (),
    ) -> Delta:
        """Accept a sentence that passed its check, with the evidence that supports it.

        Args:
            lead: The text before it; for the first sentence only a list mark, a label or a table's header.
            reason: The reason of the verdict.
            markers: Markers the chat model invented.
        """
        before = len(self._numbering.citations)
        numbers = self._numbering.cite([(e, self._of(e)) for e in evidence], apart=self.apart)
        sentence = Sentence(text, verdict, numbers, reason, markers, lead if self.sentences else lead.lstrip())
        self.sentences.append(sentence)
        return Delta(sentence, self._numbering.citations[before:])

    def cites(self, evidence: Evidence) -> bool:
        """Whether a citation so far overlaps an evidence sentence."""
        document = evidence.hit.passage.document_id
        return any(
            each.document_id == document and each.start < evidence.end and evidence.start < each.end
            for each in self._numbering.citations
        )

    def resembling(self, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """The evidence sentences that overlap ``resembled``."""
        parts = {(e.hit.passage.document_id, e.start, e.end) for e in self.resembled}
        return tuple(
            e
            for e in evidence
            if any(e.hit.passage.document_id == id_ and start < e.end and e.start < end for id_, start, end in parts)
        )

    def reject(self, text: str, reason: str, markers: tuple[str, ...] = ()) -> None:
        """Record a sentence that the evidence does not support."""
        self.rejected.append(Sentence(text, "unsupported", (), reason, markers))

    def finished(
        self, kind: AnswerKind, *, wanted: Wanted, missing: Sequence[str] = (), decisions: Sequence[Decision] = ()
    ) -> Answer:
        """The finished answer of a kind; an abstention shows no sentences.

        Args:
            missing: Names in the question that the documents say nothing about.
            decisions: What the stages decided, in order.
        """
        abstained = kind in ABSTAINING
        language = self.query.answer_language
        return Answer(
            question=self.query.as_asked or self.query.text,
            status="abstained" if abstained else "answered",
            kind=kind,
            wanted=wanted,
            language=language,
            sentences=() if abstained else tuple(self.sentences),
            message=message(kind, language, missing=missing),
            citations=() if abstained else self._numbering.citations,
            rejected=tuple(self.rejected),
            hits=self.hits,
            chat_model=self.chat_model,
            timings=self._timings(),
            understood=self.understood,
            decisions=tuple(replace(each, note=each.note or note(each, language)) for each in decisions),
        )

    @property
    def understood(self) -> str:
        """The question by itself, where it was a follow-up that was understood so; else empty."""
        return self.query.text if self.query.understood else ""

    def _timings(self) -> Mapping[str, float]:
        answer_s = time.monotonic() - self.started
        return {
            "search_s": round(self.search_s, 3),
            "answer_s": round(answer_s, 3),
            "total_s": round(self.search_s + answer_s, 3),
        }

    def _of(self, evidence: Evidence) -> Document:
        id_ = evidence.hit.passage.document_id
        if id_ not in self._documents:
            self._documents[id_] = self.document(id_)
        return self._documents[id_]
