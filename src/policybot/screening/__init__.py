"""A question -> whether it asks for something other than what documents say."""

from policybot.screening.screener import ScreenedKind, Screener, Screening

__all__ = ["ScreenedKind", "Screener", "Screening"]
