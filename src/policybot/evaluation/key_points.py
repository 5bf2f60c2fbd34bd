"""Whether an answer holds each key point of its question and states nothing that it must not.

A set may say what a right answer must contain, point by point (``key_points``), and which near misses it must not
state (``must_not``): "2014: 3.5%", "江苏5%", "9500亿元". Both are compared by rule, without a judge:

- figures, dates and years in their normal forms, in whatever language and notation (``text.figures``);
- names of places and countries by the sets that come with policybot (``text.contrasts``), terms by the shipped
  glossary, other words within one language;
- and where a point cannot be compared, because the answer quotes another language or puts it in other words, by the
  gold evidence that holds it: evidence as good as quoted holds the point.

The measure errs on the strict side. docs/evaluation.md says how it agrees with a reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from policybot.evaluation.correctness import Correctness
from policybot.evaluation.correctness import negates as holds_negation
from policybot.evaluation.datasets import Question
from policybot.evaluation.metrics import tokens
from policybot.evaluation.point_parts import (
    AS_QUOTED,
    PART,
    Evidence,
    Read,
    Shown,
    Wanted,
    alternatives,
    directions,
    names_of,
    sentences_of,
    share_of,
    wanted_of,
    words_of,
)
from policybot.language import phrases
from policybot.text.detecting import detect_language
from policybot.text.figures import stated
from policybot.text.tokens import content_tokens

WHOLE = 0.85
"""Share of a sentence of the evidence that an answer must hold where it cannot be compared with a point word by word:
what it leaves out may be the point. Otherwise ``point_parts.AS_QUOTED``."""

BOUND = 0.4
"""Share of the words around a figure in the evidence that a sentence must share to be about the same thing."""

FEWEST_WORDS = 3
SOME_WORDS = 6
WORDING_OF_SOME = 0.75
WORDING = 0.6
"""Share of a point's own words that a sentence must hold: all of up to ``FEWEST_WORDS`` (a name), ``WORDING_OF_SOME``
of up to ``SOME_WORDS``, ``WORDING`` of more. Words are English stems and pairs of Chinese characters."""

ENTRY_WORDS = 0.5
"""Share of the words beside a figure that must not stand, for it to count as standing: "5% a year" of five years."""

_JUDGES = phrases(lambda lexicon: lexicon.keys.judges, form=r"^\s*{}\s*")
_ROLE = phrases(lambda lexicon: lexicon.keys.role)
_NUMBER_SIGN = phrases(lambda lexicon: lexicon.keys.number_sign, form=r"{}(?=\s?\d)")
_UNKNOWN_VALUE = phrases(lambda lexicon: lexicon.keys.any_value, form=r"^\s*{}")


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """A key point and whether the answer holds it.

    Attributes:
        by: By what it is held: ``words``, ``figures``, ``evidence``, ``key``; empty when it is not.
    """

    text: str
    by: str

    @property
    def held(self) -> bool:
        """Whether the answer holds it."""
        return bool(self.by)


@dataclass(frozen=True, slots=True)
class Points:
    """What an answer holds of its question's key points, and states of what it must not.

    Attributes:
        held: Each key point, in the question's order.
        stated: What it must not state and does.
        not_judged: What it must not do and no rule can judge: "accepts the premise".
    """

    held: tuple[KeyPoint, ...]
    stated: tuple[str, ...]
    not_judged: tuple[str, ...]

    @property
    def correct(self) -> bool:
        """Whether it holds every point and states nothing that it must not."""
        return all(point.held for point in self.held) and not self.stated

    def correctness(self) -> Correctness:
        """The same in the form of every other key."""
        lacking = [point.text for point in self.held if not point.held]
        told = [f"lacks {'; '.join(lacking)}"] if lacking else []
        told += [f"states {'; '.join(self.stated)}"] if self.stated else []
        share = sum(point.held for point in self.held) / len(self.held)
        return Correctness(self.correct, share, "; ".join(told) or "holds every key point")


def compare_points(question: Question, shown: Sequence[Shown]) -> Points:
    """Compare an answer of these sentences with the question's key points and with what it must not state."""
    reading = _Reading(question, shown)
    points = tuple(KeyPoint(point, reading.held_by(point)) for point in question.key_points)
    entries = [(entry, reading.states(entry)) for entry in question.must_not]
    return Points(
        points,
        tuple(entry for entry, states in entries if states),
        tuple(entry for entry, states in entries if states is None),
    )


def _runs(text: str) -> str:
    """The text's tokens, between blanks, for finding runs of them."""
    return f" {' '.join(tokens(text))} "


def _enough(wanted: frozenset[str], held: frozenset[str]) -> bool:
    share = share_of(wanted, held)
    if len(wanted) <= FEWEST_WORDS:
        return share == 1
    return share >= (WORDING_OF_SOME if len(wanted) <= SOME_WORDS else WORDING)


def _negates(text: str) -> bool:
    """Whether a text negates something; "No. 11" is a number."""
    return holds_negation(_NUMBER_SIGN.sub("", text))


class _Reading:
    """An answer and its question, read once for all points."""

    def __init__(self, question: Question, shown: Sequence[Shown]) -> None:
        self._question = question
        self._asked = " ".join([question.text, *(turn.text for turn in question.history)])
        self._asked_words = frozenset(content_tokens(self._asked))
        years = stated(self._asked).years
        # Which of several years is meant, the question leaves to the answer.
        self._asked_years = years if len(years) == 1 else frozenset()
        self._document_years = stated(" ".join(question.gold_documents)).years
        self._sentences = [Read(each) for each in shown if each.text.strip()]
        self._evidence = [Evidence(text) for piece in question.gold_evidence for text in sentences_of(piece)]
        self._key = [Evidence(text) for text in sentences_of(question.key)]
        known = [text for text in (question.text, question.key, *question.gold_evidence) if text]
        self._languages = frozenset(map(detect_language, known))
        self._known_words = frozenset[str]().union(*map(words_of, known))
        self._known_names = frozenset[str]().union(*map(names_of, known))

    def held_by(self, point: str) -> str:
        """By what a point is held; empty when it is not."""
        for text in alternatives(point):
            wanted = wanted_of(text)
            for sentence in self._sentences:
                if self._labelled(wanted, sentence) and (by := self._by_words(wanted, sentence)):
                    return by
            if self._by_evidence(wanted, self._evidence):
                return "evidence"
            if self._by_evidence(wanted, self._key):
                return "key"
        return ""

    def _own(self, wanted: Wanted) -> frozenset[str]:
        """The words of a point that the question lacks; all of them where it has each."""
        return wanted.words - self._asked_words or wanted.words

    def _valued(self, wanted: Wanted, sentence: Read) -> bool:
        years = self._asked_years
        return (
            all(map(sentence.has_figure, wanted.figures))
            and all(sentence.has_date(date, years) for date in wanted.dates)
            and all(each in sentence.text for each in wanted.verbatim)
            and wanted.codes <= sentence.codes
        )

    def _labelled(self, wanted: Wanted, sentence: Read, quoted: Evidence | None = None) -> bool:
        """Whether the years and places of a point are those of the sentence: told in it, or by its source.

        Args:
            quoted: The evidence that the sentence quotes: then a report of the year after tells its year, too, and a
                name that no other point differs in need not be told.
        """
        if not (wanted.names if quoted is None else wanted.names & self._told_apart) <= sentence.names:
            return False
        for year in wanted.years:
            if year in sentence.years:
                continue
            if quoted is not None and year not in quoted.sentence.years:
                near = {year} if year in self._document_years else {year - 1, year, year + 1}
                if sentence.source_years & near:
                    continue
            if sentence.years or year not in sentence.source_years | self._asked_years:
                return False
        return True

    @cached_property
    def _told_apart(self) -> frozenset[str]:
        """The names by which the key points differ."""
        named = [each.names for each in self._points if each.names]
        return frozenset().union(*named) - frozenset.intersection(*named) if named else frozenset()

    def _by_words(self, wanted: Wanted, sentence: Read) -> str:
        if not self._valued(wanted, sentence) or not self._same_direction(wanted, sentence):
            return ""
        own = wanted.words - self._asked_words
        if own:
            return "words" if _enough(own, sentence.words) and self._agrees(wanted, sentence) else ""
        if wanted.valued:
            return "figures" if wanted.verbatim or self._about(wanted, sentence) else ""
        # Nothing but words of the question, or a name: it must stand as it is.
        stands = wanted.words <= sentence.words and wanted.names <= sentence.own_names
        return "words" if stands and (wanted.words or wanted.names) else ""

    def _same_direction(self, wanted: Wanted, sentence: Read) -> bool:
        """Whether the clauses with a point's values do not turn its direction round: 下降0.4% is not 提高0.4%."""
        meant = directions(wanted.text)
        said = [found for clause in self._around(wanted, sentence) if (found := directions(clause))]
        return not meant or not said or any(meant & found for found in said)

    def _about(self, wanted: Wanted, sentence: Read) -> bool:
        """Whether a sentence with the right values is about what was asked.

        It is when it shares the words of the evidence or of the question, or says nothing beside the values that
        neither question nor key nor evidence says: "129.6万辆。" is about what was asked, "20 tasks in five areas" is
        not about demonstrations. Without evidence, of a sentence in another language the values are all there is.
        """
        if not self._evidence and sentence.language not in self._languages:
            return True
        stating = [each for each in self._evidence if each.states(wanted) and each.language == sentence.language]
        for each in stating:
            own = sentence.own_words
            shared = len(each.words & own)
            if shared >= BOUND * len(each.words) or (len(own) >= PART and shared >= AS_QUOTED * len(own)):
                return True
        if not stating and share_of(self._asked_words, sentence.words | words_of(sentence.sources)) >= BOUND:
            return True
        return any(self._known(around) for around in self._around(wanted, sentence))

    def _around(self, wanted: Wanted, sentence: Read) -> Iterator[str]:
        """The clauses with the values of a point, each with the one before it when it says little by itself."""
        before = ""
        for clause in sentence.clauses:
            if self._states_some(wanted, Read(Shown(clause, sources=(sentence.sources,)))):
                yield clause if len(wanted_of(clause).words) >= PART else f"{before} {clause}"
            before = clause

    def _states_some(self, wanted: Wanted, clause: Read) -> bool:
        return any(map(clause.has_figure, wanted.figures)) or any(
            clause.has_date(date, self._asked_years) for date in wanted.dates
        )

    def _known(self, text: str) -> bool:
        said = wanted_of(text)
        known = share_of(said.words, self._known_words)
        return said.names <= self._known_names and (not said.words or known >= WORDING)

    def _agrees(self, wanted: Wanted, sentence: Read) -> bool:
        """Whether point and sentence both negate, or neither does where the point's words stand."""
        if _negates(wanted.text):
            return _negates(sentence.text)
        if any(_negates(each.text) for each in self._evidence) or _negates(self._asked):
            return True
        nearest = max(sentence.clauses, key=lambda clause: share_of(wanted.words, words_of(clause)))
        return not _negates(nearest)

    def _by_evidence(self, wanted: Wanted, evidence: Sequence[Evidence]) -> bool:
        """Whether the evidence that holds a point is as good as quoted."""
        if wanted.valued:
            return any(
                each.quoted_by(sentence) and self._labelled(wanted, sentence, each) and self._valued(wanted, sentence)
                for each in evidence
                if each.states(wanted)
                for sentence in self._sentences
            )
        shares = [(each, share_of(wanted.words, words_of(each.text))) for each in evidence]
        own = self._own(wanted)
        if own and any(_enough(own, words_of(each.text)) for each in evidence):
            # The evidence says it in these words: an answer without them has left it out.
            return False
        best = max((share for _, share in shares), default=0.0)
        # A point without any word of the evidence is in another language: all of the evidence must be there.
        holding = [each for each, share in shares if share == best]
        return bool(holding) and all(
            any(each.held_by(s, WHOLE) and self._labelled(wanted, s, each) for s in self._sentences) for each in holding
        )

    def states(self, entry: str) -> bool | None:
        """Whether the answer states what it must not; None where no rule can tell.

        A judgement ("accepts 3.8 percent") is the figure that it names, where it is not denied; one that names none
        is for a reader.
        """
        found = [self._states(text) for text in alternatives(entry)]
        return True if any(found) else None if None in found else False

    def _states(self, text: str) -> bool | None:
        if _UNKNOWN_VALUE.match(text):
            return None
        judged = _JUDGES.match(text)
        text = text[judged.end() :] if judged else text
        value, role = _parted(text)
        wanted = wanted_of(value)
        if not wanted.valued:
            if judged:
                return None
            run = _runs(value)
            return any(run in _runs(s.text) and _plays(role, s, s.text) for s in self._beside_evidence)
        return any(
            _plays(role, sentence, clause) and not (judged and _negates(clause))
            for sentence in self._beside_evidence
            for clause in sentence.clauses
            if self._valued_in(wanted, sentence, clause) and self._asked_for(sentence, clause)
        )

    @cached_property
    def _beside_evidence(self) -> tuple[Read, ...]:
        """The sentences that quote no evidence: what else stands in a right quote is its neighbour, no answer."""
        return tuple(s for s in self._sentences if not any(each.quoted_by(s) for each in self._evidence))

    def _valued_in(self, wanted: Wanted, sentence: Read, clause: str) -> bool:
        """Whether a clause states the values of an entry, and about as it does, and no value of a key point."""
        read = Read(Shown(clause, sources=(sentence.sources,)))
        if not self._valued(wanted, read) or not self._labelled(wanted, sentence):
            return False
        if wanted.words and share_of(wanted.words, sentence.words) < ENTRY_WORDS:
            return False
        return not any(each.valued and self._valued(each, read) for each in self._points)

    @cached_property
    def _points(self) -> tuple[Wanted, ...]:
        return tuple(wanted_of(text) for point in self._question.key_points for text in alternatives(point))

    def _asked_for(self, sentence: Read, clause: str) -> bool:
        """Whether a clause is about what was asked: as the evidence's clauses with the right values, or the question.

        What is in neither's language cannot be told apart from it.
        """
        around = [words for language, words in self._around_values if language == sentence.language]
        if around:
            return any(share_of(words, words_of(clause)) >= BOUND for words in around)
        if self._question.language == sentence.language:
            return share_of(self._asked_words, words_of(clause)) >= BOUND
        return True

    @cached_property
    def _around_values(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """Of each clause of the evidence that states a value of a key point: its language, and its words."""
        found = []
        for evidence in self._evidence:
            for clause in evidence.sentence.clauses:
                read = Read(Shown(clause))
                if any(each.valued and self._valued(each, read) for each in self._points):
                    words = frozenset(word for word in content_tokens(clause) if not word[0].isdigit())
                    if words:
                        found.append((evidence.language, words))
        return tuple(found)


def _parted(text: str) -> tuple[str, str]:
    """An entry's value and the role in which it must not stand: "63%作为目标" -> "63%", "目标"."""
    parts = _ROLE.split(text)
    return (parts[0].strip(), " ".join(parts[1:]).strip()) if len(parts) > 1 and parts[0].strip() else (text, "")


def _plays(role: str, sentence: Read, clause: str) -> bool:
    """Whether a clause puts what it says in a role: all of the role's years, places and words are there."""
    if not role:
        return True
    wanted = wanted_of(role)
    years = wanted.years | {date.year for date in wanted.dates}
    return (
        years <= sentence.years | sentence.source_years
        and wanted.names <= sentence.names
        and (wanted.words <= words_of(clause))
    )
