"""The vetters in order: demands on each sentence of the chat model before it is shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, runtime_checkable

from policybot import plugins
from policybot.answering.vetting.attribution import attributed_otherwise
from policybot.answering.vetting.echo import in_two_languages, ungrounded_terms
from policybot.checking import Check, Checker, Dimension
from policybot.domain import Evidence
from policybot.searching import Query
from policybot.text.tokens import content_tokens

UNSAID = "it says in the question's words what its sources do not say"
MIXED = "it is written in two languages"


@dataclass
class Written:
    """A sentence as the chat model wrote it.

    Attributes:
        text: Without citation markers.
        evidence: What the model read.
        candidates: The sentences that may support it: those that the model read, and those around them.
    """

    text: str
    query: Query
    evidence: Sequence[Evidence]
    candidates: Sequence[Evidence]
    checker: Checker

    @cached_property
    def check(self) -> Check:
        """The check of the sentence against the candidates, run on first use."""
        return self.checker.check(self.text, self.query.answer_language, self.candidates)


_WORDING: Collection[Dimension] = frozenset({"words", "opposites"})
"""Differences that may be a way of putting it."""


@runtime_checkable
class Vetter(Protocol):
    """One demand on a written sentence."""

    def __call__(self, written: Written) -> str:
        """The reason to reject the sentence, in English for the record; empty when it passes."""


def answers_with_a_question(written: Written) -> str:
    """Rejects a question in place of an answer: "Which port do you mean?"."""
    return "it asks instead of answering" if written.text.endswith(("?", "？")) else ""


def mixes_languages(written: Written) -> str:
    """Rejects a sentence in two languages, "The 码头 opens at six.", unless the question uses the same words."""
    return MIXED if in_two_languages(written.text, written.query) else ""


def names_only_a_source(written: Written) -> str:
    """Rejects a repeated source line: "Harbour plan, Port Ellis Council, 2031-04-02"."""
    said = set(content_tokens(written.text))
    # A whole sentence of the same words may be an answer: who issued it, when.
    whole = written.text.endswith((".", "。"))
    repeated = not whole and any(said <= set(content_tokens(_source(e))) for e in written.evidence)
    return "it only names a source" if repeated else ""


def is_not_carried(written: Written) -> str:
    """Rejects a sentence that the candidates do not support, with the check's reason.

    One that says something otherwise than its source, a bound, a date, an exception left out, is rejected although the
    check calls it supported in part; what is left in part resembles its source too little, or says it in words of its
    own. Across languages a partly supported sentence is as often wrong, and rejected too.
    """
    language = written.query.answer_language
    across = any(e.hit.passage.language != language for e in written.check.evidence)
    otherwise = any(each.dimension not in _WORDING for each in written.check.differences)
    failed = written.check.verdict == "unsupported" or (written.check.verdict == "partly" and (across or otherwise))
    return written.check.reason if failed else ""


def echoes_the_question(written: Written) -> str:
    """Rejects another thing's figure in the question's words: "It employs 40" for "How many people does it employ?"."""
    added = ungrounded_terms(written.text, written.query, written.check.evidence)
    return f"{UNSAID}: {', '.join(added)}" if added else ""


def misattributes(written: Written) -> str:
    """Rejects a misattributed claim: "The union says …" where the company speaks."""
    speaker = attributed_otherwise(written.text, written.check.evidence)
    return f"its sources do not say that {speaker} says so" if speaker else ""


_HERE = "policybot.answering.vetting.vet"

BUILT_IN: Mapping[str, str] = {
    "answers-with-a-question": f"{_HERE}:answers_with_a_question",
    "mixes-languages": f"{_HERE}:mixes_languages",
    "names-only-a-source": f"{_HERE}:names_only_a_source",
    "is-not-carried": f"{_HERE}:is_not_carried",
    "echoes-the-question": f"{_HERE}:echoes_the_question",
    "misattributes": f"{_HERE}:misattributes",
}
"""policybot's own vetters in order, as entry points of the group ``policybot.vetters``: cheap ones come first."""


def vetters(setting: str = "") -> tuple[Vetter, ...]:
    """Policybot's own vetters, then those of the packages that the setting names.

    Args:
        setting: Value of ``POLICYBOT_PLUGINS``.

    Raises:
        SettingsError: A package brings no plugin, or one that cannot be used.
    """
    found = plugins.registered(plugins.VETTERS, BUILT_IN, plugins.allowed_in(setting))
    loaded: list[Vetter] = [plugin.load(Vetter) for plugin in found]
    return tuple(loaded)


def rejection(written: Written, demands: Sequence[Vetter]) -> str:
    """The first vetter's reason to reject a written sentence; empty when all pass it."""
    return next((reason for vetter in demands if (reason := vetter(written))), "")


def _source(evidence: Evidence) -> str:
    metadata = evidence.hit.metadata
    return ", ".join(part for part in (evidence.hit.passage.heading, metadata.publisher, metadata.published) if part)
