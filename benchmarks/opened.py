"""An evaluation set opened for questions: its documents indexed, and a bot over them; and which questions are which.

The questions of some sets are divided: on some numbers are chosen, on the others results are reported
(``policybot.calibration``). Whoever chooses asks for the one part, whoever reports for the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from policybot import Filter, PolicyBot, load_settings
from policybot.calibration import CHOOSING_SETS, REPORTED_SETS
from policybot.evaluation import read_set
from policybot.evaluation.datasets import EvaluationSet, Question
from policybot.evaluation.policybot_system import PolicybotSystem

QUOTING = "none"
"""The chat model's name under which answers are made of quotes alone."""


@dataclass(frozen=True)
class OpenedSet:
    """A set with a bot over its documents.

    Attributes:
        names: What the index calls a document, by its id in the set.
    """

    set: EvaluationSet
    bot: PolicyBot
    names: Mapping[str, str]

    def filter(self, question: Question, *, without: Sequence[str] = ()) -> Filter:
        """What a question may be answered from, less some documents (ids of the set)."""
        allowed = question.documents or (tuple(self.names) if without else ())
        return Filter(documents=tuple(self.names[id_] for id_ in allowed if id_ not in without))


def set_of(folder: Path) -> EvaluationSet:
    """The set in a folder: with its own documents, or about those of the working directory's ``documents/``."""
    beside = folder / "documents" if (folder / "documents").is_dir() else Path("documents")
    return read_set(folder, documents=None if (folder / "corpus.jsonl").exists() else beside)


@contextmanager
def opened(found: EvaluationSet, *, data_dir: Path | None = None, chat_model: str = QUOTING) -> Iterator[OpenedSet]:
    """Index a set's documents, unless they are indexed already, and open a bot over them.

    Args:
        data_dir: Below which the indexes are kept; the cache when None.
    """
    settings = load_settings(chat_model=chat_model)
    system = PolicybotSystem(settings, data_dir or settings.cache_dir / "evaluation")
    try:
        system.index(found.corpus, on_progress=lambda _: None)
        yield OpenedSet(found, system.bot, dict(system._names))
    finally:
        system.close()


def to_choose_on(found: EvaluationSet) -> tuple[Question, ...]:
    """The questions on which numbers are chosen."""
    return _parts(found, CHOOSING_SETS)


def to_report_on(found: EvaluationSet) -> tuple[Question, ...]:
    """The questions on which nothing is chosen."""
    return _parts(found, REPORTED_SETS)


def is_reported(set_name: str, id_: str, place: int) -> bool:
    """Whether results are reported on the question of this id, at this place (from 1) in its set."""
    return _is_of_any(REPORTED_SETS, set_name, id_, place)


def _parts(found: EvaluationSet, keys: Mapping[str, str]) -> tuple[Question, ...]:
    return tuple(
        question
        for place, question in enumerate(found.questions, start=1)
        if _is_of_any(keys, found.name, question.id, place)
    )


def _is_of_any(keys: Mapping[str, str], set_name: str, id_: str, place: int) -> bool:
    parts = {part for name, _, part in (key.partition("/") for key in keys) if name == set_name}
    return any(_is_of(part, id_, place) for part in parts)


def _is_of(part: str, id_: str, place: int) -> bool:
    """Whether a question is of a part: ``even`` and ``odd`` by the number in its id, digits by place; empty is all."""
    if part in ("even", "odd"):
        digits = re.sub(r"\D", "", id_)
        return (int(digits) if digits else place) % 2 == (part == "odd")
    places = [int(each) for each in part.split(",")] if part else [0]
    size = 4 if max(places) > 2 or len(places) > 1 else 2
    return not part or (place - 1) % size + 1 in places
