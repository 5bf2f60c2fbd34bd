"""Fixtures of the page's tests; what they are made of stands in ``visiting``."""

from visiting import bot, browser, page, served, visitor

__all__ = ["bot", "browser", "page", "served", "visitor"]
