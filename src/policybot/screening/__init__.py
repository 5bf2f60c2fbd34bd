"""A question -> whether it asks for something other than what documents say."""

from policybot.screening.screener import Screener, Screening

__all__ = ["Screener", "Screening"]
