"""Measuring: sets of questions, systems that search, measures with their certainty, comparisons, the report."""

from policybot.evaluation.choosing import system_named
from policybot.evaluation.comparing import Comparison, check_comparable, compare
from policybot.evaluation.datasets import EvaluationSet, read_set
from policybot.evaluation.report import html_report
from policybot.evaluation.retrieval import RetrievalRun, evaluate, read_run

__all__ = [
    "Comparison",
    "EvaluationSet",
    "RetrievalRun",
    "check_comparable",
    "compare",
    "evaluate",
    "html_report",
    "read_run",
    "read_set",
    "system_named",
]
