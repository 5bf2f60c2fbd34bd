"""Hits -> answer: by a chat model, or by quoting. One path for streaming and not."""

from policybot.answering.answerer import Answerer

__all__ = ["Answerer"]
