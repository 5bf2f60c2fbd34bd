"""Query and hits -> an answer, checked sentence by sentence, or an abstention."""

from policybot.answering.answerer import Answerer
from policybot.answering.naming import DocumentNames
from policybot.answering.planning import Planner
from policybot.answering.writing import Writer

__all__ = ["Answerer", "DocumentNames", "Planner", "Writer"]
