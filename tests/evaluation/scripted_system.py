"""A system that finds what it is told to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policybot.domain import OnProgress, Progress, Turn
from policybot.evaluation.datasets import Corpus
from policybot.evaluation.systems import Indexed, Retrieved


class ScriptedSystem:
    """Finds for each question the passages given; remembers what it was asked."""

    def __init__(self, found: Mapping[str, Sequence[Retrieved]], name: str = "scripted") -> None:
        self.name = name
        self.settings: Mapping[str, object] = {"scripted": True}
        self.asked: list[tuple[str, Sequence[Turn]]] = []
        self._found = found

    def index(self, corpus: Corpus, *, on_progress: OnProgress) -> Indexed:
        on_progress(Progress("documents", len(corpus.documents), len(corpus.documents)))
        return Indexed(passages=2, embedded=0)

    def search(self, question: str, *, history: Sequence[Turn], limit: int) -> list[Retrieved]:
        self.asked.append((question, history))
        return list(self._found.get(question, ()))[:limit]

    def close(self) -> None:
        """Nothing to free."""
