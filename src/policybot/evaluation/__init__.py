"""Measuring: sets of questions, systems that search or answer, measures with their certainty, comparisons, reports."""

from policybot.evaluation.answering import Examiner, evaluate_answers
from policybot.evaluation.answering_systems import indexed_corpus
from policybot.evaluation.answers import HEADLINES, TIMINGS, AnswerResult, AnswerRun, read_answers
from policybot.evaluation.answers_report import answers_report
from policybot.evaluation.choosing import system_named
from policybot.evaluation.choosing_answers import answering_system_named, judge_named
from policybot.evaluation.comparing import DECIDING_ANSWERS, Comparison, check_comparable, compare
from policybot.evaluation.datasets import EvaluationSet, read_set
from policybot.evaluation.report import html_report
from policybot.evaluation.retrieval import QuestionResult, RetrievalRun, evaluate, read_run

__all__ = [
    "DECIDING_ANSWERS",
    "HEADLINES",
    "TIMINGS",
    "AnswerResult",
    "AnswerRun",
    "Comparison",
    "EvaluationSet",
    "Examiner",
    "QuestionResult",
    "RetrievalRun",
    "answering_system_named",
    "answers_report",
    "check_comparable",
    "compare",
    "evaluate",
    "evaluate_answers",
    "html_report",
    "indexed_corpus",
    "judge_named",
    "read_answers",
    "read_run",
    "read_set",
    "system_named",
]
