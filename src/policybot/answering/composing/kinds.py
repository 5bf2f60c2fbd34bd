"""The table of answer kinds: the first one that wants a question plans its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from policybot import plugins
from policybot.answering.case import Plan
from policybot.answering.finding import Finder
from policybot.answering.understanding.intent import Intent
from policybot.domain import Hit
from policybot.searching import Query


@runtime_checkable
class Composer(Protocol):
    """One kind of answer: the questions that it is for, and the plan of its evidence."""

    def wants(self, intent: Intent) -> bool:
        """Whether a question with this intent gets this kind of answer."""

    def plan(self, query: Query, intent: Intent, read: tuple[Hit, ...], finder: Finder) -> Plan:
        """The evidence for the question, assembled where its order matters.

        Args:
            read: The best hits of the question itself.
        """


_HERE = "policybot.answering.composing"

BUILT_IN: Mapping[str, str] = {
    "addressed": f"{_HERE}.addressed:ADDRESSED",
    "origin": f"{_HERE}.origin:ORIGIN",
    "timeline": f"{_HERE}.timeline:TIMELINE",
    "summary": f"{_HERE}.summary:SUMMARY",
    "comparison": f"{_HERE}.comparison:COMPARISON",
    "across-documents": f"{_HERE}.listing:ACROSS_DOCUMENTS",
    "list": f"{_HERE}.listing:DOCUMENT_LIST",
    "fact": f"{_HERE}.facts:FACT",
}
"""policybot's own kinds, as entry points of the group ``policybot.composers``; the last one wants every question."""


def composers(setting: str = "") -> tuple[Composer, ...]:
    """The kinds of answer in order: those of the packages that the setting names, then policybot's own.

    Args:
        setting: Value of ``POLICYBOT_PLUGINS``.

    Raises:
        SettingsError: A package brings no plugin, or one that cannot be used.
    """
    found = plugins.registered(plugins.COMPOSERS, BUILT_IN, plugins.allowed_in(setting))
    # The fact kind wants every question, so plugins come before policybot's own kinds.
    ordered = sorted(found, key=lambda plugin: plugin.is_own)
    loaded: list[Composer] = [plugin.load(Composer) for plugin in ordered]
    return tuple(loaded)


def composer_of(intent: Intent, kinds: Sequence[Composer]) -> Composer:
    """The first kind that wants the question."""
    return next(each for each in kinds if each.wants(intent))
