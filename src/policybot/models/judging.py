"""A chat model as judge: how much likelier it says yes than no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage

from policybot.calibration import JUDGE_ALTERNATIVES, UNLIKELY_WORD
from policybot.errors import PolicybotError
from policybot.language import vocabulary
from policybot.models.chat import translated

YES = vocabulary(lambda lexicon: lexicon.statements.yes)
NO = vocabulary(lambda lexicon: lexicon.statements.no)
"""First words of a reply, lower case, that say yes and no."""

_TELL = frozenset(("policybot-local", "openai-chat", "azure-openai-chat"))
"""Kinds of LangChain chat models that tell how likely each word was."""


def tells_likelihoods(chat_model: BaseChatModel) -> bool:
    """Whether ``yes_odds`` can ask this model: others only write words."""
    return chat_model._llm_type in _TELL


def yes_odds(chat_model: BaseChatModel, messages: Sequence[BaseMessage], *, name: str) -> float | None:
    """Natural logarithm of the odds that the model's reply begins with a yes rather than a no.

    The odds are worth more than the word: a small model that says yes to everything says it less surely when it
    should not. Near 0 is undecided. None when neither word is among the twenty likeliest.

    Args:
        messages: End with a question to be answered by yes or no.
        name: The model's name, for errors.

    Raises:
        ChatModelError: The model failed.
    """
    try:
        reply = chat_model.invoke(list(messages), max_tokens=1, logprobs=True, top_logprobs=JUDGE_ALTERNATIVES)
    except PolicybotError:
        raise
    except Exception as exc:
        # Every provider has its own exceptions; callers know one.
        raise translated(exc, model=name) from exc
    tokens = (reply.response_metadata.get("logprobs") or {}).get("content") or ()
    if not tokens:
        return None
    likely: Mapping[str, float] = {each["token"]: each["logprob"] for each in tokens[0]["top_logprobs"]}
    yes, no = (max((v for t, v in likely.items() if t.strip().lower() in words), default=None) for words in (YES, NO))
    if yes is None and no is None:
        return None
    return (UNLIKELY_WORD if yes is None else yes) - (UNLIKELY_WORD if no is None else no)
