"""Measures of one answer; docs/evaluation.md lists them with their sources.

A measure that has nothing to be measured against is undefined for the question: it is left out, never 0 or 1.

- correctness: 1 when the answer is right by the key (``correctness.KeyMatcher``), else 0; answerable questions only.
- correct_and_supported: 1 when it is right and every sentence of it is borne by what the system read.
- sentence_support: share of the sentences shown that the check finds supported by what the system read.
- citation_recall: share of the sentences shown that their own cited quotes bear, nothing else given.
- citation_precision: share of the citations that bear their sentence (``bearing``).
- citation_gold_precision, citation_gold_recall: share of the cited documents that are right ones, and of the right
  documents that are cited.
- quote_exact: share of the citations whose quote stands at its offsets in the version it names.
- refusal_recall: of the questions that nothing answers, 1 when the system refused. refusal_precision: of the refusals,
  1 when nothing answers the question. What a refusal is, see ``refuses``.
- abstention_recall, abstention_precision: the same with the status ``abstained`` as the only refusal.
- answered: 1 when an answerable question is not abstained from, else 0.

Where a system fails, each kind of fault apart; the lower the better:

- wrongly_refused: of the answerable questions, 1 when the system refused.
- wrong_given: of the answerable questions that the system answered, 1 when the answer is not right by the key.
- unanswerable_answered: of the questions that nothing answers, 1 when the system did not refuse.
- premise_accepted: of the questions with a false premise, 1 when the answer is not right and does not say that the
  premise is wrong.

A question at which the system failed with an error is neither answered nor right nor refused: 0 for each of these that
is defined for it, no citation or sentence is measured, and no fault but the failure. The error itself is in the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from policybot.domain import Answer
from policybot.evaluation.bearing import Bearing
from policybot.evaluation.correctness import Correctness, holds_denial
from policybot.evaluation.datasets import Question
from policybot.evaluation.point_parts import Shown
from policybot.evaluation.systems import Reply

FAULTS = ("wrongly_refused", "wrong_given", "unanswerable_answered", "premise_accepted")
"""The measures of faults, lower being better."""

FALSE_PREMISE = "false-premise"
"""Kind of question that takes for granted what the documents say otherwise."""

Outcome = Literal["right", "wrong", "wrongly refused", "rightly refused", "wrongly answered", "answered", "failed"]
"""What came of a question: ``wrongly answered`` when nothing answers it, ``answered`` when no key judges it."""

_LIST_MARK = " \t\n-*•·"
"""What the text before a sentence has of a list, beside a label."""

_GIVES_WAY = frozenset({"partial", "correction", "disagreement"})
"""Kinds of answers that, to a question that nothing answers, say so in their way: what is missing, that the premise is
wrong, that the sources disagree."""


def refuses(question: Question, answer: Answer, *, correct: bool) -> bool:
    """Whether an answer counts as a refusal.

    An abstention does. Of a question that nothing answers, so do an answer that says what the documents leave open
    (``partial``), that the premise is wrong (``correction``), or that the sources disagree (``disagreement``), and one
    that holds all of the question's gold evidence where that says that something is not given: the documents' own
    word that they do not answer. Of an answerable question, so does a ``partial`` answer that lacks what the key says:
    it withheld the answer.
    """
    if answer.status == "abstained":
        return True
    if not question.answerable:
        return answer.kind in _GIVES_WAY or holds_denial(question.gold_evidence, said(answer))
    return answer.kind == "partial" and not correct


def said(answer: Answer) -> tuple[str, ...]:
    """The texts by which an answer is compared with the key: none of an abstention, else its sentences.

    What a correction or a disagreement says first belongs to it; what a partial answer says last is what it lacks.
    """
    if answer.status == "abstained":
        return ()
    first = answer.message if answer.kind in ("correction", "disagreement") else ""
    return tuple(text for text in (first, *(s.text for s in answer.sentences)) if text)


def shown(reply: Reply) -> tuple[Shown, ...]:
    """The texts of ``said`` as a reader sees them: with their labels, and with what their citations show."""
    answer = reply.answer
    if answer.status == "abstained":
        return ()
    citations = {citation.number: citation for citation in answer.citations}
    first = [Shown(answer.message)] if answer.message and answer.kind in ("correction", "disagreement") else []
    return (
        *first,
        *(
            Shown(
                sentence.text,
                sentence.lead.strip(_LIST_MARK),
                tuple(
                    text
                    for number in sentence.citations
                    if (cited := citations.get(number)) is not None
                    for text in (cited.title, cited.document, cited.section, cited.publisher, cited.published)
                    if text
                ),
            )
            for sentence in answer.sentences
        ),
    )


def outcome(question: Question, answer: Answer, correctness: Correctness | None) -> Outcome:
    """What came of a question that the system replied to."""
    correct = correctness is not None and correctness.correct
    refused = refuses(question, answer, correct=correct)
    if not question.answerable:
        return "rightly refused" if refused else "wrongly answered"
    if refused:
        return "wrongly refused"
    return "answered" if correctness is None else "right" if correct else "wrong"


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of one answer that are defined, and of how many parts those are that are shares."""

    values: dict[str, float]
    parts: dict[str, int]


def answer_measures(
    question: Question, reply: Reply, correctness: Correctness | None, bearing: Sequence[Bearing]
) -> Measures:
    """All measures of one answer.

    Args:
        bearing: For each sentence of the answer, in order, what bears it.
    """
    answer = reply.answer
    values: dict[str, float] = {}
    parts: dict[str, int] = {}
    correct = correctness is not None and correctness.correct
    if question.answerable:
        values["answered"] = float(answer.status == "answered")
        if correctness is not None:
            values["correctness"] = float(correct)
            supported = bool(bearing) and all(each.read == "supported" for each in bearing)
            values["correct_and_supported"] = float(correct and supported)
    _refusals(values, question, answer, correct)
    _faults(values, question, answer, correctness)
    if bearing:
        _share(values, parts, "sentence_support", [each.read == "supported" for each in bearing])
    if bearing and answer.citations:
        _share(values, parts, "citation_recall", [each.cited == "supported" for each in bearing])
        _share(values, parts, "citation_precision", [precise for each in bearing for precise in each.precise])
        _share(values, parts, "quote_exact", reply.exact)
        right = {*question.gold_documents, *(question.alternative_documents or ())}
        cited = {reply.document_of(citation.document) for citation in answer.citations}
        if question.answerable and right:
            values["citation_gold_precision"] = len(cited & right) / len(cited)
            values["citation_gold_recall"] = len(cited & set(question.gold_documents)) / len(
                set(question.gold_documents)
            )
    return Measures(values, parts)


def failure_measures(question: Question, correctness: Correctness | None) -> Measures:
    """All measures of a question at which the system failed.

    Args:
        correctness: That of no answer; None when there is no key.
    """
    names = ["answered"] if question.answerable else ["refusal_recall", "abstention_recall"]
    if correctness is not None:
        names += ["correctness", "correct_and_supported"]
    return Measures(dict.fromkeys(names, 0.0), {})


def _refusals(values: dict[str, float], question: Question, answer: Answer, correct: bool) -> None:
    judged = (
        ("refusal", refuses(question, answer, correct=correct)),
        ("abstention", answer.status == "abstained"),
    )
    for name, refused in judged:
        if not question.answerable:
            values[f"{name}_recall"] = float(refused)
        if refused:
            values[f"{name}_precision"] = float(not question.answerable)


def _faults(values: dict[str, float], question: Question, answer: Answer, correctness: Correctness | None) -> None:
    came = outcome(question, answer, correctness)
    if question.answerable:
        values["wrongly_refused"] = float(came == "wrongly refused")
        if came in ("right", "wrong"):
            values["wrong_given"] = float(came == "wrong")
    else:
        values["unanswerable_answered"] = float(came == "wrongly answered")
    if question.type == FALSE_PREMISE:
        values["premise_accepted"] = float(came in ("wrong", "wrongly answered") and answer.kind not in _GIVES_WAY)


def _share(values: dict[str, float], parts: dict[str, int], name: str, held: Sequence[bool]) -> None:
    if held:
        values[name] = sum(held) / len(held)
        parts[name] = len(held)
