"""A sentence and evidence -> verdict, reason, score, and the supporting evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from policybot.calibration import FEW_WORDS, PARTLY_FROM, SUPPORTED_FROM
from policybot.checking.alignment import verbatim
from policybot.checking.amounts import amounts, facts_in, lacking
from policybot.checking.bindings import exchanged_across
from policybot.checking.candidates import Candidate, Candidates
from policybot.checking.difference import Difference
from policybot.checking.differences import differences
from policybot.checking.meaning import Meaning
from policybot.checking.narrowing import narrowed
from policybot.checking.retellings import denies
from policybot.checking.scoring import Features, probability
from policybot.domain import Evidence, Verdict
from policybot.language import phrases
from policybot.models.embedding import Embedder
from policybot.models.matching import TokenMatcher
from policybot.text.contrasts import Contrasts, default_contrasts
from policybot.text.figures import stated
from policybot.text.tokens import content_tokens

_SAYS_NOTHING = phrases(lambda lexicon: lexicon.statements.says_nothing)

_RANK = {"supported": 2, "partly": 1, "unsupported": 0}


@dataclass(frozen=True, slots=True)
class Check:
    """The result of checking a sentence.

    Attributes:
        reason: What was compared and what differs, with values, in English.
        evidence: The supporting sentences, strongest first, cut to the supporting clauses; empty when unsupported.
        score: Probability that people would call it supported, 0..1, from how much it resembles its evidence,
            calibrated on mtrag_faithfulness (docs/checking.md). It ignores the differences that decide the
            verdict: a single changed figure leaves it high.
    """

    verdict: Verdict
    reason: str
    evidence: tuple[Evidence, ...] = ()
    score: float = 0.0


class Checker:
    """Checks sentences against evidence: their words, their meaning, and every difference that changes a claim.

    Word overlap is a strong base (AUROC 0.94 on mtrag_faithfulness, docs/architecture.md) that a changed figure or
    a dropped "not" passes unseen; so figures, dates, names, negation, modality, quantifiers and words that exclude each
    other are compared on their own (``differences``). What the checker remembers of the evidence serves the next
    sentences of the same answer. Thread-safe.

    Args:
        multilingual: Compares across languages.
        matcher: Matches English sentences token by token; without it they are judged by their words alone.
        contrasts: Returns the current sets of words that exclude one another.
    """

    def __init__(
        self,
        *,
        multilingual: Embedder,
        matcher: TokenMatcher | None = None,
        contrasts: Callable[[], Contrasts] = default_contrasts,
    ) -> None:
        self._meaning = Meaning(multilingual, matcher)
        self._contrasts = contrasts

    def check(self, sentence: str, language: str, evidence: Sequence[Evidence]) -> Check:
        """The verdict on one sentence, with its reason and the supporting evidence.

        Evidence is compared clause by clause: what a long sentence says elsewhere would make it look unlike a claim.
        """
        evidence = [clause for each in evidence for clause in each.clauses()]
        best = Check(
            "unsupported", "no evidence resembles it", (), probability(_nothing(sentence)) if not evidence else 0.0
        )
        timely = [e for e in evidence if _of_its_time(sentence, e)]
        if len(timely) < len(evidence):
            best = replace(best, reason=f"{best.reason}; {len(evidence) - len(timely)} sentences are about other years")
        for check in self._checks(sentence, language, timely):
            if (_RANK[check.verdict], check.score) > (_RANK[best.verdict], best.score):
                best = check
            if best.verdict == "supported":
                break
        return best

    def features(self, sentence: str, language: str, evidence: Sequence[Evidence]) -> Features:
        """The scoring features of the likeliest evidence, for training."""
        if not evidence:
            return _nothing(sentence)
        every = [features for _, features in self._candidates(sentence, language, evidence)]
        return max(every, key=probability, default=Features("words", 0.0, 0.0, 0.0, 0))

    def _checks(self, sentence: str, language: str, evidence: Sequence[Evidence]) -> Iterator[Check]:
        short = len(set(content_tokens(sentence))) <= FEW_WORDS
        for candidate, features in self._candidates(sentence, language, evidence):
            if short and features.kind != "across" and features.first < 1:
                yield Check("unsupported", f"so few words must all stand in the evidence: {features}")
                continue
            found = self._differences(sentence, language, candidate, same_language=features.kind != "across")
            score = probability(features)
            partly, supported = PARTLY_FROM[features.kind], SUPPORTED_FROM[features.kind]
            reason = f"{score:.2f} probable from {features}"
            fatal = [difference.what for difference in found if difference.fatal]
            if fatal:
                yield Check("unsupported", "; ".join([reason, *fatal]), (), score)
            elif score < partly:
                yield Check("unsupported", reason, (), score)
            elif found or score < supported:
                reasons = "; ".join([reason, *(difference.what for difference in found)])
                yield Check("partly", reasons, self._narrowed(sentence, candidate), score)
            else:
                yield Check("supported", reason, self._narrowed(sentence, candidate), score)

    def contradicted(self, claim: str, language: str, evidence: Sequence[Evidence]) -> bool:
        """Whether the evidence denies a short claim, or has nothing like its verb.

        The score alone does not show it: a claim that changes one word of the evidence shares all the others.
        """
        own = [e for e in evidence if e.hit.passage.language == language]
        return bool(own) and (any(denies(claim, e.text) for e in own) or bool(self._unlike(claim, own)))

    def _unlike(self, sentence: str, sources: Sequence[Evidence]) -> tuple[str, ...]:
        texts = [e.text for e in sources]
        if not all(self._meaning.matches(e.hit.passage.language) for e in sources) or verbatim(sentence, texts):
            return ()
        around = " ".join(f"{e.hit.passage.heading} {e.hit.metadata.publisher}" for e in sources)
        return self._meaning.unlike(sentence, texts, known=content_tokens(around))

    def _candidates(
        self, sentence: str, language: str, evidence: Sequence[Evidence]
    ) -> Iterator[tuple[Candidate, Features]]:
        """Each candidate with its features, those in the sentence's language first."""
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
        if self._meaning.matches(language):
            every, content = self._meaning.matched(sentence, [e.text for e in candidate.sources])
            return Features("tokens", candidate.overlap, every, content, missing)
        return Features("words", candidate.overlap, 0.0, 0.0, missing)

    def _differences(
        self, sentence: str, language: str, candidate: Candidate, *, same_language: bool
    ) -> list[Difference]:
        found = lacking(candidate.missing, candidate.facts)
        contrasts = self._contrasts()
        found += differences(sentence, candidate.sources, same_language=same_language, contrasts=contrasts)
        if same_language and (words := self._unlike(sentence, candidate.sources)):
            found.append(Difference(f"the evidence says nothing like {', '.join(map(repr, words))}", fatal=False))
        if not same_language and not any(difference.fatal for difference in found):
            texts = [(e.text, e.hit.passage.language) for e in candidate.sources]
            found += exchanged_across(sentence, language, texts, self._meaning.likeness)
        return found

    def _narrowed(self, sentence: str, candidate: Candidate) -> tuple[Evidence, ...]:
        return tuple(narrowed(sentence, e, self._contrasts()) for e in candidate.sources)


def _nothing(sentence: str) -> Features:
    """The features of a sentence without evidence, when only "nothing is known" can be true."""
    return Features("tokens", 0.0, 0.0, 0.0, len(amounts(sentence)), bool(_SAYS_NOTHING.search(sentence)))


def _stated_share(sentence: str, candidate: Candidate) -> float:
    """1 when the sentence has figures and the sources state all its amounts, else 0."""
    figures = stated(sentence).figures
    return float(bool(figures) and not candidate.missing)


def _of_its_time(sentence: str, evidence: Evidence) -> bool:
    """False when both name years and share none: a fact of 2025 says nothing about 2024.

    Evidence that names no year counts with the years of its title, section and date.
    """
    wanted, covered = stated(sentence).span, facts_in(evidence).about
    return not wanted or not covered or bool(wanted & covered)
