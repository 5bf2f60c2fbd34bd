"""A case with its decisions -> the answer."""

from __future__ import annotations

from policybot.answering.case import Case
from policybot.answering.drafting import Draft
from policybot.domain import Answer, AnswerKind, Decision


def completed(case: Case) -> Answer:
    """The answer that the stages decided on: abstains where no sentence held, partial where a comparand is missing."""
    if not case.draft.sentences and not case.abstains:
        case.decisions.append(Decision("completion", "unanswered"))
    elif case.draft.sentences and case.plan.missing:
        case.decisions.append(Decision("completion", "partial"))
    kind: AnswerKind = "full"
    if case.settled is not None and case.settled.outcome != "passed":
        kind = case.settled.outcome
    return case.draft.finished(
        kind,
        wanted=case.plan.intent.kind,
        missing=case.missing or case.plan.missing,
        decisions=case.decisions,
    )


def declined(draft: Draft, kind: AnswerKind) -> Answer:
    """The reply to a message that is not a question about the documents."""
    return draft.finished(kind, wanted="fact", decisions=[Decision("screening", kind)])
