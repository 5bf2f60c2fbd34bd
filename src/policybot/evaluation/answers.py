"""Answers to questions, measured: the measure set of answers. ``answer_metrics`` defines the measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from policybot.checking import Checker
from policybot.domain import OnProgress
from policybot.evaluation.answer_metrics import (
    Measures,
    answer_measures,
    failure_measures,
    outcome,
    refuses,
    said,
    shown,
)
from policybot.evaluation.bearing import Bearing, bearings
from policybot.evaluation.correctness import Correctness, KeyMatcher
from policybot.evaluation.datasets import EvaluationSet, Question
from policybot.evaluation.judging import Judge, Judgement
from policybot.evaluation.key_points import Points, compare_points
from policybot.evaluation.run import Failure, MeasureSet, Result, Run, beginning, direction, evaluate
from policybot.evaluation.systems import AnsweringSystem, Reply
from policybot.models.embedding import Embedder
from policybot.models.matching import TokenMatcher

TIMINGS = ("sources_s", "first_sentence_s", "answer_s")
"""What is timed: seconds from the question to the sources, to the first sentence, and to the end."""

ATTACKS = frozenset({"adversarial", "attack", "injection"})
"""Kinds of question that try to make the system do something else than answer from the documents."""

NO_DOCUMENT = "none"
"""What stands for the language of the right documents of a question that no document answers."""

_HEADLINES = (
    "correctness",
    "correct_and_supported",
    "sentence_support",
    "citation_precision",
    "citation_recall",
    "quote_exact",
    "refusal_precision",
    "refusal_recall",
)


def evaluate_answers(
    system: AnsweringSystem,
    evaluation_set: EvaluationSet,
    examiner: Examiner,
    *,
    on_progress: OnProgress,
) -> Run:
    """Ask every question of a set and examine each answer; see ``run.evaluate``."""
    return evaluate(
        system,
        evaluation_set,
        ANSWERS,
        ask=system.ask,
        measure=examiner.examine,
        on_progress=on_progress,
    )


@dataclass(frozen=True)
class Examiner:
    """What judges an answer.

    Attributes:
        judge: A chat model that is asked as well; None for none.
    """

    matcher: KeyMatcher
    checker: Checker
    judge: Judge | None = None

    @classmethod
    def offline(
        cls, multilingual: Embedder, *, matcher: TokenMatcher | None = None, judge: Judge | None = None
    ) -> Examiner:
        """The examiner that needs nothing but the embedded models.

        Args:
            matcher: Lets the check see the meaning of English sentences beside their words.
        """
        return cls(KeyMatcher(multilingual=multilingual), Checker(multilingual=multilingual, matcher=matcher), judge)

    def examine(
        self, question: Question, reply: Reply | Failure, gold_languages: Sequence[str], _seconds: float
    ) -> Result:
        """One answer, measured; the system has timed it itself.

        Raises:
            ChatModelError: The judge failed, or its verdict cannot be read.
        """
        points: Points | None = None
        correctness: Correctness | None = None
        if question.answerable and question.key_points:
            points = compare_points(question, () if isinstance(reply, Failure) else shown(reply))
            correctness = points.correctness()
        elif question.answerable:
            correctness = self.matcher.compare(question, () if isinstance(reply, Failure) else said(reply.answer))
        timings: dict[str, float] = {}
        if isinstance(reply, Failure):
            measures = failure_measures(question, correctness)
            record = _no_answer(correctness, reply)
        else:
            bearing = bearings(reply, self.checker)
            measures = answer_measures(question, reply, correctness, bearing)
            judgement = None if self.judge is None else self.judge.judge(question, reply)
            if judgement is not None:
                measures = Measures({**measures.values, **judgement.metrics}, measures.parts)
            record = _record(question, reply, correctness, bearing, judgement)
            timings = {name: round(getattr(reply, name), 3) for name in TIMINGS}
        asked = {
            "language": question.language,
            "kind": question.type,
            "direction": direction(question, gold_languages),
            "follow_up": bool(question.history),
            "answerable": question.answerable,
            "history": [{"role": turn.role, "content": turn.text} for turn in question.history],
            "key": question.key or " | ".join(question.answers),
            "gold_docs": list(question.gold_documents),
            "gold_evidence": list(question.gold_evidence),
        }
        if points is not None:
            record["key_points"] = [{"point": each.text, "held_by": each.by} for each in points.held]
            record["must_not"] = {"stated": list(points.stated), "not_judged": list(points.not_judged)}
        record = asked | record | {"parts": measures.parts, "timings": timings}
        return Result(question.id, question.text, measures.values, record)


def _record(
    question: Question,
    reply: Reply,
    correctness: Correctness | None,
    bearing: Sequence[Bearing],
    judgement: Judgement | None,
) -> dict[str, Any]:
    """The answer with everything that was measured on it, as plain values."""
    answer = reply.answer
    correct = correctness is not None and correctness.correct
    record: dict[str, Any] = {
        "answer": answer.text,
        "status": answer.status,
        "answer_kind": answer.kind,
        "answer_language": answer.language,
        "chat_model": answer.chat_model,
        "refused": refuses(question, answer, correct=correct),
        "outcome": outcome(question, answer, correctness),
        "correctness": _plain(correctness),
        "sentences": [
            {
                "text": sentence.text,
                "citations": list(sentence.citations),
                "verdict": sentence.verdict,
                "reason": sentence.reason,
                "rejected_markers": list(sentence.rejected_markers),
                "borne_by_citations": borne.cited,
                "borne_reason": borne.reason,
                "precise_citations": list(borne.precise),
                "borne_by_passages": borne.read,
            }
            for sentence, borne in zip(answer.sentences, bearing, strict=True)
        ],
        "message": answer.message,
        "citations": [
            {
                "number": citation.number,
                "doc_id": reply.document_of(citation.document),
                "document": citation.document,
                "title": citation.title,
                "section": citation.section,
                "quote": citation.quote,
                "start": citation.start,
                "end": citation.end,
                "version": citation.version,
                "exact": exact,
            }
            for citation, exact in zip(answer.citations, reply.exact, strict=True)
        ],
        "rejected": [{"text": s.text, "reason": s.reason} for s in answer.rejected],
        "passages": [
            {"doc_id": reply.document_of(passage.document), "text": beginning(passage.text)}
            for passage in reply.passages
        ],
        "steps": {name: round(seconds, 3) for name, seconds in answer.timings.items()},
    }
    if judgement is not None:
        record["judge"] = judgement.as_dict()
    return record


def _no_answer(correctness: Correctness | None, failure: Failure) -> dict[str, Any]:
    """What ``_record`` makes of an answer, for a question at which the system failed."""
    empty = dict.fromkeys(("answer", "answer_kind", "answer_language", "chat_model", "message"), "")
    return {
        **empty,
        "status": "failed",
        "refused": False,
        "outcome": "failed",
        "correctness": _plain(correctness),
        "sentences": [],
        "citations": [],
        "rejected": [],
        "passages": [],
        "steps": {},
        "failure": asdict(failure),
    }


def _plain(correctness: Correctness | None) -> dict[str, Any] | None:
    if correctness is None:
        return None
    return {"correct": correctness.correct, "score": round(correctness.score, 3), "reason": correctness.reason}


def _timing(result: Result) -> Mapping[str, float]:
    timings: Mapping[str, float] = result.record["timings"]
    return timings


def _times(run: Run) -> Mapping[str, Any]:
    """Median and 95th percentile of each time, in seconds."""
    return {
        "timings": {
            name: {"median": round(run.seconds(name, 0.5), 3), "p95": round(run.seconds(name, 0.95), 3)}
            for name in TIMINGS
        }
    }


ANSWERS = MeasureSet(
    name="answers",
    headlines=_HEADLINES,
    always=_HEADLINES,
    deciding=("correctness", "refusal_recall", "refusal_precision", "correct_and_supported", "citation_recall"),
    groupings={
        "kind": lambda result: result.record["kind"],
        "language": lambda result: result.record["language"],
        "direction": lambda result: result.record["direction"],
        "languages": lambda result: result.record["direction"] or f"{result.record['language']}→{NO_DOCUMENT}",
        "answerable": lambda result: "answerable" if result.record["answerable"] else "unanswerable",
        "turn": lambda result: "follow-up" if result.record["follow_up"] else "first",
        "attack": lambda result: "attack" if result.record["kind"] in ATTACKS else "",
    },
    keys=frozenset({"language", "kind", "direction", "follow_up", "answerable", "parts", "timings"}),
    timing=_timing,
    times=_times,
)
