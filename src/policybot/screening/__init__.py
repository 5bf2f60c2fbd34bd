"""Screens out questions that documents cannot answer: opinions, harm, manipulation, talk about the assistant."""

from policybot.screening.screener import ScreenedKind, Screener, Screening

__all__ = ["ScreenedKind", "Screener", "Screening"]
