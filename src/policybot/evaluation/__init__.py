"""Measuring: sets of questions, systems that search or answer, measures with their certainty, comparisons, reports."""

from policybot.evaluation.answers import ANSWERS, TIMINGS, Examiner, evaluate_answers
from policybot.evaluation.answers_report import answers_report
from policybot.evaluation.comparing import Comparison, check_comparable, compare
from policybot.evaluation.datasets import EvaluationSet, read_set
from policybot.evaluation.policybot_system import indexed_corpus
from policybot.evaluation.registry import answering_system, judge_named, search_system
from policybot.evaluation.retrieval import LATENCY, RETRIEVAL, evaluate_retrieval
from policybot.evaluation.retrieval_report import retrieval_report
from policybot.evaluation.run import MeasureSet, Run, read_run

__all__ = [
    "ANSWERS",
    "LATENCY",
    "RETRIEVAL",
    "TIMINGS",
    "Comparison",
    "EvaluationSet",
    "Examiner",
    "MeasureSet",
    "Run",
    "answering_system",
    "answers_report",
    "check_comparable",
    "compare",
    "evaluate_answers",
    "evaluate_retrieval",
    "indexed_corpus",
    "judge_named",
    "read_run",
    "read_set",
    "retrieval_report",
    "search_system",
]
