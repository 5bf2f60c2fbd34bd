"""Sentence x evidence -> verdict, reason, score, and the evidence that carries it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policybot.checking.amounts import lacking, told_by
from policybot.checking.bindings import exchanged_across
from policybot.checking.candidates import Candidate, Candidates
from policybot.checking.difference import Difference
from policybot.checking.differences import differences
from policybot.checking.figures import stated
from policybot.checking.meaning import Meaning
from policybot.checking.narrowing import narrowed
from policybot.checking.scoring import Features, probability
from policybot.domain import Evidence, Verdict
from policybot.models.embedding import Embedder
from policybot.models.matching import TokenMatcher

SUPPORTED_FROM = 0.5
PARTLY_FROM = 0.2
"""Probability from which a sentence without differences is supported, or partly."""

_RANK = {"supported": 2, "partly": 1, "unsupported": 0}


@dataclass(frozen=True, slots=True)
class Check:
    """What became of a sentence.

    Attributes:
        reason: In English: what was compared and what differs, with the values.
        evidence: What carries it, strongest first, cut to the clauses that do; empty when it is unsupported.
        score: Probability that the evidence supports it, 0..1, calibrated on mtrag_faithfulness (docs/checking.md).
    """

    verdict: Verdict
    reason: str
    evidence: tuple[Evidence, ...] = ()
    score: float = 0.0


class Checker:
    """Compares a sentence with the evidence: its words, its meaning, and everything that changes what it says.

    Word overlap is a strong base (AUROC 0.94 on mtrag_faithfulness, docs/architecture.md) that a changed figure or
    a dropped "not" passes unseen; so figures, dates, names, negation, modality, quantifiers and words that exclude each
    other are compared on their own (``differences``). What the checker remembers of the evidence serves the next
    sentences of the same answer. Thread-safe.

    Args:
        multilingual: Compares across languages.
        matcher: Matches English sentences token by token; without it they are judged by their words alone.
    """

    def __init__(self, *, multilingual: Embedder, matcher: TokenMatcher | None = None) -> None:
        self._meaning = Meaning(multilingual, matcher)

    def check(self, sentence: str, language: str, evidence: Sequence[Evidence]) -> Check:
        """The verdict on one sentence, with its reason and the evidence that carries it."""
        best = Check("unsupported", "no evidence resembles it")
        timely = [e for e in evidence if _of_its_time(sentence, e)]
        for check in self._checks(sentence, language, timely):
            if (_RANK[check.verdict], check.score) > (_RANK[best.verdict], best.score):
                best = check
            if best.verdict == "supported":
                break
        return best

    def features(self, sentence: str, language: str, evidence: Sequence[Evidence]) -> Features:
        """What the score of the likeliest evidence is made from; for training."""
        every = [features for _, features in self._candidates(sentence, language, evidence)]
        return max(every, key=probability, default=Features("words", 0.0, 0.0, 0.0, 0))

    def _checks(self, sentence: str, language: str, evidence: Sequence[Evidence]) -> Iterator[Check]:
        for candidate, features in self._candidates(sentence, language, evidence):
            found = self._differences(sentence, candidate, same_language=features.kind != "across")
            score = probability(features)
            reason = f"{score:.2f} probable from {features}"
            fatal = [difference.what for difference in found if difference.fatal]
            if fatal:
                # What the evidence contradicts is improbable, however much it resembles it.
                yield Check("unsupported", "; ".join([reason, *fatal]), (), min(score, PARTLY_FROM / 2))
            elif score < PARTLY_FROM:
                yield Check("unsupported", reason, (), score)
            elif found or score < SUPPORTED_FROM:
                reasons = "; ".join([reason, *(difference.what for difference in found)])
                yield Check("partly", reasons, _narrowed(sentence, candidate), min(score, SUPPORTED_FROM))
            else:
                yield Check("supported", reason, _narrowed(sentence, candidate), score)

    def _candidates(
        self, sentence: str, language: str, evidence: Sequence[Evidence]
    ) -> Iterator[tuple[Candidate, Features]]:
        """Each set of sources that may carry the sentence, those in its own language first."""
        own = [e for e in evidence if e.hit.passage.language == language]
        for candidate in Candidates(sentence, own).by_words() if own else ():
            yield candidate, self._same(sentence, language, candidate)
        others = [e for e in evidence if e.hit.passage.language != language]
        if not others:
            return
        texts = [(e.text, e.hit.passage.language) for e in others]
        cosines = self._meaning.similarity(sentence, language, texts)
        for candidate, cosine in Candidates(sentence, others).by_meaning(cosines):
            yield candidate, Features("across", cosine, _stated_share(sentence, candidate), 0.0, len(candidate.missing))

    def _same(self, sentence: str, language: str, candidate: Candidate) -> Features:
        missing = len(candidate.missing)
        if language == "en" and self._meaning.matches:
            every, content = self._meaning.matched(sentence, [e.text for e in candidate.sources])
            return Features("tokens", candidate.overlap, every, content, missing)
        texts = [(e.text, e.hit.passage.language) for e in candidate.sources]
        cosine = max(map(float, self._meaning.similarity(sentence, language, texts)))
        return Features("words", candidate.overlap, cosine, 0.0, missing)

    def _differences(self, sentence: str, candidate: Candidate, *, same_language: bool) -> list[Difference]:
        found = lacking(candidate.missing, candidate.told)
        found += differences(sentence, candidate.sources, same_language=same_language)
        if not same_language and not any(difference.fatal for difference in found):
            found += exchanged_across(sentence, [e.text for e in candidate.sources], self._meaning.likeness)
        return found


def _stated_share(sentence: str, candidate: Candidate) -> float:
    """1 when the sources state all figures of a sentence that has some, 0 when it has none."""
    figures = stated(sentence).figures
    return float(bool(figures) and not candidate.missing)


def _narrowed(sentence: str, candidate: Candidate) -> tuple[Evidence, ...]:
    return tuple(narrowed(sentence, e) for e in candidate.sources)


def _of_its_time(sentence: str, evidence: Evidence) -> bool:
    """False when both name years and share none: what was so in 2025 says nothing about 2024.

    Evidence that names no year is of the years of its title, section and date; no other sentence may lend it one.
    """
    asked, told = stated(sentence).span, told_by(evidence).years
    return not asked or not told or bool(asked & told)
