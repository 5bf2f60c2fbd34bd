"""Checks a sentence against evidence -> supported, partly or unsupported, with the reason."""

from policybot.checking.checker import Check, Checker
from policybot.checking.difference import Difference, Dimension
from policybot.checking.retellings import denies
from policybot.checking.texts import evidence_in
from policybot.checking.wording import without_negation
from policybot.text.quantities import Quantity, quantities

__all__ = [
    "Check",
    "Checker",
    "Difference",
    "Dimension",
    "Quantity",
    "denies",
    "evidence_in",
    "quantities",
    "without_negation",
]
