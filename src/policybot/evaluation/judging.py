"""A chat model as a further judge: what it is asked, and how its verdict is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from policybot.errors import ChatModelError, PolicybotError
from policybot.evaluation.datasets import Question
from policybot.evaluation.systems import Reply
from policybot.models.chat import translated
from policybot.models.prompting import Prompt

_VERDICT = re.compile(r"\b(correct|supported)\W{0,4}\s*[:=]\W{0,4}\s*(yes|no)\b", re.IGNORECASE)

JUDGE_TOKENS = 200
"""Longest verdict, in tokens."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the judge said.

    Attributes:
        correct: Whether the answer says what the key says; None without a key.
        supported: Whether the quotes bear the answer.
        words: Its whole reply.
    """

    correct: bool | None
    supported: bool
    words: str

    @property
    def metrics(self) -> Mapping[str, float]:
        """``judged_correctness`` and ``judged_support``, where defined."""
        correct = {} if self.correct is None else {"judged_correctness": float(self.correct)}
        return correct | {"judged_support": float(self.supported)}

    def as_dict(self) -> dict[str, object]:
        """The judgement as plain values."""
        return {"correct": self.correct, "supported": self.supported, "words": self.words}


class Judge:
    """Asks a chat model about answers.

    Args:
        name: What the model is called in messages and reports.
        prompt: ``prompts/examine.md``.
    """

    def __init__(self, model: BaseChatModel, *, name: str, prompt: Prompt) -> None:
        self.name = name
        self._model = model
        self._prompt = prompt

    def judge(self, question: Question, reply: Reply) -> Judgement | None:
        """The judge's view of an answer; None of one that abstains: there is nothing to judge.

        Raises:
            ChatModelError: The model failed, or its reply holds no verdict.
        """
        answer = reply.answer
        if answer.status == "abstained":
            return None
        key = question.key or "\n".join(question.answers)
        quotes = "\n".join(f"[{citation.number}] {citation.quote}" for citation in answer.citations)
        system, user = self._prompt.fill(
            question=question.text, key=key or "-", answer=answer.text, quotes=quotes or "-"
        )
        try:
            words = str(self._model.invoke([SystemMessage(system), HumanMessage(user)], max_tokens=JUDGE_TOKENS).text)
        except PolicybotError:
            raise
        except Exception as exc:
            # Every provider has its own exceptions; callers know one.
            raise translated(exc, model=self.name) from exc
        found = {name.lower(): verdict.lower() == "yes" for name, verdict in _VERDICT.findall(words)}
        if len(found) < 2:
            raise ChatModelError(
                f"The judge {self.name} gave no verdict on question {question.id!r}: {words[:200]!r}. Choose another "
                "model with --judge, or leave it out."
            )
        measured = question.answerable and bool(key)
        return Judgement(found["correct"] if measured else None, found["supported"], words)
