"""A case's plan -> the sentences of the answer: quoted, translated, or written by the chat model and checked."""

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
from policybot.calibration import ANSWERS_FROM, CONFIDENT_FROM, TRANSLATED_SENTENCES
from policybot.domain import Decision, Delta
from policybot.searching import Query
from policybot.text.plain import ends_with_colon


class Composition:
    """Composes the sentences of an answer; where none that the chat model wrote holds, it quotes instead.

    Args:
        writer: Writes with the chat model; None answers by quoting.
    """

    def __init__(self, writer: Writer | None) -> None:
        self._writer = writer

    def translates(self, query: Query, quotations: Sequence[Segment]) -> bool:
        """Whether all quotations are in another language and the chat model is too weak to write across languages."""
        if self._writer is None or self._writer.writes_across:
            return False
        return all(piece.evidence.hit.passage.language != query.answer_language for piece in quotations)

    def compose(self, case: Case) -> Iterator[Delta]:
        """The sentences of the kind of answer that the gates decided on; records a Decision when they are partial."""
        if case.settled is not None and case.settled.outcome == "disagreement":
            yield from quote_sides(case.draft, find_contradiction(case.query, case.plan.evidence))
        # A false premise is answered by quotes: the embedded chat model repeats the premise when it writes.
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
        """The quotations, in the answer's language where the chat model can translate them.

        No sentence that the model wrote held, so only evidence that answers by its own score is quoted.
        """
        plan = case.plan
        evidence = [e for e in plan.evidence if e.score >= ANSWERS_FROM]
        yield from self._translated(writer, case, plan.pieces or quotations(plan.query, evidence, plan.intent.kind))

    def _translated(self, writer: Writer, case: Case, pieces: Sequence[Segment]) -> Iterator[Delta]:
        """The segments, the first ones translated where they are in another language than the answer's."""
        for i, piece in enumerate(pieces):
            translated = (
                writer.translated(case.draft, piece.evidence, lead=piece.lead) if i < TRANSLATED_SENTENCES else None
            )
            yield translated or quoted(case.draft, piece.evidence, lead=piece.lead)

    def _left_out(self, writer: Writer, case: Case) -> Iterator[Delta]:
        """The quotations that no written sentence cites: a small model gives half of a list."""
        wanting = [piece for piece in case.quotations if not case.draft.cites(piece.evidence)]
        # A list's lead-in is quoted only with an item after it.
        led = [
            not _leads(each) or (i + 1 < len(wanting) and not _leads(wanting[i + 1])) for i, each in enumerate(wanting)
        ]
        yield from self._translated(writer, case, [piece for piece, kept in zip(wanting, led, strict=True) if kept])


def _probability_unjudged(case: Case) -> float:
    """The answerable probability without the chat model's judgement; 0 where the gates were skipped."""
    return 0.0 if case.features is None else answerable_probability(replace(case.features, judged=None))


def _leads(piece: Segment) -> bool:
    return ends_with_colon(piece.evidence.text)
