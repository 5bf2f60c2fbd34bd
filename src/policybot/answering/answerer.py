"""Query and hits -> a stream of events that ends in the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from policybot.answering.case import Case, Plan
from policybot.answering.completing import completed, declined
from policybot.answering.composing.choosing import quotations
from policybot.answering.composing.composition import Composition
from policybot.answering.composing.kinds import Composer, composer_of
from policybot.answering.composing.writing import Writer
from policybot.answering.drafting import Draft
from policybot.answering.finding import Finder
from policybot.answering.gates.assessment import Assessment
from policybot.answering.gates.coverage import Coverage
from policybot.answering.gates.premise import Premises
from policybot.answering.stages import gates
from policybot.answering.understanding.intent import Intent, classify_intent, continued
from policybot.answering.understanding.per_source import sources_in
from policybot.answering.wording import corrections_note
from policybot.calibration import ADDRESSED_LONGEST, READ_HITS
from policybot.checking import Checker
from policybot.domain import AnswerEvent, AnswerKind, Decision, Done, Found, Hit, Turn
from policybot.models.matching import TokenMatcher
from policybot.searching import Glosser, Query
from policybot.store.catalogue import Catalogue
from policybot.text.places import Places


class Answerer:
    """Decides whether the hits answer the question, writes the answer, checks it sentence by sentence, cites.

    The stages in order: understand (intent), find (a plan of the kind of answer that is wanted), the gates, compose,
    complete. What each decided is kept in ``Answer.decisions``.

    Args:
        finder: Finds the evidence.
        places: Returns the places and issuers that are known.
        matcher: Matches the question's words with the evidence's.
        writer: Writes with the chat model; None answers by quoting.
        composers: The kinds of answer; the first whose ``wants`` is true makes the plan.
        chat_model_name: The model's name in answers.
    """

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        finder: Finder,
        checker: Checker,
        places: Callable[[], Places],
        matcher: TokenMatcher,
        glosser: Glosser,
        writer: Writer | None,
        composers: Sequence[Composer],
        chat_model_name: str,
    ) -> None:
        self._catalogue = catalogue
        self._places = places
        self._finder = finder
        self._composers = composers
        self._composition = Composition(writer)
        judge = None if writer is None else lambda case: writer.judged(case.query, case.plan.evidence, case.last)
        self._gates = gates(
            Coverage(finder.binder, places),
            Assessment(catalogue, matcher=matcher, glosser=glosser, judge=judge),
            Premises(checker, glosser),
        )
        self._chat_model_name = chat_model_name

    def declined(self, query: Query, kind: AnswerKind) -> Done:
        """The reply to a message that is not a question about the documents."""
        return Done(declined(self._draft(query, (), 0.0), kind))

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
            stopped: Called between two words; True ends the stream without Done.

        Raises:
            ChatModelError: The chat model failed before or while answering.
        """
        draft = self._draft(query, hits, search_s)
        yield Found(hits, draft.understood)
        plan = self._plan(query, hits, last)
        quoted = plan.pieces or quotations(plan.query, plan.evidence, plan.intent.kind)
        case = Case(
            query,
            hits,
            plan,
            quotations=quoted,
            translated=self._composition.translates(plan.query, quoted),
            draft=draft,
            last=last,
            stopped=stopped,
        )
        if query.corrections:
            case.decisions.append(Decision("spelling", "passed", note=corrections_note(query)))
        if not plan.certain:
            self._pass_gates(case)
        if not case.abstains:
            yield from self._composition.compose(case)
        if not stopped():
            yield Done(completed(case))

    def _plan(self, query: Query, hits: tuple[Hit, ...], last: Sequence[Turn]) -> Plan:
        """The plan of the wanted kind of answer; a request without a subject takes the last question's subject."""
        intent = classify_intent(query.text)
        if last:
            intent = continued(intent, last[0].text)
        intent = self._per_source(query, intent)
        longest = sum(part.end - part.start for part in query.located)
        if 0 < longest <= ADDRESSED_LONGEST and intent.kind != "comparison":
            intent = replace(intent, addressed=True)
        return composer_of(intent, self._composers).plan(query, intent, hits[:READ_HITS], self._finder)

    def _per_source(self, query: Query, intent: Intent) -> Intent:
        """The intent of a question that asks the same of several places or editions: a comparison of them."""
        if intent.table or intent.kind in ("summary", "timeline"):
            return intent
        found = sources_in(query.text, self._places(), self._finder.binder.identities())
        if not found:
            return intent
        return replace(
            intent,
            kind="comparison",
            comparands=tuple(each.question for each in found),
            labels=tuple(each.label for each in found),
            sources=tuple(each.documents for each in found),
        )

    def _pass_gates(self, case: Case) -> None:
        for gate in self._gates:
            decision = gate(case)
            if decision is not None:
                case.decisions.append(decision)
                if decision.outcome != "passed":
                    return

    def _draft(self, query: Query, hits: tuple[Hit, ...], search_s: float) -> Draft:
        return Draft(query, hits, search_s, self._chat_model_name, self._catalogue.document, self._catalogue.apart)
