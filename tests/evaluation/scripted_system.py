"""Systems that find what they are told to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

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


class SentenceScript(ScriptedSystem):
    """Finds sentences, too: some over all documents, some within named ones.

    Args:
        everywhere: None makes it fail.
        on_sentences: Called when sentences are asked for.
    """

    def __init__(
        self,
        found: Mapping[str, Sequence[Retrieved]],
        *,
        everywhere: Sequence[Retrieved] | None,
        within: Mapping[tuple[str, ...], Sequence[Retrieved]],
        on_sentences: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(found)
        self._everywhere = everywhere
        self._within = within
        self._on_sentences = on_sentences

    def sentences(
        self, question: str, *, history: Sequence[Turn], limit: int, documents: Sequence[str] = ()
    ) -> list[Retrieved]:
        self._on_sentences()
        if self._everywhere is None:
            raise ValueError("no sentences today")
        return list(self._within.get(tuple(documents), ()) if documents else self._everywhere)[:limit]
