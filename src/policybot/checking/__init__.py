"""A sentence against the evidence -> supported, partly, or not, and why."""

from policybot.checking.checker import Check, Checker
from policybot.quantities import Quantity, quantities

__all__ = ["Check", "Checker", "Quantity", "quantities"]
