"""Classifies questions that documents cannot answer, before anything is searched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from policybot.calibration import SCREENED_PARTS
from policybot.language import phrases
from policybot.models.embedding import Embedder
from policybot.screening import classifier
from policybot.screening.cues import decoded, normalised
from policybot.text.sentences import clause_spans

ScreenedKind = Literal["opinion", "harmful", "manipulation", "meta"]

_ASKS = phrases(lambda lexicon: lexicon.orders.asks, form=r"[?？]\W*$|{}")
"""A sentence that is a question on its own."""


@dataclass(frozen=True, slots=True)
class Screening:
    """The result of screening a question.

    Attributes:
        kind: ``opinion``, ``harmful``, ``manipulation`` or ``meta`` (about the assistant, a greeting, thanks); None
            for an ordinary question, which the documents may or may not answer.
        question: The text to answer: the question itself, or the rest of it without an instruction to the assistant.
        reason: Why, in English, for the record; empty for an unchanged ordinary question.
        score: Probability that it is not an ordinary question, 0..1; of a shortened question, that of the removed part.
    """

    kind: ScreenedKind | None
    question: str
    reason: str
    score: float


class Screener:
    """Classifies questions as ordinary, opinion, harmful, manipulation or meta.

    The question is classified as a whole and sentence by sentence, so that an instruction beside an honest question is
    found. No single word decides; benchmarks/train_screening.py trains and measures the classifier.
    """

    def __init__(self, *, multilingual: Embedder) -> None:
        """Load the classifier.

        Args:
            multilingual: multilingual-e5-small: the classifier was trained on its vectors.
        """
        self._embedder = multilingual
        self._classifier = classifier.load()

    def screen(self, question: str, language: str) -> Screening:
        """Screen a question.

        Args:
            language: ISO 639-1 code, for the record; English and Chinese are classified alike.
        """
        parts = _parts(question)
        whole_kind, whole = self._judged(question)
        if len(parts) == 1:
            return self._said(whole_kind, question, whole, language)
        judged = [self._judged(part) for part in parts]
        bad = [score for kind, score in judged if kind == "manipulation"]
        worst = max(judged, key=lambda each: each[1] if each[0] == "harmful" else 0.0)
        if whole_kind == "harmful" or (worst[0] == "harmful" and not bad):
            return self._said("harmful", question, max(whole, worst[1]), language)
        if bad:
            rest = [part for part, (kind, _) in zip(parts, judged, strict=True) if kind not in ("manipulation", "meta")]
            return self._reduced(question, rest, max(bad), language)
        return self._said(whole_kind, question, whole, language)

    def _reduced(self, question: str, rest: list[str], score: float, language: str) -> Screening:
        """The question without its instructions, if the rest asks something and passes on its own."""
        remaining = " ".join(rest).strip()
        if not any(_ASKS.search(part) for part in rest):
            return self._said("manipulation", question, score, language)
        kind, again = self._judged(remaining)
        if kind == "manipulation":
            return self._said(kind, question, max(score, again), language)
        if kind is not None:
            return self._said(kind, remaining, again, language)
        return Screening(None, remaining, "an instruction to the assistant was left out of the question", score)

    def _judged(self, text: str) -> tuple[ScreenedKind | None, float]:
        """Kind and probability of not being ordinary; the worse of the text as written and decoded."""
        plain = normalised(text)
        readings = [plain, *([hidden] if (hidden := normalised(decoded(text))) else [])]
        return max((self._kind(reading) for reading in readings), key=lambda judged: judged[1])

    def _kind(self, plain: str) -> tuple[ScreenedKind | None, float]:
        found = self._classifier.probabilities(plain, self._embedder.embed_query(plain))
        score = 1.0 - found["ordinary"]
        if score < self._classifier.threshold:
            return None, score
        kinds: tuple[ScreenedKind, ...] = ("opinion", "harmful", "manipulation", "meta")
        return max(kinds, key=lambda kind: found[kind]), score

    @staticmethod
    def _said(kind: ScreenedKind | None, question: str, score: float, language: str) -> Screening:
        reason = "" if kind is None else f"reads as {kind} with probability {score:.2f} (asked in {language or '?'})"
        return Screening(kind, question, reason, score)


def _parts(question: str) -> list[str]:
    """The question's clauses and lines; of a long question, neighbours joined."""
    parts = [
        line[start:end] for line in question.splitlines() if line.strip() for start, end in clause_spans(line.strip())
    ]
    parts = [part for part in parts if any(c.isalnum() for c in part)] or [question]
    size = -(-len(parts) // SCREENED_PARTS)
    return [" ".join(parts[i : i + size]) for i in range(0, len(parts), size)]
