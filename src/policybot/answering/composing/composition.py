"""Plan -> the sentences of the answer: quoted, translated, or written by the chat model and checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from policybot.answering.answerability import answerable_probability
from policybot.answering.case import Case, Segment
from policybot.answering.composing.choosing import quotations, says_another
from policybot.answering.composing.quoting import quote_sides
from policybot.answering.composing.segments import assemble, quoted
from policybot.answering.composing.writing import Writer, says_nothing
from policybot.answering.gates.disagreement import find_contradiction
from policybot.answering.vetting.vet import UNSAID
from policybot.calibration import ANSWERS_FROM, CONFIDENT_FROM
from policybot.domain import Decision, Delta
from policybot.searching import Query
from policybot.text.plain import ends_with_colon

_TRANSLATED = 3
"""Sentences of one answer that are translated: each takes some seconds."""


class Composition:
    """Makes the sentences of an answer; what it wrote and did not hold is quoted instead.

    Args:
        writer: Writes with the chat model; None answers by quoting.
    """

    def __init__(self, writer: Writer | None) -> None:
        self._writer = writer

    def translates(self, query: Query, quotations: Sequence[Segment]) -> bool:
        """Whether the answer is made of quotes in another language, which the chat model can only translate."""
        if self._writer is None or self._writer.writes_across:
            return False
        return all(piece.evidence.hit.passage.language != query.answer_language for piece in quotations)

    def compose(self, case: Case) -> Iterator[Delta]:
        """The sentences of the kind of answer that the gates settled on; a Decision tells when they are only a part."""
        if case.settled is not None and case.settled.outcome == "disagreement":
            yield from quote_sides(case.draft, find_contradiction(case.query, case.plan.evidence))
        # What contradicts a question is quoted: the embedded chat model keeps to the question's premise when it writes.
        elif self._writer is None or case.plan.fixed or case.settled is not None:
            yield from assemble(case.draft, case.quotations)
        elif case.translated:
            yield from self._translated(self._writer, case, case.quotations)
        else:
            yield from self._written(self._writer, case)

    def _written(self, writer: Writer, case: Case) -> Iterator[Delta]:
        draft, plan = case.draft, case.plan
        yield from writer.write(draft, plan.evidence, plan.hits, case.last, case.stopped)
        if case.stopped():
            return
        denied = any(says_nothing(sentence.text) for sentence in draft.rejected)
        wanting = denied or any(sentence.reason.startswith(UNSAID) for sentence in draft.rejected)
        if draft.sentences:
            if wanting or case.missing:
                case.decisions.append(Decision("writing", "partial"))
            yield from self._left_out(writer, case)
        elif plan.certain or not wanting:
            yield from self._repaired(writer, case)
        elif not denied and _probability_unjudged(case) >= CONFIDENT_FROM:
            resembled = [e for e in draft.resembling(plan.evidence) if not says_another(plan.query, e)]
            yield from assemble(draft, [Segment("\n", e) for e in resembled])

    def _repaired(self, writer: Writer, case: Case) -> Iterator[Delta]:
        """What would be quoted, in the answer's language where the chat model can translate it.

        What the model made of the evidence did not hold: only what bears on the question by itself is quoted.
        """
        plan = case.plan
        evidence = [e for e in plan.evidence if e.score >= ANSWERS_FROM]
        yield from self._translated(writer, case, plan.pieces or quotations(plan.query, evidence, plan.intent.kind))

    def _translated(self, writer: Writer, case: Case, pieces: Sequence[Segment]) -> Iterator[Delta]:
        """The pieces in the answer's language: the first ones translated where they are in another."""
        for i, piece in enumerate(pieces):
            translated = writer.translated(case.draft, piece.evidence, lead=piece.lead) if i < _TRANSLATED else None
            yield translated or quoted(case.draft, piece.evidence, lead=piece.lead)

    def _left_out(self, writer: Writer, case: Case) -> Iterator[Delta]:
        """What would be quoted of the evidence and no written sentence cites: a small model tells half of a list."""
        wanting = [piece for piece in case.quotations if not case.draft.cites(piece.evidence)]
        # What leads into a list is quoted for the item behind it.
        led = [
            not _leads(each) or (i + 1 < len(wanting) and not _leads(wanting[i + 1])) for i, each in enumerate(wanting)
        ]
        yield from self._translated(writer, case, [piece for piece, kept in zip(wanting, led, strict=True) if kept])


def _probability_unjudged(case: Case) -> float:
    """How probable it is that the documents hold the answer, without the chat model's word; 0 where no gate asked."""
    return 0.0 if case.features is None else answerable_probability(replace(case.features, judged=None))


def _leads(piece: Segment) -> bool:
    return ends_with_colon(piece.evidence.text)
