"""A system by the name that the terminal and the reports use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from policybot.errors import EvaluationError
from policybot.evaluation.baselines import Bm25, Tutorial, WithHistory, blank_words, words_and_bigrams
from policybot.evaluation.systems import PolicybotSystem, System
from policybot.settings import Settings

POLICYBOT = "policybot"

BASELINES: Mapping[str, Callable[[], System]] = {
    "bm25-words": lambda: Bm25("bm25-words", blank_words),
    "bm25-bigrams": lambda: Bm25("bm25-bigrams", words_and_bigrams),
    "tutorial": Tutorial,
}

WITH_HISTORY = "+history"
"""Behind a baseline's name: it is asked with what was said before in front of the question."""


def system_named(name: str, *, settings: Settings, data_dir: Path) -> System:
    """The system of a name.

    Args:
        name: ``policybot``, a baseline, or a baseline with ``+history``.
        settings: policybot's.
        data_dir: Where policybot keeps the indexes of evaluated corpora.

    Raises:
        EvaluationError: There is no system of this name.
        MissingExtra: A baseline's packages are not installed.
    """
    if name == POLICYBOT:
        return PolicybotSystem(settings, data_dir)
    make = BASELINES.get(name.removesuffix(WITH_HISTORY))
    if make is None:
        names = ", ".join([POLICYBOT, *BASELINES, *(baseline + WITH_HISTORY for baseline in BASELINES)])
        raise EvaluationError(f"There is no system called {name!r}. Choose among {names}.")
    return WithHistory(make()) if name.endswith(WITH_HISTORY) else make()
