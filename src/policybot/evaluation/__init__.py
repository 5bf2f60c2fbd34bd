"""Measuring: sets of questions, systems that search or answer, measures with their certainty, comparisons, reports."""

from typing import TYPE_CHECKING

from policybot.lazy import lazily

if TYPE_CHECKING:
    from policybot.evaluation.answers import ANSWERS, TIMINGS, Examiner, evaluate_answers
    from policybot.evaluation.answers_report import answers_report
    from policybot.evaluation.comparing import Comparison, QuestionDifference, check_comparable, compare
    from policybot.evaluation.datasets import EvaluationSet, read_set
    from policybot.evaluation.pairs import PAIRS, claim_check, evaluate_pairs, read_pairs
    from policybot.evaluation.policybot_system import indexed_corpus
    from policybot.evaluation.registry import answering_system, judge_named, search_system
    from policybot.evaluation.retrieval import LATENCY, RETRIEVAL, evaluate_retrieval
    from policybot.evaluation.retrieval_report import retrieval_report
    from policybot.evaluation.run import MeasureSet, Run, read_run

__all__ = [
    "ANSWERS",
    "LATENCY",
    "PAIRS",
    "RETRIEVAL",
    "TIMINGS",
    "Comparison",
    "EvaluationSet",
    "Examiner",
    "MeasureSet",
    "QuestionDifference",
    "Run",
    "answering_system",
    "answers_report",
    "check_comparable",
    "claim_check",
    "compare",
    "evaluate_answers",
    "evaluate_pairs",
    "evaluate_retrieval",
    "indexed_corpus",
    "judge_named",
    "read_pairs",
    "read_run",
    "read_set",
    "retrieval_report",
    "search_system",
]

__getattr__, __dir__ = lazily(
    __name__,
    {
        "policybot.evaluation.answers": ["ANSWERS", "TIMINGS", "Examiner", "evaluate_answers"],
        "policybot.evaluation.answers_report": ["answers_report"],
        "policybot.evaluation.comparing": ["Comparison", "QuestionDifference", "check_comparable", "compare"],
        "policybot.evaluation.datasets": ["EvaluationSet", "read_set"],
        "policybot.evaluation.pairs": ["PAIRS", "claim_check", "evaluate_pairs", "read_pairs"],
        "policybot.evaluation.policybot_system": ["indexed_corpus"],
        "policybot.evaluation.registry": ["answering_system", "judge_named", "search_system"],
        "policybot.evaluation.retrieval": ["LATENCY", "RETRIEVAL", "evaluate_retrieval"],
        "policybot.evaluation.retrieval_report": ["retrieval_report"],
        "policybot.evaluation.run": ["MeasureSet", "Run", "read_run"],
    },
)
