"""Query and hits -> a stream of events that ends in the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from policybot.answering.composing.choosing import quotations, says_another
from policybot.answering.composing.quoting import quote_sides
from policybot.answering.composing.segments import Piece, put_together, quoted
from policybot.answering.composing.writing import UNSAID, Writer, says_nothing
from policybot.answering.drafting import Draft
from policybot.answering.finding import Plan, Planner
from policybot.answering.gates.absence import declared_missing
from policybot.answering.gates.answerability import likelihood, missing_names, signs
from policybot.answering.gates.disagreement import sides
from policybot.answering.gates.premise import Premises
from policybot.checking import Checker
from policybot.domain import AnswerEvent, AnswerKind, Delta, Done, Found, Hit, Turn
from policybot.models.matching import TokenMatcher
from policybot.searching import Glosser, Query
from policybot.searching.relevance import ANSWERS_FROM
from policybot.store.catalogue import Catalogue
from policybot.text.tokens import content_tokens, token_set

NAMED = 20
"""Passages in which a name's words are looked for: the ones that hold most of them."""

OFF_TOPIC_BELOW = 0.05
"""Relevance of the best hit below which the question is about something else, by a look at the policy set: in the
documents' language only questions beside the subject were below it; in another one, right ones are, too."""

ANSWERABLE_FROM = 0.5
"""How likely the documents must hold the answer; what it gives is told at the weights in answerability.py."""

QUOTED_FROM = 0.6
"""Likewise, to quote when nothing held that the chat model wrote: a failed answer speaks against there being one. By
judgement; of the policy set's questions two lie between the two bounds, one of them unanswerable."""

TRANSLATED_FROM = 0.72
"""Likewise, to translate quotes from another language where the chat model writes nothing that could fail and so speak
against an answer. Of the policy set's questions two unanswerable ones have 0.64 and 0.70, of the answerable ones that
are so answered the least two have 0.60, wrongly, and 0.75 (2026-11-25)."""

UNJUDGED_FROM = 0.8
"""Likewise, without the chat model's judgement, not to ask for it where it writes no answer that begins with the same
prompt: reading the evidence takes it 4 s. Of the policy set's questions 35 of 55 answerable ones have as much, of the
unanswerable ones none has more than 0.64 (2026-11-25)."""

RESEMBLING_FROM = 0.7
"""Likewise, without the chat model's judgement, to quote what it put into the question's words: it believed itself. Of
the policy set's answerable questions that it so answered two have 0.75 and 0.86 and one 0.60, of the unanswerable two
have 0.52 and 0.64 (2026-11-25)."""

SURE = 1.0
"""Log-odds of the chat model from which it is believed that the question is answered as it was asked. Of the policy
set's false premises all are below 0.8, of its other questions two thirds above 1 (benchmarks/answerability.py)."""

_TOLD = 3
"""Sentences of one answer that are translated: each takes some seconds."""


class Answerer:
    """Decides whether the hits answer the question, writes the answer, checks it sentence by sentence, cites.

    Args:
        matcher: Matches the question's words with the evidence's.
        writer: Writes with the chat model; None answers by quoting.
        chat_model_name: What answers call the model.
    """

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        planner: Planner,
        checker: Checker,
        matcher: TokenMatcher,
        glosser: Glosser,
        writer: Writer | None,
        chat_model_name: str,
    ) -> None:
        self._catalogue = catalogue
        self._planner = planner
        self._premises = Premises(checker, glosser)
        self._matcher = matcher
        self._glosser = glosser
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
        draft.wanted = plan.asked.wanted
        if plan.certain:
            yield from self._composed(draft, plan, last, stopped)
            return
        read, evidence = plan.hits, plan.evidence
        if not evidence or max(hit.relevance for hit in read) < OFF_TOPIC_BELOW:
            # What was not asked in a document's language may be its subject all the same.
            understood = all(query.wordings(hit.passage.language) for hit in read)
            yield Done(draft.abstention("off_topic" if understood else "unanswered"))
            return
        if declared_missing(query.text, evidence):
            yield Done(draft.abstention())
            return
        draft.missing = self._missing(query, read)
        found = signs(
            query, read, evidence, matcher=self._matcher, glosser=self._glosser, names_missing=len(draft.missing)
        )
        if self._writer is not None and not (self._is_translated(plan) and likelihood(found) >= UNJUDGED_FROM):
            found = replace(found, judged=self._writer.judged(query, evidence, last))
        claim = self._premises.not_borne_out(query, read) if found.judged is None or found.judged < SURE else ""
        if claim and not draft.missing:
            draft.kind = "correction"
        elif (likely := likelihood(found)) < (TRANSLATED_FROM if self._is_translated(plan) else ANSWERABLE_FROM):
            yield Done(draft.abstention())
            return
        elif contrary := sides(query, evidence):
            draft.kind = "disagreement"
            yield from quote_sides(draft, contrary)
            yield Done(draft.answer())
            return
        certain = not claim and likely >= QUOTED_FROM
        surely = likelihood(replace(found, judged=None)) >= RESEMBLING_FROM
        yield from self._told(draft, plan, last, stopped, claim=claim, certain=certain, surely=surely)
        if not stopped():
            yield Done(draft.answer() if draft.sentences else draft.abstention())

    def _composed(
        self, draft: Draft, plan: Plan, last: Sequence[Turn], stopped: Callable[[], bool]
    ) -> Iterator[AnswerEvent]:
        """The answer to what asks for more than a fact, of which the plan has found all that there is."""
        draft.missing = plan.missing
        yield from self._told(draft, plan, last, stopped)
        if stopped():
            return
        if plan.missing and draft.sentences:
            draft.kind = "partial"
        yield Done(draft.answer() if draft.sentences else draft.abstention())

    def _told(
        self,
        draft: Draft,
        plan: Plan,
        last: Sequence[Turn],
        stopped: Callable[[], bool],
        *,
        claim: str = "",
        certain: bool = True,
        surely: bool = False,
    ) -> Iterator[Delta]:
        """What the evidence says, written by the chat model or quoted.

        Args:
            claim: What the question takes for granted and the evidence does not bear out.
            certain: Whether it is quoted when nothing that was written held.
            surely: Whether what was written resembles is quoted when it only put it into the question's words.
        """
        # What contradicts a question is quoted: the embedded chat model keeps to the question's premise when it writes.
        if self._writer is None or plan.fixed or claim:
            yield from self._quoted(draft, plan)
            return
        if self._is_translated(plan):
            yield from self._translated(draft, _quotations(plan))
            return
        yield from self._writer.write(draft, plan.evidence, plan.hits, last, stopped)
        if stopped():
            return
        nothing = any(says_nothing(s.text) or s.reason.startswith(UNSAID) for s in draft.rejected)
        if draft.sentences and draft.kind == "full" and (nothing or draft.missing):
            draft.kind = "partial"
        if not draft.sentences and certain and (not nothing or plan.certain):
            # What the model made of the evidence did not hold: quote only what bears on the question by itself.
            yield from self._repaired(draft, plan)
        elif not draft.sentences and surely and not any(says_nothing(s.text) for s in draft.rejected):
            resembled = [e for e in draft.resembling(plan.evidence) if not says_another(plan.query, e)]
            yield from put_together(draft, [Piece("\n", e) for e in resembled])
        elif draft.sentences:
            yield from self._left_out(draft, plan)

    def _is_translated(self, plan: Plan) -> bool:
        """Whether the answer is made of quotes in another language, which the chat model can only translate."""
        if self._writer is None or self._writer.writes_across:
            return False
        wanted = plan.query.answer_language
        return all(piece.evidence.hit.passage.language != wanted for piece in _quotations(plan))

    def _repaired(self, draft: Draft, plan: Plan) -> Iterator[Delta]:
        """What would be quoted, in the answer's language where the chat model can translate it."""
        evidence = [e for e in plan.evidence if e.score >= ANSWERS_FROM]
        yield from self._translated(draft, plan.pieces or quotations(plan.query, evidence, plan.asked.wanted))

    def _translated(self, draft: Draft, pieces: Sequence[Piece]) -> Iterator[Delta]:
        """The pieces in the answer's language: the first ones translated where they are in another."""
        for i, piece in enumerate(pieces):
            told = (
                self._writer.translated(draft, piece.evidence, lead=piece.lead) if self._writer and i < _TOLD else None
            )
            yield told or quoted(draft, piece.evidence, lead=piece.lead)

    def _left_out(self, draft: Draft, plan: Plan) -> Iterator[Delta]:
        """What would be quoted of the evidence and no written sentence cites: a small model tells half of a list."""
        chosen = _quotations(plan)
        wanting = [piece for piece in chosen if not draft.cites(piece.evidence)]
        # What leads into a list is quoted for the item behind it.
        led = [
            not _leads(each) or (i + 1 < len(wanting) and not _leads(wanting[i + 1])) for i, each in enumerate(wanting)
        ]
        yield from self._translated(draft, [piece for piece, kept in zip(wanting, led, strict=True) if kept])

    def _quoted(self, draft: Draft, plan: Plan) -> Iterator[Delta]:
        yield from put_together(draft, _quotations(plan))

    def _missing(self, query: Query, read: Sequence[Hit]) -> tuple[str, ...]:
        """Names in the question that stand nowhere in the documents; none can be told if another language answers."""
        if max(read, key=lambda hit: hit.relevance).passage.language != query.language:
            return ()
        return missing_names(query, lambda name: self._stands(name, query))

    def _stands(self, name: str, query: Query) -> bool:
        """Whether any passage has all words of a name: it may be written with others between, or in another order."""
        if any(self._glosser.named(name)):
            return True
        words = set(content_tokens(name))
        for language in self._catalogue.languages(query.documents):
            found = self._catalogue.search_keywords(
                name, language=language, limit=NAMED, documents=query.documents, figures=False
            )
            passages = [record.passage for record in self._catalogue.passages(found).values()]
            if any(words <= token_set(p.heading) | token_set(p.text) for p in passages):
                return True
        return not words

    def _draft(self, query: Query, hits: tuple[Hit, ...], search_s: float) -> Draft:
        return Draft(query, hits, search_s, self._chat_model_name, self._catalogue.document)


def _quotations(plan: Plan) -> tuple[Piece, ...]:
    """What is quoted where nothing is written."""
    return plan.pieces or quotations(plan.query, plan.evidence, plan.asked.wanted)


def _leads(piece: Piece) -> bool:
    return piece.evidence.text.rstrip().endswith((":", "："))
