"""Question and sentence in its context -> how well the sentence answers: Chinese, English, and one over the other."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from policybot.models import weights
from policybot.models._onnx import session
from policybot.models._text import clean
from policybot.models._threads import processors
from policybot.models.embedding import E5Small

_QUESTION_TOKENS, _SENTENCE_TOKENS, _HEADING_TOKENS, _BEFORE_TOKENS = 96, 160, 40, 40
"""Most tokens of each part. Of a question and of what is before a sentence the end is kept, of the others the
beginning."""

_LONGEST = 4000  # characters of a part that are tokenized


class Unit(NamedTuple):
    """A sentence as it is read.

    Attributes:
        sentence: The sentence; of a table's row its cells with the names of their columns.
        heading: The document's title and the headings above, as ``Passage.heading`` writes them: "title > heading".
        before: The sentence that leads into its list, else the sentence before it; empty without one.
    """

    sentence: str
    heading: str = ""
    before: str = ""


class EvidenceReader:
    """A cross-encoder of six of multilingual-e5-small's layers, trained by ``benchmarks/train_reader.py``. Thread-safe.

    docs/evidence-reader.md has its data, licences and scores. Its word vectors are e5's own and are read from e5's
    file; its own file has the layers alone.

    Args:
        e5: Its vocabulary and word vectors are used.

    Raises:
        WeightsError: The weights are missing or damaged.
    """

    name = "evidence-reader-6.1"

    def __init__(self, cache_dir: Path, e5: E5Small) -> None:
        path = weights.verified(weights.EVIDENCE_READER, cache_dir=cache_dir)
        self._session = session(path, name=str(path))
        self._words = e5.file
        self._vocabulary = e5.vocabulary
        self._slash = self._vocabulary.encode("/")
        self._workers = ThreadPoolExecutor(processors(), thread_name_prefix="policybot-reader")

    def score(self, question: str, units: Sequence[Unit]) -> NDArray[np.float32]:
        """Logits that each sentence answers the question, shape (units,), about -9 to 6.

        Each pair is read by itself: in a batch the range of the activations, and so the result, would be its company's.
        """
        asked = self._tokens(question)[-_QUESTION_TOKENS:]
        # The longest first, so that no worker waits in the end for one that has just begun with a long one.
        order = sorted(range(len(units)), key=lambda i: -len(units[i].sentence))
        logits = np.zeros(len(units), dtype=np.float32)
        for i, found in zip(order, self._workers.map(lambda i: self._logit(asked, units[i]), order), strict=True):
            logits[i] = found
        return logits

    def _logit(self, asked: list[int], unit: Unit) -> float:
        begin, end = self._words.begin, self._words.end
        heading = self._tokens(unit.heading)[:_HEADING_TOKENS]
        before = self._tokens(unit.before)[-_BEFORE_TOKENS:]
        context = heading + (self._slash if heading and before else []) + before
        parts = [
            [begin, *asked, end],
            [*self._tokens(unit.sentence)[:_SENTENCE_TOKENS], end],
            [*context, end] if context else [],
        ]
        tokens = [token for part in parts for token in part]
        kinds = np.repeat(np.arange(3), [len(part) for part in parts])[None]
        words = self._words.rows("emb.word", self._words.width, tokens)[None]
        # Its second output, whether evidence carries a claim, is not used: docs/evidence-reader.md says why.
        return float(self._session.run(None, {"words": words, "types": kinds})[0][0][0])

    def _tokens(self, text: str) -> list[int]:
        return self._vocabulary.encode(unicodedata.normalize("NFKC", clean(text[:_LONGEST]))[:_LONGEST])
