"""A system that answers by the name that the terminal and the reports use."""

from __future__ import annotations

from pathlib import Path

from policybot.bot.bot import OnProgress, PolicyBot
from policybot.errors import EvaluationError
from policybot.evaluation.answering_systems import AnsweringSystem, PolicybotAnswers
from policybot.evaluation.judging import Judge
from policybot.evaluation.tutorial_chain import TutorialChain
from policybot.models.chat import chat_model, chat_model_name
from policybot.models.prompting import load_prompt
from policybot.settings import Settings

ANSWERING = ("policybot", "tutorial")
"""Names of systems that answer."""


def answering_system_named(
    name: str, *, settings: Settings, data_dir: Path, indexed: PolicyBot | None, on_progress: OnProgress | None = None
) -> AnsweringSystem:
    """The system of a name.

    Args:
        name: One of ``ANSWERING``.
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
        return PolicybotAnswers(settings, data_dir, indexed=indexed)
    if name != "tutorial":
        raise EvaluationError(f"There is no answering system called {name!r}. Choose among {', '.join(ANSWERING)}.")
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
