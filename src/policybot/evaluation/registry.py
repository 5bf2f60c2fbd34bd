"""Systems and judges by the names that the terminal and the reports use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from policybot import plugins
from policybot.bot.bot import PolicyBot
from policybot.domain import OnProgress
from policybot.errors import EvaluationError
from policybot.evaluation.baselines import WithHistory
from policybot.evaluation.judging import Judge
from policybot.evaluation.policybot_system import PolicybotSystem
from policybot.evaluation.systems import AnsweringSystem, SearchSystem
from policybot.evaluation.tutorial_chain import TutorialChain
from policybot.models.chat import chat_model, chat_model_name
from policybot.models.prompting import load_prompt
from policybot.settings import Settings

BASELINES: Mapping[str, str] = {
    "bm25-words": "policybot.evaluation.baselines:bm25_words",
    "bm25-bigrams": "policybot.evaluation.baselines:bm25_bigrams",
    "tutorial": "policybot.evaluation.baselines:Tutorial",
}
"""What makes each baseline, as other packages declare theirs in the group ``policybot.evaluations``."""

WITH_HISTORY = "+history"
"""Behind a baseline's name: it is asked with what was said before in front of the question."""


def search_system(name: str, *, settings: Settings, data_dir: Path) -> SearchSystem:
    """The system of a name that searches.

    Args:
        name: ``policybot``, a baseline or another package's system, or one of these with ``+history``.
        settings: policybot's; they name the packages.
        data_dir: Where policybot keeps the indexes of sets.

    Raises:
        EvaluationError: There is no system of this name.
        SettingsError: A package that the settings name brings no plugin, or one that cannot be used.
        MissingExtra: A baseline's packages are not installed.
    """
    if name == "policybot":
        return PolicybotSystem(settings, data_dir)
    found = plugins.by_name(plugins.registered(plugins.EVALUATIONS, BASELINES, plugins.allowed_in(settings.plugins)))
    plugin = found.get(name.removesuffix(WITH_HISTORY))
    if plugin is None:
        names = ", ".join(["policybot", *found, *(baseline + WITH_HISTORY for baseline in found)])
        raise EvaluationError(f"There is no system called {name!r}. Choose among {names}.")
    make: Callable[[], SearchSystem] = plugin.load(Callable)
    return WithHistory(make()) if name.endswith(WITH_HISTORY) else make()


def answering_system(
    name: str, *, settings: Settings, data_dir: Path, indexed: PolicyBot | None, on_progress: OnProgress | None = None
) -> AnsweringSystem:
    """The system of a name that answers.

    Args:
        name: ``policybot`` or ``tutorial``.
        settings: policybot's; their chat model writes the tutorial's answers, too.
        data_dir: Where policybot keeps the indexes of sets.
        indexed: A bot whose documents policybot is asked over as they are; None indexes the set's.
        on_progress: Told about the joining of the chat model.

    Raises:
        EvaluationError: There is no system of this name, or it needs a chat model and there is none.
        MissingExtra: Its packages are not installed.
        ModelError: The chat model cannot be loaded.
    """
    if name == "policybot":
        return PolicybotSystem(settings, data_dir, indexed=indexed)
    if name != "tutorial":
        raise EvaluationError(f"There is no answering system called {name!r}. Choose among policybot, tutorial.")
    model = chat_model(settings, progress=on_progress)
    if model is None:
        raise EvaluationError(
            "The tutorial's chain cannot answer without a chat model. Name one with --chat-model, or leave the system "
            "out."
        )
    return TutorialChain(
        model,
        model_name=chat_model_name(settings),
        prompt=load_prompt(settings.prompts_dir, "tutorial"),
        answer_tokens=settings.answer_tokens,
    )


def judge_named(name: str, *, settings: Settings, on_progress: OnProgress | None = None) -> Judge:
    """A chat model as judge.

    Args:
        name: ``local`` or ``provider:model``.

    Raises:
        EvaluationError: It names no chat model.
        ModelError: The chat model cannot be loaded.
    """
    chosen = settings.model_copy(update={"chat_model": name})
    model = chat_model(chosen, progress=on_progress)
    if model is None:
        raise EvaluationError("--judge none names no judge. Leave the option out, or name a chat model.")
    return Judge(model, name=chat_model_name(chosen), prompt=load_prompt(settings.prompts_dir, "examine"))
