"""A sentence and evidence -> verdict, what was compared, score, and the supporting evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from policybot.calibration import NO_NEARER, PARTLY_FROM, SOURCES_TRIED, SUPPORTED_FROM
from policybot.checking.amounts import amounts, facts_in
from policybot.checking.bindings import exchanged_across
from policybot.checking.candidates import Candidates
from policybot.checking.clauses import claims_of
from policybot.checking.difference import Difference, Dimension
from policybot.checking.differences import Comparison, differences, stated_dimensions
from policybot.checking.meaning import Meaning
from policybot.checking.narrowing import narrowed
from policybot.checking.resemblance import resembling
from policybot.checking.retellings import denies
from policybot.checking.scoring import Features, probability
from policybot.checking.source import Source, source_of, sources_of
from policybot.checking.wordings import tokens_without_amounts
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
        evidence: The supporting sentences: one, or one for each clause; cut to the supporting clauses; empty when
            unsupported.
        score: Probability that people would call it supported, 0..1, from how much it resembles its evidence,
            calibrated on mtrag_faithfulness (docs/checking.md). It ignores the differences that decide the
            verdict: a single changed figure leaves it high.
        differences: What the sentence says otherwise than the evidence nearest to it.
        contradicted: Whether the evidence nearest to it says something else of the same.
        compared: What the sentence states, and what was therefore compared on its own.
    """

    verdict: Verdict
    reason: str
    evidence: tuple[Evidence, ...] = ()
    score: float = 0.0
    differences: tuple[Difference, ...] = ()
    contradicted: bool = False
    compared: tuple[Dimension, ...] = ()


class Checker:
    """Checks sentences against evidence: a sentence is carried by one of its sentences, or each of its clauses is.

    What is carried is compared dimension by dimension with what carries it: figures, dates, names, references,
    negation, modality, what joins and excepts, words that exclude each other (``differences``). Whatever else both
    share, a difference found there is never outvoted; where none is found, words and meaning decide: word overlap
    alone is a strong base (AUROC 0.94 on mtrag_faithfulness, docs/architecture.md) that a changed figure or a dropped
    "not" passes unseen. What the checker remembers of the evidence serves the next sentences of the same answer.
    Thread-safe.

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
        sources = [source for each in evidence for source in sources_of(each)]
        whole, clauses = claims_of(sentence)
        best = _together([self._check(claim, language, sources) for claim in whole])
        if best.verdict != "supported" and clauses and not best.contradicted:
            best = max(best, _together([self._check(claim, language, sources) for claim in clauses]), key=_order)
        if best.verdict != "supported":
            # What no source carries may still resemble several of them together.
            together = self._resemblance(sentence, language, sources, most=1)
            best = replace(best, score=max(best.score, probability(together)))
        return replace(best, compared=stated_dimensions(sentence, self._contrasts()))

    def _check(self, claim: str, language: str, sources: Sequence[Source]) -> Check:
        """The verdict of the one source that carries the claim best."""
        timely = [source for source in sources if _of_its_time(claim, source)]
        best = Check(
            "unsupported", "no evidence resembles it", (), probability(_nothing(claim)) if not sources else 0.0
        )
        if len(timely) < len(sources):
            best = replace(best, reason=f"{best.reason}; {len(sources) - len(timely)} sentences are about other years")
        nearest = 0.0
        for check, likeness in self._checks(claim, language, timely):
            if check.verdict != "unsupported" and likeness < nearest - NO_NEARER:
                continue
            if check.contradicted and check.verdict == "unsupported":
                nearest = max(nearest, likeness)
            if _order(check) > _order(best):
                best = check
            if best.verdict == "supported":
                break
        return replace(best, contradicted=best.contradicted or (nearest > 0 and best.verdict == "unsupported"))

    def features(self, sentence: str, language: str, evidence: Sequence[Evidence]) -> Features:
        """The scoring features of the evidence that resembles the sentence most, taken together."""
        return self._resemblance(sentence, language, [source_of(each) for each in evidence])

    def _resemblance(
        self, sentence: str, language: str, sources: Sequence[Source], *, most: int = SOURCES_TRIED
    ) -> Features:
        if not sources:
            return _nothing(sentence)
        own = [source for source in sources if source.language == language]
        every = [
            self._same(sentence, [source.text for source in each.sources], language, each.share, each.missing)
            for each in resembling(sentence, own, most=most)
        ]
        others = [source for source in sources if source.language != language]
        every += [features for _, features in self._across(sentence, language, others)] if others else []
        return max(every, key=probability, default=Features("words", 0.0, 0.0, 0.0, 0))

    def _checks(self, claim: str, language: str, sources: Sequence[Source]) -> Iterator[tuple[Check, float]]:
        """The check against each likely source, with its share of words, or its cosine in another language."""
        few = Candidates(claim, ()).few
        for comparison, features in self._candidates(claim, language, sources):
            if few and comparison.same_language and features.first < 1:
                yield Check("unsupported", f"so few words must all stand in the evidence: {features}"), features.first
                continue
            found = tuple(self._differences(comparison, language))
            score = probability(features)
            partly, supported = PARTLY_FROM[features.kind], SUPPORTED_FROM[features.kind]
            reason = f"{score:.2f} probable from {features}"
            fatal = [difference.what for difference in found if difference.fatal]
            if fatal:
                contradicted = _contradicts(comparison, found)
                check = Check("unsupported", "; ".join([reason, *fatal]), (), score, found, contradicted)
            elif score < partly:
                check = Check("unsupported", reason, (), score, found)
            elif found or score < supported:
                reasons = "; ".join([reason, *(difference.what for difference in found)])
                narrowed_to = self._narrowed(comparison)
                check = Check("partly", reasons, narrowed_to, score, found, comparison.copy is not None and bool(found))
            else:
                check = Check("supported", reason, self._narrowed(comparison), score)
            yield check, features.first

    def contradicted(self, claim: str, language: str, evidence: Sequence[Evidence]) -> bool:
        """Whether the evidence denies a short claim, or has nothing like its verb.

        The score alone does not show it: a claim that changes one word of the evidence shares all the others.
        """
        own = [source_of(e) for e in evidence if e.hit.passage.language == language]
        if not own:
            return False
        if any(denies(claim, source.text) for source in own):
            return True
        compared = (Comparison(claim, source, self._contrasts(), same_language=True) for source in own)
        return self._meaning.matches(language) and all(self._unlike(comparison) for comparison in compared)

    def _unlike(self, comparison: Comparison) -> tuple[str, ...]:
        """Words of an English claim that its source has nothing like; its figures and dates aside."""
        if comparison.verbatim:
            return ()
        source = comparison.source
        found = self._meaning.unlike(comparison.sentence, [source.text], known=content_tokens(source.around))
        return tuple(word for word in found if set(content_tokens(word)) & tokens_without_amounts(comparison.sentence))

    def _candidates(
        self, claim: str, language: str, sources: Sequence[Source]
    ) -> Iterator[tuple[Comparison, Features]]:
        """The likely sources, each compared with the claim, and their features; those in its language first."""
        own = [source for source in sources if source.language == language]
        for source, share in Candidates(claim, own).by_words() if own else ():
            comparison = Comparison(claim, source, self._contrasts(), same_language=True)
            yield comparison, self._same(claim, [source.text], language, share, len(comparison.missing))
        others = [source for source in sources if source.language != language]
        if others:
            yield from self._across(claim, language, others)

    def _across(self, claim: str, language: str, sources: Sequence[Source]) -> Iterator[tuple[Comparison, Features]]:
        cosines = self._meaning.similarity(claim, language, [(source.text, source.language) for source in sources])
        for source, cosine in Candidates(claim, sources).by_meaning(cosines):
            comparison = Comparison(claim, source, self._contrasts(), same_language=False)
            states_all = float(bool(amounts(claim)) and not comparison.missing)
            yield comparison, Features("across", cosine, states_all, 0.0, len(comparison.missing))

    def _same(self, claim: str, texts: Sequence[str], language: str, share: float, missing: int) -> Features:
        if self._meaning.matches(language):
            every, content = self._meaning.matched(claim, texts)
            return Features("tokens", share, every, content, missing)
        return Features("words", share, 0.0, 0.0, missing)

    def _differences(self, comparison: Comparison, language: str) -> list[Difference]:
        found = differences(comparison)
        claim, source = comparison.sentence, comparison.source
        if comparison.same_language and self._meaning.matches(source.language) and (words := self._unlike(comparison)):
            listed = ", ".join(map(repr, words))
            found.append(Difference(f"the evidence says nothing like {listed}", "words", fatal=False))
        if not comparison.same_language and not any(difference.fatal for difference in found):
            found += exchanged_across(claim, language, source.text, source.language, self._meaning.likeness)
        return found

    def _narrowed(self, comparison: Comparison) -> tuple[Evidence, ...]:
        return (narrowed(comparison.sentence, comparison.source.evidence, self._contrasts()),)


def _contradicts(comparison: Comparison, found: Sequence[Difference]) -> bool:
    """Whether the source says something else of the same, rather than something of another time, place or figure."""
    elsewhere = {"dates", "names", "figures", "references"}
    return comparison.copy is not None or any(each.fatal and each.dimension not in elsewhere for each in found)


def _order(check: Check) -> tuple[int, float]:
    return _RANK[check.verdict], check.score


def _together(checks: Sequence[Check]) -> Check:
    """Of claims that must all be carried: the verdict of the one that is carried worst, the sources of all."""
    worst = min(checks, key=_order)
    if worst.verdict == "unsupported" or len(checks) == 1:
        return worst
    evidence = tuple(dict.fromkeys(each for check in checks for each in check.evidence))
    found = tuple(dict.fromkeys(difference for check in checks for difference in check.differences))
    return replace(worst, evidence=evidence, differences=found)


def _nothing(sentence: str) -> Features:
    """The features of a sentence without evidence, when only "nothing is known" can be true."""
    return Features("tokens", 0.0, 0.0, 0.0, len(amounts(sentence)), bool(_SAYS_NOTHING.search(sentence)))


def _of_its_time(sentence: str, source: Source) -> bool:
    """False when both name years and share none: a fact of 2025 says nothing about 2024.

    Evidence that names no year counts with the years of its title, section and date.
    """
    wanted, covered = stated(sentence).span, facts_in(source).about
    return not wanted or not covered or bool(wanted & covered)
