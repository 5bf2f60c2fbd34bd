"""Query and hits -> a stream of events that ends in the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from policybot.answering.answerability import likelihood, missing_names, signs
from policybot.answering.choosing import quotations
from policybot.answering.drafting import Draft
from policybot.answering.piecing import put_together
from policybot.answering.planning import Plan, Planner
from policybot.answering.writing import Writer, says_nothing
from policybot.catalogue import Catalogue
from policybot.domain import AnswerEvent, AnswerKind, Done, Evidence, Found, Hit, Turn
from policybot.searching import Query
from policybot.searching.relevance import ANSWERS_FROM


class Answerer:
    """Decides whether the hits answer the question, writes the answer, checks it sentence by sentence, cites.

    Args:
        writer: Writes with the chat model; None answers by quoting.
        chat_model_name: What answers call the model.
    """

    def __init__(self, *, catalogue: Catalogue, planner: Planner, writer: Writer | None, chat_model_name: str) -> None:
        self._catalogue = catalogue
        self._planner = planner
        self._writer = writer
        self._chat_model_name = chat_model_name

    def declined(self, query: Query, kind: AnswerKind) -> Done:
        """The reply to what is no question about the documents."""
        return Done(self._draft(query, (), 0.0).abstention(kind))

    def answer(
        self,
        query: Query,
        hits: tuple[Hit, ...],
        *,
        last: Sequence[Turn] = (),
        search_s: float = 0.0,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Iterator[AnswerEvent]:
        """Stream Found, then a Delta for each sentence that passed its check, then Done.

        Args:
            last: The last question and answer, for a follow-up.
            stopped: Asked between two words; True ends the stream without Done.

        Raises:
            ChatModelError: The chat model failed before or while answering.
        """
        draft = self._draft(query, hits, search_s)
        yield Found(hits)
        plan = self._planner.plan(query, hits, last)
        draft.wanted, draft.missing = plan.asked.wanted, plan.missing
        if not plan.certain:
            if not plan.evidence or max(hit.relevance for hit in plan.hits) < OFF_TOPIC_BELOW:
                yield Done(draft.abstention("off_topic"))
                return
            if not self._answerable(draft, plan.query, plan.hits, plan.evidence, last):
                yield Done(draft.abstention())
                return
        if self._writer is None or plan.fixed:
            yield from self._quoted(draft, plan)
        else:
            yield from self._writer.write(draft, plan.evidence, plan.hits, last, stopped)
            if stopped():
                return
            if not draft.sentences and not any(says_nothing(sentence.text) for sentence in draft.rejected):
                # What the model made of the evidence did not hold: quote only what bears on the question by itself.
                yield from self._quoted(draft, plan, least=ANSWERS_FROM)
        if plan.missing and draft.sentences:
            draft.kind = "partial"
        yield Done(draft.answer() if draft.sentences else draft.abstention())

    def _quoted(self, draft: Draft, plan: Plan, *, least: float = 0.0) -> Iterator[AnswerEvent]:
        evidence = [e for e in plan.evidence if e.score >= least]
        yield from put_together(draft, plan.pieces or quotations(plan.query, evidence, plan.asked.wanted))

    def _answerable(
        self, draft: Draft, query: Query, read: Sequence[Hit], evidence: Sequence[Evidence], last: Sequence[Turn]
    ) -> bool:
        draft.missing = missing_names(query, lambda name: self._stands(name, query))
        judged = self._writer.judged(query, evidence, last) if self._writer is not None else None
        found = signs(query, read, evidence, names_missing=len(draft.missing), judged=judged)
        return likelihood(found) >= ANSWERABLE_FROM

    def _stands(self, name: str, query: Query) -> bool:
        """Whether a name stands anywhere in the documents, word for word."""
        return any(
            self._catalogue.search_keywords(
                name, language=language, limit=1, documents=query.documents, figures=False, phrase=True
            )
            for language in self._catalogue.languages(query.documents)
        )

    def _draft(self, query: Query, hits: tuple[Hit, ...], search_s: float) -> Draft:
        return Draft(query, hits, search_s, self._chat_model_name, self._catalogue.document)


OFF_TOPIC_BELOW = 0.05
ANSWERABLE_FROM = 0.5
