"""Query and hits -> a cited answer, checked sentence by sentence, or an abstention."""

from policybot.answering.answerer import Answerer
from policybot.answering.composing.writing import Writer
from policybot.answering.finding import Finder
from policybot.answering.understanding.binding import Binder
from policybot.answering.understanding.naming import DocumentNames

__all__ = ["Answerer", "Binder", "DocumentNames", "Finder", "Writer"]
