"""Asks a system every question of a set and measures each answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policybot.bot.bot import OnProgress
from policybot.checking import Checker
from policybot.domain import Progress
from policybot.evaluation.answer_metrics import Measures, answer_measures, refuses, said
from policybot.evaluation.answering_systems import AnsweringSystem, Reply
from policybot.evaluation.answers import AnswerResult, AnswerRun
from policybot.evaluation.bearing import Bearing, bearings
from policybot.evaluation.correctness import Correctness, KeyMatcher
from policybot.evaluation.datasets import EvaluationSet, Question
from policybot.evaluation.judging import Judge, Judgement
from policybot.evaluation.retrieval import IndexingCost
from policybot.models.embedding import Embedder
from policybot.models.matching import TokenMatcher


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

    def examine(self, question: Question, reply: Reply, *, direction: str) -> AnswerResult:
        """One answer, measured.

        Raises:
            ChatModelError: The judge failed, or its verdict cannot be read.
        """
        correctness = self.matcher.compare(question, said(reply.answer)) if question.answerable else None
        bearing = bearings(reply, self.checker)
        measures = answer_measures(question, reply, correctness, bearing)
        judgement = None if self.judge is None else self.judge.judge(question, reply)
        if judgement is not None:
            measures = Measures({**measures.values, **judgement.metrics}, measures.parts)
        return AnswerResult(
            id=question.id,
            question=question.text,
            language=question.language,
            kind=question.type,
            direction=direction,
            follow_up=bool(question.history),
            answerable=question.answerable,
            metrics=measures.values,
            parts=measures.parts,
            timings={
                "sources_s": reply.sources_s,
                "first_sentence_s": reply.first_sentence_s,
                "answer_s": reply.answer_s,
            },
            record=_record(question, reply, correctness, bearing, judgement),
        )


def evaluate_answers(
    system: AnsweringSystem,
    evaluation_set: EvaluationSet,
    examiner: Examiner,
    *,
    on_progress: OnProgress,
    clock: Callable[[], float] = time.perf_counter,
) -> AnswerRun:
    """Index the set's documents and ask every question, one after another.

    Args:
        on_progress: Told about documents indexed and questions asked.
        clock: Seconds from any start.

    Raises:
        PolicybotError: Whatever the system raises.
    """
    started = clock()
    indexed = system.index(evaluation_set.corpus, on_progress=on_progress)
    cost = IndexingCost(round(clock() - started, 3), indexed.passages, indexed.embedded)
    languages = {document.id: document.language for document in evaluation_set.corpus.documents}
    results = []
    total = len(evaluation_set.questions)
    for done, question in enumerate(evaluation_set.questions, start=1):
        reply = system.ask(question)
        gold = sorted({languages[id_] for id_ in question.gold_documents})
        direction = f"{question.language}→{'+'.join(gold)}" if gold else ""
        results.append(examiner.examine(question, reply, direction=direction))
        on_progress(Progress("questions", done, total))
    return AnswerRun(evaluation_set.name, system.name, system.settings, cost, tuple(results))


def _record(
    question: Question,
    reply: Reply,
    correctness: Correctness | None,
    bearing: Sequence[Bearing],
    judgement: Judgement | None,
) -> dict[str, Any]:
    """Everything a person needs to judge the answer, as plain values."""
    answer = reply.answer
    correct = correctness is not None and correctness.correct
    record: dict[str, Any] = {
        "history": [{"role": turn.role, "content": turn.text} for turn in question.history],
        "key": question.key or " | ".join(question.answers),
        "gold_docs": list(question.gold_documents),
        "gold_evidence": list(question.gold_evidence),
        "answer": answer.text,
        "status": answer.status,
        "answer_kind": answer.kind,
        "answer_language": answer.language,
        "chat_model": answer.chat_model,
        "refused": refuses(question, answer, correct=correct),
        "correctness": None
        if correctness is None
        else {"correct": correct, "score": round(correctness.score, 3), "reason": correctness.reason},
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
        "passages": [_passage(reply, passage.document, passage.text) for passage in reply.passages],
        "steps": {name: round(seconds, 3) for name, seconds in answer.timings.items()},
    }
    if judgement is not None:
        record["judge"] = judgement.as_dict()
    return record


_SHOWN_CHARACTERS = 160
"""Characters of a passage that a run keeps: enough to recognise it."""


def _passage(reply: Reply, document: str, text: str) -> Mapping[str, str]:
    return {"doc_id": reply.document_of(document), "text": " ".join(text.split())[:_SHOWN_CHARACTERS]}
