"""A set of three questions over two documents, and systems that find all or half of what is right."""

from __future__ import annotations

import pytest
from scripted_system import ScriptedSystem

from policybot.domain import Turn
from policybot.evaluation.datasets import Corpus, CorpusDocument, EvaluationSet, Question
from policybot.evaluation.systems import Retrieved

QUAY = CorpusDocument("quay", "Quays", "The northern quay is two hundred metres long.", "en")
LIBRARY = CorpusDocument("library", "图书馆", "市图书馆每天开放十四小时，周末不闭馆。", "zh")


@pytest.fixture
def small_set() -> EvaluationSet:
    """One question in each direction of language, one that nothing answers."""
    questions = (
        Question("en", "How long is the quay?", "en", "fact", (), ("quay",), (QUAY.text,), ()),
        Question("zh", "码头有多长？", "zh", "fact", (Turn("user", "你好"),), ("quay",), (QUAY.text,), ()),
        Question("none", "Who owns the moon?", "en", "unanswerable"),
    )
    return EvaluationSet(Corpus("harbour", (QUAY, LIBRARY)), questions)


@pytest.fixture
def finds_all() -> ScriptedSystem:
    """Finds the right passage for both questions."""
    right = [Retrieved("quay", QUAY.text)]
    return ScriptedSystem({"How long is the quay?": right, "码头有多长？": right})


@pytest.fixture
def finds_english() -> ScriptedSystem:
    """Finds the right passage for the English question, the wrong one for the Chinese question."""
    return ScriptedSystem(
        {
            "How long is the quay?": [Retrieved("quay", QUAY.text)],
            "码头有多长？": [Retrieved("library", LIBRARY.text)],
        },
        name="english only",
    )
